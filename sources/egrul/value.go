package egrul

import (
	"math/big"
	"regexp"
	"strings"
)

// roublesForm is the schema's xs:decimal of at most 19 digits, four of them
// behind the point.
var roublesForm = regexp.MustCompile(`^\d{1,19}(?:\.\d{1,4})?$`)

// roubles rounds a sum to whole ones; "" for what is no sum.
func roubles(s string) string {
	s = strings.TrimSpace(s)
	if !roublesForm.MatchString(s) {
		return ""
	}
	n, ok := new(big.Rat).SetString(s)
	if !ok {
		return ""
	}
	return n.FloatString(0)
}
