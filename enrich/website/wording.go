package website

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// What may be said of a number without naming anybody is made of these words;
// compiled by hand. Surnames and first names that are words too are left out.
var (
	//go:embed data/stems.txt
	stemList string // beginnings, with an ending of declension behind them
	//go:embed data/words.txt
	wordList string // whole words

	workStems = setOf(stemList)
	workWords = setOf(wordList)
)

func setOf(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// endings are those that a known stem may have. Those of surnames are not among
// them: words that have one («отдел заказов») are listed whole.
var endings = setOf(`а у ом ем е ы и ам ами ах ей ю я ь ью ия ию ии ием ий ие ям ями ях о ой ою
	ый ая яя ое ее ые ого его ому ему ым им ых их ую юю ка ки ке ку кой ок ия иям иями иях`)

// maxStem bounds a word of work, in letters.
const maxStem = 30

// impersonal tells a text that names nobody: all its words are known ones for
// duties, departments, places and kinds of number, and one of them at least
// says something. What is not known is taken for a name, however it is written.
func impersonal(s string) bool {
	told, before := false, false
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if number(w) {
			continue
		}
		low := strings.ReplaceAll(strings.ToLower(w), "ё", "е")
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case utf8.RuneCountInString(w) == 1:
			if unicode.IsUpper(first) || !workWords[low] {
				return false // an initial
			}
		case surnameEnd(low):
			things := strings.HasSuffix(low, "ов") || strings.HasSuffix(low, "ев")
			if !workWords[low] || things && (!before || w != low && w != strings.ToUpper(w)) {
				return false // «Станков» may be somebody, «отдел станков» is not
			}
		case !workWords[low] && !workWord(low) && !town(w):
			return false
		default:
			before = before || utf8.RuneCountInString(w) > len("в")
		}
		told = told || utf8.RuneCountInString(w) > 1
	}
	return told
}

func number(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsDigit(r) })
}

// surnameEnd tells an ending that surnames have, and some words of work.
func surnameEnd(low string) bool {
	return slices.ContainsFunc(surnameEnds, func(e string) bool { return strings.HasSuffix(low, e) })
}

var surnameEnds = []string{"ов", "ев", "ин", "ын", "ова", "ева", "ина", "ына", "ову", "еву"}

func workWord(low string) bool {
	if utf8.RuneCountInString(low) > maxStem {
		return false
	}
	if workStems[low] {
		return true
	}
	cut := len(low)
	for range 3 { // letters of the longest ending but for «иями»
		_, n := utf8.DecodeLastRuneInString(low[:cut])
		if cut -= n; cut <= len("в")*2 {
			return false
		}
		if workStems[low[:cut]] && endings[low[cut:]] {
			return true
		}
	}
	return false
}

// townEnds are endings of towns in the nominative and after «в» that no first
// name has; a surname has other ones («-ский»).
var townEnds = []string{"ск", "ске", "цк", "цке", "град", "граде", "бург", "бурге", "поль", "поле"}

var largeTowns = setOf("москва москве пермь перми казань казани уфа уфе самара самаре тюмень тюмени тверь твери тула туле рязань рязани пенза пензе калуга калуге вологда вологде сочи чита чите")

func town(w string) bool {
	low := strings.ToLower(w)
	if largeTowns[low] {
		return true
	}
	if !slices.ContainsFunc(townEnds, func(e string) bool { return strings.HasSuffix(low, e) }) {
		return false
	}
	if _, ok := company.TownRegion(w); ok {
		return true
	}
	_, ok := company.TownRegion(strings.TrimSuffix(w, "е"))
	return ok
}

// placesOnly are addresses without the people to be asked for there. Gone is a
// part between commas that has no figure, no word of addresses and is no known
// town or region, if it stands behind one with a figure or has an initial in it.
func placesOnly(addresses []string) []string {
	out := make([]string, 0, len(addresses))
	for _, a := range addresses {
		var parts []string
		house := false
		for part := range strings.SplitSeq(a, ",") {
			digits := strings.ContainsFunc(part, unicode.IsDigit)
			if digits || ofAddress(part) || !house && !initial(part) {
				parts = append(parts, part)
			}
			house = house || digits && len(parts) > 1
		}
		out = append(out, strings.TrimSpace(strings.Join(parts, ",")))
	}
	return out
}

var addressWords = setOf(`россия рф беларусь казахстан республика респ край область обл округ ао район р-н рн р город г гор село с деревня д дер поселок посёлок пос п пгт рп станица ст аул хутор х
	улица ул проспект просп пр переулок пер проезд шоссе ш набережная наб бульвар бул б площадь пл тракт тупик аллея линия микрорайон мкр мкрн квартал кв промзона тер территория снт км
	дом корпус корп строение стр литера лит литер владение вл офис оф помещение пом этаж эт кабинет каб комната ком склад база завод промышленная здание бц тц трц`)

// ofAddress tells a part of an address by its words, or a town or region.
func ofAddress(part string) bool {
	for w := range strings.FieldsFuncSeq(part, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		if low := strings.ToLower(w); addressWords[low] && (w == low || utf8.RuneCountInString(w) > 1) {
			return true
		}
	}
	if impersonal(part) {
		return true
	}
	_, region := company.FindRegion(part)
	_, town := company.TownRegion(part)
	return (region || town) && !initial(part)
}

// initial tells a text in which a capital stands alone.
func initial(s string) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if first, n := utf8.DecodeRuneInString(w); unicode.IsUpper(first) && n == len(w) {
			return true
		}
	}
	return false
}
