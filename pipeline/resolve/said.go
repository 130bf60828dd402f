package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// class puts kinds of evidence together that speak of the same side of a firm.
type class uint8

const (
	classOther class = iota
	classNumber
	classContact
	className
	classPlace // region and town
	classHouse
)

// The kinds of evidence, as package evidence names them.
const (
	kindPrior = "prior"
	kindPhone = "phone"
	kindSite  = "site"
	kindKin   = "kin"
)

type kindText struct {
	class class
	title string
	value bool // shown beside the title
	// Of each group the first field that has a value is what was compared.
	fields [][]company.Field
}

var (
	signField   = []company.Field{company.FieldNameBrand}
	legalFields = []company.Field{company.FieldNameShort, company.FieldNameFull}
	codeFields  = []company.Field{company.FieldOKVEDMain, company.FieldOKVEDReported}
)

var kindTexts = map[string]kindText{
	kindPrior:    {classOther, "исходно", false, nil},
	"inn":        {classNumber, "ИНН", true, [][]company.Field{{company.FieldPrintedINN}}},
	"ogrn":       {classNumber, "ОГРН", true, [][]company.Field{{company.FieldOGRN, company.FieldPrintedOGRN}}},
	kindPhone:    {classContact, "телефон", true, [][]company.Field{{company.FieldPhone}}},
	kindSite:     {classContact, "сайт", true, [][]company.Field{{company.FieldSite, company.FieldEmail}}},
	"email":      {classContact, "почта", true, [][]company.Field{{company.FieldEmail}}},
	"name":       {className, "название", true, [][]company.Field{signField, legalFields}},
	"name_part":  {className, "часть названия", true, [][]company.Field{signField, legalFields}},
	"trade":      {classOther, "род занятий", true, [][]company.Field{{company.FieldRubric}, codeFields}},
	"name_legal": {className, "юридическое название", true, [][]company.Field{legalFields}},
	"person":     {className, "имя предпринимателя", true, [][]company.Field{legalFields}},
	"form":       {classOther, "форма", true, [][]company.Field{legalFields}},
	"region":     {classPlace, "регион", false, [][]company.Field{{company.FieldRegion}}},
	"city":       {classPlace, "город", true, [][]company.Field{{company.FieldCity}}},
	"address":    {classHouse, "адрес", true, [][]company.Field{{company.FieldAddress, company.FieldBranch}}},
	"alias":      {className, "имя в домене или почте", true, nil},
	kindKin:      {classOther, "возможна другая фирма той же группы или вывески", false, nil},
}

func classOf(kind string) class { return kindTexts[kind].class }

// said is a piece of evidence in words: «телефон +7 907 000-00-01».
func said(kind, value string) string {
	t, ok := kindTexts[kind]
	switch {
	case !ok:
		return strings.TrimSpace(kind + " " + value)
	case !t.value || value == "":
		return t.title
	}
	value = pretty(kind, value)
	if t.class == className {
		value = "«" + value + "»"
	}
	return t.title + " " + value
}

// Brief is Said for those who see the names and places beside it: with the value
// of numbers and contacts only.
func Brief(e store.Evidence) string {
	if of := classOf(e.Kind); of != classNumber && of != classContact {
		return said(e.Kind, "")
	}
	return Said(e)
}

// Value is what the listing has of what was compared, as it was compared, and as
// people write it.
func Value(e store.Evidence) string { return pretty(e.Kind, e.Value) }

func pretty(kind, value string) string {
	if p, ok := company.PhoneFromValue(value); ok && kind == kindPhone {
		return p.Pretty()
	}
	return value
}

// Said is a piece of evidence in Russian: «телефон +7 907 000-00-01».
func Said(e store.Evidence) string { return said(e.Kind, e.Value) }

// For are the pieces that speak for a join, what is to be said first first;
// Against those that speak against it. What was likely before anything was
// compared is in neither.
func For(all []store.Evidence) []store.Evidence {
	return side(all, func(w int64) bool { return w > 0 })
}

