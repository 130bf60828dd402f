package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxPhrase  = 400 // bytes beside a value that are looked at
	maxPieces  = 8
	maxLetters = 60 // of a label, with spaces
)

// lastPhrase is the label at the end of a text, which stands before a value;
// firstPhrase is the one at its beginning. "" for words that say only that it
// is a phone, how to call it, where it is or when it answers.
func lastPhrase(s string) string { return phrase(s, true) }

func firstPhrase(s string) string { return phrase(s, false) }

func phrase(s string, last bool) string {
	whole := s
	if last {
		if s = tail(s, maxPhrase); len(s) < len(whole) {
			_, s, _ = strings.Cut(s, " ")
		}
	} else if s = head(s, maxPhrase); len(s) < len(whole) {
		s = s[:max(0, strings.LastIndexByte(s, ' '))]
	}
	if !strings.ContainsFunc(s, unicode.IsLetter) {
		return ""
	}
	all := pieces(alongside(s, last))
	var said []string
	telephone, fax, placed := false, false, false
	for n := range all {
		p := all[n]
		if last {
			p = all[len(all)-1-n]
		}
		if n >= maxPieces || len(said) > 0 && (p.ends && last || n > 0 && all[n-1].ends && !last) {
			break
		}
		text, v := p.label()
		telephone, fax, placed = telephone || v == isPhone || v == isBoth, fax || v == isBoth || v == isFax, placed || v == place
		if v == title && len(said) == 0 || (v == says || v == isFax) && !placed {
			said = append(said, text)
		} else if len(said) > 0 || v == says || v == ends {
			break
		}
		if v == title {
			break
		}
	}
	if fax && telephone && (len(said) == 0 || len(said) == 1 && faxWords[lower(said[0])]) {
		return "тел./факс"
	}
	if last {
		for i, k := 0, len(said)-1; i < k; i, k = i+1, k-1 {
			said[i], said[k] = said[k], said[i]
		}
	}
	return short(strings.Join(said, ", "))
}

// short cuts a label between words to what a column shows.
func short(s string) string {
	if utf8.RuneCountInString(s) <= maxLetters {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > maxLetters {
			s = s[:max(0, strings.LastIndexByte(s[:i+1], ' '))]
			break
		}
	}
	return trim(Balance(s))
}

// trim drops the marks around a label.
func trim(s string) string {
	if strings.Count(s, "\"")%2 == 1 {
		s = strings.ReplaceAll(s, "\"", "")
	}
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !opening(r) && r != '"' })
	return strings.TrimRightFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !closing(r) && r != '"' })
}

// piece is a part of a text between commas and the like.
type piece struct {
	text string
	ends bool // more than a comma stands behind it
}

// pieces parts a text at commas, and at what ends a sentence, outside brackets.
// Brackets with digits in them are dropped: codes, extensions, hours.
func pieces(s string) []piece {
	var out []piece
	depth, from := 0, 0
	for i, r := range s {
		switch {
		case opening(r):
			depth++
		case closing(r):
			depth--
		case depth > 0:
		case parts(r) && r != '/', r == '.' && sentenceEnd(s, i), (r == '!' || r == '?'), r == '\n':
			out = append(out, piece{s[from:i], r != ','})
			from = i + utf8.RuneLen(r)
		}
	}
	return append(out, piece{s[from:], true})
}

// sentenceEnd tells a full stop from the point of an abbreviation: the word
// before is long or one that leads to a value, a capital letter follows.
func sentenceEnd(s string, at int) bool {
	rest := s[at+1:]
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	if !strings.HasPrefix(rest, " ") || !unicode.IsUpper(next) && next != '«' {
		return false
	}
	const long = 4 // letters
	return utf8.RuneCountInString(lastWord(s[:at])) >= long
}

// withoutDigits drops the brackets of a text that have digits in them.
func withoutDigits(s string) string {
	for from := 0; ; {
		at := strings.IndexByte(s[from:], '(')
		if at < 0 {
			return s
		}
		at += from
		end := strings.IndexByte(s[at:], ')')
		if end < 0 {
			return s
		}
		if strings.ContainsAny(s[at:at+end], "0123456789") {
			s = s[:at] + " " + s[at+end+1:]
			continue
		}
		from = at + end
	}
}

func lower(s string) string { return strings.ToLower(strings.Trim(s, " .,:;/")) }

func letterless(r rune) bool { return !unicode.IsLetter(r) }

func lastWord(s string) string {
	s = strings.TrimRightFunc(s, letterless)
	_, n := utf8.DecodeRuneInString(s[max(0, strings.LastIndexFunc(s, letterless)):])
	if at := strings.LastIndexFunc(s, letterless); at >= 0 {
		return s[at+n:]
	}
	return s
}

func wordAt(s string) string {
	s = strings.TrimLeftFunc(s, letterless)
	if at := strings.IndexFunc(s, letterless); at >= 0 {
		return s[:at]
	}
	return s
}
