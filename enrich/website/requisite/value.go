package requisite

import (
	"strings"
)

// Bounds on where a value may stand.
const (
	farthest = 90  // bytes between a label and its number in one line
	ahead    = 5   // lines in which the value of a label is looked for
	longest  = 200 // bytes of such a line
	digits   = 15  // of the longest number
	farCell  = 8 * ahead
)

// others are labels of other numbers: what stands behind them is theirs.
var others = []string{"бик", "р/с", "к/с", "р/сч", "окпо", "окато", "октмо", "оквэд", "счет", "счёт", "тел.", "тел:", "телефон", "снилс", "огрн", "окопф", "лицензи"}

// behind reads the number in what follows a label. blank tells that nothing
// follows but the label of another such number: the value stands elsewhere.
func (k kind) behind(rest string) (value string, blank bool) {
	at := digitAt(rest)
	if at < 0 {
		return "", len(rest) < farthest
	}
	filler := rest[:at]
	if at > farthest || strings.ContainsAny(filler, "_;") {
		return "", false
	}
	if strings.Contains(filler, ". ") && len(filler) > len(" юр. лица: ") {
		return "", false // the sentence is over
	}
	if k != ogrn && hasAny(filler, others...) || k == ogrn && hasAny(filler, "окпо", "бик", "р/с", "инн") {
		return "", false
	}
	if v, _, ok := k.take(rest[at:]); ok {
		return v, false
	}
	return k.second(rest[at:]), false
}

// second reads the second of two numbers that share their labels:
// «ИНН/КПП 5902…/590201001».
func (k kind) second(s string) string {
	end := 0
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	next := digitAt(s[end:])
	if next < 0 || next > len(" / КПП: ") || strings.Trim(s[end:end+next], " /\\|,-:кпин") != "" {
		return ""
	}
	v, _, _ := k.take(s[end+next:])
	return v
}

// take reads a number whose digits may stand in groups with a space or a
// hyphen between them.
func (k kind) take(s string) (value string, n int, ok bool) {
	var got [digits]byte
	count := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			if count == digits {
				return "", 0, false
			}
			got[count] = c
			count++
		case (c == ' ' || c == '-') && i+1 < len(s) && isDigit(s[i+1]):
			if v, ok := k.parse(string(got[:count])); ok {
				return v, i, true
			}
		default:
			v, ok := k.parse(string(got[:count]))
			return v, i, ok
		}
	}
	value, ok = k.parse(string(got[:count]))
	return value, len(s), ok
}

// leading reads the number with which a line begins, «№» and the like before
// it; both numbers of «5902…/590201001» are tried.
func (k kind) leading(s string) (string, bool) {
	at := digitAt(s)
	if at < 0 || at > 8 || hasAny(s[:at], others...) {
		return "", false
	}
	if v, _, ok := k.take(s[at:]); ok {
		return v, true
	}
	v := k.second(s[at:])
	return v, v != ""
}

// values are the lines in which the value of a label that ends line i may
// stand, the likeliest first.
func (r *reader) values(i int) []int {
	l := &r.lines[i]
	var out []int
	if l.Table > 0 {
		for j := i + 1; j < len(r.lines) && j <= i+4*ahead && r.lines[j].Table == l.Table; j++ {
			if r.lines[j].Row == l.Row && r.lines[j].Col == l.Col+1 {
				out = append(out, j)
			}
		}
		for j := i + 1; j < len(r.lines) && j <= i+farCell && r.lines[j].Table == l.Table; j++ {
			if r.lines[j].Row == l.Row+1 && r.lines[j].Col == l.Col {
				out = append(out, j)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	for j, seen := i+1, 0; j < len(r.lines) && seen < ahead; j++ {
		if r.lines[j].text == "" {
			continue
		}
		if len(r.lines[j].text) > longest {
			break
		}
		seen++
		out = append(out, j)
	}
	return out
}
