package company

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// phonePiece is a part of a cell between two separators.
type phonePiece struct {
	text  string
	slash bool // a slash stands before it
}

// cellCleaner turns what spreadsheets and pages use for spaces and dashes into
// plain ones and drops marks that only steer the direction of writing.
var cellCleaner = strings.NewReplacer(
	"\u00a0", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ", "\t", " ",
	"\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-",
	"\u200b", "", "\u200e", "", "\u200f", "", "\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "", "\ufeff", "",
	"\uff0b", "+", "&nbsp;", " ",
)

// splitPhones cuts a cell at its separators, but not inside brackets.
func splitPhones(cell string) []phonePiece {
	s := cellCleaner.Replace(cell)
	var out []phonePiece
	start, slash := 0, false
	cut := func(end, next int, bySlash bool) {
		if len(out) < maxPhonePieces-1 && strings.TrimSpace(s[start:end]) != "" {
			out = append(out, phonePiece{text: strings.TrimSpace(s[start:end]), slash: slash})
			slash = bySlash
			start = next
		} else if strings.TrimSpace(s[start:end]) == "" {
			slash = bySlash
			start = next
		}
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '(':
			n = max(n, bracketEnd(s[i:]))
		case r == ';' && strings.HasPrefix(s[i:], extParam):
		case r == ',' || r == ';' || r == '\n' || r == '\r' || r == '|' || r == '•':
			cut(i, i+n, false)
		case r == '/' && !strings.HasPrefix(s[i:], "//") && !faxSlash(s[:i], s[i+1:]):
			cut(i, i+n, true)
		case r == ' ':
			if w := andWord(s[i:]); w > 0 {
				cut(i, i+w, false)
				n = w
			}
		}
		i += n
	}
	cut(len(s), len(s), false)
	if start < len(s) && strings.TrimSpace(s[start:]) != "" {
		out = append(out, phonePiece{text: strings.TrimSpace(s[start:]), slash: slash})
	}
	return out
}

// bracketEnd measures a bracket that is closed on the same line; 0 if it is not.
func bracketEnd(s string) int {
	end := strings.IndexByte(s, ')')
	if end < 0 || strings.ContainsAny(s[:end], "\n\r") || strings.Contains(s[1:end], "(") {
		return 0
	}
	return end + 1
}

// andWord measures « и » and « или » between two numbers.
func andWord(s string) int {
	for _, w := range []string{" и ", " или "} {
		rest, ok := strings.CutPrefix(s, w)
		rest = strings.TrimLeft(rest, " ")
		if ok && rest != "" && (rest[0] == '+' || rest[0] == '(' || rest[0] >= '0' && rest[0] <= '9') {
			return len(w)
		}
	}
	return 0
}

// faxSlash tells the slash of «тел./факс» from one between numbers.
func faxSlash(before, after string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, ". "))
	q, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " "))
	return unicode.IsLetter(r) && unicode.IsLetter(q)
}

// phoneRun is a part of a piece: digits, an extension, or words.
type phoneRun struct {
	number string
	ext    string
	words  string
}

// minNumber is the least count of digits of a number; shorter runs are house
// numbers, hours and the like, unless they stand alone.
const minNumber = 5

// scanRuns splits a piece into runs. An extension is known by its mark.
func scanRuns(s string) []phoneRun {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "tel:"), "Tel:")
	alone := !strings.ContainsFunc(s, unicode.IsLetter)
	var out []phoneRun
	var words strings.Builder
	flush := func() {
		if strings.TrimSpace(words.String()) != "" {
			out = append(out, phoneRun{words: words.String()})
		}
		words.Reset()
	}
	for i := 0; i < len(s); {
		if n, ext := extensionAt(s, i); n > 0 {
			flush()
			out = append(out, phoneRun{ext: ext})
			i += n
			continue
		}
		if n := numberAt(s[i:]); n > 0 {
			if count := len(onlyDigits(s[i : i+n])); count >= minNumber || alone && count > 0 {
				flush()
				for _, num := range splitJoined(s[i : i+n]) {
					out = append(out, phoneRun{number: num})
				}
				i += n
				continue
			}
			words.WriteString(s[i : i+n])
			i += n
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		words.WriteString(s[i : i+n])
		i += n
	}
	flush()
	return out
}

// numberAt measures the run of digits, gaps and brackets at the start of s.
// Brackets with letters end it.
func numberAt(s string) int {
	if s[0] != '+' && s[0] != '(' && (s[0] < '0' || s[0] > '9') {
		return 0
	}
	end := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			end = i + 1
		case c == '+' && i > 0 && end > 0:
			return end // the next number begins
		case c == '(':
			if n := bracketEnd(s[i:]); n > 0 && !digitsAndGaps(s[i+1:i+n-1]) {
				return end
			}
		case c == ' ', c == ')', c == '-', c == '.', c == '+', c == '~':
		default:
			return end
		}
	}
	return end
}

func digitsAndGaps(s string) bool { return strings.Trim(s, "0123456789 -") == "" }

// splitJoined parts numbers that only a space divides, by counting digits:
// eleven from 7 or 8, else ten.
func splitJoined(s string) []string {
	if len(onlyDigits(s)) < 20 || strings.HasPrefix(s, "+") && !strings.HasPrefix(s, "+7") {
		return []string{s}
	}
	var out []string
	start, count := 0, 0
	want := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			if count == 0 {
				want = 10
				if c == '7' || c == '8' {
					want = 11
				}
			}
			count++
		}
		if count == want && want > 0 && (i+1 == len(s) || s[i+1] == ' ') {
			out = append(out, strings.TrimSpace(s[start:i+1]))
			start, count, want = i+1, 0, 0
		}
	}
	if strings.TrimSpace(s[start:]) != "" {
		out = append(out, strings.TrimSpace(s[start:]))
	}
	return out
}
