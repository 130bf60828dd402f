package company

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FoldWords returns the words of a text in the one form in which names are
// compared: lower case, ё as е, Latin letters typed inside a Cyrillic word
// turned into the Cyrillic ones they look like, accents dropped, everything
// but letters and digits taken for a gap. Folding what is folded changes
// nothing.
func FoldWords(s string) []string {
	text := foldText(s)
	if text == "" {
		return nil
	}
	words := make([]string, 0, strings.Count(text, " ")+1)
	for {
		word, rest, more := strings.Cut(text, " ")
		words = append(words, word)
		if !more {
			return words
		}
		text = rest
	}
}

// AppendFolded appends the words of FoldWords with one space between them.
func AppendFolded(b []byte, s string) []byte {
	if out, ok := appendPlain(b, s); ok {
		return out
	}
	return append(b, foldAny(s)...)
}

// foldText returns the same as a string.
func foldText(s string) string {
	var stack [128]byte
	return string(AppendFolded(stack[:0], s))
}

func foldAny(s string) string {
	s = plainE.Replace(norm.NFC.String(strings.ToValidUTF8(s, " ")))
	var b strings.Builder
	b.Grow(len(s))
	for _, chunk := range strings.FieldsFunc(s, chunkGap) {
		b.WriteByte(' ')
		writeFolded(&b, chunk)
	}
	return strings.Join(strings.Fields(norm.NFC.String(b.String())), " ")
}

// chunkGap ends a chunk: a word or several joined by hyphens.
func chunkGap(r rune) bool {
	return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

func writeFolded(b *strings.Builder, chunk string) {
	parts := strings.Split(chunk, "-")
	joined := len(parts) > 1 && hasCyrillic(chunk)
	for _, part := range parts {
		for _, r := range mendPart(part, joined) {
			if !unicode.IsMark(r) {
				b.WriteRune(unicode.ToLower(r))
			}
		}
		b.WriteByte(' ')
	}
}

// mendScript writes the words of a text that mix the two scripts in the one
// they are meant in, as folding does, and leaves all else: «ПCК» with a Latin C
// becomes «ПСК», «BMC» and «TOP» stay.
func mendScript(s string) string {
	if !hasCyrillic(s) || !hasLatin(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		n := strings.IndexFunc(s, chunkGap)
		if n < 0 {
			n = len(s)
		}
		mendChunk(&b, s[:n])
		s = s[n:]
		if r, size := utf8.DecodeRuneInString(s); size > 0 {
			b.WriteRune(r)
			s = s[size:]
		}
	}
	return b.String()
}

func mendChunk(b *strings.Builder, chunk string) {
	parts := strings.Split(chunk, "-")
	for i, part := range parts {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(mendPart(part, len(parts) > 1 && hasCyrillic(chunk)))
	}
}

// mendPart mends a part of a chunk; joined tells that hyphens join it to
// Cyrillic ones.
func mendPart(part string, joined bool) string {
	part = foldScript(part)
	if joined && isLoneLetter(part) {
		part = mapRunes(part, toCyrillic) // «ЭЛЕКТРОН-M» with a Latin M
	}
	return part
}

func latinLetter(r rune) bool { return unicode.Is(unicode.Latin, r) }

func isLoneLetter(s string) bool { return utf8.RuneCountInString(s) == 1 }

// hasCyrillic and hasLatin look at bytes first, since nearly all text is of
// letters that are told by their first byte.
func hasCyrillic(s string) bool {
	for i := range len(s) {
		switch {
		case s[i] == leadAToPe || s[i] == leadErToYa:
			return true
		case s[i] >= utf8.RuneSelf:
			return strings.ContainsFunc(s[i:], func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
		}
	}
	return false
}

func hasLatin(s string) bool {
	for i := range len(s) {
		c := s[i] | 'a' - 'A'
		if 'a' <= c && c <= 'z' {
			return true
		}
	}
	return strings.ContainsFunc(s, latinLetter)
}

// plainE comes before scripts are compared, so that folding twice is folding
// once.
var plainE = strings.NewReplacer("ё", "е", "Ё", "Е")

// The letters that look alike. Lower-case pairs are a part of the upper-case
// ones, so that folding case first or last gives the same.
const (
	latinLike    = "ABCEHKMOPTXYaceopxyk"
	cyrillicLike = "АВСЕНКМОРТХУасеорхук"
)

var (
	toCyrillic = lookAlikes(latinLike, cyrillicLike)
	toLatin    = lookAlikes(cyrillicLike, latinLike)
)

// alikes gives the twin of a letter in the other script, 0 if it has none.
type alikes [0x450]rune

func lookAlikes(from, to string) *alikes {
	var a alikes
	t := []rune(to)
	for i, r := range []rune(from) {
		a[r] = t[i]
	}
	return &a
}

func (a *alikes) of(r rune) rune {
	if 0 <= r && int(r) < len(a) {
		return a[r]
	}
	return 0
}

// foldScript mends a word that mixes the two scripts: into Cyrillic if every
// Latin letter in it has a Cyrillic twin, else into Latin if every Cyrillic
// letter has a Latin one. A word of one script is left alone: SKF stays, and
// so does COPT, which may be a real word.
func foldScript(word string) string {
	var latin, cyrillic, strangeLatin, strangeCyrillic bool
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin = true
			strangeLatin = strangeLatin || toCyrillic.of(r) == 0
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic = true
			strangeCyrillic = strangeCyrillic || toLatin.of(r) == 0
		}
	}
	switch {
	case !latin || !cyrillic:
		return word
	case !strangeLatin:
		return mapRunes(word, toCyrillic)
	case !strangeCyrillic:
		return mapRunes(word, toLatin)
	}
	return word
}

func mapRunes(s string, table *alikes) string {
	return strings.Map(func(r rune) rune { return cmp.Or(table.of(r), r) }, s)
}
