package evidence

import (
	"strings"
	"unicode/utf8"
)

// cyrillicSounds write Cyrillic letters in the one alphabet in which names of
// both scripts are compared. Signs that transliteration and careless typing
// leave out have none; ч is q, ш and щ are x, ж is j, ц is c.
var cyrillicSounds = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "j", 'з': "z", 'и': "i", 'й': "i",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
	'х': "h", 'ц': "c", 'ч': "q", 'ш': "x", 'щ': "x", 'ъ': "", 'ы': "i", 'ь': "", 'э': "e", 'ю': "iu", 'я': "ia",
	'і': "i", 'ї': "i", 'є': "e", 'ґ': "g", 'ў': "u",
}

// latinSounds are those of letters in a row, the longest first, and what
// stands for one letter alone: the ways in which GOST 7.79, passports and
// domains write Russian, and the commonest of English.
var latinSounds = map[byte][]struct{ letters, sound string }{
	'a': {{"a", "a"}},
	'b': {{"b", "b"}},
	'c': {{"ch", "q"}, {"ck", "k"}, {"ce", "se"}, {"ci", "si"}, {"cy", "si"}, {"cz", "c"}, {"c", "k"}},
	'd': {{"d", "d"}},
	'e': {{"ee", "i"}, {"e", "e"}},
	'f': {{"f", "f"}},
	'g': {{"g", "g"}},
	'h': {{"h", "h"}},
	'i': {{"i", "i"}},
	'j': {{"j", "i"}},
	'k': {{"kh", "h"}, {"k", "k"}},
	'l': {{"l", "l"}},
	'm': {{"m", "m"}},
	'n': {{"n", "n"}},
	'o': {{"ou", "u"}, {"oo", "u"}, {"o", "o"}},
	'p': {{"ph", "f"}, {"p", "p"}},
	'q': {{"qu", "kv"}, {"q", "k"}},
	'r': {{"r", "r"}},
	's': {{"shch", "x"}, {"sch", "x"}, {"sh", "x"}, {"s", "s"}},
	't': {{"ts", "c"}, {"tz", "c"}, {"th", "t"}, {"t", "t"}},
	'u': {{"u", "u"}},
	'v': {{"v", "v"}},
	'w': {{"w", "v"}},
	'x': {{"x", "ks"}},
	'y': {{"ye", "e"}, {"yo", "e"}, {"y", "i"}},
	'z': {{"zh", "j"}, {"z", "z"}},
}

// latinTable is latinSounds without a look into a map.
var latinTable = func() (table [26][]struct{ letters, sound string }) {
	for c, sounds := range latinSounds {
		table[c-'a'] = sounds
	}
	return table
}()

// russianSounds is cyrillicSounds for а to я without a look into a map.
var russianSounds = func() (sounds [32]string) {
	for i := range sounds {
		sounds[i] = cyrillicSounds['а'+rune(i)]
	}
	return sounds
}()

// appendSound writes a folded word in the one alphabet, a doubled letter once:
// «Вега» and «Vega» are "vega", «Щукин» and «Shchukin» "xukin".
func appendSound(b []byte, word string) []byte {
	start := len(b)
	for i := 0; i < len(word); {
		c := word[i]
		switch {
		case 'a' <= c && c <= 'z':
			for _, s := range latinTable[c-'a'] {
				if strings.HasPrefix(word[i:], s.letters) {
					b = appendSingle(b, start, s.sound)
					i += len(s.letters)
					break
				}
			}
		case c < utf8.RuneSelf:
			b = append(b, c) // a digit: «200» keeps both of its zeros
			i++
		default:
			r, n := utf8.DecodeRuneInString(word[i:])
			switch sound, ok := cyrillicSounds[r]; {
			case 'а' <= r && r <= 'я':
				b = appendSingle(b, start, russianSounds[r-'а'])
			case ok:
				b = appendSingle(b, start, sound)
			default:
				b = append(b, word[i:i+n]...)
			}
			i += n
		}
	}
	return b
}

func appendSingle(b []byte, start int, sound string) []byte {
	for i := range len(sound) {
		if n := len(b); n == start || b[n-1] != sound[i] {
			b = append(b, sound[i])
		}
	}
	return b
}

// sound is appendSound for few words.
func sound(word string) string { return string(appendSound(nil, word)) }

// appendBones leaves of a sound what most slips spare: its first letter and
// the consonants, voiced ones as their voiceless twins.
func appendBones(b []byte, sound string) []byte {
	start := len(b)
	for i := range len(sound) {
		c := sound[i]
		switch c {
		case 'a', 'e', 'i', 'o', 'u':
			if i > 0 {
				continue
			}
			c = 'a'
		case 'b':
			c = 'p'
		case 'd':
			c = 't'
		case 'g':
			c = 'k'
		case 'z', 'c':
			c = 's'
		case 'v':
			c = 'f'
		case 'j', 'q':
			c = 'x'
		}
		if n := len(b); n == start || b[n-1] != c {
			b = append(b, c)
		}
	}
	return b
}
