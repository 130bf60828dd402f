package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// LabelsBehind tells of a line with numbers at the places given, in bytes and
// in their order, that what speaks of a number stands behind it: «+7 … —
// склад, +7 … — сбыт». Else it stands before.
func LabelsBehind(text string, values [][2]int) bool {
	spans := make([]span, len(values))
	for i, v := range values {
		spans[i] = span{v[0], v[1]}
	}
	r := newRow(text, spans)
	return r.behind
}

// order lets what stands around the values say on which side labels are. Where
// that comes to nothing, a line that begins with a value has them behind. each
// tells that words are behind every value.
func (r *row) order() (behind, each bool) {
	if len(r.values) == 0 {
		return false, false
	}
	first, n := r.gap(0), 0
	bare := !worded(first)
	switch {
	case bare:
		n++
	case lastPhrase(first) != "":
		n--
	}
	each = true
	for k := 1; k <= len(r.values); k++ {
		_, rest := r.remark(r.gap(k))
		if !worded(rest) {
			each = false
		}
		if k < len(r.values) {
			n += side(rest)
			continue
		}
		switch {
		case !worded(rest):
			n--
		case leads(rest), len(r.values) > 1 && firstPhrase(rest) != "":
			n++
		}
	}
	return n > 0 || n == 0 && bare, each
}

// bracketsFirst tells that the first value has a remark in brackets before it,
// and the last none behind it.
func (r *row) bracketsFirst() bool {
	if len(r.values) == 0 {
		return false
	}
	in, _ := Remark(r.gap(len(r.values)))
	first := strings.TrimRight(withoutDigits(tail(r.gap(0), maxPhrase)), spaces+":")
	return in == "" && strings.HasSuffix(first, ")")
}

// remark parts what stands in brackets right behind a value, and speaks of it,
// from the rest.
func (r *row) remark(gap string) (in, rest string) {
	if r.front {
		return "", gap
	}
	return Remark(gap)
}

// side tells which of two values the words between them lean to: 1 for the
// former, -1 for the latter.
func side(gap string) int {
	s := strings.TrimSpace(gap)
	if !worded(s) {
		return 0
	}
	n := 0
	switch r, _ := utf8.DecodeRuneInString(s); {
	case leads(s):
		n++
	case parts(r), r == '.':
		n--
	}
	w := strings.ToLower(lastWord(s))
	switch r, _ := utf8.DecodeLastRuneInString(s); {
	case parts(r):
		n++
	case r == ':', dash(r), leadWords[w], faxWords[w]:
		n-- // «тел.» leads to a number
	}
	return n
}

// worded tells that there are words, and more than what joins a list.
func worded(s string) bool { return !listed(s) && strings.ContainsFunc(s, unicode.IsLetter) }

// listed tells what may stand between two values of a list.
func listed(s string) bool {
	switch strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || dash(r) || r == ',' || r == '/' || r == '|' }) {
	case "", "и", "или":
		return true
	}
	return false
}

func parts(r rune) bool { return strings.ContainsRune(",;|/•·", r) }

// leads tells a text that speaks of what stands before it.
func leads(s string) bool { return dashed(s) || strings.HasPrefix(strings.TrimSpace(s), ":") }

func dashed(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	return dash(r)
}

// withoutDash drops « — склад,» behind a value, which does not speak of the
// next one.
func withoutDash(s string) string {
	if !dashed(s) {
		return s
	}
	if end := strings.IndexAny(s, ",;|•·"); end >= 0 {
		return s[end:]
	}
	return s
}

// Remark parts what stands in brackets at the beginning of a text, right behind
// a value, from the rest.
func Remark(gap string) (in, rest string) {
	s := head(strings.TrimLeft(gap, spaces), maxPhrase)
	if !strings.HasPrefix(s, "(") && !strings.HasPrefix(s, "[") {
		return "", gap
	}
	depth := 0
	for i, r := range s {
		switch {
		case opening(r) && r != '«':
			depth++
		case closing(r) && r != '»':
			if depth--; depth == 0 {
				return s[1:i], strings.TrimLeft(gap, spaces)[i+utf8.RuneLen(r):]
			}
		}
	}
	return "", gap
}

// openings and closings are brackets and quotes in pairs.
const (
	spaces   = " \t\u00a0"
	openings = "([{«"
	closings = ")]}»"
)

func opening(r rune) bool { return strings.ContainsRune(openings, r) }
func closing(r rune) bool { return strings.ContainsRune(closings, r) }

// partner is the mark that closes what another opens.
func partner(r rune) rune {
	if r == '«' {
		return '»'
	}
	return rune(closings[strings.IndexRune(openings, r)])
}

// Balance cuts away what begins or ends inside brackets.
func Balance(s string) string {
	open, shut := unmatched(s)
	if len(open) > 0 {
		s = s[:open[0]]
	}
	if len(shut) > 0 {
		at := shut[len(shut)-1]
		_, n := utf8.DecodeRuneInString(s[at:])
		s = s[at+n:]
	}
	return s
}

// alongside is what stands in the same brackets as the value before or behind
// which a text stands, or about them; a bracket that is open is a mark between.
func alongside(s string, before bool) string {
	open, shut := unmatched(s)
	if !before {
		for _, all := range [...][]int{open, shut} {
			if len(all) > 0 && all[0] < len(s) {
				s = s[:all[0]]
			}
		}
		return s
	}
	b := []byte(s)
	for _, at := range open {
		_, n := utf8.DecodeRuneInString(s[at:])
		copy(b[at:at+n], "; "[:n])
	}
	if len(shut) > 0 {
		at := shut[len(shut)-1]
		_, n := utf8.DecodeRuneInString(s[at:])
		b = b[at+n:]
	}
	return string(b)
}

// unmatched are the places of closing marks without an opening one before, and
// of opening ones behind the last of these that are not closed. All of the
// latter stand behind all of the former.
func unmatched(s string) (open, shut []int) {
	for i, r := range s {
		switch {
		case opening(r):
			open = append(open, i)
		case closing(r):
			if n := len(open); n > 0 {
				if at, _ := utf8.DecodeRuneInString(s[open[n-1]:]); partner(at) == r {
					open = open[:n-1]
					continue
				}
			}
			open, shut = open[:0], append(shut, i)
		}
	}
	return open, shut
}
