package resolve

// A word's skeleton is what company.FoldWords cannot change in it: letters
// without case, ё as е, and one sign for a Latin letter and the Cyrillic one
// that it looks like, in whichever script the word ends. So words that fold to
// one have one skeleton; it is hashed on the way through a name's bytes, and
// nothing is written.

// signs of letters and digits: 0 is a gap, notPlain what the skeleton does not
// know.
const notPlain = 0xff

// asciiSigns are the signs of single bytes.
var asciiSigns = func() (signs [128]byte) {
	for c := range byte(10) {
		signs['0'+c] = 100 + c
	}
	for c := range byte(26) {
		signs['a'+c] = 50 + c
	}
	for latin, cyrillic := range map[byte]rune{
		'a': 'а', 'b': 'в', 'c': 'с', 'e': 'е', 'h': 'н', 'k': 'к',
		'm': 'м', 'o': 'о', 'p': 'р', 't': 'т', 'x': 'х', 'y': 'у',
	} {
		signs[latin] = 1 + byte(cyrillic-'а')
	}
	for c := range byte(26) {
		signs['A'+c] = signs['a'+c]
	}
	return signs
}()

// plainSign reads the rune that begins at s[i], which is no ASCII: its sign
// and how many bytes it takes. Plain are the Russian letters and the quotes,
// dashes, spaces and № that names have.
func plainSign(s string, i int) (sign byte, size int) {
	switch c := s[i]; {
	case i+1 >= len(s):
	case c == 0xd0:
		switch d := s[i+1]; {
		case 0x90 <= d && d < 0xb0: // А…Я
			return 1 + d - 0x90, 2
		case 0xb0 <= d && d < 0xc0: // а…п
			return 1 + d - 0xb0, 2
		case d == 0x81: // Ё
			return 1 + 'е' - 'а', 2
		}
	case c == 0xd1:
		switch d := s[i+1]; {
		case 0x80 <= d && d < 0x90: // р…я
			return 17 + d - 0x80, 2
		case d == 0x91: // ё
			return 1 + 'е' - 'а', 2
		}
	case c == 0xc2:
		if d := s[i+1]; d == 0xa0 || d == 0xab || d == 0xbb { // no-break space « »
			return 0, 2
		}
	case c == 0xe2 && i+2 < len(s):
		d, e := s[i+1], s[i+2]
		if d == 0x80 && 0x90 <= e && e <= 0x9e || d == 0x84 && e == 0x96 { // ‐…„ №
			return 0, 3
		}
	}
	return notPlain, 1
}

// hashWords appends the hashes of the words' skeletons; false if the text has
// anything but what is plain.
func hashWords(to []uint64, s string) ([]uint64, bool) {
	h, inside := uint64(0), false
	for i := 0; i < len(s); {
		var sign byte
		size := 1
		if c := s[i]; c < 0x80 {
			sign = asciiSigns[c]
		} else if sign, size = plainSign(s, i); sign == notPlain {
			return to, false
		}
		i += size
		switch {
		case sign != 0:
			if !inside {
				h, inside = hashSeed, true
			}
			h = hashOn(h, sign)
		case inside:
			to, inside = append(to, h), false
		}
	}
	if inside {
		to = append(to, h)
	}
	return to, true
}

// A multiplicative hash whose high bits reach the low ones at every step.
const (
	hashSeed  = 0xcbf29ce484222325
	hashPrime = 0x9e3779b97f4a7c15
)

func hashOn(h uint64, c byte) uint64 {
	h = (h ^ uint64(c)) * hashPrime
	return h ^ h>>32
}
