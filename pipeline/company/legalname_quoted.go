package company

import (
	"strings"
	"unicode/utf8"
)

// quotedForms are the spellings of formSpellings by all of their words.
var quotedForms = func() map[string]LegalForm {
	m := map[string]LegalForm{}
	for _, list := range formSpellings {
		for _, s := range list {
			m[strings.Join(s.words, " ")] = s.form
		}
	}
	return m
}()

// quotedName reads the shape that most legal names in the registries have,
// «ООО "X"» or the same spelled out, without taking it apart. What it reads
// the parser would read the same; what could mean anything else is left to
// that. folded is the length of the folded form, which stands in front of the
// folded core.
func quotedName(s string) (form LegalForm, folded int, core string, ok bool) {
	if len(s) > nameLimit {
		return "", 0, "", false
	}
	front, core, ok := cutQuotation(s)
	if !ok || !plainForm(front) || !plainCore(core) || formFirst(core) {
		return "", 0, "", false
	}
	var stack [128]byte
	words, _ := appendPlain(stack[:0], front)
	form, ok = quotedForms[string(words)]
	return form, len(words), core, ok
}

// cutQuotation parts what stands before the first quote from what stands
// between it and the end or a last quote.
func cutQuotation(s string) (front, core string, ok bool) {
	s = strings.Trim(s, " ")
	at, size := 0, 1
	for ; at < len(s) && s[at] != '"'; at++ {
		if s[at] == 0xc2 && strings.HasPrefix(s[at:], "«") {
			size = len("«")
			break
		}
	}
	if at == 0 || at == len(s) {
		return "", "", false
	}
	front, core = s[:at], s[at+size:]
	if cut, ok := strings.CutSuffix(core, `"`); ok {
		core = cut
	} else {
		core = strings.TrimSuffix(core, "»")
	}
	return front, strings.Trim(core, " "), true
}

// plainForm tells a text of Russian letters, spaces and hyphens inside words.
func plainForm(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
		case c == '-':
			if i == 0 || s[i-1] < utf8.RuneSelf || i+1 == len(s) || s[i+1] < utf8.RuneSelf {
				return false
			}
		case i+1 == len(s):
			return false
		default:
			if hi, _ := lowerRussian(c, s[i+1]); hi == 0 {
				return false
			}
			i++
		}
	}
	return true
}

// plainCore tells a text of Russian words and digits, single spaces between
// them, that begins with one of them. Points, commas, brackets and marks that
// may be more than a gap, and all that is Latin, are for the parser.
func plainCore(s string) bool {
	if s == "" || s[0] < utf8.RuneSelf && plainKinds[s[0]] != plainDigit {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if s[i-1] == ' ' {
				return false
			}
		case c == '-' || c == '+' || c == '/' || '0' <= c && c <= '9':
		case c < utf8.RuneSelf || i+1 == len(s):
			return false
		default:
			if hi, _ := lowerRussian(c, s[i+1]); hi == 0 {
				return false
			}
			i++
		}
	}
	return true
}

// formFirst tells that the first word may be a form again.
func formFirst(core string) bool {
	var stack [64]byte
	word, _, _ := strings.Cut(core, " ")
	folded, ok := appendPlain(stack[:0], word)
	if !ok {
		return true
	}
	for i, c := range folded {
		if c == ' ' {
			folded = folded[:i]
			break
		}
	}
	_, has := formSpellings[string(folded)]
	return has
}
