package bearing

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// said is what a designation came to, in one line.
func said(b *Bearing) string {
	if b.Unclear() {
		return b.System.Title()
	}
	parts := []string{b.System.Title(), b.Name(ByISO), b.Name(ByGOST)}
	if b.Shaft > 0 {
		parts = append(parts, "на валу")
	}
	return strings.Join(append(parts, b.More...), "|")
}

func all(found []Bearing) string {
	var out []string
	for i := range found {
		out = append(out, said(&found[i]))
	}
	return strings.Join(out, "; ")
}

func TestParse(t *testing.T) {
	const unclear = "неясно, ГОСТ или ISO"
	for _, c := range []struct{ text, want, rest string }{
		{"6205-2RSH/C3", "ISO|6205-2RS C3|70-180205", ""},
		{"180205", "ГОСТ|6205-2RS|180205", ""},
		{"70-80309", "ГОСТ|6309-2Z C3|70-80309", ""},
		{"76-180204", "ГОСТ|6204-2RS P63|76-180204", ""},
		{"SKF 6309-2Z/C3", "ISO|6309-2Z C3|70-80309", ""},
		{"22322 W33 C3 (3622)", "ISO|22322 W33 C3|3622Н, зазор C3", ""},
		{"6205DDUC3", "ISO|6205-2RS C3|70-180205", ""},
		{"6205 LLU", "ISO|6205-2RS|180205", ""},
		{"6205.2ZR.C3", "ISO|6205-2Z C3|70-80205", ""},
		{"6205-2РС С3", "ISO|6205-2RS C3|70-180205", ""}, // in Cyrillic letters
		{"6205 2 RS", "ISO|6205-2RS|180205", ""},
		{"205-2RS", "ГОСТ|6205-2RS|180205", ""},
		{"C&U 6202, HRB 6204-2RS; ZWZ 30205", "ISO|6202|202; ISO|6204-2RS|180204; ISO|30205|7205", ""},
		{"nu 212", "ISO|NU212|32212", ""},
		{"UC205–UC210", "ISO|UC205|480205; ISO|UC210|480210", ""},
		{"6-42205АЕМШ1", "ГОСТ|NJ205 TN P6|6-42205АЕМШ1", ""},
		{"3618АМНК5", "ГОСТ|22318 M W33 C3|3618АМНК5, зазор C3", ""},
		{"32008 (2007108А)", "ISO|32008X|2007108А", ""},
		{"7205C/DT", "ISO|7205C/DT|436205", ""},
		{"53220+U220", "ISO|53220+U220|18220", ""},
		{"7805У/7804У, 256907", "ГОСТ||7805У; ГОСТ||7804У; ГОСТ||256907", ""},
		{"608", "ISO|608|", ""},
		{"SKF 22230 CC/W33", "ISO|22230 W33|3530Н|CC", ""},
		{"LM11949/LM11910, 205 25x52x15", "ГОСТ|6205|205", "LM11949 LM11910 25X52X15"},

		// The same digits by both.
		{"7209", unclear, ""},
		{"7209 ГОСТ", "ГОСТ|30209|7209", ""},
		{"ГОСТ 7209", "ГОСТ|30209|7209", ""},
		{"7209В", "ГОСТ|30209|7209В", ""},
		{"6-7209", "ГОСТ|30209 P6|6-7209", ""},
		{"ISO 7209", "ISO|7209|", ""},
		{"7209 B", "ISO|7209B|66209", ""},
		{"SKF 32218", "ISO|32218|7518", ""},
		{"32218 (ГОСТ)", "ГОСТ|NU218|32218", ""},
		{"32218 (7518)", "ISO|32218|7518", ""},
		{"NU218 (32218)", "ISO|NU218|32218", ""},
		{"7518 (32218)", "ГОСТ|32218|7518", ""},
		{"32218 (180205)", unclear + "; ГОСТ|6205-2RS|180205", ""},
		{"62305", unclear, ""},
		{"62305-2RS", "ISO|62305-2RS|180605", ""},
		{"1210", "ГОСТ и ISO|1210|1210", ""},

		// On a sleeve the number is the shaft's.
		{"11208", "ГОСТ|1209K + H209|11208|на валу", ""},
		{"13520", "ГОСТ|22222K + H322|13520|на валу", ""},
		{"73620", "ГОСТ|22322K + AH2322|73620|на валу", ""},
		{"13518", "ГОСТ||13518|на валу", ""},

		{"", "", ""},
		{"подшипник 99999999 шт.", "", "ПОДШИПНИК 99999999 ШТ"},
	} {
		found, rest := Parse(c.text)
		if got := all(found); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
		if got := strings.Join(rest, " "); got != c.rest {
			t.Errorf("%q: rest %q, want %q", c.text, got, c.rest)
		}
	}
}

