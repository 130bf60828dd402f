package company

import (
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
func FoldWords(s string) []string { return strings.Fields(foldText(s)) }

// foldText returns the same words with one space between them.
func foldText(s string) string {
	if out, ok := foldPlain(s); ok {
		return out
	}
	return foldAny(s)
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

// foldPlain folds the texts that nearly all names are, in one pass: ASCII,
// Russian letters and common punctuation, without a word of mixed scripts.
func foldPlain(s string) (string, bool) {
	var stack [96]byte
	out := stack[:0]
	latin, cyrillic, gap := false, false, false
	for _, r := range s {
		isLatin := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		isRussian := 'А' <= r && r <= 'я' || r == 'ё' || r == 'Ё'
		switch {
		case isLatin || isRussian || '0' <= r && r <= '9':
			latin, cyrillic = latin || isLatin, cyrillic || isRussian
			if latin && cyrillic {
				return "", false
			}
			if gap && len(out) > 0 {
				out = append(out, ' ')
			}
			gap = false
			out = utf8.AppendRune(out, lowerPlain(r))
		case r < 0x80, r == '«', r == '»', r == '\u00a0', r == '№', '‐' <= r && r <= '„':
			gap = true
			if r != '-' { // joined by a hyphen the scripts still count as mixed
				latin, cyrillic = false, false
			}
		default:
			return "", false
		}
	}
	return string(out), true
}

func lowerPlain(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r == 'ё', r == 'Ё':
		return 'е'
	case 'А' <= r && r <= 'Я':
		return r + 'а' - 'А'
	}
	return r
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
	if !hasCyrillic(s) || strings.IndexFunc(s, latinLetter) < 0 {
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

func hasCyrillic(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Cyrillic, r) {
			return true
		}
	}
	return false
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

func lookAlikes(from, to string) map[rune]rune {
	f, t := []rune(from), []rune(to)
	m := make(map[rune]rune, len(f))
	for i, r := range f {
		m[r] = t[i]
	}
	return m
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
			strangeLatin = strangeLatin || toCyrillic[r] == 0
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic = true
			strangeCyrillic = strangeCyrillic || toLatin[r] == 0
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

func mapRunes(s string, table map[rune]rune) string {
	return strings.Map(func(r rune) rune {
		if t, ok := table[r]; ok {
			return t
		}
		return r
	}, s)
}
