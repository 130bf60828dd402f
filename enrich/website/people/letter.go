package people

import (
	"unicode"
	"unicode/utf8"
)

// fold writes a text in small letters, ё as е.
func fold(s string) string {
	low, _ := foldSame(s)
	return low
}

// foldSame folds a text and tells that its letters keep their places.
func foldSame(s string) (low string, same bool) {
	var stack [512]byte
	buf, same := appendFold(stack[:0], s)
	return string(buf), same
}

// appendFold writes Russian and Latin letters byte by byte: most of a page is
// made of them.
func appendFold(buf []byte, s string) (low []byte, same bool) {
	same = true
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			buf = append(buf, c)
			i++
			continue
		}
		if i+1 < len(s) {
			if c, d := smallLetter(c, s[i+1]); c != 0 {
				buf = append(buf, c, d)
				i += 2
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		r = unicode.ToLower(r)
		same = same && utf8.RuneLen(r) == n
		buf = utf8.AppendRune(buf, r)
		i += n
	}
	return buf, same
}

// smallLetter folds the two bytes of a Russian letter; 0 for any other.
func smallLetter(c, d byte) (byte, byte) {
	switch {
	case c == 0xD0 && 0xB0 <= d && d <= 0xBF, c == 0xD1 && 0x80 <= d && d <= 0x8F: // а..я
		return c, d
	case c == 0xD0 && 0x90 <= d && d <= 0x9F: // А..П
		return c, d + 0x20
	case c == 0xD0 && 0xA0 <= d && d <= 0xAF: // Р..Я
		return 0xD1, d - 0x20
	case c == 0xD0 && d == 0x81, c == 0xD1 && d == 0x91: // Ё, ё
		return 0xD0, 0xB5
	}
	return 0, 0
}

// runeKind tells what unicode says of a letter.
type runeKind uint8

const (
	letter runeKind = 1 << iota
	upper
	lower
	cyrillic
)

// usualKinds has the kinds up to the end of Russian: a page is looked through
// letter by letter, and searching the tables of unicode takes most of that.
var usualKinds = func() (t [0x460]runeKind) {
	for r := range t {
		t[r] = searchKind(rune(r))
	}
	return t
}()

func kindOf(r rune) runeKind {
	if int(r) < len(usualKinds) {
		return usualKinds[r]
	}
	return searchKind(r)
}

func searchKind(r rune) runeKind {
	var k runeKind
	if unicode.IsLetter(r) {
		k |= letter
	}
	if unicode.IsUpper(r) {
		k |= upper
	}
	if unicode.IsLower(r) {
		k |= lower
	}
	if unicode.Is(unicode.Cyrillic, r) {
		k |= cyrillic
	}
	return k
}

func isLetter(r rune) bool { return kindOf(r)&letter != 0 }

func isUpper(r rune) bool { return kindOf(r)&upper != 0 }

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
	return isLetter(r)
}
