package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrConfig is what every complaint of this package is: wrong usage, exit 2.
var ErrConfig = errors.New("wrong configuration")

// Error is one complaint: where, which key, what stands there, what may.
type Error struct {
	File    string // as given; "built-in NAME" or "environment"
	Line    int    // from 1; 0 = unknown
	Key     string // "managers[0].dials"; a variable's name for the environment
	Value   string // as written; "" where the key itself is wrong or missing
	Allowed string // what is wrong, or what is allowed

	why error // of an adapter; nil = none
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	for _, part := range []string{e.Key, e.Value, e.Allowed} {
		if part != "" {
			b.WriteString(": ")
			b.WriteString(part)
		}
	}
	return b.String()
}

// Unwrap gives the error of the adapter that complains.
func (e *Error) Unwrap() error { return e.why }

// Is makes errors.Is(err, ErrConfig) hold.
func (e *Error) Is(target error) bool { return target == ErrConfig }

// problems collects complaints, so that one look at the message is enough.
type problems []*Error

// problemLimit bounds the message when a file is wrong from end to end.
const problemLimit = 20

func (p *problems) add(e *Error) { *p = append(*p, e) }

// err joins the complaints in the order of the file, nil if there are none.
func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	slices.SortStableFunc(p, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	var all []error
	for i, e := range p {
		if i == problemLimit {
			all = append(all, &Error{File: e.File, Allowed: fmt.Sprintf("and %d more", len(p)-i)})
			break
		}
		all = append(all, e)
	}
	return errors.Join(all...)
}

// tidy keeps a path with strange keys in it on one line and short.
func tidy(path string) string {
	if len(path) > 120 || strings.ContainsFunc(path, unicode.IsControl) || !utf8.ValidString(path) {
		return show(path)
	}
	return path
}

// show prepares a value for a message: short, on one line.
func show(s string) string {
	const limit = 60
	runes := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	if len(runes) > limit {
		runes = append(runes[:limit], '…')
	}
	return fmt.Sprintf("%q", string(runes))
}
