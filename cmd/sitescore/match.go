package main

import (
	"slices"
	"strings"
	"unicode"

	"obzvon/enrich/website/finding"
)

// people matches persons by name together with post, and with the numbers and
// e-mails if the label gives the person's. A name with another post is both
// missing and too much.
func (r *result) people(file string, l label, found []finding.Person) {
	used := make([]bool, len(found))
	for _, want := range l.People {
		i := slices.IndexFunc(found, func(p finding.Person) bool {
			return p.Name != "" && sameName(want.Name, p.Name) && samePost(want.Post, p.Post) &&
				covers(p.Phones, want.Phones) && covers(p.Emails, want.Emails)
		})
		if i < 0 {
			r.missing(file, fieldPeople, want.Name+" ("+want.Post+")")
			continue
		}
		used[i] = true
		r.fields[fieldPeople].right++
	}
	for i, p := range found {
		named := func(name string) bool { return sameName(name, p.Name) }
		if p.Name == "" || used[i] || slices.ContainsFunc(l.Optional.People, named) {
			continue
		}
		// A second post of one who was found already is none too much.
		if slices.ContainsFunc(l.People, func(w person) bool { return named(w.Name) && samePost(w.Post, p.Post) }) {
			continue
		}
		r.extra(file, fieldPeople, p.Name+" ("+p.Post+")", slices.ContainsFunc(l.Not.People, named))
	}
}

// roles matches departments and posts by the words of the post, or by the duty
// read from it, together with a number or an e-mail. A named person may stand
// for a role of the labels.
func (r *result) roles(file string, l label, found []finding.Person) {
	fits := func(want role, p finding.Person) bool {
		return (samePost(want.Label, p.Post) || samePost(want.Label, p.Duty.Title())) && (meets(want.Phones, p.Phones) || meets(want.Emails, p.Emails))
	}
	for _, want := range l.Roles {
		if slices.ContainsFunc(found, func(p finding.Person) bool { return fits(want, p) }) {
			r.fields[fieldRoles].right++
		} else {
			r.missing(file, fieldRoles, want.Label+" "+strings.Join(append(slices.Clone(want.Phones), want.Emails...), " "))
		}
	}
	for _, p := range found {
		if p.Name != "" || slices.ContainsFunc(l.Roles, func(want role) bool { return fits(want, p) }) {
			continue
		}
		// The post of a labelled person, found without the name, is no role too
		// much: it is a person missing.
		if slices.ContainsFunc(l.People, func(w person) bool { return samePost(w.Post, p.Post) }) {
			continue
		}
		r.extra(file, fieldRoles, p.Post+" "+strings.Join(append(slices.Clone(p.Phones), p.Emails...), " "), false)
	}
}

// covers tells that all that the label gives was found, and nothing else; a
// label that gives nothing does not say.
func covers(found, want []string) bool {
	if len(want) == 0 {
		return true
	}
	among := func(all []string) func(string) bool {
		return func(v string) bool {
			return slices.ContainsFunc(all, func(w string) bool { return strings.EqualFold(v, w) })
		}
	}
	return !slices.ContainsFunc(want, func(v string) bool { return !among(found)(v) }) &&
		!slices.ContainsFunc(found, func(v string) bool { return !among(want)(v) })
}

func meets(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool { return strings.EqualFold(x, y) })
	})
}

// legalName compares the first name found, which is to be the firm's own.
func (r *result) legalName(file string, l label, found []string) {
	is := func(a string) func(string) bool { return func(b string) bool { return sameFirm(a, b) } }
	want := l.LegalName != "" && slices.ContainsFunc(found, is(l.LegalName))
	if want {
		r.fields[fieldLegalName].right++
	} else if l.LegalName != "" {
		r.missing(file, fieldLegalName, l.LegalName)
	}
	if len(found) > 0 && !want && !slices.ContainsFunc(l.Optional.Legal, is(found[0])) {
		r.extra(file, fieldLegalName, found[0], false)
	}
	for _, f := range found {
		if slices.ContainsFunc(l.Not.Legal, is(f)) {
			r.extra(file, fieldLegalName, f, true)
		}
	}
}

// address compares the address found first with all of the labels, and the
// main one of the labels with all that were found.
func (r *result) address(file string, l label, found []string) {
	want := l.Address != "" && slices.ContainsFunc(found, func(f string) bool { return sameAddress(l.Address, f) })
	if want {
		r.fields[fieldAddress].right++
	} else if l.Address != "" {
		r.missing(file, fieldAddress, l.Address)
	}
	other := func(f string) bool {
		return slices.ContainsFunc(l.Addresses, func(a string) bool { return sameAddress(a, f) })
	}
	if len(found) > 0 && !want && !other(found[0]) {
		r.extra(file, fieldAddress, found[0], false)
	}
}

// latinLike are Latin letters that look like Cyrillic ones, with ё for е.
var latinLike = strings.NewReplacer("ё", "е", "a", "а", "b", "в", "c", "с", "e", "е", "h", "н", "k", "к", "m", "м",
	"o", "о", "p", "р", "t", "т", "x", "х", "y", "у")

// words are the letters and the numbers of a text, folded.
func words(s string) []string {
	var out []string
	var cur []rune
	flush := func() {
		if len(cur) > 0 {
			out = append(out, string(cur))
			cur = nil
		}
	}
	for _, r := range latinLike.Replace(strings.ToLower(s)) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if len(cur) > 0 && unicode.IsDigit(r) != unicode.IsDigit(cur[0]) {
				flush()
			}
			cur = append(cur, r)
		default:
			flush()
		}
	}
	flush()
	return out
}

// sameName compares words in any order; an initial stands for its word.
func sameName(a, b string) bool {
	x, y := words(a), words(b)
	if len(x) != len(y) || len(x) == 0 {
		return false
	}
	for _, w := range x {
		i := slices.IndexFunc(y, func(v string) bool {
			short := min(len([]rune(w)), len([]rune(v))) == 1
			return v == w || short && (strings.HasPrefix(v, w) || strings.HasPrefix(w, v))
		})
		if i < 0 {
			return false
		}
		y = slices.Delete(y, i, i+1)
	}
	return true
}

// forms are legal forms in full, which labels and pages shorten at will.
var forms = strings.NewReplacer(
	"общество с ограниченной ответственностью", "ооо", "индивидуальный предприниматель", "ип",
	"публичное акционерное общество", "пао", "закрытое акционерное общество", "зао",
	"открытое акционерное общество", "оао", "акционерное общество", "ао")

func sameFirm(a, b string) bool {
	x, y := strings.Join(words(forms.Replace(strings.ToLower(a))), ""), strings.Join(words(forms.Replace(strings.ToLower(b))), "")
	return x != "" && x == y
}
