package contact

import "unicode/utf8"

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
