package company

import (
	"errors"
	"fmt"
	"strings"
)

// KPP is a tax registration reason code, nine characters NNNNPPXXX: the
// inspection, the reason (digits or capital Latin letters) and a serial
// number. Branches of one firm differ in it, so it never identifies a firm.
type KPP string

// ErrKPP is returned for a text of another shape.
var ErrKPP = errors.New("not a КПП: want NNNNPPXXX, P a digit or a letter A-Z")

// ParseKPP checks the shape (order ФНС ЕД-7-14/559@ of 26.06.2025); there is
// no control digit. Eight digits are a number cell that lost its leading zero,
// which comes back; so does a ".0" go.
func ParseKPP(s string) (KPP, error) {
	k := strings.ToUpper(numberCell(s))
	if len(k) == 8 && digits(k) {
		k = "0" + k
	}
	if !kppShape(k) {
		return "", fmt.Errorf("%q: %w", s, ErrKPP)
	}
	return KPP(k), nil
}

func kppShape(k string) bool {
	if len(k) != 9 || strings.Trim(k, "0") == "" {
		return false
	}
	for i := range len(k) {
		c := k[i]
		letter := c >= 'A' && c <= 'Z' && (i == 4 || i == 5)
		if !letter && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
