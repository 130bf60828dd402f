package rsmp

import "bytes"

// space tells what XML takes for white space.
func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// spaces counts the white space that b begins with.
func spaces(b []byte) int {
	for i, c := range b {
		if !space(c) {
			return i
		}
	}
	return len(b)
}

// blank tells that there is nothing but white space.
func blank(b []byte) bool { return spaces(b) == len(b) }

// nameLen is how long the name of an element is that b begins with.
func nameLen(b []byte) int {
	for i, c := range b {
		if c == '>' || c == '/' || space(c) {
			return i
		}
	}
	return len(b)
}

// startsWithName tells that b begins with a name and not with a longer one.
func startsWithName(b, name []byte) bool {
	n := len(name)
	return len(b) > n && (space(b[n]) || b[n] == '>' || b[n] == '/') && bytes.Equal(b[:n], name)
}

func nameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == ':' || c == '.' || c == '-'
}

// properName tells names of Latin and Russian letters, digits, '_', '.' and
// '-', with at most one prefix and not beginning with a digit, '.' or '-'.
// XML allows more; the registry has no other, and a file that has is refused.
func properName(b []byte) bool {
	colon := false
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c == ':':
			if colon || i == 0 || i == len(b)-1 {
				return false
			}
			colon = true
		case c < 0x80:
			if !nameByte(c) || i == 0 && (c == '.' || c == '-' || '0' <= c && c <= '9') {
				return false
			}
		default:
			if i+1 == len(b) || !russian(c, b[i+1]) {
				return false
			}
			i++
		}
	}
	return len(b) > 0
}

// russian tells the two bytes of a letter of the Russian alphabet in UTF-8.
func russian(a, b byte) bool {
	return a == 0xd0 && (b >= 0x90 && b <= 0xbf || b == 0x81) || a == 0xd1 && (b >= 0x80 && b <= 0x8f || b == 0x91)
}
