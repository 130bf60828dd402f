package intake

import (
	"strings"
	"unicode"
)

// tidy takes out of a cell what no person typed: control characters, no-break
// spaces, spaces around lines.
func tidy(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// plain is a short text in the form in which words are compared: small letters,
// «е» for «ё», single spaces, no marks around it.
func plain(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(tidy(s)), " "))
	return strings.Trim(strings.ReplaceAll(s, "ё", "е"), " .,;:!?«»\"'()")
}

// oneLine is a text for a message: short, without line breaks.
func oneLine(s string) string {
	const most = 80
	s = strings.Join(strings.Fields(tidy(s)), " ")
	if runes := []rune(s); len(runes) > most {
		return strings.TrimSpace(string(runes[:most])) + "…"
	}
	return s
}

// quoted sets a text from a cell off from the message around it.
func quoted(s string) string { return "«" + oneLine(s) + "»" }
