package requisite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lower writes a text in small letters and keeps the places of its bytes:
// letters whose small form is of another length stay. Russian and Latin letters
// are written byte by byte: most of a page is made of them.
func lower(s string) string {
	var stack [512]byte
	buf := stack[:0]
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			buf = append(buf, c)
			i++
			continue
		case (c == 0xD0 || c == 0xD1) && i+1 < len(s): // U+0400..U+047F
			d := s[i+1]
			switch {
			case c == 0xD0 && 0x90 <= d && d <= 0x9F: // А..П
				buf = append(buf, c, d+0x20)
				i += 2
				continue
			case c == 0xD0 && 0xA0 <= d && d <= 0xAF: // Р..Я
				buf = append(buf, c+1, d-0x20)
				i += 2
				continue
			case c == 0xD0 && 0xB0 <= d && d <= 0xBF, c == 0xD1 && 0x80 <= d && d <= 0x9F: // small
				buf = append(buf, c, d)
				i += 2
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch small := unicode.ToLower(r); {
		case r == utf8.RuneError && n == 1:
			buf = append(buf, '?')
		case utf8.RuneLen(small) == n:
			buf = utf8.AppendRune(buf, small)
		default:
			buf = append(buf, s[i:i+n]...)
		}
		i += n
	}
	return string(buf)
}

// cut shortens a text to at most n bytes of whole letters.
func cut(s string, n int) string {
	s = strings.ToValidUTF8(s, "?")
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// before is the end of s[:at], of at most n bytes of whole letters.
func before(s string, at, n int) string {
	from := max(0, at-n)
	for from < at && !utf8.RuneStart(s[from]) {
		from++
	}
	return s[from:at]
}

// hasAny tells that one of the parts is in s.
func hasAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// startsAny tells that s begins with one of the parts.
func startsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// wholeWord tells that no letter stands on either side of s[from:to].
func wholeWord(s string, from, to int) bool {
	left, _ := utf8.DecodeLastRuneInString(s[:from])
	right, _ := utf8.DecodeRuneInString(s[to:])
	return (from == 0 || !unicode.IsLetter(left)) && (to == len(s) || !unicode.IsLetter(right))
}

// findWord is the place of a word in s from a place on, -1 if there is none.
func findWord(s, word string, from int) int {
	for from <= len(s) {
		i := strings.Index(s[from:], word)
		if i < 0 {
			return -1
		}
		if from += i; wholeWord(s, from, from+len(word)) {
			return from
		}
		from += len(word)
	}
	return -1
}

func hasWord(s string, words ...string) bool {
	for _, w := range words {
		if findWord(s, w, 0) >= 0 {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func digitAt(s string) int {
	for i := range len(s) {
		if isDigit(s[i]) {
			return i
		}
	}
	return -1
}

// capitals tells that two capital letters of Russian or Latin stand side by
// side.
func capitals(s string) bool {
	was := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		is := 'A' <= c && c <= 'Z'
		if c == 0xD0 && i+1 < len(s) {
			i++
			is = 0x90 <= s[i] && s[i] <= 0xAF // А..Я
		}
		if is && was {
			return true
		}
		was = is
	}
	return false
}

// isLetter is unicode.IsLetter with a short way for the usual ones.
func isLetter(r rune) bool {
	return 'а' <= r && r <= 'я' || 'А' <= r && r <= 'Я' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r >= 0x80 && unicode.IsLetter(r)
}
