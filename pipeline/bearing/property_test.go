package bearing

import (
	"slices"
	"strings"
	"testing"
)

// TestPairsGoBothWays: from either number of the table comes the other, with the
// same dimensions, and they agree with the code of the bore.
func TestPairsGoBothWays(t *testing.T) {
	n := 0
	for _, f := range rows(pairsTSV) {
		n++
		gost, iso, seal := f[0], f[1]+f[2], f[3]
		written := iso
		if seal != "" {
			written += "-" + seal
		}
		for text, system := range map[string]System{gost + " ГОСТ": SystemGOST, "ISO " + written: SystemISO, written + " (" + gost + ")": SystemISO} {
			found, rest := Parse(text)
			if len(found) != 1 || len(rest) > 0 {
				t.Errorf("%s: %d bearings, rest %q", text, len(found), rest)
				continue
			}
			b := found[0]
			if b.System != system && b.System != SystemBoth || b.ISO != iso || b.GOST != gost || b.seal() != seal || b.ByRule {
				t.Errorf("%s: %+v", text, b)
			}
			if b.Bore != millimetres(f[4]) || b.Outer != millimetres(f[5]) || b.Width != millimetres(f[6]) {
				t.Errorf("%s: %v×%v×%v", text, b.Bore, b.Outer, b.Width)
			}
		}
		_, code := template(gost)
		if d := bore(code); d != millimetres(f[4]) {
			t.Errorf("%s: the code says %v, the table %s", gost, d, f[4])
		}
	}
	if n < 600 {
		t.Errorf("only %d pairs", n)
	}
}

// TestRuleGivesThePairs: the series alone, without the table of pairs, lead from
// each ГОСТ number of it to its ISO number.
func TestRuleGivesThePairs(t *testing.T) {
	for _, f := range rows(pairsTSV) {
		head, code := template(f[0])
		s := tables().byGOST[head]
		if s == nil {
			t.Errorf("%s: no series", f[0])
			continue
		}
		if got := filled(s.iso, code) + filled(s.tail, code) + s.seal; got != f[1]+f[2]+f[3] {
			t.Errorf("%s: by rule %s, in the table %s%s%s", f[0], got, f[1], f[2], f[3])
		}
	}
}

// TestSeriesAreTold: a number of any series and any bore is read, and nothing is
// guessed: where both systems have it, it is unclear, or the same bearing.
func TestSeriesAreTold(t *testing.T) {
	for i := range tables().series {
		s := &tables().series[i]
		for _, code := range []string{"00", "04", "17", "40"} {
			number := filled(s.gost, code)
			found, _ := Parse(number)
			if len(found) != 1 {
				t.Errorf("%s: %d bearings", number, len(found))
				continue
			}
			_, clash := tables().byISO[s.gost]
			if b := &found[0]; clash == (b.System == SystemGOST) || b.System == SystemISO {
				t.Errorf("%s: read by %s, a number by ISO, too: %v", number, b.System.Title(), clash)
			}
			if found, _ = Parse("ГОСТ " + number); found[0].GOST != number || found[0].Unclear() {
				t.Errorf("ГОСТ %s: %+v", number, found[0])
			}
		}
	}
}

// TestAnalogsAreReadBack: what is written for any maker names the same bearing.
func TestAnalogsAreReadBack(t *testing.T) {
	for _, f := range rows(pairsTSV) {
		for _, behind := range []string{"", " C3", " P6", " M", " TN C3", " W33"} {
			text := f[0] + " ГОСТ" + behind
			found, _ := Parse(text)
			b := &found[0]
			for _, a := range Analogs(*b) {
				spelt := a.Maker.Title() + " " + a.Name
				if a.Maker == Chinese {
					spelt = "HRB " + a.Name
				}
				back, _ := Parse(spelt)
				if len(back) == 0 || !back[0].Same(b) || back[0].Oil != b.Oil || back[0].Cage != b.Cage {
					t.Errorf("%s: %q is read as %s", text, spelt, all(back))
					continue
				}
				if a.Maker != ByGOST && (back[0].Clearance != b.Clearance || back[0].Class != b.Class) {
					t.Errorf("%s: %q has clearance %q, class %q", text, spelt, back[0].Clearance, back[0].Class)
				}
			}
		}
	}
}

// TestTablesAreWhole: no row lacks a column or a number.
func TestTablesAreWhole(t *testing.T) {
	for name, table := range map[string]struct {
		text    string
		columns int
		numbers []int
	}{
		"series":       {seriesTSV, 6, nil},
		"pairs":        {pairsTSV, 8, []int{4, 5, 6}},
		"specials":     {specialsTSV, 6, []int{1, 2, 3}},
		"sleeves":      {sleevesTSV, 4, []int{3}},
		"suffixes":     {suffixesTSV, 1 + makers, nil},
		"applications": {applicationsTSV, 4, nil},
	} {
		var keys []string
		for _, f := range rows(table.text) {
			if len(f) != table.columns {
				t.Errorf("%s: row %q has %d columns", name, f, len(f))
				continue
			}
			for _, i := range table.numbers {
				if millimetres(f[i]) <= 0 {
					t.Errorf("%s: %q is no length", name, f[i])
				}
			}
			keys = append(keys, f[0]+"|"+f[1])
		}
		slices.Sort(keys)
		if len(keys) == 0 || len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Errorf("%s: %d rows, some twice", name, len(keys))
		}
	}
}

func BenchmarkParse(b *testing.B) {
	texts := []string{"SKF 6205-2RSH/C3", "70-80309", "22322 W33 C3 (3622)", "7805У/7804У, 256907", "NU 212"}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, text := range texts {
			found, _ := Parse(text)
			n += len(found)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "designations/s")
}

// FuzzParse: whatever is written, nothing is guessed and nothing lost.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"6205-2RSH/C3", "70-80309", "22322 W33 C3 (3622)", "7209 ГОСТ", "7805У/7804У", "SKF 6309", "32218 (7518)", "(((", "53220+U220", "2РС"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		found, rest := Parse(text)
		for i := range found {
			b := &found[i]
			if !strings.Contains(written(text), b.Digits) && b.draft.prefix == "" {
				t.Errorf("%q: number %s does not stand there", text, b.Digits)
			}
			if n := len(b.Readings()); b.Unclear() != (n == 2) || n == 0 {
				t.Errorf("%q: %d readings of %+v", text, n, b)
			}
			if b.Unclear() && (b.ISO != "" || b.GOST != "" || len(Analogs(*b)) > 0) {
				t.Errorf("%q: guessed %+v", text, b)
			}
			if b.Bore < 0 || b.Outer != 0 && b.Outer <= b.Bore {
				t.Errorf("%q: %v×%v", text, b.Bore, b.Outer)
			}
			for _, a := range Analogs(*b) {
				if a.Name == "" || strings.Contains(a.Name, "?") {
					t.Errorf("%q: analog %+v", text, a)
				}
			}
		}
		for _, w := range rest {
			if w == "" {
				t.Errorf("%q: an empty rest", text)
			}
		}
		pair, err := ParsePair(text)
		if err == nil && (pair.Unclear() || len(found) != 1 || pair.ISO != found[0].ISO || pair.GOST != found[0].GOST) {
			t.Errorf("%q: a pair %+v, parsed %+v", text, pair, found)
		}
	})
}
