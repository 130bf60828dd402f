package contact

import (
	"strings"

	"obzvon/pipeline/company"
)

// number is a phone in a text.
type number struct {
	from, to int // bytes of the text, the extension included
	phone    company.Phone
	raw      string // as written, without the extension
}

func (n number) value() string { return n.phone.Value() }

func (n number) span() (from, to int) { return n.from, n.to }

// maxNumbers bounds the numbers of one text.
const maxNumbers = 300

// numbers finds the phones in a text. labelled tells of a place whether the
// text around it says that a phone stands there.
func numbers(s string, labelled func(from, to int) bool) []number {
	var out []number
	var m space
	for i := 0; i < len(s) && len(out) < maxNumbers; {
		c := s[i]
		if c != '+' && c != '(' && !digit(c) {
			i++
			continue
		}
		n, ok := m.numberAt(s, i, labelled)
		if !ok {
			i = skipRun(s, i)
			continue
		}
		out = append(out, n)
		out = lean(s, out, &i)
	}
	return out
}

// skipRun steps over the digits that begin at i.
func skipRun(s string, i int) int {
	i++
	for i < len(s) && digit(s[i]) && digit(s[i-1]) {
		i++
	}
	return i
}

// numberAt reads the phone that begins at i.
func (m *space) numberAt(s string, i int, labelled func(from, to int) bool) (number, bool) {
	if !opens(s, i) {
		return number{}, false
	}
	r := m.scanRun(s, i)
	if len(r.digits) < 10 || s[i] == '(' && !r.bracket {
		return number{}, false
	}
	if s[i] == '+' {
		return abroad(s, r)
	}
	for _, n := range [2]int{11, 10} {
		c, ok := r.cut(n)
		if !ok || !shaped(s, c, labelled) {
			continue
		}
		nat := string(c.digits)
		if n == 11 {
			nat = nat[1:]
		}
		p, ok := company.PhoneFromValue("+7" + nat)
		if !ok && n == 11 && nat[0] == '0' {
			p, ok = company.PhoneFromValue("+375" + nat[1:]) // 8 017 …: within Belarus
		}
		if ok {
			return number{from: c.from, to: c.to, phone: p, raw: s[c.from:c.to]}, true
		}
	}
	return number{}, false
}

// abroad reads a number with its plus sign: of Russia, else as many groups as
// make a valid number.
func abroad(s string, r run) (number, bool) {
	try := func(n int) (number, bool) {
		c, ok := r.cut(n)
		if !ok || !closes(s, c) {
			return number{}, false
		}
		phones, _ := company.ParsePhones("+"+string(c.digits), "", "")
		if len(phones) != 1 {
			return number{}, false
		}
		return number{from: c.from, to: c.to, phone: phones[0], raw: s[c.from:c.to]}, true
	}
	if r.digits[0] == '7' {
		if n, ok := try(11); ok {
			return n, true
		}
		return try(12) // «+7 8 (391) …»
	}
	for n := min(len(r.digits), maxDigits); n >= 8; n-- {
		if n, ok := try(n); ok {
			return n, true
		}
	}
	return number{}, false
}

// opens tells that a number may begin at i: not in a word of Latin letters, an
// address or a longer number.
func opens(s string, i int) bool {
	if i == 0 || s[i] == '+' {
		return true
	}
	switch c := s[i-1]; {
	case digit(c), c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', strings.IndexByte("_=/#%&@\\$", c) >= 0:
		return c == '/' && s[i] == '(' || c == '/' && i > 1 && !alnum(s[i-2])
	case c == '-' || c == '.' || c == ',':
		return i < 2 || !digit(s[i-2])
	}
	return true
}

// closes tells that a number may end there.
func closes(s string, r run) bool {
	rest := s[r.to:]
	if rest == "" {
		return true
	}
	if alnum(rest[0]) || rest[0] == '_' || rest[0] == '@' || rest[0] == '%' {
		return rest[0] >= 'A' && rest[0] <= 'Z' || strings.HasPrefix(rest, "ext")
	}
	return len(rest) < 2 || rest[0] != '-' && rest[0] != '.' || !digit(rest[1])
}

func alnum(c byte) bool { return digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// shaped tells that a number without a plus sign is written as phones are, or
// said to be one.
func shaped(s string, r run, labelled func(from, to int) bool) bool {
	sure, may := shapeOf(r)
	if s[r.from] == '(' && len(r.digits) == 10 {
		sure = true // the code in brackets
	}
	return (sure || may) && closes(s, r) && !other(s, r) && (sure || labelled(r.from, r.to))
}

// shapeOf tells whether digits are grouped as a phone is, surely or if
// something says that it is one.
func shapeOf(r run) (sure, may bool) {
	first, groups := r.groups[0], len(r.groups)
	if len(r.digits) == 10 {
		return false, groups > 2 && first >= 3 && first <= 5 || groups == 1
	}
	if c := r.digits[0]; c != '7' && c != '8' {
		return false, false
	}
	switch {
	case r.bracket:
		return first == 1, false
	case groups == 1:
		return r.digits[1] == '9' || string(r.digits[1:4]) == "800", true
	case first == 1:
		return r.digits[0] == '8' && (r.dash || groups > 2 || r.digits[1] == '9'), true
	case first == 2 || first == 3:
		return false, false // «78 123 456 789»: thousands
	}
	return groups > 2 && r.dash, true
}
