package company

import (
	"archive/zip"
	"bufio"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"obzvon/pipeline/realfiles"
)

func TestMobilePlanIsSound(t *testing.T) {
	plan := mobilePlan()
	if len(plan) < 10000 {
		t.Fatalf("only %d blocks: the table ends early", len(plan))
	}
	for i, b := range plan {
		if b.to < b.from || i > 0 && b.from <= plan[i-1].to {
			t.Fatalf("block %d (%d-%d) overlaps", i, b.from, b.to)
		}
		zones := map[string]bool{}
		for _, code := range b.regions {
			r, ok := RegionByCode(code)
			if !ok {
				t.Fatalf("block %d: no region %q", i, code)
			}
			loc, _ := ZoneOf(r.Code, "")
			zones[loc.String()] = true
		}
		// Крым and Севастополь keep the same zone, as do the other pairs.
		if len(zones) != 1 {
			t.Errorf("block %d: regions %v live in zones %v", i, b.regions, zones)
		}
	}
	if len(numberingTSV) > 300<<10 {
		t.Errorf("the table takes %d bytes, more than 300 KB", len(numberingTSV))
	}
}

// TestMobilePlanAgainstRegister looks up both ends of every row of the
// official register.
func TestMobilePlanAgainstRegister(t *testing.T) {
	z, err := zip.OpenReader(realfiles.Path(t, "numbering-plan/DEF-9xx-2026-08.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, known := 0, 0
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		row := strings.Split(lines.Text(), ";")
		if len(row) != 8 || len(row[0]) != 3 {
			continue
		}
		rows++
		want := registerRegions(t, row[5], row[6])
		if len(want) > 0 {
			known++
		}
		for _, end := range []string{row[0] + row[1], row[0] + row[2]} {
			if got := mobileRegions(end); !slices.Equal(got, want) {
				t.Errorf("%s: regions %v, the register says %q, %q", end, got, row[5], row[6])
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if rows != 17059 || known != 17059-37 {
		t.Errorf("%d rows, %d with a region; want 17059 and 37 fewer", rows, known)
	}
}

// placesOfRegister are the ways in which the register joins subjects.
var placesOfRegister = strings.NewReplacer(" и ", "\n", " * ", "\n", ", ", "\n")

// registerRegions collects the subjects that either column names.
func registerRegions(t *testing.T, columns ...string) []string {
	t.Helper()
	var codes []string
	for _, place := range columns {
		place = place[strings.LastIndexByte(place, '|')+1:]
		if place == "-" || place == "Российская Федерация" {
			continue
		}
		for part := range strings.SplitSeq(placesOfRegister.Replace(place), "\n") {
			r, ok := FindRegion(part)
			if !ok {
				t.Errorf("FindRegion(%q) finds nothing", part)
			}
			codes = append(codes, r.Code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// TestAreaCodes holds the table to the geocoder of phonenumbers, which knows
// regions by area code. It mixes up Москва and its область and does not know
// the codes inside them, so those pairs count as one.
func TestAreaCodes(t *testing.T) {
	same := map[string]string{"50": "77", "83": "29"}
	fold := func(code string) string {
		if c, ok := same[code]; ok {
			return c
		}
		return code
	}
	if len(areaPlan().region) < 200 {
		t.Fatalf("only %d codes", len(areaPlan().region))
	}
	for code, region := range areaPlan().region {
		r, ok := RegionByCode(region)
		if !ok {
			t.Errorf("%s: no region %q", code, region)
			continue
		}
		number := "+7" + code + "2222222"[:10-len(code)]
		n, err := phonenumbers.Parse(number, "RU")
		if err != nil {
			t.Errorf("%s: %v", number, err)
			continue
		}
		place, err := phonenumbers.GetGeocodingForNumber(n, "ru")
		if err != nil {
			t.Errorf("%s: %v", number, err)
			continue
		}
		place = strings.NewReplacer("\u0301", "", "Байконыр", "Байконур").Replace(place)
		if known, ok := FindRegion(place); !ok || fold(known.Code) != fold(r.Code) {
			t.Errorf("%s: table says %s, the geocoder %q", code, r.Name, place)
		}
	}
}

// TestGeocoderCodesAreCovered looks the other way: no three-digit code that
// the geocoder knows is missing.
func TestGeocoderCodesAreCovered(t *testing.T) {
	for code := 300; code < 900; code++ {
		number := fmt.Sprintf("+7%d2222222", code)
		n, err := phonenumbers.Parse(number, "RU")
		if err != nil || phonenumbers.GetNumberType(n) != phonenumbers.FIXED_LINE || phonenumbers.GetRegionCodeForNumber(n) != "RU" {
			continue
		}
		if _, ok := areaRegion(number[2:]); !ok && code != 840 { // 840 is Абхазия
			place, _ := phonenumbers.GetGeocodingForNumber(n, "ru")
			t.Errorf("code %d (%s) is not in the table", code, place)
		}
	}
}

func TestAreaCodeOfCities(t *testing.T) {
	for _, row := range tsvRows(areaCodesTSV) {
		for city := range strings.SplitSeq(row[2], ";") {
			if city == "" {
				continue
			}
			name := strings.TrimSuffix(city, "*")
			if code, ok := areaCodeOf(row[1], "г. "+strings.ToUpper(name)); !ok || code != row[0] {
				t.Errorf("areaCodeOf(%s, %s) = %q, want %s", row[1], name, code, row[0])
			}
			if got := CleanCity(strings.ToUpper(name)); !strings.EqualFold(got, name) {
				t.Errorf("CleanCity spoils %q: %q", name, got)
			}
		}
	}
	if code, ok := areaCodeOf("74", "Пермь"); ok {
		t.Errorf("a city of another region gave %q", code)
	}
}

// TestPrettyPartsTheCode: the area code stands apart as it is dialled, and what
// is shown reads back as the same number for every code of the table.
func TestPrettyPartsTheCode(t *testing.T) {
	for e164, want := range map[string]string{
		"+74722240424":       "+7 4722 24-04-24", // Белгород
		"+73952200000":       "+7 3952 20-00-00", // Иркутск
		"+78552452733":       "+7 8552 45-27-33", // Набережные Челны
		"+74951234567":       "+7 495 123-45-67",
		"+73422000001":       "+7 342 200-00-01",
		"+73424223456":       "+7 3424 22-34-56", // Березники
		"+73424121234":       "+7 34241 2-12-34", // Чайковский
		"+78634212345":       "+7 86342 1-23-45", // Азов, beside Таганрог's 8634
		"+78634312345":       "+7 8634 31-23-45",
		"+74724412345":       "+7 472 441-23-45", // a code that is not in the table
		"+79070000001":       "+7 907 000-00-01",
		"+78002007799":       "+7 800 200-77-99",
		"+74722240424;ext=5": "+7 4722 24-04-24 доб. 5",
	} {
		p, ok := PhoneFromValue(e164)
		if got := p.Pretty(); !ok || got != want {
			t.Errorf("%s is shown as %q, want %q", e164, got, want)
		}
	}
	for code := range areaPlan().region {
		for _, tail := range []string{"2345678", "4240424", "0000000"} {
			p, ok := phoneFromNational(code + tail[:10-len(code)])
			if !ok {
				continue
			}
			phones, rest := ParsePhones(p.Pretty(), "", "")
			if len(phones) != 1 || len(rest) != 0 || phones[0].Value() != p.Value() {
				t.Errorf("%s is written %q, which reads as %v, %q", p.E164, p.Pretty(), phones, rest)
			}
		}
	}
}
