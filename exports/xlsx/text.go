package xlsx

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// cellLimit is what a cell holds, in UTF-16 units; Excel cuts silently.
const cellLimit = 32767

// cutMark ends a text that did not fit.
const cutMark = " …[текст обрезан]"

// clean makes any text fit for a cell: valid UTF-8, no control characters but
// line breaks, no marks that turn the direction of writing (they make a name
// read as another one), not longer than a cell.
func clean(s string) string {
	if !plain(s) {
		s = strings.Map(cleanRune, strings.ToValidUTF8(s, "\uFFFD"))
	}
	return cut(s)
}

// plain tells a text that needs no cleaning, without an allocation.
func plain(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || cleanRune(r) != r {
			return false
		}
	}
	return true
}

func cleanRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\t':
		return ' '
	case r < 0x20, r >= 0x7f && r < 0xa0, // controls
		r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, // direction
		r == 0xfffe, r == 0xffff, r == 0xfeff: // not allowed in XML, and the byte order mark
		return -1
	default:
		return r
	}
}

// cut shortens a text to what a cell holds and says so.
func cut(s string) string {
	if len(s) <= cellLimit { // never fewer bytes than UTF-16 units
		return s
	}
	left := cellLimit - len(utf16.Encode([]rune(cutMark)))
	units, keep := 0, 0
	for i, r := range s {
		n := 1
		if r > 0xffff {
			n = 2
		}
		if units+n <= left {
			keep = i + utf8.RuneLen(r)
		}
		units += n
	}
	if units <= cellLimit {
		return s
	}
	return s[:keep] + cutMark
}
