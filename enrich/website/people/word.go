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
func fold(s string) string { return strings.ReplaceAll(strings.ToLower(s), "ё", "е") }

// splitWords finds the words of a text. A small letter before a capital ends a
// word: «директорИванов» are two that lost their space.
func splitWords(text string) []word {
	var out []word
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
		case unicode.IsLetter(r):
			if start >= 0 && unicode.IsLower(last) && unicode.IsUpper(r) {
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
		case unicode.IsLetter(r):
			latin++
		case unicode.IsDigit(r):
			return w
		}
		if unicode.IsUpper(r) {
			upper++
		} else if unicode.IsLower(r) {
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
	case unicode.IsUpper(first) && (upper == 1 || strings.Contains(t, "-") && upper == 2):
		w.shape = capital
	}
	return w
}
