package table

import (
	"regexp"
	"strings"

	"obzvon/pipeline/company"
)

var (
	okvedCode = regexp.MustCompile(`(?:^|[^0-9.])([0-9]{2}(?:\.[0-9]{1,2}){0,2})(?:$|[^0-9.]|\.(?:$|[^0-9]))`)
	// shortCode is a code at the start of an item whose leading zero a
	// spreadsheet took: 1.11 for 01.11.
	shortCode = regexp.MustCompile(`^([0-9](?:\.[0-9]{1,2}){1,2})(?:$|[^0-9.]|\.(?:$|[^0-9]))`)
	// commaCode is a code that a spreadsheet took for a number and wrote with
	// the decimal comma of its country.
	commaCode = regexp.MustCompile(`^([0-9]{1,2}),([0-9]{1,2})$`)
)

// okvedCodes finds the codes in a cell: alone, before their names, or in
// brackets behind them. A bare class of two digits counts only at the start of
// a line or an item, since texts hold other numbers. A cell that is a number
// with a decimal comma is one code where the classifier knows it.
func okvedCodes(s string) []string {
	if m := commaCode.FindStringSubmatch(strings.TrimSpace(s)); m != nil {
		if code, ok := knownCode(m[1] + "." + m[2]); ok {
			return []string{code}
		}
	}
	var out []string
	for _, item := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ',' || r == '\n' || r == '|' }) {
		if code, ok := okvedIn(strings.TrimSpace(item)); ok {
			out = append(out, code)
		}
	}
	return out
}

func okvedIn(item string) (string, bool) {
	if m := shortCode.FindStringSubmatch(item); m != nil {
		if code, ok := knownCode(m[1]); ok {
			return code, true
		}
	}
	m := okvedCode.FindStringSubmatchIndex(item)
	if m == nil {
		return "", false
	}
	text := item[m[2]:m[3]]
	if len(text) == 2 && m[2] != 0 {
		return "", false
	}
	code, err := company.ParseOKVED(text)
	return string(code), err == nil
}

// knownCode is a code of the classifier, its leading zero put back.
func knownCode(s string) (string, bool) {
	if strings.IndexByte(s, '.') == 1 {
		s = "0" + s
	}
	code, err := company.ParseOKVED(s)
	if err != nil {
		return "", false
	}
	_, known := code.Name()
	return string(code), known
}
