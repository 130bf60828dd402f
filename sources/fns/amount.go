package fns

import (
	"fmt"
	"strconv"
	"strings"

	"obzvon/pipeline/members"
)

// kopecksMax bounds amounts and their sums: 999 999 999 999 999 roubles, some
// five times what the whole country makes in a year.
const kopecksMax = 1_000_000_000_000_000*100 - 1

// headcountMax is far above any firm.
const headcountMax = 10_000_000

// parseKopecks reads roubles with a dot and at most two digits after it.
// Nothing else is guessed at: no sign, no comma, no exponent, no spaces.
func parseKopecks(s string) (int64, error) {
	roubles, fraction, dot := strings.Cut(s, ".")
	if len(roubles) > 15 || !digits(roubles) || dot && (len(fraction) > 2 || !digits(fraction)) {
		return 0, fmt.Errorf("%w: amount %q, want roubles such as 1234.50", errForm, members.Clip(s, 60))
	}
	return number(roubles + (fraction + "00")[:2]), nil
}

// addKopecks adds two amounts that are in bounds.
func addKopecks(a, b int64) (int64, error) {
	if a > kopecksMax-b {
		return 0, fmt.Errorf("%w: amounts that add up to more than %d roubles", errForm, int64(kopecksMax/100))
	}
	return a + b, nil
}

// roubles rounds to whole roubles, halves away from zero. Amounts are never
// negative.
func roubles(kopecks int64) string { return strconv.FormatInt((kopecks+50)/100, 10) }

// parseCount reads a whole number of people.
func parseCount(s string) (int64, error) {
	if len(s) > 10 || !digits(s) {
		return 0, fmt.Errorf("%w: number %q", errForm, members.Clip(s, 60))
	}
	n := number(s)
	if n > headcountMax {
		return 0, fmt.Errorf("%w: number %q, want at most %d", errForm, members.Clip(s, 60), headcountMax)
	}
	return n, nil
}

// number is what digits stand for, eighteen at most.
func number(digits string) (n int64) {
	for i := range len(digits) {
		n = n*10 + int64(digits[i]-'0')
	}
	return n
}

// digits tells a text of digits and nothing else.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
