package audit

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

const someDigest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func TestSieve(t *testing.T) {
	for _, kept := range []string{
		"", "anna", "m123456", "list 2026-11-16 manager-1", "call-list-2026-11-16-manager-2.xlsx", "segments",
		"results 2026-11-16, 2026-11-17: 12 of 40", "file 0123456789abcdef", "role anna=head,operator", Withheld, "rows 1+2=3", "?",
	} {
		if got := sieve(kept); got != kept {
			t.Errorf("%q became %q", kept, got)
		}
	}
	for _, gone := range []string{
		"79070000001", "+7 907 000-00-01", "8(907)0000001", "000-00-01", "5900000015", "ИНН 5900000015", "590 000 00 15", "590.000.001.510",
		"anna@firm.example", "ООО «Ромашка»", "Ромашка", "5900000015.xlsx", "list 2026-11-16 79070000001", "2026-11-1679070000001",
		"line\nbreak", "tab\tbed", "quote\"", strings.Repeat("a", maxText+1), "bad\xff", "file 79070000001", "file 0123456789abcde",
	} {
		if got := sieve(gone); got != Withheld {
			t.Errorf("%q became %q, want it withheld", gone, got)
		}
	}
}

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"call-list-2026-11-16.xlsx":                     "call-list-2026-11-16.xlsx",
		"call-list-2026-11-16-manager-1.xlsx":           "call-list-2026-11-16-manager-1.xlsx",
		"call-list-2026-11-16-manager-1-ОБРАЗЕЦ.xlsx":   "call-list-2026-11-16-manager-1-sample.xlsx",
		"call-list-2026-11-16-anna_b.xlsx":              "call-list-2026-11-16-anna_b.xlsx",
		"call-list-2026-11-16-79070000001.xlsx":         "file 0123456789abcdef",
		"call-list-2026-11-16-manager-1 (Ромашка).xlsx": "file 0123456789abcdef",
		"ООО Ромашка.xlsx":                              "file 0123456789abcdef",
		"Romashka.xlsx":                                 "file 0123456789abcdef",
		"":                                              "file 0123456789abcdef",
		"\xff":                                          "file 0123456789abcdef",
	} {
		if got := File(name, someDigest); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		if got := sieve(File(name, someDigest)); got == Withheld {
			t.Errorf("%q is withheld", name)
		}
	}
	for _, digest := range []string{"", "79070000001", strings.ToUpper(someDigest), someDigest + "0"} {
		if got := File("x", digest); got != "file" {
			t.Errorf("digest %q: %q", digest, got)
		}
	}
}

// Whoever gives an entry another field must say how the sieve holds it.
func TestEveryFieldIsSieved(t *testing.T) {
	personal := "+7 907 000-00-01, ИНН 5900000015, ivan@firm.example, ООО «Ромашка»"
	typ := reflect.TypeFor[Entry]()
	for i := range typ.NumField() {
		e := Entry{}
		switch v := reflect.ValueOf(&e).Elem().Field(i); v.Interface().(type) {
		case string, Action:
			v.SetString(personal)
		case int:
			v.SetInt(5900000015)
		case bool, time.Time:
			continue
		default:
			t.Fatalf("field %s is of a kind that nobody holds back", typ.Field(i).Name)
		}
		l := In(t.TempDir())
		if err := l.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		line, err := os.ReadFile(l.path(0))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{"907", "5900000015", "ivan", "Ромашка"} {
			if strings.Contains(string(line), part) {
				t.Errorf("field %s lets %q through: %s", typ.Field(i).Name, part, line)
			}
		}
	}
}

// Of whatever strangers type no line tells a phone, an ИНН, an e-mail or a name in
// Russian letters.
func FuzzSieve(f *testing.F) {
	for _, s := range []string{"list 2026-11-16 manager-1", "8 (907) 000-00-01", "file 0123456789abcdef", "2026-11-162026-11-16", "a@b"} {
		f.Add(s)
	}
	digits := regexp.MustCompile(`(?:[0-9][^A-Za-z0-9]*){7}`)
	strange := regexp.MustCompile(`[^ -~]|[@"\\]`)
	f.Fuzz(func(t *testing.T, s string) {
		got := sieve(s)
		if got != s && got != Withheld || sieve(got) != got {
			t.Fatalf("%q became %q", s, got)
		}
		rest := known.ReplaceAllString(got, "x")
		if digits.MatchString(rest) || strange.MatchString(got) || len(got) > maxText {
			t.Errorf("%q is passed on", got)
		}
	})
}
