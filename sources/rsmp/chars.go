package rsmp

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	"obzvon/pipeline"
)

// checkChars refuses what is not UTF-8 or no character of XML 1.0.
func checkChars(b []byte) error {
	for {
		b = b[plainChars(b):]
		if len(b) == 0 {
			return nil
		}
		// What is not plain is rare: look at it letter by letter and go on.
		for stop := len(b) - 16; len(b) > max(stop, 0); {
			r, n := utf8.DecodeRune(b)
			switch {
			case r == utf8.RuneError && n == 1:
				return damaged("not UTF-8")
			case !allowed(r):
				return fmt.Errorf("%w: character %U, which XML does not allow", pipeline.ErrDamaged, r)
			}
			b = b[n:]
		}
	}
}

// The high bit of each of eight bytes, the upper three, and the lowest.
const (
	highs  = 0x8080808080808080
	uppers = 0xe0e0e0e0e0e0e0e0
	lows   = 0x0101010101010101
)

// plainChars is how many bytes b begins with that are right beyond doubt and
// end with a whole letter: ASCII above the control characters and letters of
// two bytes from U+0400 on, which is nearly all that the registry consists of.
// It takes sixteen bytes at a time.
func plainChars(b []byte) int {
	at := 0
	open := uint64(0) // the high bit of the lowest byte, if that must continue a letter
	for ; at+16 <= len(b); at += 16 {
		pair := b[at : at+16]
		odd, next := oddChars(binary.LittleEndian.Uint64(pair), open)
		more, last := oddChars(binary.LittleEndian.Uint64(pair[8:]), next)
		if odd|more != 0 {
			break
		}
		open = last
	}
	if open != 0 {
		at--
	}
	return at
}

// oddChars returns not 0 if among eight bytes there is one that is not plain,
// and what the next eight must begin with.
func oddChars(x, open uint64) (odd, next uint64) {
	first := x & (x << 1) & highs        // bytes 11xxxxxx
	odd = (x&uppers - lows) &^ x         // there is a byte 000xxxxx
	odd |= first & (x<<2 | ^(x << 3))    // bytes 111xxxxx begin three or more, 1100xxxx what is rare
	odd |= x&^(x<<1) ^ (first<<8 | open) // bytes 10xxxxxx stand behind those, and nowhere else
	return odd & highs, first >> 56
}
