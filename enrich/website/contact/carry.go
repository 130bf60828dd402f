package contact

import (
	"slices"
	"strings"
	"unicode"

	"obzvon/pipeline/company"
)

// prior is the last number with its code, for the lines below: «Тел. (34369)
// 3-41-60» above «Факс: 3-49-13».
type prior struct {
	number
	line  int // where a number was read last with its code
	scope *scope
}

// maxApart is how many lines apart numbers of one code may stand.
const maxApart = 2

// withCarried adds to the numbers of line i those that are written without
// their code: below or behind a code that holds for them, or behind a label
// after a number that has it.
func (r *reader) withCarried(i int, whole []number) []number {
	s := r.page.Lines[i].Text
	codes := codesOf(s)
	above := r.carried(&r.page.Lines[i])
	if above == nil && len(codes) == 0 && len(whole) == 0 && r.prior == nil {
		return whole
	}
	var out []number
	at := 0
	for k := 0; k <= len(whole); k++ {
		end := len(s)
		if k < len(whole) {
			end = max(at, min(whole[k].from, end))
		}
		out = r.shorts(i, out, codes, above, at, end)
		if k < len(whole) {
			out = append(out, whole[k])
			at = max(at, min(whole[k].to, len(s)))
		}
	}
	r.remember(i, out)
	r.note(i, codes)
	return out
}

// remember keeps the last number with a code for the lines below. Another code
// ends the one that was carried.
func (r *reader) remember(i int, all []number) {
	last := lastFixed(all)
	if last == nil || !strings.Contains(last.raw, "(") {
		return
	}
	if len(r.codes) > 0 && !slices.ContainsFunc(r.codes, func(c areaCode) bool { return c.of(last.phone) }) {
		r.codes = r.codes[:0]
	}
	r.prior = &prior{*last, i, newScope(r.page.Lines, i)}
}

// shorts adds the numbers without their code in [from:to] of line i.
func (r *reader) shorts(i int, out []number, codes []areaCode, above *areaCode, from, to int) []number {
	s := r.page.Lines[i].Text
	for at := from; at < to && len(out) < maxNumbers; {
		if !digit(s[at]) {
			at++
			continue
		}
		c, g, ok := shortRun(s, at)
		if !ok || c.to > to || inCodes(codes, at) {
			at = skipRun(s, at)
			continue
		}
		at = c.to
		if g != dashes && !announced(s, c, g) || hourBefore(s[:c.from]) {
			continue
		}
		if n, ok := r.short(i, c, out, lastCode(codes, above, c.from)); ok {
			n.from, n.to = c.from, c.to
			out = lean(s, append(out, n), &at)
		}
	}
	return out
}

func inCodes(codes []areaCode, at int) bool {
	return slices.ContainsFunc(codes, func(c areaCode) bool { return c.from <= at && at < c.to })
}

// lastCode is the code of the line before a place, else the one from above.
func lastCode(codes []areaCode, above *areaCode, at int) *areaCode {
	for k := len(codes) - 1; k >= 0; k-- {
		if codes[k].to <= at {
			return &codes[k]
		}
	}
	return above
}

// short gives a number the code that is nearest before it.
func (r *reader) short(i int, c run, out []number, code *areaCode) (number, bool) {
	s := r.page.Lines[i].Text
	last := lastFixed(out)
	here := code != nil && code.scope == nil
	switch {
	case last != nil && (!here || code.to <= last.from):
		return behind(*last, s[c.from:c.to], c, s[min(out[len(out)-1].to, c.from):c.from])
	case code != nil:
		return code.full(s[c.from:c.to], string(c.digits))
	case r.prior != nil && i-r.prior.line <= maxApart:
		return behind(r.prior.number, s[c.from:c.to], c, s[:c.from])
	}
	return number{}, false
}

// behind gives a number the code of one before it, if there is but a label
// between them.
func behind(n number, short string, c run, label string) (number, bool) {
	if n.raw == "" || !alike(n.raw, c) || len(label) > maxLabel || strings.ContainsAny(label, "@+№0123456789") {
		return number{}, false
	}
	if slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return !unicode.IsLetter(r) }), street) {
		return number{}, false
	}
	if first, _ := company.ParsePhones(n.raw, "", ""); len(first) == 1 && first[0].Kind == n.phone.Kind {
		if cut := len(n.phone.E164) - len(c.digits); len(first[0].E164) != len(n.phone.E164) || first[0].E164[:cut] != n.phone.E164[:cut] {
			return number{}, false
		}
		n.phone = first[0] // one of a list is spelled as the first of it
	}
	p, ok := complete(n, short, string(c.digits), false)
	if !ok {
		return number{}, false
	}
	if p.Kind != company.PhoneLandline {
		return number{phone: p, raw: n.raw}, true // such a code is taken from the number itself
	}
	return number{phone: p, raw: spelled(p.E164[:len(p.E164)-len(c.digits)], short)}, true
}

// street tells words behind which a house stands: «ул. Мира 5-20-18».
func street(w string) bool {
	switch w {
	case "ул", "улица", "пер", "переулок", "просп", "проспект", "шоссе", "бульвар", "дом", "д", "кв", "каб", "кабинет":
		return true
	}
	return false
}

// lastFixed is the last number of a town.
func lastFixed(all []number) *number {
	for k := len(all) - 1; k >= 0; k-- {
		if p := all[k].phone; p.Kind == company.PhoneLandline || p.Kind == company.PhoneForeign {
			return &all[k]
		}
	}
	return nil
}

// announced tells that a short number without dashes is said to be a phone, or
// stands alone. Six digits alone may be a postcode.
func announced(s string, c run, g glue) bool {
	if phoneWord(tail(s[:c.from], 24)) {
		return true
	}
	return (g == blank || len(c.digits) != 6) && strings.Trim(s, "0123456789 ,;") == ""
}

// hourBefore tells that a time of day follows: «с 9-00-18-00», «пн-пт».
func hourBefore(s string) bool {
	s = strings.TrimRight(strings.ToLower(tail(s, 40)), " :.,-–—")
	at := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	w := s[at+1:]
	return dayWords[w] || w == "с" || w == "до" || w == "обед" || w == "перерыв" || w == "от"
}
