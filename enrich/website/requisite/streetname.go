package requisite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ordinals end a number that tells which of the streets of one name it is:
// «3-я Садовая», «9-го Января», «40-летия Победы».
var ordinals = wordSet("я", "й", "ая", "ой", "ый", "ий", "го", "ого", "е", "ое", "ти", "летия", "лет")

// countedWords follow a number in names of streets in small letters too.
var countedWords = wordSet(
	"лет", "летия", "года", "съезда", "партсъезда", "линия", "января", "февраля", "марта", "апреля", "мая", "июня",
	"июля", "августа", "сентября", "октября", "ноября", "декабря",
)

// numberedName is where the name of a street that has a number in it ends: the
// number at digit together with the word that it counts. street is the end of
// the kind of street. It is 0 if the number is no part of a name.
func numberedName(text, low string, street, digit int) int {
	from, to := nextWord(low, digit)
	if from != digit || to-from > len("150-летия") {
		return 0
	}
	number, ordinal, _ := strings.Cut(low[from:to], "-")
	if len(number) > 4 || countDigits(number) != len(number) {
		return 0
	}
	if ordinals[ordinal] {
		return to
	}
	if ordinal != "" || hasName(text, street, digit) {
		return 0
	}
	next, end := nextWord(low, to)
	if next != to+1 || low[to] != ' ' {
		return 0
	}
	word := low[next:end]
	r, _ := utf8.DecodeRuneInString(text[next:])
	if countedWords[word] || unicode.IsUpper(r) && utf8.RuneCountInString(word) > 2 && !houseWords[word] && !placeWords[word] && !streetWords[word] {
		return end
	}
	return 0
}

// hasName tells that the street has its name before the number: between its
// kind and the number, or before its kind, «Садовая ул. 5 Пермь».
func hasName(text string, street, digit int) bool {
	if strings.ContainsFunc(text[street:digit], func(r rune) bool { return unicode.IsLetter(r) || r == ',' }) {
		return true
	}
	front := before(text, street, 60)
	front = front[:max(0, strings.LastIndexFunc(front, unicode.IsSpace))] // the kind of street
	from := strings.LastIndexFunc(front, func(r rune) bool { return !isLetter(r) && r != '-' }) + 1
	word := front[from:]
	if kind := strings.TrimRight(lower(front[:from]), " ."); strings.HasSuffix(kind, "г") || strings.HasSuffix(kind, "город") {
		return false // «г. Речной ул. 8 Марта»
	}
	for _, ending := range [...]string{"ая", "яя", "ий", "ый", "ой", "ое", "ее"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// houseLike tells a number that may be that of a house: up to four digits.
func houseLike(low string, at int) bool {
	_, to := nextWord(low, at)
	n := countDigits(low[at:to])
	return n > 0 && n <= 4
}
