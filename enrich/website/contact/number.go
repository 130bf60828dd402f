package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"

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

// maxDigits are those of any number in the world (ITU-T E.164).
const maxDigits = 15

// run is a number as it is written, up to the last digit.
type run struct {
	from, to int
	digits   []byte
	groups   []int // digits in each group
	ends     []int // where each group ends
	bracket  bool  // some digits stand in brackets
	dash     bool
}

// space is where a run keeps its digits, to be used again for the next.
type space struct {
	digits       [maxDigits + 1]byte
	groups, ends [maxDigits + 1]int
}

// scanRun reads digits and what parts them, from a plus sign, a bracket or a
// digit on, up to one digit too many.
func (m *space) scanRun(s string, i int) run {
	r := run{from: i, digits: m.digits[:0], groups: m.groups[:0], ends: m.ends[:0]}
	if s[i] == '+' {
		i++
	}
	for i < len(s) && len(r.digits) <= maxDigits {
		gap := gapLen(s[i:])
		if gap < 0 || i+gap >= len(s) || !digit(s[i+gap]) {
			break
		}
		for _, c := range []byte(s[i : i+gap]) {
			r.bracket = r.bracket || c == '(' || c == ')'
			r.dash = r.dash || c == '-' || c == 0xe2
		}
		i += gap
		n := 0
		for i < len(s) && digit(s[i]) && len(r.digits) <= maxDigits {
			r.digits = append(r.digits, s[i])
			i++
			n++
		}
		r.groups = append(r.groups, n)
		r.ends = append(r.ends, i)
	}
	r.to = i
	return r
}

func scanRun(s string, i int) run { return new(space).scanRun(s, i) }

// gapLen is the length of what may part two groups of one number; -1 for what
// may not.
func gapLen(s string) int {
	n := 0
	for marks := 0; n < len(s) && marks < 5; marks++ {
		switch c := s[n]; {
		case digit(c):
			return n
		case c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '~':
			n++
		case c == 0xe2:
			r, k := utf8.DecodeRuneInString(s[n:])
			if !dash(r) {
				return -1
			}
			n += k
		default:
			return -1
		}
	}
	return -1
}

func dash(r rune) bool { return r == '-' || r >= '\u2010' && r <= '\u2015' || r == '\u2212' }

func digit(c byte) bool { return c >= '0' && c <= '9' }

// cut shortens the number to its first n digits, if a group ends there.
func (r run) cut(n int) (run, bool) {
	sum := 0
	for g, k := range r.groups {
		if sum += k; sum == n {
			return run{r.from, r.ends[g], r.digits[:n], r.groups[:g+1], r.ends[:g+1], r.bracket, r.dash}, true
		}
	}
	return r, false
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

// other tells numbers of another kind by what stands before and after them.
func other(s string, r run) bool {
	after := strings.ToLower(strings.TrimLeft(head(s[r.to:], 16), " "))
	for _, u := range units {
		if rest, ok := strings.CutPrefix(after, u); ok {
			next, _ := utf8.DecodeRuneInString(rest)
			if !unicode.IsLetter(next) || len(u) > 3 {
				return true
			}
		}
	}
	before := strings.ToLower(tail(s[:r.from], 40))
	before = strings.TrimRight(before, " :.№#-–—=(")
	if i := strings.LastIndexAny(before, " ,;"); i >= 0 && phoneWord(before[i:]) {
		return false
	}
	for _, m := range marks {
		if strings.HasSuffix(before, m) {
			rest := strings.TrimSuffix(before, m)
			last, _ := utf8.DecodeLastRuneInString(rest)
			return !unicode.IsLetter(last) || len(m) > 8
		}
	}
	return false
}

// units follow quantities.
var units = []string{
	"руб", "₽", "р.", "р/", "тыс", "млн", "шт", "кг", "мм", "км", "м2", "м²", "м³", "%", "°", "тонн", "чел", "лет", "года", "коп", "$", "€",
}

// marks precede numbers of registers, accounts and goods.
var marks = []string{
	"инн", "кпп", "огрн", "огрнип", "окпо", "окато", "октмо", "оквэд", "окогу", "бик", "унп", "унн", "бин", "иин", "снилс",
	"р/с", "р/сч", "р\\с", "к/с", "к/сч", "счет", "счёт", "сч", "расчетный", "карта", "карты", "артикул", "арт", "код", "лицензия",
	"лицензии", "свидетельство", "свидетельства", "сертификат", "сертификата", "серия", "номер заказа", "договор", "договора",
	"гост", "ту", "isbn", "id", "цена", "сумма", "vin", "мест", "реестровый номер", "регистрационный номер", "рег. номер",
	"кадастровый номер",
}

// tail and head are at most n bytes of a text, whole letters.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for len(s) > 0 && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}

func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
