package witness

import (
	"errors"
	"testing"
	"time"

	"obzvon/pipeline/company"
)

func firm(facts ...string) *company.Company {
	o := company.Observation{Source: "registry", Key: "1", INN: "5902000008", Date: company.NewDate(2026, time.November, 1)}
	for i := 0; i+1 < len(facts); i += 2 {
		o.Add(company.Field(facts[i]), facts[i+1])
	}
	o.Sort()
	c := company.Derive(o.INN, []company.Observation{o}, nil)
	return &c
}

const (
	ours = "5902000008"
)

func valid(t *testing.T, first12 string) string {
	t.Helper()
	for d := '0'; d <= '9'; d++ {
		if _, err := company.ParseOGRN(first12 + string(d)); err == nil {
			return first12 + string(d)
		}
	}
	t.Fatalf("no control digit for %s", first12)
	return ""
}

func TestCheck(t *testing.T) {
	held, other := valid(t, "102590000000"), valid(t, "102590000001")
	known := firm("name.short", `ООО "АЗИМУТ-СЕРВИС"`, "name.full", `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "АЗИМУТ-СЕРВИС"`, "ogrn", held, "region", "59")
	sole := firm("name.short", "ИП Образцов Пётр Иванович", "region", "59")
	for _, c := range []struct {
		name string
		of   *company.Company
		said Said
		want error
	}{
		{"the same", known, Said{INNs: []string{ours}, OGRNs: []string{held}, Name: "Азимут-Сервис, ООО"}, nil},
		{"the ИНН alone", known, Said{INNs: []string{ours, ours}}, nil},
		{"no ИНН", known, Said{Name: "АЗИМУТ-СЕРВИС"}, ErrSilent},
		{"another's ИНН", known, Said{INNs: []string{"7707083893"}}, ErrOther},
		{"another's ИНН in the body", known, Said{INNs: []string{ours, "7707083893"}}, ErrOther},
		{"a checksum that fails", known, Said{INNs: []string{"5902000009"}}, ErrFalse},
		{"another's ОГРН", known, Said{INNs: []string{ours}, OGRNs: []string{other}}, ErrOther},
		{"an ОГРН that cannot be", known, Said{INNs: []string{ours}, OGRNs: []string{"1025900000001"}}, ErrFalse},
		{"another name", known, Said{INNs: []string{ours}, Name: `ООО "РОМАШКА"`}, ErrOther},
		{"a slip in the name", known, Said{INNs: []string{ours}, Name: `ООО "АЗИМУТ-СЕРВИСС"`}, nil},
		{"a longer name", known, Said{INNs: []string{ours}, Name: `ООО "Производственная компания АЗИМУТ-СЕРВИС"`}, nil},
		{"a name where none is held", firm("region", "59"), Said{INNs: []string{ours}, Name: "РОМАШКА"}, nil},
		{"a person by initials", sole, Said{INNs: []string{ours}, Name: "ИП Образцов П. И."}, nil},
		{"another person", sole, Said{INNs: []string{ours}, Name: "ИП Проверкин П. И."}, ErrOther},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := Check(c.of, c.said)
			if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestPage(t *testing.T) {
	known := firm("name.short", `ООО "АЗИМУТ"`, "region", "59")
	good := Said{INNs: []string{ours, ours}, Name: "АЗИМУТ", Region: "59"}
	if err := Page(known, good); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		of     *company.Company
		change func(*Said)
		want   error
	}{
		"named once":          {known, func(s *Said) { s.INNs = s.INNs[:1] }, ErrSilent},
		"without a name":      {known, func(s *Said) { s.Name = "" }, ErrSilent},
		"another region":      {known, func(s *Said) { s.Region = "77" }, ErrOther},
		"without a region":    {known, func(s *Said) { s.Region = "" }, ErrSilent},
		"no registry to hold": {firm("phone", "+79070000001"), func(*Said) {}, ErrSilent},
	} {
		said := good
		c.change(&said)
		if err := Page(c.of, said); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// FuzzAgree: a name agrees with itself in any case, and agreement has no sides.
func FuzzAgree(f *testing.F) {
	f.Add(`ООО "АЗИМУТ"`, "Азимут, ООО")
	f.Add("ИП Образцов Пётр Иванович", "Образцов П. И.")
	f.Add("", "x")
	f.Fuzz(func(t *testing.T, a, b string) {
		if agree(a, b) != agree(b, a) {
			t.Errorf("%q and %q agree one way only", a, b)
		}
		if len(words(a)) > 0 && !agree(a, a) {
			t.Errorf("%q does not agree with itself", a)
		}
	})
}
