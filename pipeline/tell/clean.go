package tell

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// textMost bounds what an error may say, in characters.
const textMost = 400

// What in a text may belong to a person: an e-mail, a phone as people write it, and
// any number of ten digits or more, which may be a phone or an ИНН.
var (
	emailForm  = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+`)
	phoneForm  = regexp.MustCompile(`(?:\+7|\b[78])[\s\x{a0}]?[(\s\x{a0}-]?\d{3,5}[)\s\x{a0}-]{0,2}\d{1,3}[\s\x{a0}-]?\d{2}[\s\x{a0}-]?\d{2}\b`)
	numberForm = regexp.MustCompile(`\d{10,}`)
)

func cleanError(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "не хватило времени (" + clean(err.Error()) + ")"
	}
	return clean(err.Error())
}

// clean makes a technical text fit for a notice: one line, not too long, nothing in
// it that may belong to a person.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	s = emailForm.ReplaceAllString(s, "[e-mail]")
	s = phoneForm.ReplaceAllString(s, "[номер]")
	s = numberForm.ReplaceAllString(s, "[номер]")
	if r := []rune(s); len(r) > textMost {
		s = string(r[:textMost]) + "…"
	}
	return strings.TrimRight(s, ". ")
}

// size is a number of bytes as people say it.
func size(bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return strings.Replace(fmt.Sprintf("%.1f ГБ", float64(bytes)/(1<<30)), ".", ",", 1)
	case bytes >= 1<<20:
		return fmt.Sprintf("%d МБ", bytes>>20)
	}
	return fmt.Sprintf("%d КБ", bytes>>10)
}
