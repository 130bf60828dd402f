package rsmp

import (
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// calm is company.PersonName of a text from a file.
func calm(s string) string { return company.PersonName(members.Line(s)) }

// appendCalm appends what calm makes of a value.
func appendCalm(dst []byte, v value) []byte {
	from := len(dst)
	dst = append(dst, v...)
	if calmRussian(dst[from:]) {
		return dst
	}
	return append(dst[:from], calm(v.text())...)
}

// calmRussian does the work of calm in place on Russian letters, hyphens and
// single spaces, with a letter first. It returns false for anything else and
// then has changed nothing.
func calmRussian(b []byte) bool {
	capitals, smalls, ok := russianName(b)
	if !ok {
		return false
	}
	if capitals && smalls {
		return true
	}
	start := true
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			start = true
			continue
		}
		letter := b[i : i+2]
		if start {
			toCapital(letter)
		} else {
			toSmall(letter)
		}
		start = false
		i++
	}
	return true
}

// russianName tells what calmRussian takes, and which letters are in it.
func russianName(b []byte) (capitals, smalls, ok bool) {
	if len(b) > members.TextMax {
		return false, false, false
	}
	before := byte(' ')
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c == '-' && i > 0, c == ' ' && before != ' ' && i < len(b)-1:
		case i+1 < len(b) && russian(c, b[i+1]):
			if c == 0xd0 && (b[i+1] < 0xb0) {
				capitals = true
			} else {
				smalls = true
			}
			i++
		default:
			return false, false, false
		}
		before = c
	}
	return capitals, smalls, capitals || smalls
}

// The letters stand in Unicode as Ё, А to Я, а to я, ё: U+0401, U+0410 to
// U+042F, U+0430 to U+044F, U+0451.
func toCapital(letter []byte) {
	switch {
	case letter[0] == 0xd1 && letter[1] == 0x91:
		letter[0], letter[1] = 0xd0, 0x81
	case letter[0] == 0xd1:
		letter[0], letter[1] = 0xd0, letter[1]+0x20
	case letter[1] >= 0xb0:
		letter[1] -= 0x20
	}
}

func toSmall(letter []byte) {
	switch {
	case letter[0] == 0xd1, letter[1] >= 0xb0:
	case letter[1] == 0x81:
		letter[0], letter[1] = 0xd1, 0x91
	case letter[1] >= 0xa0:
		letter[0], letter[1] = 0xd1, letter[1]-0x20
	default:
		letter[1] += 0x20
	}
}

// appendLine appends what line makes of a value. The value is UTF-8.
func appendLine(dst []byte, v value) []byte {
	from := len(dst)
	dst = appendText(dst, v, true)
	if len(dst)-from <= members.TextMax && oneLine(dst[from:]) {
		return dst
	}
	return append(dst[:from], members.Line(string(dst[from:]))...)
}

// oneLine tells UTF-8 on which line has nothing to do. It may be wrong about a
// text that has letters of three bytes.
func oneLine(b []byte) bool {
	before := byte(' ')
	for i, c := range b {
		switch {
		case c > ' ' && c < 0xc2, c > 0xc2 && c < 0xe1, c > 0xe3:
		case c == ' ' && before != ' ':
		case c == 0xc2 && b[i+1] != 0x85 && b[i+1] != 0xa0: // no line, no space
		case c == 0xe2 && b[i+1] != 0x80 && b[i+1] != 0x81: // no space of those in U+2000 to U+207F
		default:
			return false
		}
		before = c
	}
	return before != ' ' || len(b) == 0
}
