package company

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// checkShortWays holds the short way through a name to the long one.
func checkShortWays(t *testing.T, s string) (short bool) {
	t.Helper()
	want := parseAny(s)
	if got := ParseName(s); got != want {
		t.Fatalf("ParseName(%q)\n got %q\nwant %q", s, got, want)
	}
	var r NameReader
	r.Read(`АО "ПРЕЖНЯЯ" И ПРОЧЕЕ`) // leaves nothing behind
	w := r.Read(s)
	brand := want.Brand
	if strings.Contains(want.Core, brand) {
		brand = ""
	}
	if w.Form != want.Form || string(w.Whole) != foldText(s) || string(w.Core) != foldText(want.Core) || string(w.Brand) != foldText(brand) {
		t.Fatalf("words of %q are %q, parsed %q", s, w, want)
	}
	_, _, _, short = quotedName(s)
	return short
}

func TestQuotedNamesAreParsedAsAnyOther(t *testing.T) {
	pieces := []string{
		"ООО", "ООО ", "Общество с ограниченной ответственностью ", "АО ", "ИП ", "ПК ", "ЧП ", "О.О.О. ", "OOO ", "СПК (КОЛХОЗ) ",
		"жилищно-строительный кооператив ", "К-ФХ ", "ФИЛИАЛ ", `"`, `"`, `"`, `"`, "«", "»", "'", " ", " ", "-", "ВЕГА", "ВЕГА", "Ёлка-2", "ТД ", "УК", "12",
		"В", "BMC", "AO", "ё", ",", ", ", ".", "(", ")", "№", "+", "/", "&quot;", "<<", "''", "\u00a0", "й", "\u0306", "Ї", "\xd0", "\xff", "\t", "филиал",
	}
	rng := rand.New(rand.NewPCG(21, 22))
	short := 0
	for range 30_000 {
		var b strings.Builder
		if rng.IntN(2) == 0 {
			b.WriteString(pieces[rng.IntN(12)] + `"`)
		}
		for range 1 + rng.IntN(7) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		if checkShortWays(t, b.String()) {
			short++
		}
	}
	if short < 500 {
		t.Errorf("%d names went the short way: the trials prove too little", short)
	}
}

func TestUsualNamesGoTheShortWay(t *testing.T) {
	for _, s := range []string{
		`ООО "ТАНДЕМ"`, `ООО"ТАНДЕМ"`, `ООО «Тандем»`, `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "УРАЛ ПОЛЯРНЫЙ-2"`,
		`АКЦИОНЕРНОЕ ОБЩЕСТВО "ЗАВОД 5`, `ЖИЛИЩНО-СТРОИТЕЛЬНЫЙ КООПЕРАТИВ "ОБСКОЙ"`,
	} {
		if !checkShortWays(t, s) {
			t.Errorf("%s goes the long way", s)
		}
	}
}

func TestFormsAreSpelledInOneWayEach(t *testing.T) {
	n := 0
	for _, list := range formSpellings {
		n += len(list)
	}
	if n != len(quotedForms) {
		t.Errorf("%d spellings of forms, %d of them distinct", n, len(quotedForms))
	}
}
