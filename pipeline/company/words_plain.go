package company

// First bytes of the Russian letters in UTF-8: А to п with Ё, р to я with ё.
const (
	leadAToPe  = 0xd0
	leadErToYa = 0xd1
)

// plainKind is what a byte of plain ASCII does to a word.
type plainKind uint8

const (
	plainGap plainKind = iota
	plainHyphen
	plainDigit
	plainLatin
)

// plainKinds holds the kinds of ASCII bytes, plainLower the letters in lower
// case.
var plainKinds, plainLower = func() (kinds [0x80]plainKind, lower [0x80]byte) {
	for c := range byte(0x80) {
		lower[c] = c
		switch {
		case c == '-':
			kinds[c] = plainHyphen
		case '0' <= c && c <= '9':
			kinds[c] = plainDigit
		case 'a' <= c && c <= 'z':
			kinds[c] = plainLatin
		case 'A' <= c && c <= 'Z':
			kinds[c], lower[c] = plainLatin, c+'a'-'A'
		}
	}
	return kinds, lower
}()

// appendPlain folds the texts that nearly all names are, in one pass: ASCII,
// Russian letters and common punctuation, without a word of mixed scripts.
// Joined by a hyphen the scripts count as mixed. ok is false for all else,
// and b is as it was.
func appendPlain(b []byte, s string) (out []byte, ok bool) {
	out = b
	latin, russian, gap := false, false, false
	for i := 0; i < len(s); {
		c := s[i]
		if c < 0x80 {
			i++
			switch kind := plainKinds[c]; kind {
			case plainGap:
				latin, russian, gap = false, false, true
				continue
			case plainHyphen:
				gap = true
				continue
			case plainLatin:
				latin = true
			case plainDigit:
			}
			if gap && len(out) > len(b) {
				out = append(out, ' ')
			}
			out, gap = append(out, plainLower[c]), false
		} else {
			if i+1 == len(s) {
				return b, false
			}
			hi, lo := lowerRussian(c, s[i+1])
			if hi == 0 {
				n := gapMark(s[i:])
				if n == 0 {
					return b, false
				}
				latin, russian, gap = false, false, true
				i += n
				continue
			}
			i += 2
			russian = true
			if gap && len(out) > len(b) {
				out = append(out, ' ')
			}
			out, gap = append(out, hi, lo), false
		}
		if latin && russian {
			return b, false
		}
	}
	return out, true
}

// lowerRussian gives the lower-case form of a Russian letter, ё as е; zeros
// for any other.
func lowerRussian(hi, lo byte) (byte, byte) {
	switch hi {
	case leadAToPe:
		switch {
		case 0xb0 <= lo && lo <= 0xbf: // а to п
			return hi, lo
		case 0x90 <= lo && lo <= 0x9f: // А to П
			return hi, lo + 0x20
		case 0xa0 <= lo && lo <= 0xaf: // Р to Я
			return leadErToYa, lo - 0x20
		case lo == 0x81: // Ё
			return hi, 0xb5
		}
	case leadErToYa:
		switch {
		case 0x80 <= lo && lo <= 0x8f: // р to я
			return hi, lo
		case lo == 0x91: // ё
			return leadAToPe, 0xb5
		}
	}
	return 0, 0
}

// gapMark is the length of a common mark beyond ASCII at the beginning of a
// text: «, », a no-break space, №, dashes and quotes; 0 for any other.
func gapMark(s string) int {
	switch {
	case s[0] == 0xc2 && (s[1] == 0xab || s[1] == 0xbb || s[1] == 0xa0):
		return 2
	case len(s) < 3 || s[0] != 0xe2:
		return 0
	case s[1] == 0x84 && s[2] == 0x96, s[1] == 0x80 && 0x90 <= s[2] && s[2] <= 0x9e:
		return 3
	}
	return 0
}
