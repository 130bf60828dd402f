package company

import (
	"errors"
	"fmt"
	"strings"
)

// OKVED is a code of ОКВЭД2 (ОК 029-2014) in its dotted form: a class "45", a
// subclass "45.2", a group "45.20", a subgroup "45.20.1" or a kind "45.20.11".
type OKVED string

// ErrOKVED is returned for a text of another shape.
var ErrOKVED = errors.New("not an ОКВЭД code: want NN, NN.N, NN.NN, NN.NN.N or NN.NN.NN")

// ParseOKVED checks the shape; whether the classifier knows the code is told
// by OKVED.Name.
func ParseOKVED(s string) (OKVED, error) {
	s = strings.TrimSpace(s)
	ok := false
	switch len(s) {
	case 2, 4, 5, 7, 8:
		ok = true
		for i := range len(s) {
			dot := i == 2 || i == 5
			if dot != (s[i] == '.') || !dot && (s[i] < '0' || s[i] > '9') {
				ok = false
			}
		}
	}
	if !ok {
		return "", fmt.Errorf("%q: %w", s, ErrOKVED)
	}
	return OKVED(s), nil
}

// Within tells whether c is code p or stands below it in the tree: 45.20.1 is
// within 45.2, 45 is not within 45.20. Every level adds one digit, so a prefix
// of the dotted form is a prefix in the tree.
func (c OKVED) Within(p OKVED) bool {
	return p != "" && strings.HasPrefix(string(c), strings.TrimSuffix(string(p), "."))
}
