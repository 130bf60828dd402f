package api

import (
	"strings"

	"obzvon/pipeline/company"
)

// active is the code of a company about which the registry says nothing else.
const active = "001"

// statusWords tell a status by parts of its words, the surest first.
var statusWords = []struct {
	part   string
	status company.Status
}{
	{"предстоящ", company.StatusLiquidating},
	{"не действ", company.StatusLiquidated},
	{"недейств", company.StatusLiquidated},
	{"банкрот", company.StatusBankrupt},
	{"несостоятел", company.StatusBankrupt},
	{"конкурсн", company.StatusBankrupt},
	{"прекра", company.StatusLiquidated},
	{"ликвидирован", company.StatusLiquidated},
	{"исключен", company.StatusLiquidated},
	{"ликвид", company.StatusLiquidating},
	{"реорганиз", company.StatusReorganizing},
	{"действ", company.StatusActive},
}

func statusOf(c Coded) company.Status {
	if c.Code == active {
		return company.StatusActive
	}
	low := strings.ReplaceAll(strings.ToLower(c.Name), "ё", "е")
	for _, w := range statusWords {
		if strings.Contains(low, w.part) {
			return w.status
		}
	}
	return company.StatusUnknown
}

// smeOf reads a category of the register of small and medium business.
func smeOf(category string) string {
	low := strings.ToLower(category)
	switch {
	case strings.HasPrefix(low, "микро"):
		return "1"
	case strings.HasPrefix(low, "мал"):
		return "2"
	case strings.HasPrefix(low, "средн"):
		return "3"
	}
	return ""
}
