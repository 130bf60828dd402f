package zakupki

import (
	"testing"

	"obzvon/pipeline/company"
)

func TestIKZ(t *testing.T) {
	inn := innOf(990000001)
	for code, want := range map[string]ikz{
		ikzOf(inn, "2815"):             {company.INN(inn), "770101001", "28.15"},
		" " + ikzOf(inn, "0000") + " ": {company.INN(inn), "770101001", ""},
		ikzOf(inn, "2815") + "1":       {},
		ikzOf(inn, "281"):              {},
		ikzOf("9900000010", "2815"):    {},
		"":                             {},
	} {
		got, ok := parseIKZ(code)
		if got != want || ok != (want.inn != "") {
			t.Errorf("%q: %+v, %v", code, got, ok)
		}
	}
	if got, ok := findIKZ("openPlanGraphSearchUrl('" + ikzOf(inn, "2815") + "', 5)"); !ok || got.inn != company.INN(inn) {
		t.Errorf("in a script: %+v", got)
	}
}

// FuzzIKZ: whatever is accepted has a valid ИНН, and its digits stand in the text.
func FuzzIKZ(f *testing.F) {
	f.Add(ikzOf(innOf(990000001), "2815"))
	f.Add("262583700797058370100100020100000244")
	f.Add("x'2625837'")
	f.Fuzz(func(t *testing.T, s string) {
		code, ok := findIKZ(s)
		if !ok {
			if code != (ikz{}) {
				t.Fatalf("refused, yet %+v", code)
			}
			return
		}
		if inn, err := company.ParseINN(string(code.inn)); err != nil || inn != code.inn {
			t.Fatalf("%q gave ИНН %q", s, code.inn)
		}
		if code.kpp != "" {
			if _, err := company.ParseKPP(string(code.kpp)); err != nil {
				t.Fatal(err)
			}
		}
	})
}
