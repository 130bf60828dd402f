package company

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

func FuzzParsePhones(f *testing.F) {
	f.Add("+7 (812) 324-5479, 740-1163", "78", "Санкт-Петербург")
	f.Add("+7 (863) 210-8270/80/90", "", "")
	f.Add("83912000000 (отдел продаж); 24-54-79 доб. 12", "55", "Омск")
	f.Add("+86 769 85382030/85382230", "", "")
	f.Add("8-10-86-431-85256891 и +7 701 123 4567 вн.5, 6", "01", "x")
	f.Add("тел/факс: (4852) 58-43-01#7*8;ext=9\n\xff", "76", "г. ЯРОСЛАВЛЬ")
	f.Fuzz(func(t *testing.T, cell, region, city string) {
		phones, rest := ParsePhones(cell, region, city)
		if len(phones) > maxPhonePieces || len(phones) > len(cell) || len(rest) > len(cell) {
			t.Fatalf("%d phones and %d pieces from %d bytes", len(phones), len(rest), len(cell))
		}
		seen := map[string]bool{}
		for _, p := range phones {
			if !strings.HasPrefix(p.E164, "+") || !digits(p.E164[1:]) {
				t.Fatalf("%q is no E.164", p.E164)
			}
			if p.Ext != "" && !digits(p.Ext) {
				t.Fatalf("extension %q", p.Ext)
			}
			if seen[p.Value()] {
				t.Fatalf("%s twice", p.Value())
			}
			seen[p.Value()] = true
			back, ok := PhoneFromValue(p.Value())
			if !ok || back.Value() != p.Value() || back.Kind != p.Kind {
				t.Fatalf("PhoneFromValue(%q) = %+v, %v; want %+v", p.Value(), back, ok, p)
			}
			again, left := ParsePhones(p.Pretty(), "", "")
			if len(again) != 1 || len(left) != 0 || again[0].Value() != p.Value() {
				t.Fatalf("%s is written %q, which reads as %v, %q", p.Value(), p.Pretty(), again, left)
			}
			if p.Dialable() && (!strings.HasPrefix(p.E164, "+7") || len(p.E164) != 12) {
				t.Fatalf("%s is said to be dialable", p.E164)
			}
			for _, code := range p.Regions() {
				if _, ok := RegionByCode(code); !ok {
					t.Fatalf("%s: no region %q", p.E164, code)
				}
			}
		}
	})
}

var benchCells = []struct{ cell, region, city string }{
	{"83912150140", "24", "Красноярск"},
	{"+7 (343) 319-4070", "", ""},
	{"8 800 201-5575", "", ""},
	{"+7 (812) 324-5479, 740-1163", "", ""},
	{"+7 846 231-60-14 доб. 139", "", ""},
	{"83912000000 (отдел продаж)", "", ""},
	{"24-54-79", "55", "Омск"},
	{"+7 907 000-00-01; 8 907 000 00 02", "", ""},
}

func BenchmarkParsePhones(b *testing.B) {
	b.ReportAllocs()
	n := 0
	for i := 0; b.Loop(); i++ {
		c := benchCells[i%len(benchCells)]
		phones, _ := ParsePhones(c.cell, c.region, c.city)
		n += len(phones)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "phones/s")
}

// BenchmarkLibraryParse is the peer in the same run: phonenumbers alone on the
// cells it can read by itself.
func BenchmarkLibraryParse(b *testing.B) {
	b.ReportAllocs()
	n := 0
	for i := 0; b.Loop(); i++ {
		num, err := phonenumbers.Parse(benchCells[i%3].cell, "RU")
		if err == nil && phonenumbers.GetNumberType(num) != phonenumbers.UNKNOWN {
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "phones/s")
}

func BenchmarkPhoneRegion(b *testing.B) {
	b.ReportAllocs()
	p, ok := PhoneFromValue("+79000062500")
	if !ok {
		b.Fatal("no phone")
	}
	n := 0
	for b.Loop() {
		if _, ok := p.Region(); ok {
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "lookups/s")
}
