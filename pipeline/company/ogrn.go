package company

import (
	"errors"
	"fmt"
	"strings"
)

// OGRN is a state registration number with a valid control digit: thirteen
// digits for a legal entity (ОГРН), fifteen for a sole proprietor (ОГРНИП).
// The zero value means "unknown".
type OGRN string

// Why a text is not an ОГРН.
var (
	ErrOGRNForm     = errors.New("not an ОГРН: want 13 or 15 digits, the first not 0")
	ErrOGRNChecksum = errors.New("wrong ОГРН control digit")
)

// ParseOGRN checks the length and the control digit (order of Минфин 165н of
// 30.10.2017, which sets the structure of ОГРН and ОГРНИП): all digits but the
// last, modulo 11 for thirteen digits and 13 for fifteen, last digit of that.
// The first digit is the kind of entry, from 1, so a zero there is refused
// and with it a number of zeros.
func ParseOGRN(s string) (OGRN, error) {
	s = strings.TrimSpace(s)
	if len(s) != 13 && len(s) != 15 || !digits(s) || s[0] == '0' {
		return "", fmt.Errorf("%q: %w", s, ErrOGRNForm)
	}
	if ogrnDigit(s) != s[len(s)-1] {
		return "", fmt.Errorf("%q: %w", s, ErrOGRNChecksum)
	}
	return OGRN(s), nil
}

// ParseOGRNCell reads a spreadsheet cell: no-break spaces, a leading
// apostrophe and a trailing ".0" are dropped. No ОГРН begins with a zero, so
// there is none to restore; digits lost to an exponent cannot be had again.
func ParseOGRNCell(s string) (OGRN, error) { return ParseOGRN(numberCell(s)) }

// Sole tells an ОГРНИП.
func (n OGRN) Sole() bool { return len(n) == 15 }

func ogrnDigit(s string) byte {
	mod := 11
	if len(s) == 15 {
		mod = 13
	}
	rest := 0
	for i := range len(s) - 1 {
		rest = (rest*10 + int(s[i]-'0')) % mod
	}
	return byte('0' + rest%10)
}
