package zakupki

import (
	"strings"

	"obzvon/pipeline/company"
)

// ikzLen is how many digits an ИКЗ has (приказ Минфина 55н of 10.04.2019).
const ikzLen = 36

// ikz is what the identification code of a purchase (ИКЗ) says of it. Digits, from
// 1: 4 to 13 the customer's ИНН, 14 to 22 its КПП, 30 to 33 the group of ОКПД2.
type ikz struct {
	inn   company.INN
	kpp   company.KPP // "" if it is none
	group string      // "28.15"; "" = several groups, or not told
}

// parseIKZ reads a code; one of another length, or whose ИНН has a wrong checksum,
// is none.
func parseIKZ(s string) (ikz, bool) {
	s = strings.TrimSpace(s)
	if len(s) != ikzLen || strings.Trim(s, "0123456789") != "" {
		return ikz{}, false
	}
	inn, err := company.ParseINN(s[3:13])
	if err != nil {
		return ikz{}, false
	}
	code := ikz{inn: inn}
	if kpp, err := company.ParseKPP(s[13:22]); err == nil {
		code.kpp = kpp
	}
	if g := s[29:33]; g[:2] != "00" {
		code.group = g[:2] + "." + g[2:]
	}
	return code, true
}

// findIKZ finds the first code in a text in which it stands between other signs.
func findIKZ(s string) (ikz, bool) {
	for _, run := range strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		if code, ok := parseIKZ(run); ok {
			return code, true
		}
	}
	return ikz{}, false
}
