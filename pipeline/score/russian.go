package score

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// plural picks the form that goes with a number: 1 точка, 2 точки, 5 точек.
func plural(n int64, one, few, many string) string {
	n = max(n, -n) % 100
	switch {
	case n >= 11 && n <= 14:
		return many
	case n%10 == 1:
		return one
	case n%10 >= 2 && n%10 <= 4:
		return few
	}
	return many
}

// count writes a number with its noun.
func count(n int64, one, few, many string) string {
	return grouped(n) + " " + plural(n, one, few, many)
}

// grouped writes a number with spaces between thousands: «1 234 567».
func grouped(n int64) string {
	s := strconv.FormatInt(max(n, -n), 10)
	var b strings.Builder
	if n < 0 {
		b.WriteString("−")
	}
	for i := range len(s) {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString("\u00a0")
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// money writes thousands of roubles in the largest unit that fits.
func money(thousands int64) string {
	const million, billion = 1000, 1_000_000
	switch {
	case thousands >= billion:
		return tenths(thousands, billion) + " млрд ₽"
	case thousands >= million:
		return tenths(thousands, million) + " млн ₽"
	}
	return grouped(thousands) + " тыс. ₽"
}

// tenths divides and keeps one digit after the comma below a hundred.
func tenths(n, unit int64) string {
	if n >= 100*unit {
		return grouped((n + unit/2) / unit)
	}
	n = (n*10 + unit/2) / unit
	if n%10 == 0 {
		return grouped(n / 10)
	}
	return grouped(n/10) + "," + strconv.FormatInt(n%10, 10)
}

func monthName(m time.Month) string {
	names := [...]string{
		"январь", "февраль", "март", "апрель", "май", "июнь",
		"июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
	}
	return names[m-1]
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// lowerFirst leaves abbreviations alone: «ОКВЭД», «E-mail».
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if unicode.IsUpper(next) || next == '-' {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// joinAnd joins as a sentence does: «a, b и c».
func joinAnd(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " и " + items[len(items)-1]
}

// Official names run up to two hundred letters. A sentence takes the part
// before a comma or a bracket, but never so little that the sense is lost
// («Производство»).
const (
	nameEnough = 25
	nameLong   = 60
)

// briefName shortens an official name of an activity. It never cuts inside a
// bracket, nor after an adjective whose noun is yet to come («текстильных,
// швейных изделий»).
func briefName(name string) string {
	if utf8.RuneCountInString(name) <= nameLong {
		return name
	}
	depth := 0
	for i, r := range name {
		border := depth == 0 && (r == ',' || r == ';' || r == ':' || r == '(')
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if !border {
			continue
		}
		if head := strings.TrimSpace(name[:i]); utf8.RuneCountInString(head) >= nameEnough && !endsInAdjective(head) {
			return head
		}
	}
	return name
}

// endsInAdjective goes by the ending of the last word. A noun taken for an
// adjective only makes the name longer.
func endsInAdjective(s string) bool {
	for _, ending := range []string{"ого", "его", "ых", "их", "ой", "ым", "им", "ыми", "ими", "ую", "ая", "ое", "ые"} {
		if strings.HasSuffix(s, ending) {
			return true
		}
	}
	return false
}
