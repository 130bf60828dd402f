package census

import (
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// first is the first letter of a word.
func first(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// capital writes a word with a capital letter and leaves its end as it is.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// sameKey names what two spellings of one name have in common for this census:
// letters and digits alone, small, ё as е. It is coarser than any matcher's
// key, so that no rival is overlooked.
func sameKey(parts ...string) uint64 {
	h := fnv.New64a()
	var buf [4]byte
	for _, p := range parts {
		for _, r := range p {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
			r = unicode.ToLower(r)
			if r == 'ё' {
				r = 'е'
			}
			_, _ = h.Write(buf[:utf8.EncodeRune(buf[:], r)]) // a hash cannot fail
		}
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "sch",
	'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
}

// transliterate writes Russian letters in Latin ones, as domains and signs do.
func transliterate(s string) string {
	var b strings.Builder
	for _, r := range s {
		low := unicode.ToLower(r)
		to, ok := latin[low]
		switch {
		case !ok:
			b.WriteRune(r)
		case low != r:
			b.WriteString(capital(to))
		default:
			b.WriteString(to)
		}
	}
	return b.String()
}

// english writes a name as owners who like English do: «Vector Group».
var english = strings.NewReplacer("кс", "x", "Кс", "X", "к", "c", "К", "C", "Групп", "Group", "Сервис", "Service", "Трейд", "Trade", "Авто", "Auto", "Лайн", "Line", "Центр", "Center", "ТД", "TD")

// label makes a part of a domain out of a name.
func label(s string) string {
	s = strings.ToLower(transliterate(s))
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	return s[:min(len(s), 18)]
}

// typo makes one slip of the kind people make: two letters swapped, one left
// out, one twice, a neighbour on the keyboard.
func typo(d *draw, s string) string {
	r := []rune(s)
	var letters []int
	for i := 1; i < len(r); i++ { // the first letter is looked at
		if unicode.IsLetter(r[i]) {
			letters = append(letters, i)
		}
	}
	if len(letters) < 3 {
		return s
	}
	at := letters[d.below(len(letters))]
	switch d.choose(3, 3, 2, 3) {
	case 0:
		if at+1 < len(r) && unicode.IsLetter(r[at+1]) && r[at] != r[at+1] {
			r[at], r[at+1] = r[at+1], r[at]
			break
		}
		fallthrough
	case 1:
		r = append(r[:at], r[at+1:]...)
	case 2:
		r = append(r[:at+1], r[at:]...)
	default:
		r[at] = neighbour(d, r[at])
	}
	return string(r)
}

var keyRows = []string{"йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"}

func neighbour(d *draw, r rune) rune {
	low := unicode.ToLower(r)
	for _, row := range keyRows {
		keys := []rune(row)
		for i, k := range keys {
			if k != low {
				continue
			}
			at := i + 1
			if at == len(keys) || i > 0 && d.chance(0.5) {
				at = i - 1
			}
			if r != low {
				return unicode.ToUpper(keys[at])
			}
			return keys[at]
		}
	}
	return 'о'
}

// lookalike puts a Latin letter in place of a Russian one that looks the same.
func lookalike(s string) string {
	for _, pair := range []string{"оo", "еe", "аa", "сc", "рp", "хx"} {
		r, n := utf8.DecodeRuneInString(pair)
		if strings.ContainsRune(s, r) {
			return strings.Replace(s, string(r), pair[n:], 1)
		}
	}
	return s
}
