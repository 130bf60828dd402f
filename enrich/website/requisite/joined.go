package requisite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

const mostJoined = 4 // lines that an address goes on over

// joined is the text of a line together with that of the next ones, as far as
// the address goes on there: «Москва,» / «ул. …, д. 5»,
// «614000, Пермский край» / «г. Пермь, ул. …».
func (r *reader) joined(i int) (text, low string) {
	l := &r.lines[i]
	text, low = l.text, l.lower
	if len(text) > longest || !l.digit && !strings.HasSuffix(text, ",") && !l.hasStreet() && !r.placeAbove(i) {
		return text, low
	}
	street := false // in the lines before the last one
	for j := i + 1; j < len(r.lines) && j <= i+mostJoined; j++ {
		next := &r.lines[j]
		if next.text == "" || len(next.text) > longest || next.Heading != l.Heading || next.Col != l.Col || next.Row != l.Row || next.Box != l.Box {
			break
		}
		street = street || r.lines[j-1].hasStreet()
		switch {
		case !street && endsInPlace(text, low) && beginsInPlace(next.text, next.lower):
			text, low = strings.TrimRight(text, " ,")+",", strings.TrimRight(low, " ,")+","
		case strings.HasSuffix(text, ",") && (street || hasPlace(low) || next.hasStreet() || indexAt(low) >= 0):
		case street && digitAt(low) < 0 && startsAny(next.lower, "д.", "дом", "д ", "корп", "стр"):
		case street && digitAt(low) >= 0 && indexAt(low) < 0 && indexAt(next.lower) >= 0 && !next.hasStreet():
			text, low = text+",", low+","
		default:
			return text, low
		}
		text, low = text+" "+next.text, low+" "+next.lower
	}
	return text, low
}

// placeAbove tells a line that is a place alone, of which the street stands in
// the next.
func (r *reader) placeAbove(i int) bool {
	if i+1 >= len(r.lines) {
		return false
	}
	l, next := &r.lines[i], &r.lines[i+1]
	return beginsInPlace(next.text, next.lower) && l.endsInPlace() && (next.digit || next.endsInPlace())
}

const longestPlace = 140 // bytes of a line that ends in a place

func (l *line) endsInPlace() bool {
	return len(l.text) <= longestPlace && !l.hasStreet() && endsInPlace(l.text, l.lower)
}

// endsInPlace tells an address without a street that breaks off behind its
// index, country, region or town.
func endsInPlace(text, low string) bool {
	if len(text) > longestPlace || strings.HasSuffix(text, ":") {
		return false
	}
	from := strings.LastIndexAny(strings.TrimRight(low, " ,."), ",:;") + 1
	part := strings.Trim(low[from:], " ,.")
	if len(part) == len("614000") && indexAt(part) == 0 {
		return true
	}
	if countDigits(part) > 0 && indexAt(part) != 0 || strings.Count(part, " ") > 3 {
		return false
	}
	if w, to := wordOf(placeWords, part, 0); w == 0 || w > 0 && to == len(part) {
		return w > 0 || to < len(part) || to > len("обл.") // «г. Пермь», «Пермский край», «Россия»
	}
	return isTown(strings.Trim(text[from:], " ,."))
}

func isTown(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(r) {
		return false
	}
	_, ok := company.TownRegion(s)
	return ok
}

// beginsInPlace tells a line that goes on with a town or a street.
func beginsInPlace(text, low string) bool {
	from, to := nextWord(low, 0)
	if from != 0 || len(text) > longest {
		return false
	}
	w := low[from:to]
	point := to < len(low) && low[to] == '.'
	switch {
	case streetWords[w] || placeWords[w]:
		return utf8.RuneCountInString(w) > 2 || point || w == "ул"
	case hasStreet(low[:min(len(low), mostStreet)]): // «Садовая ул., 5»
		r, _ := utf8.DecodeRuneInString(text)
		return unicode.IsUpper(r) || isDigit(text[0])
	}
	return false
}
