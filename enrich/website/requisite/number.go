package requisite

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// kind is a kind of number.
type kind uint8

const (
	inn kind = iota
	ogrn
	kpp
)

// number is one met on the page.
type number struct {
	kind  kind
	value string
	line  int // -1 = of the page's data
	at    int // byte of the label in the line
	whose whose
}

// labels are the words that stand before a number, in small letters; phrases
// are found by their first word.
var (
	labels = map[string]kind{
		"огрнип": ogrn, "огрн": ogrn, "ogrnip": ogrn, "ogrn": ogrn, "инн": inn, "inn": inn, "кпп": kpp, "kpp": kpp,
	}
	phrases = []struct {
		kind kind
		text string
	}{
		{ogrn, "основной государственный регистрационный"},
		{ogrn, "основной гос. регистрационный"},
		{ogrn, "основной гос.регистрационный"},
		{inn, "идентификационный номер налогоплательщика"},
	}
)

// parse gives the canonical form of digits that are such a number.
func (k kind) parse(s string) (string, bool) {
	switch k {
	case inn:
		v, err := company.ParseINN(s)
		return string(v), err == nil && !invented(s)
	case ogrn:
		v, err := company.ParseOGRN(s)
		return string(v), err == nil && !invented(s)
	case kpp:
		if len(s) != len("000000000") {
			return "", false
		}
		v, err := company.ParseKPP(s)
		return string(v), err == nil && !invented(s)
	}
	return "", false
}

// invented tells numbers that designers type: counted up from one, or one
// digit again and again.
func invented(s string) bool {
	if startsAny(s, "1234567", "0123456", "9876543") {
		return true
	}
	most := 0
	for d := byte('0'); d <= '9'; d++ {
		most = max(most, strings.Count(s, string(d)))
	}
	return most >= len(s)-2
}

// readNumbers finds the labelled numbers of all lines.
func (r *reader) readNumbers() {
	seen := 0
	for i := range r.lines {
		l := &r.lines[i]
		if !r.digitSoon(i, farCell) || !hasAny(l.lower, "инн", "огрн", "кпп", "inn", "ogrn", "kpp", "идентификационный номер", "основной гос") {
			continue
		}
		for at := 0; seen < maxLabels && len(r.numbers) < maxNumbers; seen++ {
			k, from, to, ok := nextLabel(l.lower, at)
			if !ok {
				break
			}
			at = to
			r.readLabelled(i, k, from, to)
		}
	}
}

// nextLabel is the first label at or behind a place. Digits may follow it at
// once: «ИНН5902…».
func nextLabel(s string, at int) (k kind, from, to int, ok bool) {
	for {
		from, to = nextWord(s, at)
		if from < 0 {
			return 0, 0, 0, false
		}
		word := strings.TrimRight(s[from:to], "0123456789-")
		if k, ok = labels[word]; ok {
			return k, from, from + len(word), true
		}
		if word == "основной" || word == "идентификационный" {
			for _, p := range phrases {
				if strings.HasPrefix(s[from:], p.text) {
					return p.kind, from, from + len(p.text), true
				}
			}
		}
		at = to
	}
}

// readLabelled reads the number that belongs to a label: behind it in the
// line, in the next cell, in the cell below, or in one of the next lines.
func (r *reader) readLabelled(i int, k kind, from, to int) {
	l := &r.lines[i]
	add := func(value string) {
		w := r.whose(i, from)
		front := before(l.lower, from, farthest)
		w.doubt = w.doubt || headsOwn(k, value, front, r.labelOf(i, front))
		r.numbers = append(r.numbers, number{kind: k, value: value, line: i, at: from, whose: w})
	}
	value, blank := k.behind(cut(l.lower[to:min(len(l.lower), to+2*farthest)], 2*farthest))
	switch {
	case value != "":
		add(value)
	case blank:
		for _, next := range r.values(i) {
			if value, ok := k.leading(r.lines[next].lower); ok {
				add(value)
				return
			}
		}
	}
}

// own are the values of a kind that are the firm's, the surest first.
func (r *reader) own(k kind) []string {
	var sure, soft []string
	best := map[string]int{}
	for i := range r.numbers {
		n := &r.numbers[i]
		if n.kind != k || n.whose.alien() {
			continue
		}
		if _, ok := best[n.value]; !ok {
			if n.whose.bankish() {
				if !slices.Contains(soft, n.value) {
					soft = append(soft, n.value)
				}
				continue
			}
			sure = append(sure, n.value)
		}
		best[n.value] = max(best[n.value], n.whose.weight())
	}
	if len(sure) == 0 {
		// What stands behind the bank's name is the firm's if there is nothing
		// else: nobody prints the number of the bank alone.
		if len(soft) == 1 {
			return soft
		}
		return nil
	}
	slices.SortStableFunc(sure, func(a, b string) int { return best[b] - best[a] })
	return fewOwn(sure, best)
}

// mostOwn is how many firms a site may be of: a group prints two or three,
// more are a list of others.
const mostOwn = 3

func fewOwn(values []string, weight map[string]int) []string {
	if len(values) <= mostOwn {
		return values
	}
	if top := weight[values[0]]; top > 0 && weight[values[1]] < top {
		return values[:1]
	}
	return nil
}
