package table

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// nothing is how exports write that they do not know.
var nothing = []string{"-", "–", "—", "--", "н/д", "нет данных", "не указано", "не указан", "не указана", "#н/д", "#n/a", "null", "none", "n/a"}

// invisible characters are no text and no space.
var invisible = strings.NewReplacer("\u200b", "", "\ufeff", "")

// clean gives a cell on one line, "" for what means nothing.
func clean(s string) string {
	if !oneLine(s) {
		s = strings.Join(strings.Fields(invisible.Replace(s)), " ")
	}
	if len(s) <= 24 && slices.ContainsFunc(nothing, func(n string) bool { return strings.EqualFold(n, s) }) {
		return ""
	}
	return s
}

// oneLine tells text that stands on one line with single spaces, so that
// there is nothing to do. It may say no where there is nothing either.
func oneLine(s string) bool {
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b == ' ':
			if i == 0 || i == len(s)-1 || s[i-1] == ' ' {
				return false
			}
		case b < ' ':
			return false
		case (b == 0x85 || b == 0xA0) && i > 0 && s[i-1] == 0xC2: // U+0085, U+00A0
			return false
		case b >= 0xE1: // spaces of typographers
			return false
		}
	}
	return true
}

var exponent = regexp.MustCompile(`^([0-9])(?:[.,]([0-9]+))?[eEеЕ]\+?([0-9]{1,2})$`)

// plainNumber writes a whole number that a spreadsheet put down with an
// exponent. ok is false where digits were lost on the way: 7,70708E+09.
func plainNumber(s string) (string, bool) {
	m := exponent.FindStringSubmatch(s)
	if m == nil {
		return s, true
	}
	n, err := strconv.Atoi(m[3])
	if err != nil || len(m[2]) != n {
		return s, false
	}
	return m[1] + m[2], true
}

var (
	amountText  = regexp.MustCompile(`^([-−–]?)(\(?)\s*([0-9][0-9 .,]*(?:[eE][+-]?[0-9]{1,3})?)\s*\)?\s*([^0-9]*)$`)
	amountUnits = []struct {
		stem string
		unit unit
	}{{"тыс", thousands}, {"млн", millions}, {"миллион", millions}, {"млрд", milliards}, {"миллиард", milliards}}
)

// amount reads a sum of money as whole roubles. A unit in the cell goes
// before that of the column.
func amount(s string, u unit) (string, bool) {
	m := amountText.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	v, ok := decimal(m[3])
	if !ok {
		return "", false
	}
	for _, a := range amountUnits {
		if strings.Contains(strings.ToLower(m[4]), a.stem) {
			u = a.unit
		}
	}
	v = math.Round(v * float64(max(u, roubles)))
	if v > 1e15 {
		return "", false
	}
	if (m[1] != "" || m[2] != "") && v != 0 {
		v = -v
	}
	return strconv.FormatInt(int64(v), 10), true
}

