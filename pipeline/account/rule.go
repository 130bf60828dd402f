package account

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a password. The least and the refusal of common ones are those of NIST
// SP 800-63B, 5.1.1.2; nothing is asked of which characters it has.
const (
	minPassword = 10  // characters
	maxPassword = 256 // bytes

	minDistinct = 4  // characters
	maxName     = 32 // bytes
	maxDigits   = 6  // of a name: none can be a phone or an ИНН, which no log may hold
	maxTitle    = 100
)

// common are passwords of ten characters and more that are tried first, by line.
//
//go:embed common.txt
var common string

// Name makes of what a person typed the name of an account: small letters, without
// spaces around. It need not be that of one.
func Name(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// CheckName tells whether an account may have a name. Errors: *RuleError of ErrName.
func CheckName(name string) error {
	if !nameForm(name) {
		return errNameForm
	}
	return nil
}

func nameForm(name string) bool {
	if len(name) < 2 || len(name) > maxName || name[0] < 'a' || name[0] > 'z' {
		return false
	}
	digits := 0
	for i := range len(name) {
		switch c := name[i]; {
		case '0' <= c && c <= '9':
			digits++
		case 'a' <= c && c <= 'z', c == '.', c == '_', c == '-':
		default:
			return false
		}
	}
	return digits <= maxDigits
}

func checkTitle(title string) error {
	if utf8.RuneCountInString(title) > maxTitle || !printable(title) {
		return errTitleForm
	}
	return nil
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// CheckPassword tells whether the account of a name may have a password. Errors:
// *RuleError of ErrWeak.
func CheckPassword(name, password string) error {
	folded := strings.ToLower(composed(password))
	switch {
	case len(password) > maxPassword:
		return errLong
	case !printable(password):
		return errControl
	case utf8.RuneCountInString(composed(password)) < minPassword:
		return errShort
	case name != "" && strings.TrimRight(folded, "0123456789!?.,-_ ") == name:
		return errIsName
	case distinct(folded) < minDistinct || slices.Contains(strings.Fields(common), folded):
		return errCommon
	}
	return nil
}

// composed makes one form of what keyboards and systems encode in several (Unicode
// Standard Annex 15, NFC): a "й" is a "й" wherever it was typed.
func composed(password string) string { return norm.NFC.String(password) }

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}