// What an unclear number may mean is told, both ways.
func TestReadings(t *testing.T) {
	for _, c := range []struct{ text, gost, iso string }{
		{"7209", "30209 роликовый конический", "7209 радиально-упорный шариковый"},
		{"32218", "NU218 роликовый цилиндрический", "32218 роликовый конический"},
		{"2210", "N210 роликовый цилиндрический", "2210 шариковый сферический двухрядный"},
	} {
		found, _ := Parse(c.text)
		if len(found) != 1 || !found[0].Unclear() || len(Analogs(found[0])) > 0 {
			t.Errorf("%s: %s", c.text, all(found))
			continue
		}
		both := found[0].Readings()
		if len(both) != 2 || both[0].System != SystemGOST || both[1].System != SystemISO {
			t.Errorf("%s: readings %s", c.text, all(both))
			continue
		}
		if got := both[0].ISO + " " + both[0].Kind; got != c.gost {
			t.Errorf("%s by ГОСТ: %s", c.text, got)
		}
		if got := both[1].ISO + " " + both[1].Kind; got != c.iso {
			t.Errorf("%s by ISO: %s", c.text, got)
		}
	}
}

func TestParsePair(t *testing.T) {
	for text, want := range map[string]error{
		"6306-2RS (180306)":     nil,
		"6205-2Z C3 (70-80205)": nil,
		"22222 (3522)":          nil,
		"22222 (53522)":         nil, // the other series
		"32220 (7520)":          nil,
		"UC205 (480205)":        nil,
		"6205-2RS (180205АК10)": nil,
		"608":                   nil,
		"6306-2RS (180305)":     ErrDisagree, // another bore
		"6306-2RS (80306)":      ErrDisagree, // another seal
		"6205-2Z C3 (80205)":    ErrDisagree, // another clearance
		"32220 (32220)":         ErrDisagree,
		"7209":                  ErrUnclear,
		"32220":                 ErrUnclear,
		"PLC 14-24":             ErrUnknown,
		"6205, 6206":            ErrUnknown,
		"":                      ErrUnknown,
	} {
		if _, err := ParsePair(text); !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

func TestAnalogs(t *testing.T) {
	for text, want := range map[string]string{
		"6309-2Z C3 (70-80309)": "SKF 6309-2Z/C3; FAG 6309-2Z-C3; NSK 6309ZZC3; NTN 6309ZZ/C3; HRB, C&U, ZWZ 6309-2Z C3; ГОСТ 70-80309",
		"SKF 6205-2RSH/C3":      "SKF 6205-2RS1/C3; FAG 6205-2RSR-C3; NSK 6205DDUC3; NTN 6205LLU/C3; HRB, C&U, ZWZ 6205-2RS C3; ГОСТ 70-180205",
		"22322 W33 C3":          "SKF 22322/C3W33; NSK 22322E4C3; HRB, C&U, ZWZ 22322 W33 C3; ГОСТ 3622Н, зазор C3",
		"66409":                 "SKF 7409 B; FAG 7409-B; NSK 7409B; NTN 7409B; HRB, C&U, ZWZ 7409B; ГОСТ 66409",
		"46205":                 "HRB, C&U, ZWZ 7205AC; ГОСТ 46205",
		"ISO 7209":              "", // the angle is not told
		"7209":                  "",
		"6212-ZN":               "SKF 6212-ZN; HRB, C&U, ZWZ 6212-ZN; ГОСТ 150212",
		"111205":                "SKF 1205 K; FAG 1205-K; NSK 1205K; NTN 1205K; HRB, C&U, ZWZ 1205K; ГОСТ 111205",
		"UC205":                 "HRB, C&U, ZWZ UC205; ГОСТ 480205",
	} {
		found, _ := Parse(text)
		var got []string
		for _, a := range Analogs(found[0]) {
			got = append(got, a.Maker.Title()+" "+a.Name)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, want %q", text, strings.Join(got, "; "), want)
		}
	}
}

func TestApplications(t *testing.T) {
	segments := []string{"auto_service", "parts_wholesale", "small_dealers", "industry", "agriculture", "construction", "mining", "energy"}
	for _, id := range segments {
		if len(Applications(id)) == 0 {
			t.Errorf("no machines of %s", id)
		}
	}
	if Applications("") != nil || Applications("toys") != nil {
		t.Error("machines of a segment that nobody knows")
	}
	for _, f := range rows(applicationsTSV) {
		for id := range strings.SplitSeq(f[0], ",") {
			if !slices.Contains(segments, id) {
				t.Errorf("machines of %q", id)
			}
		}
		for pair := range strings.SplitSeq(f[2], ",") {
			if _, err := ParsePair(strings.TrimSpace(pair)); err != nil {
				t.Errorf("%s: %v", f[1], err)
			}
		}
	}
}
