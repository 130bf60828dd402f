package company

import (
	"strings"
	"unicode"
)

// PersonName writes a part of a person's name in ordinary capitals if it is all
// capitals or all small letters. A dash stands in registers for a part that
// there is none of, and gives "".
func PersonName(s string) string {
	if strings.Trim(s, "-—– .") == "" {
		return ""
	}
	if s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return s
	}
	return Capitals(s)
}

// Capitals writes every word with one capital letter in front.
func Capitals(s string) string {
	start := true
	return strings.Map(func(r rune) rune {
		out := unicode.ToLower(r)
		if start {
			out = unicode.ToUpper(r)
		}
		start = !unicode.IsLetter(r) && r != '\'' && r != '’'
		return out
	}, s)
}