// decimal reads a number with a point or a comma before its last digits and
// spaces, points or commas between thousands.
func decimal(s string) (float64, bool) {
	s = strings.ReplaceAll(s, " ", "")
	comma, point := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case comma > point && strings.Count(s, ",") == 1:
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	case point > comma && strings.Count(s, ".") == 1:
		s = strings.ReplaceAll(s, ",", "")
	default:
		s = strings.NewReplacer(",", "", ".", "").Replace(s)
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

var (
	wholeNumber = regexp.MustCompile(`^([0-9]{1,3}(?:[  ][0-9]{3})+|[0-9]{1,7})(?:[.,]0+)?(?: ?(?:чел|сотр)[^0-9]*)?$`)
	numberRange = regexp.MustCompile(`^(?:от )?([0-9][0-9 ]*) ?(?:-|–|—|…|\.\.|до) ?([0-9][0-9 ]*)(?: ?(?:чел|сотр).*)?$`)
	numberFrom  = regexp.MustCompile(`^(?:более|больше|свыше|от|>|>=) ?([0-9][0-9 ]*)(?: ?(?:чел|сотр).*)?$`)
	numberUpTo  = regexp.MustCompile(`^(?:до|менее|меньше|не более|<|<=) ?[0-9][0-9 ]*(?: ?(?:чел|сотр).*)?$`)
)

// headcount reads a number of persons. Of a class («16-100», «более 1000»,
// «до 15») it takes what there is at least, with the class as a remark.
func headcount(s string) (value, note string, ok bool) {
	low := strings.ToLower(s)
	bare := func(n string) string { return strings.ReplaceAll(n, " ", "") }
	if m := wholeNumber.FindStringSubmatch(low); m != nil {
		return canonicalInt(bare(m[1])), "", true
	}
	if m := numberRange.FindStringSubmatch(low); m != nil {
		return canonicalInt(bare(m[1])), s, true
	}
	if m := numberFrom.FindStringSubmatch(low); m != nil {
		return canonicalInt(bare(m[1])), s, true
	}
	if numberUpTo.MatchString(low) {
		return "1", s, true
	}
	return "", "", false
}

func canonicalInt(s string) string {
	if s = strings.TrimLeft(s, "0"); s == "" {
		return "0"
	}
	return s
}

// statusWords tell a status by beginnings of its words, the sure ones first.
var statusWords = []struct {
	stem   string
	status company.Status
}{
	{"предстоящ", company.StatusLiquidating},
	{"предстоит исключ", company.StatusLiquidating},
	{"не действ", company.StatusLiquidated},
	{"недейств", company.StatusLiquidated},
	{"в процессе ликвид", company.StatusLiquidating},
	{"в стадии ликвид", company.StatusLiquidating},
	{"ликвидируется", company.StatusLiquidating},
	{"решение о ликвид", company.StatusLiquidating},
	{"банкрот", company.StatusBankrupt},
	{"конкурсн", company.StatusBankrupt},
	{"внешнее управ", company.StatusBankrupt},
	{"наблюдени", company.StatusBankrupt},
	{"несостоятел", company.StatusBankrupt},
	{"в процессе реорг", company.StatusReorganizing},
	{"реорганизуется", company.StatusReorganizing},
	{"прекра", company.StatusLiquidated},
	{"ликвидирован", company.StatusLiquidated},
	{"исключен", company.StatusLiquidated},
	{"закрыт", company.StatusLiquidated},
	{"ликвидац", company.StatusLiquidating},
	{"реорганиз", company.StatusReorganizing},
	{"действ", company.StatusActive},
	{"активн", company.StatusActive},
	{"работает", company.StatusActive},
	{"active", company.StatusActive},
	{"liquidating", company.StatusLiquidating},
	{"liquidated", company.StatusLiquidated},
	{"bankrupt", company.StatusBankrupt},
	{"reorganiz", company.StatusReorganizing},
}

func statusOf(s string) company.Status {
	low := strings.ReplaceAll(strings.ToLower(s), "ё", "е")
	if low == "inactive" {
		return company.StatusLiquidated
	}
	for _, w := range statusWords {
		if strings.Contains(low, w.stem) {
			return w.status
		}
	}
	return company.StatusUnknown
}

// smeOf reads a category of the register of small and medium business.
func smeOf(s string) string {
	low := strings.ToLower(s)
	switch {
	case strings.HasPrefix(low, "микро"), low == "1":
		return "1"
	case strings.HasPrefix(low, "мал"), low == "2":
		return "2"
	case strings.HasPrefix(low, "средн"), low == "3":
		return "3"
	default:
		return ""
	}
}

// items cuts a cell of several values.
func items(s string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '\n' || r == '|' }) {
		if p = clean(p); p != "" && utf8.RuneCountInString(p) <= 300 {
			out = append(out, p)
		}
	}
	return out
}
