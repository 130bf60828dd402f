package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// shape is how a word is written.
type shape uint8

const (
	other   shape = iota // not Cyrillic, or mixed
	small                // small letters
	capital              // «Иванов»
	caps                 // «ИВАНОВ»
	initial              // «И.»
)

// word is a run of letters in a text.
type word struct {
	low      string // folded
	from, to int    // bytes; an initial without its point
	shape    shape
	loose    bool // something other than a space stands before it
}

// fold writes a word in small letters, ё as е.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'а' <= r && r <= 'я' || r < 'A':
			return r
		case 'А' <= r && r <= 'Я':
			return r - 'А' + 'а'
		case r == 'ё' || r == 'Ё':
			return 'е'
		}
		return unicode.ToLower(r)
	}, s)
}

// splitWords finds the words of a text. A small letter before a capital ends a
// word: «директорИванов» are two that lost their space.
func splitWords(text string) []word {
	out := make([]word, 0, len(text)/12+2)
	start, last := -1, rune(0)
	end := 0
	flush := func(to int) {
		if start >= 0 {
			out = append(out, newWord(text, start, to, end))
			end, start = to, -1
			if to < len(text) && text[to] == '.' {
				end++
			}
		}
	}
	for i, r := range text {
		switch {
		case isLetter(r):
			if start >= 0 && isLower(last) && isUpper(r) {
				flush(i)
			}
			if start < 0 {
				start = i
			}
		case start >= 0 && (r == '-' || r == '\'' || r == '’') && letterAt(text, i+utf8.RuneLen(r)):
		case start >= 0 && unicode.IsDigit(r):
		default:
			flush(i)
		}
		last = r
	}
	flush(len(text))
	return out
}

// isLetter, isLower and isUpper are those of unicode with a short way for the
// usual letters.
func isLetter(r rune) bool {
	return 'А' <= r && r <= 'я' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r >= 0x80 && unicode.IsLetter(r)
}

func isLower(r rune) bool {
	return 'а' <= r && r <= 'я' || 'a' <= r && r <= 'z' || r >= 0x80 && unicode.IsLower(r)
}

func isUpper(r rune) bool {
	return 'А' <= r && r <= 'Я' || 'A' <= r && r <= 'Z' || r >= 0x80 && (r < 'а' || r > 'я') && unicode.IsUpper(r)
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
	return unicode.IsLetter(r)
}

func newWord(text string, from, to, end int) word {
	t := text[from:to]
	w := word{low: fold(t), from: from, to: to, loose: strings.Trim(text[min(end, from):from], " ") != ""}
	cyrillic, latin, upper, lower := 0, 0, 0, 0
	for _, r := range t {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case isLetter(r):
			latin++
		case unicode.IsDigit(r):
			return w
		}
		if isUpper(r) {
			upper++
		} else if isLower(r) {
			lower++
		}
	}
	if cyrillic == 0 {
		return w
	}
	if latin > 0 { // «Cтепнов» with a Latin letter
		if latin > 1 {
			return w
		}
		w.low = strings.Join(company.FoldWords(t), "-")
	}
	first, _ := utf8.DecodeRuneInString(t)
	switch {
	case upper+lower == 1 && upper == 1 && to < len(text) && text[to] == '.':
		w.shape = initial
	case upper == 0:
		w.shape = small
	case lower == 0 && upper > 1:
		w.shape = caps
	case isUpper(first) && (upper == 1 || strings.Contains(t, "-") && upper == 2):
		w.shape = capital
	}
	return w
}
