package contact

import (
	"slices"
	"strings"
	"unicode"

	"obzvon/enrich/website/page"
	"obzvon/pipeline/company"
)

// areaCode is a code that holds for the short numbers of a block: «Телефоны
// (8-815-54):». Digits do not tell a leading 8 of the trunk from one of the
// code; the length of what follows does.
type areaCode struct {
	from, to int      // bytes of its line
	areas    []string // with the country: «+781554»
	below    bool     // it holds for the lines below too
	line     *page.Line
	scope    *scope
}

// follow steps to the next line: codes whose block has ended are forgotten.
func (r *reader) follow(l *page.Line) {
	if r.prior != nil && !r.prior.scope.holds(l) {
		r.prior = nil
	}
	kept := r.codes[:0]
	for _, c := range r.codes {
		if c.scope.holds(l) {
			kept = append(kept, c)
		}
	}
	r.codes = kept
}

// note keeps the codes of a line for the lines below; those of one row of a
// table hold for a column each.
func (r *reader) note(i int, codes []areaCode) {
	l := &r.page.Lines[i]
	for _, c := range codes {
		if !c.below || c.to > len(l.Text) {
			continue
		}
		if len(r.codes) > 0 {
			if was := r.codes[0].line; was != l && (l.Table == 0 || was.Table != l.Table || was.Row != l.Row) {
				r.codes = r.codes[:0]
			}
		}
		c.line, c.scope = l, newScope(r.page.Lines, i)
		c.scope.column = true
		if len(r.codes) < maxCodes {
			r.codes = append(r.codes, c)
		}
	}
}

const maxCodes = 20 // of one row

// carried is the code that lines above give to this one.
func (r *reader) carried(l *page.Line) *areaCode {
	for k := len(r.codes) - 1; k >= 0; k-- {
		if c := &r.codes[k]; c.line.Table == l.Table && c.line.Col == l.Col {
			return c
		}
	}
	if len(r.codes) > 0 {
		return &r.codes[len(r.codes)-1]
	}
	return nil
}

// codesOf finds the codes of a line behind which no number stands: «Тел.
// (81554):», «(код 342)», «код города 342-41».
func codesOf(s string) []areaCode {
	var out []areaCode
	for i := 0; i < len(s) && len(out) < maxCodes; i++ {
		switch {
		case s[i] == '(':
			if c, ok := bracketCode(s, i); ok {
				out = append(out, c)
				i = c.to - 1
			}
		case strings.HasPrefix(s[i:], "код") || strings.HasPrefix(s[i:], "Код"):
			if c, ok := toldCode(s, i); ok {
				out = append(out, c)
				i = c.to - 1
			}
		}
	}
	return out
}

const maxCode = 48 // bytes in the brackets

// bracketCode reads a code in brackets at i. What is only followed by a colon
// or the end holds below too, if it is said to be of phones.
func bracketCode(s string, i int) (areaCode, bool) {
	in, _, ok := strings.Cut(head(s[i+1:], maxCode), ")")
	if !ok {
		return areaCode{}, false
	}
	to := i + len(in) + 2
	word := strings.TrimLeftFunc(strings.ToLower(in), func(r rune) bool { return r == ' ' })
	at := strings.LastIndex(word, "код")
	told := at >= 0 && len(word) < maxCode
	digits := in
	if told {
		digits = strings.TrimLeftFunc(word[at:], func(r rune) bool { return unicode.IsLetter(r) || strings.ContainsRune(" .:-–—", r) })
	}
	areas := areasOf(before(s[:i])+digits, told)
	if areas == nil {
		return areaCode{}, false
	}
	told = told || strings.HasSuffix(strings.ToLower(strings.TrimRight(tail(s[:i], 12), " :")), "код")
	rest := strings.TrimLeft(s[to:], " ")
	if rest != "" && rest[0] != ':' && !told {
		return areaCode{}, false
	}
	return areaCode{from: i, to: to, areas: areas, below: told || phoneWord(tail(s[:i], 60))}, true
}

// before is the country in front of the brackets: «+375 (176)».
func before(s string) string {
	s = strings.TrimRight(s, " -")
	at := len(s)
	for at > 0 && (digit(s[at-1]) || s[at-1] == '+') {
		at--
	}
	return s[at:]
}

// toldCode reads «код города 342», «тел. код: 342-41» at i.
func toldCode(s string, i int) (areaCode, bool) {
	from := i + len("код")
	at := from
	for at < len(s) && at-from < maxCode && !digit(s[at]) && s[at] != '(' && s[at] != '+' {
		at++
	}
	to := at
	for to < len(s) && (digit(s[to]) || s[to] == '-' || s[to] == '+') {
		to++
	}
	said := strings.ToLower(strings.Trim(s[from:at], " :.-–—"))
	area := said == "города" || said == "г" || said == "района" || said == "для звонков" || said == "по межгороду"
	if !area && (said != "" || !phoneWord(tail(s[:i], 40))) && !strings.HasSuffix(strings.ToLower(tail(s[:i], 40)), "телефонный ") {
		return areaCode{}, false
	}
	areas := areasOf(strings.TrimRight(s[at:to], "-"), true)
	return areaCode{from: i, to: to, areas: areas, below: true}, areas != nil
}

// areasOf reads a code as it is written, with or without what is dialled
// before it.
func areasOf(s string, told bool) []string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	if strings.Trim(s, "0123456789+- ") != "" || len(digits) < 3 || len(digits) > 7 {
		return nil
	}
	var out []string
	russian := func(area string) {
		if n := len(area); n >= 3 && n <= 5 && (area[0] == '3' || area[0] == '4' || area[0] == '8') {
			out = append(out, "+7"+area)
		}
	}
	if rest, ok := strings.CutPrefix(digits, "375"); ok && strings.Contains(s, "+") {
		return []string{"+375" + rest}
	}
	if rest := strings.TrimPrefix(digits, "8"); rest[0] == '0' {
		return []string{"+375" + rest[1:]} // 8 017 …: within Belarus
	}
	if !strings.HasPrefix(s, "+") {
		russian(digits)
	}
	if digits[0] == '8' || digits[0] == '7' {
		russian(digits[1:])
	}
	return out
}

// full puts a short number behind a code; it must be a geographic one of a
// town that the numbering plan knows.
func (c *areaCode) full(short, digits string) (number, bool) {
	for _, a := range c.areas {
		p, ok := company.PhoneFromValue(a + digits)
		if !ok {
			continue
		}
		if p.Kind == company.PhoneForeign && strings.HasPrefix(a, "+375") || p.Kind == company.PhoneLandline && len(p.Regions()) > 0 {
			return number{phone: p, raw: spelled(a, short)}, true
		}
	}
	return number{}, false
}

// spelled writes a number with its code, as others lean on it.
func spelled(area, short string) string {
	country := "+7"
	if strings.HasPrefix(area, "+375") {
		country = "+375"
	}
	return country + " (" + strings.TrimPrefix(area, country) + ") " + short
}

// of tells that the code is that of a number.
func (c *areaCode) of(p company.Phone) bool {
	return slices.ContainsFunc(c.areas, func(a string) bool { return strings.HasPrefix(p.E164, a) })
}
