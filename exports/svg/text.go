package svg

import (
	"strings"
	"unicode"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// clean makes a text one line of characters that XML allows, without the marks
// that turn the direction of writing.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == 0xfffe, r == 0xffff, r == 0xfeff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(s)
}

// fit cleans a text and cuts off what is wider than the room.
func fit(s text.Style, txt string, room vg.Length) string {
	txt = clean(txt)
	if s.Width(txt) <= room {
		return txt
	}
	runes := []rune(txt)
	// The width rises with the runes: halve until one more would be too many.
	low, high := 0, min(len(runes), mostRunes)
	for low < high {
		half := (low + high + 1) / 2
		if s.Width(cutAt(runes, half)) <= room {
			low = half
		} else {
			high = half - 1
		}
	}
	return cutAt(runes, low)
}

// mostRunes is more than any line of the page holds.
const mostRunes = 500

func cutAt(runes []rune, n int) string {
	return strings.TrimRightFunc(string(runes[:n]), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}
