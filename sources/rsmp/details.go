package rsmp

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// category keeps the three that there are.
func category(v value) string {
	switch string(v.trimmed()) {
	case "1":
		return "1"
	case "2":
		return "2"
	case "3":
		return "3"
	default:
		return ""
	}
}

// headcountMax is far above any small or medium firm and any firm at all.
const headcountMax = 10_000_000

func (b *observer) addHeadcount(v value, year string) {
	n, ok := headcountOf(v)
	if !ok || year == "" {
		return
	}
	from := len(b.slab)
	b.slab = strconv.AppendInt(b.slab, n, 10)
	b.addFrom(company.FieldHeadcount, from)
	b.facts[len(b.facts)-1].Key = year
}

// headcountOf reads whole digits with any spaces around and between them.
func headcountOf(v value) (int64, bool) {
	if len(v) == 0 {
		return 0, false
	}
	if len(v) > 7 {
		return headcount(v.text())
	}
	n := int64(0)
	for _, c := range v {
		if !digit(c) {
			return headcount(v.text())
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

func headcount(s string) (int64, bool) {
	s = strings.Join(strings.Fields(s), "")
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n <= headcountMax
}

func (b *observer) addLicences(d *document) {
	for _, a := range d.activities {
		if v := members.Line(string(d.texts[a.from:a.to])); v != "" {
			b.facts = append(b.facts, pending{Fact: company.Fact{
				Field: company.FieldLicence, Value: v, Note: d.licences[a.licence].note(),
			}})
		}
	}
}

// note is what the licence itself says, in Russian: «№ 1234, с 01.02.2020 до
// 01.02.2025».
func (l *licence) note() string {
	var parts []string
	if n := members.Line(l.number.text()); n != "" {
		parts = append(parts, "№ "+members.Clip(n, 200))
	}
	var term []string
	if from := members.DateOf(l.from.text()); from.Known() {
		term = append(term, "с "+from.Russian())
	}
	if until := members.DateOf(l.until.text()); until.Known() {
		term = append(term, "до "+until.Russian())
	}
	if len(term) > 0 {
		parts = append(parts, strings.Join(term, " "))
	}
	return strings.Join(parts, ", ")
}

func (b *observer) addProducts(d *document) {
	for i := range d.products {
		code := strings.TrimSpace(d.products[i].code.text())
		if len(code) < 2 || len(code) > 20 || strings.Trim(code, "0123456789.-") != "" {
			continue
		}
		b.facts = append(b.facts, pending{Fact: company.Fact{
			Field: company.FieldProduct, Value: code, Note: members.Clip(members.Line(d.products[i].name.text()), 400),
		}})
	}
}

// firstLetter of what is not empty.
func firstLetter(b []byte) []byte {
	_, n := utf8.DecodeRune(b)
	return b[:n]
}