// Against are the pieces that speak against a join, the weightiest first.
func Against(all []store.Evidence) []store.Evidence {
	return side(all, func(w int64) bool { return w < 0 })
}

// Differences are the comparisons that speak against a join, the weightiest first:
// those of Against of which both the listing and the company have a value.
func Differences(all []store.Evidence) []store.Evidence {
	return slices.DeleteFunc(Against(all), func(e store.Evidence) bool { return e.Kind == kindKin })
}

// Uncompared are the kinds of contacts of which no piece speaks: what the company
// has of them came by other listings, or by nobody.
func Uncompared(all []store.Evidence) []string {
	return slices.DeleteFunc([]string{kindPhone, kindSite}, func(kind string) bool {
		return slices.ContainsFunc(all, func(e store.Evidence) bool { return e.Kind == kind })
	})
}

// Compared names what a kind of evidence compares, and the fields that it is
// read from: of each group the first that has a value.
func Compared(kind string) (title string, fields [][]company.Field) {
	t := kindTexts[kind]
	return cmp.Or(t.title, kind), t.fields
}

func side(all []store.Evidence, wanted func(weight int64) bool) []store.Evidence {
	var out []store.Evidence
	for _, e := range all {
		if e.Kind != kindPrior && wanted(e.Weight) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b store.Evidence) int { return cmp.Compare(abs(b.Weight), abs(a.Weight)) })
	return out
}

func abs(n int64) int64 { return max(n, -n) }

// Percent writes a probability as people read it: «97 %». Nothing that was
// weighed is certain.
func Percent(p float64) string {
	switch n := int(100 * p); { // not rounded up: what falls short of 99 % is not 99 %
	case p > 0.99:
		return "больше 99 %"
	case n < 1:
		return "меньше 1 %"
	default:
		return fmt.Sprintf("%d %%", n)
	}
}

// strongest is what speaks most for the company, a place only where there is
// nothing else.
func (c *candidateOf) strongest() store.Evidence {
	all := For(c.weighed.Evidence)
	for _, e := range all {
		if of := classOf(e.Kind); of != classPlace && of != classHouse && of != classOther {
			return e
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return store.Evidence{}
}

// agreeing names up to three pieces that speak for the company.
func (c *candidateOf) agreeing() string {
	return cmp.Or(listed(For(c.weighed.Evidence), 3), "ничего")
}

// butNot names up to two that speak against it. That it may be a kindred firm is
// no difference: it is weighed wherever anything agrees.
func (c *candidateOf) butNot() string {
	if s := listed(Differences(c.weighed.Evidence), 2); s != "" {
		return "; не совпадает " + s
	}
	return ""
}

func listed(all []store.Evidence, atMost int) string {
	var parts []string
	for _, e := range all[:min(len(all), atMost)] {
		parts = append(parts, Said(e))
	}
	return strings.Join(parts, ", ")
}

// against finds a piece of a class that speaks against the company.
func (c *candidateOf) against(of class) (store.Evidence, bool) {
	return ofClass(Against(c.weighed.Evidence), of)
}

func (c *candidateOf) agrees(of class) bool {
	_, ok := ofClass(For(c.weighed.Evidence), of)
	return ok
}

func ofClass(all []store.Evidence, of class) (store.Evidence, bool) {
	i := slices.IndexFunc(all, func(e store.Evidence) bool { return classOf(e.Kind) == of })
	if i < 0 {
		return store.Evidence{}, false
	}
	return all[i], true
}

// whyLetters is how long a reason may be: it stands in a cell, and names of
// companies run up to hundreds of letters.
const whyLetters = 200

// shortened cuts a sentence that is too long between words.
func shortened(s string) string {
	letters := []rune(s)
	if len(letters) <= whyLetters {
		return s
	}
	cut := string(letters[:whyLetters-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:—") + "…"
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = []rune(strings.ToUpper(string(r[0])))[0]
	}
	return string(r)
}
