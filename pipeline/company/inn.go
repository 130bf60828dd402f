package company

import (
	"errors"
	"fmt"
	"strings"
)

// INN is a taxpayer number with a valid checksum: ten digits for a legal
// entity, twelve for a person. The zero value means "unknown".
type INN string

// Why a text is not an ИНН.
var (
	ErrINNForm     = errors.New("not an ИНН: want 10 or 12 digits")
	ErrINNChecksum = errors.New("wrong ИНН checksum")
	ErrINNZeros    = errors.New("ИНН of zeros")
)

// ParseINN checks the length and the control digits (order ФНС
// ЕД-7-14/559@ of 26.06.2025). All zeros pass the arithmetic and are refused.
func ParseINN(s string) (INN, error) {
	s = strings.TrimSpace(s)
	if len(s) != 10 && len(s) != 12 || !digits(s) {
		return "", fmt.Errorf("%q: %w", s, ErrINNForm)
	}
	if !innChecksum(s) {
		return "", fmt.Errorf("%q: %w", s, ErrINNChecksum)
	}
	if strings.Trim(s, "0") == "" {
		return "", fmt.Errorf("%q: %w", s, ErrINNZeros)
	}
	return INN(s), nil
}

// ParseINNCell reads a cell that a spreadsheet may have turned into a number:
// a lost leading zero comes back when the checksum agrees, a trailing ".0" is
// dropped, spaces between digits («77 07 083893») go. Digits lost to an
// exponent (7,70708E+09) cannot be had again.
func ParseINNCell(s string) (INN, error) {
	s = numberCell(s)
	s = joinGroups(s)
	if (len(s) == 9 || len(s) == 11) && digits(s) {
		if inn, err := ParseINN("0" + s); err == nil {
			return inn, nil
		}
	}
	return ParseINN(s)
}

// joinGroups takes the spaces out of digits that were written in groups. A group
// as long as a whole number is one, and what stands beside it something else.
func joinGroups(s string) string {
	groups := strings.Fields(s)
	for _, g := range groups {
		if len(g) >= 10 || !digits(g) {
			return s
		}
	}
	return strings.Join(groups, "")
}

// numberCell undoes what a spreadsheet does to digits: no-break spaces around
// them, the apostrophe that marks text, a fraction of zero.
func numberCell(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	s = strings.TrimSpace(strings.TrimPrefix(s, "'"))
	for _, tail := range []string{".0", ",0"} {
		if cut, ok := strings.CutSuffix(s, tail); ok && digits(cut) {
			return cut
		}
	}
	return s
}

// Person tells a twelve-digit number, which belongs to a natural person.
func (n INN) Person() bool { return len(n) == 12 }

// RegionCode is the first two digits: where the number was issued, which is
// not where the firm is now.
func (n INN) RegionCode() string {
	if len(n) < 2 {
		return ""
	}
	return string(n[:2])
}

func innChecksum(s string) bool {
	if len(s) == 10 {
		return innDigit(s, innWeights[2:]) == s[9]
	}
	return innDigit(s, innWeights[1:]) == s[10] && innDigit(s, innWeights[:]) == s[11]
}

var innWeights = [...]int{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}

func innDigit(s string, weights []int) byte {
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return byte('0' + sum%11%10)
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
