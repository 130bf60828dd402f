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
	classPlace
)

// The kinds of evidence, as package evidence names them.
const (
	kindPrior = "prior"
	kindPhone = "phone"
	kindKin   = "kin"
)

type kindText struct {
	class class
	title string
	value bool // shown beside the title
}

var kindTexts = map[string]kindText{
	kindPrior:    {classOther, "исходно", false},
	"inn":        {classNumber, "ИНН", true},
	"ogrn":       {classNumber, "ОГРН", true},
	kindPhone:    {classContact, "телефон", true},
	"site":       {classContact, "сайт", true},
	"email":      {classContact, "почта", true},
	"name":       {className, "название", true},
	"name_part":  {className, "часть названия", true},
	"trade":      {classOther, "род занятий", true},
	"name_legal": {className, "юридическое название", true},
	"person":     {className, "имя предпринимателя", true},
	"form":       {classOther, "форма", true},
	"region":     {classPlace, "регион", false},
	"city":       {classPlace, "город", true},
	"address":    {classPlace, "адрес", true},
	"alias":      {className, "имя в домене или почте", true},
	kindKin:      {classOther, "возможна другая фирма той же группы или вывески", false},
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
	case kind == kindPhone:
		if p, ok := company.PhoneFromValue(value); ok {
			value = p.Pretty()
		}
	case t.class == className:
		value = "«" + value + "»"
	}
	return t.title + " " + value
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
		if of := classOf(e.Kind); of != classPlace && of != classOther {
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

// butNot names up to two that speak against it.
func (c *candidateOf) butNot() string {
	against := Against(c.weighed.Evidence)
	kin := slices.IndexFunc(against, func(e store.Evidence) bool { return e.Kind == kindKin })
	out := ""
	if kin >= 0 {
		out = "; " + Said(against[kin])
		against = slices.Delete(against, kin, kin+1)
	}
	if s := listed(against, 2); s != "" {
		out = "; не совпадает " + s + out
	}
	return out
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
