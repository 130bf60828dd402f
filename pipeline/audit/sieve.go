package audit

import (
	"regexp"
	"strings"
)

// Withheld stands in the place of what a line may not hold.
const Withheld = "(withheld)"

const (
	maxText = 200 // bytes
	maxRows = 10_000_000
)

var (
	// plain is the alphabet: it spells no Russian name and no e-mail.
	plain = regexp.MustCompile(`^[A-Za-z0-9 ._:;,=/()?+-]*$`)
	// known is what may have many digits and is no number of anybody: a day, a digest.
	known = regexp.MustCompile(`\b20\d\d-[01]\d-[0-3]\d\b|\bfile [0-9a-f]{16}\b`)
	signs = regexp.MustCompile(`[^A-Za-z0-9]+`)
	// long has the digits of a phone without its code, or more.
	long = regexp.MustCompile(`[0-9]{7}`)
	// given is how this program names its workbooks.
	given = regexp.MustCompile(`^call-list-20\d\d-[01]\d-[0-3]\d(-[A-Za-z0-9_-]+)?(-ОБРАЗЕЦ)?\.xlsx$`)
	hex   = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// sieve passes on a text that can be neither a phone nor an ИНН nor an e-mail nor a
// Russian name, else all of it is withheld.
func sieve(s string) string {
	if len(s) > maxText || !plain.MatchString(s) || long.MatchString(signs.ReplaceAllString(known.ReplaceAllString(s, "x"), "")) {
		return Withheld
	}
	return s
}

// File is how a file that came in is called in a line: by its name if this program
// has given it, since another may tell of anybody; else by the beginning of the SHA-256
// of its content, in hex, under which the journal knows it, too.
func File(name, digest string) string {
	if name = strings.ToValidUTF8(name, "?"); given.MatchString(name) {
		if name = strings.Replace(name, "ОБРАЗЕЦ", "sample", 1); sieve(name) == name {
			return name
		}
	}
	if !hex.MatchString(digest) {
		return "file"
	}
	return "file " + digest[:16]
}
