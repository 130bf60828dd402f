package company

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// What goes the short way comes out as on the long one.
func TestCleanCityGoesTheShortWayOnly(t *testing.T) {
	pieces := []string{
		"г", "Г.", "г. ", "пос ", "п. ", "д ", "село ", "Пермь", "НА", "на", "Ё", "ё", "РОСТОВ", "Дону", "-", " ", "  ", "а", "Я", "п", "Р",
		"й", "\u0306", "\u00a0", "край ", "Татарстан", "1", "x", "É", "\xd0", "\xd1", ".",
	}
	rng := rand.New(rand.NewPCG(41, 42))
	calm := 0
	for range 30_000 {
		var b strings.Builder
		for range 1 + rng.IntN(6) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		s := b.String()
		if out, ok := calmRussian(s); ok {
			calm++
			if want := calmAny(s); out != want {
				t.Fatalf("calmed %q is %q, want %q", s, out, want)
			}
		}
		line := strings.Join(strings.Fields(s), " ")
		if oneLine(s) && s != line {
			t.Fatalf("%q is no line", s)
		}
		if line == "" {
			continue
		}
		if got, want := CleanCity(s), calmAny(cityPart([]string{line})); got != want {
			t.Fatalf("CleanCity(%q) = %q, want %q", s, got, want)
		}
	}
	if calm < 3000 {
		t.Errorf("%d names went the short way: the trials prove too little", calm)
	}
}

func TestDatesReadAtOnceAreThoseOfTheLibrary(t *testing.T) {
	rng := rand.New(rand.NewPCG(43, 44))
	read := 0
	for range 50_000 {
		layout := []string{isoDate, "02.01.2006"}[rng.IntN(2)]
		s := []byte(time.Unix(rng.Int64N(4_000_000_000)-1_000_000_000, 0).UTC().Format(layout))
		for range rng.IntN(4) {
			s[rng.IntN(len(s))] = "0123456789.-/ x"[rng.IntN(15)]
		}
		at, err := time.Parse(layout, string(s))
		got, ok := plainDate(string(s))
		if ok && (err != nil || got != DateOf(at)) {
			t.Fatalf("%s is read as %s, by the library as %s (%v)", s, got, at, err)
		}
		if !ok && err == nil {
			t.Fatalf("%s is not read, by the library as %s", s, at)
		}
		read += map[bool]int{true: 1}[ok]
	}
	if read < 10_000 {
		t.Errorf("%d dates were read: the trials prove too little", read)
	}
}

// What registries write takes no memory but for a town in capitals, which
// changes.
func TestCleanInputIsReadWithoutMemory(t *testing.T) {
	for name, read := range map[string]func() bool{
		"ИНН":   func() bool { _, err := ParseINN("7707083893"); return err == nil },
		"ОКВЭД": func() bool { _, err := ParseOKVED("45.20.11"); return err == nil },
		"ISO":   func() bool { d, err := ParseDate("2016-08-01"); return err == nil && d.Known() },
		"ФНС":   func() bool { d, err := ParseDate("01.08.2016"); return err == nil && d.Known() },
		"town":  func() bool { return CleanCity("Пермь") == "Пермь" },
		"towns": func() bool { return CleanCity("Ростов-на-Дону") == "Ростов-на-Дону" },
		"phone": func() bool { _, ok := plainNational("+79070000001;ext=12"); return ok },
		"site":  func() bool { _, ok := plainHost("https://primer.example/a"); return ok },
		"name":  func() bool { return ParseName(`ООО "ВЕГА"`).Core == "ВЕГА" },
	} {
		if n := testing.AllocsPerRun(100, func() {
			if !read() {
				t.Errorf("%s is not read", name)
			}
		}); n > 0 && !(name == "site" && n <= 1) { // the list of suffixes asks whether it is an address
			t.Errorf("%s takes %v allocations", name, n)
		}
	}
	if n := testing.AllocsPerRun(100, func() { CleanCity("НИЖНИЙ НОВГОРОД") }); n > 2 {
		t.Errorf("a town in capitals takes %v allocations", n)
	}
}

func BenchmarkClean(b *testing.B) {
	for _, bm := range []struct {
		name string
		read func()
	}{
		{"ParseINN", func() { _, _ = ParseINN("7707083893") }},
		{"ParseOKVED", func() { _, _ = ParseOKVED("45.20.11") }},
		{"ParseDate", func() { _, _ = ParseDate("01.08.2016") }},
		{"CleanCity/one", func() { CleanCity("ПЕРМЬ") }},
		{"CleanCity/two", func() { CleanCity("НИЖНИЙ НОВГОРОД") }},
		{"CleanCity/kind", func() { CleanCity("г. Пермь") }},
		{"ParseName", func() {
			ParseName(`ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "УРАЛ ПОЛЯРНЫЙ"`)
		}},
		{"ParseName/nested", func() { ParseName(`ООО "УК "ВЕГА-НЕРУД"`) }},
		{"FoldWords", func() { FoldWords(`ООО "УРАЛ ПОЛЯРНЫЙ"`) }},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bm.read()
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
		})
	}
}
