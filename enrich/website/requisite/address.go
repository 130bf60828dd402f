package requisite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/enrich/website/page"
	"obzvon/pipeline/company"
)

// placed is an address met on the page.
type placed struct {
	text   string
	words  []string // folded
	weight int
}

// addresses are the firm's own, the main one first: the legal one, then the
// office, then others in the order of the page.
func (r *reader) addresses() []string {
	var all []placed
	for i, seen := 0, 0; i < len(r.lines) && seen < maxAddresses; i++ {
		for _, a := range r.lineAddresses(i) {
			all = keepAddress(all, a)
			r.lines[i].address = true
			seen++
		}
	}
	for _, s := range r.structured().addresses {
		if a := newPlaced(s, 1); len(a.words) > 2 && digitAt(s) >= 0 {
			all = keepAddress(all, a)
		}
	}
	if len(all) == 0 {
		all = r.city()
	}
	slices.SortStableFunc(all, func(a, b placed) int { return b.weight - a.weight })
	var out []string
	for i := range all[:min(len(all), keepOthers)] {
		out = append(out, all[i].text)
	}
	return out
}

// newPlaced tidies an address. Kinds of streets and houses are no part of what
// addresses are compared by: «дом 8» is «д. 8».
func newPlaced(text string, weight int) placed {
	text = strings.TrimRight(strings.TrimLeft(oneLine(text), " ,.;:–—-|)("), " ,.;:–—-|")
	if low := lower(text); startsAny(low, "адрес") {
		if i := strings.IndexByte(text, ':'); i >= 0 && i < 60 {
			text = strings.TrimLeft(text[i+1:], " ,.;:–—-|)(")
		}
	}
	if rest, ok := strings.CutPrefix(text, "№"); ok { // «№1. г. Москва»
		text = strings.TrimLeft(rest, "0123456789. ")
	}
	words := slices.DeleteFunc(company.FoldWords(text), func(w string) bool {
		return houseWords[w] || streetWords[w] || placeWords[w] && w != "москва" || w == "область"
	})
	return placed{text: text, words: words, weight: weight}
}

// keepAddress adds an address unless one with all its words is there; of two
// the longer one stays.
func keepAddress(all []placed, a placed) []placed {
	if len(a.words) < 2 {
		return all
	}
	for i := range all {
		b := &all[i]
		switch {
		case within(a.words, b.words):
			b.weight = max(a.weight, b.weight)
			return all
		case within(b.words, a.words):
			a.weight = max(a.weight, b.weight)
			*b = a
			return all
		}
	}
	return append(all, a)
}

// within tells that all words of a are in b.
func within(a, b []string) bool {
	if len(a) > len(b) {
		return false
	}
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return true
}

// lineAddresses finds the addresses that begin in a line.
func (r *reader) lineAddresses(i int) []placed {
	l := &r.lines[i]
	if l.text == "" || !r.digitSoon(i, mostJoined) || !l.digit && len(l.text) > longest || l.topic == topicAlien || l.Part == page.Nav && len(l.text) > 200 {
		return nil
	}
	text, low := r.joined(i)
	var out []placed
	for at := 0; at < len(low) && len(out) < keepOthers; {
		from, to, ok := addressAt(text, low, at)
		if !ok {
			break
		}
		label := r.labelOf(i, before(low, from, 120))
		if weight, ok := addressWeight(label, l); ok && from < len(l.text) {
			out = append(out, newPlaced(text[from:to], weight))
		}
		at = to
	}
	if len(out) == 0 {
		if a, ok := r.labelledAddress(i); ok {
			out = append(out, a)
		} else if weight, ok := addressWeight(r.labelOf(i, ""), l); ok && streetless(l.text) {
			out = append(out, newPlaced(l.text, weight))
		}
	}
	return out
}

// addressWeight orders addresses by their label; the bank's is none.
func addressWeight(label string, l *line) (int, bool) {
	switch {
	case bankName(label), hasAny(label, "бик", "к/с", "мифнс", "ифнс", "налогов", "зарегистрирован в", "выдан"), ownerBefore(label) == ownerOther:
		return 0, false
	case hasAny(label, "склад", "магазин", "филиал", "пункт", "производств", "сервис", "отгрузк", "почтов"):
		return 0, true
	case hasAny(label, "юридическ", "юр. адрес", "юр.адрес", "юр адрес", "место нахождения", "местонахождение", "регистрации"):
		return 4, true
	case hasAny(label, "адрес", "офис", "фактическ"):
		return 3, true
	case l.Part == page.Header || l.Part == page.Footer || l.topic == topicOwn:
		return 2, true
	}
	return 1, true
}

// labelledAddress takes what stands behind «Адрес:» at its word, if it has a
// number and nothing that an address has not.
func (r *reader) labelledAddress(i int) (placed, bool) {
	l := &r.lines[i]
	label := r.labelOf(i, "")
	text, low := l.text, l.lower
	if at := strings.Index(low, "адрес"); at >= 0 && at < 40 {
		colon := strings.IndexByte(low[at:], ':')
		if colon < 0 || colon > 60 {
			return placed{}, false
		}
		label = low[:at+colon]
		text, low = text[at+colon+1:], low[at+colon+1:]
	} else if !strings.Contains(label, "адрес") || len(label) > 60 || hasAny(label, "почты", "e-mail", "email", "сайт", "электронн") {
		return placed{}, false
	}
	weight, ok := addressWeight(label, l)
	if !ok || len(text) > 250 || strings.ContainsAny(text, "@") || hasAny(label, "электронн", "e-mail", "email") {
		return placed{}, false
	}
	end := phoneStart(low, 0)
	text, low = text[:end], low[:end]
	if digitAt(text) < 0 || !hasPlace(low) && indexAt(low) < 0 {
		return placed{}, false
	}
	return newPlaced(text, weight), true
}

// streetless tells a line of nothing but a town, a name in capitals and the
// number of a house: «г. Пермь, Садовая, 5».
func streetless(text string) bool {
	parts := strings.Split(text, ",")
	if len(parts) != 3 || !startsAny(lower(parts[0]), "г. ", "г.", "город ") || !townAlone(parts[0]) {
		return false
	}
	street, house := strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])
	first, _ := utf8.DecodeRuneInString(street)
	n := digitAt(house)
	return unicode.IsUpper(first) && len(street) <= mostStreet && countDigits(street) == 0 && strings.Count(street, " ") < 3 &&
		n == 0 && len(house) <= len("105К70 а")
}

// city is the first line that is a town alone, «г. Энск»: better than nothing.
func (r *reader) city() []placed {
	for i := range r.lines {
		l := &r.lines[i]
		if len(l.text) > 60 || l.topic == topicAlien || !startsAny(l.lower, "г. ", "г.", "город ") {
			continue
		}
		_, name, _ := strings.Cut(strings.Replace(l.text, ".", " ", 1), " ")
		name = strings.TrimSpace(name)
		if town := company.CleanCity(name); town == "" || strings.ContainsAny(name, "0123456789:") {
			continue
		}
		if _, ok := company.TownRegion(name); ok {
			return []placed{{text: oneLine(l.text)}}
		}
	}
	return nil
}
