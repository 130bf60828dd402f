package main

import (
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"obzvon/enrich/website"
	"obzvon/enrich/website/finding"
)

// The fields, in the order of the report.
const (
	fieldPhones     = "phones"
	fieldEmails     = "emails"
	fieldINN        = "inn"
	fieldOGRN       = "ogrn"
	fieldPeople     = "people"
	fieldRoles      = "roles"
	fieldMessengers = "messengers"
	fieldLegalName  = "legal_name"
	fieldAddress    = "address"
)

var fields = []string{
	fieldPhones, fieldEmails, fieldINN, fieldOGRN, fieldPeople, fieldRoles, fieldMessengers, fieldLegalName, fieldAddress,
}

// tally counts one field: values that are right, that are missing, that are
// too much, and among the latter those that the labels forbid.
type tally struct{ right, missing, extra, gross int }

func (t tally) precision() float64 { return share(t.right, t.right+t.extra) }
func (t tally) recall() float64    { return share(t.right, t.right+t.missing) }

// f1 is the harmonic mean of precision and recall.
func (t tally) f1() float64 { return share(2*t.right, 2*t.right+t.extra+t.missing) }

// share is 1 of nothing: nothing was to be found and nothing was.
func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// fault is one error.
type fault struct{ file, field, what, value string }

type result struct {
	pages  int
	fields map[string]*tally
	faults []fault
}

// score reads every labelled page of a folder.
func score(dir string) (*result, error) {
	labels, err := readLabels(dir)
	if err != nil {
		return nil, err
	}
	r := &result{fields: map[string]*tally{}}
	for _, f := range fields {
		r.fields[f] = &tally{}
	}
	for _, file := range slices.Sorted(maps.Keys(labels)) {
		body, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
		if err != nil {
			return nil, fmt.Errorf("read a labelled page: %w", err)
		}
		found, err := read(file, body)
		if err != nil {
			return nil, fmt.Errorf("extract from %s: %w", file, err)
		}
		r.page(file, labels[file], found)
	}
	return r, nil
}

// read extracts from one page as a visit does. No server has told the charset,
// and the host is no one's: a page must do without its domain.
func read(file string, body []byte) (finding.Page, error) {
	u := &url.URL{Scheme: "https", Host: "site.example", Path: "/" + file}
	return website.Read(u, "", body)
}

// page compares one page with its label.
func (r *result) page(file string, l label, f finding.Page) {
	r.pages++
	var phones, emails []string
	for _, p := range f.Phones {
		phones = append(phones, p.Value)
	}
	for _, e := range f.Emails {
		emails = append(emails, e.Value)
	}
	r.values(file, fieldPhones, phones, l.Phones, l.Optional.Phones, l.Not.Phones)
	r.values(file, fieldEmails, emails, l.Emails, l.Optional.Emails, l.Not.Emails)
	r.values(file, fieldINN, f.INNs, l.INN, l.Optional.INN, l.Not.INN)
	r.values(file, fieldOGRN, f.OGRNs, l.OGRN, l.Optional.OGRN, l.Not.OGRN)
	r.values(file, fieldMessengers, f.Messengers, l.Messengers, l.Optional.Messengers, l.Not.Messengers)
	r.people(file, l, f.People)
	r.roles(file, l, f.People)
	r.legalName(file, l, f.Names)
	r.address(file, l, f.Addresses)
}

// values compares sets: a value that the labels name neither way is too much.
func (r *result) values(file, field string, found, want, optional, not []string) {
	fold := func(all []string) map[string]bool {
		set := map[string]bool{}
		for _, v := range all {
			set[strings.ToLower(v)] = true
		}
		return set
	}
	has, wants, may, never := fold(found), fold(want), fold(optional), fold(not)
	for _, v := range slices.Sorted(maps.Keys(wants)) {
		if has[v] {
			r.fields[field].right++
		} else {
			r.missing(file, field, v)
		}
	}
	for _, v := range slices.Sorted(maps.Keys(has)) {
		if !wants[v] && !may[v] {
			r.extra(file, field, v, never[v])
		}
	}
}

func (r *result) missing(file, field, value string) {
	r.fields[field].missing++
	r.faults = append(r.faults, fault{file, field, "missing", value})
}

func (r *result) extra(file, field, value string, gross bool) {
	r.fields[field].extra++
	what := "extra"
	if gross {
		r.fields[field].gross++
		what = "gross"
	}
	r.faults = append(r.faults, fault{file, field, what, value})
}

func (r *result) printErrors(w io.Writer, field string) {
	for _, f := range r.faults {
		if field == "" || f.field == field {
			fmt.Fprintf(w, "%-8s %-10s %s: %s\n", f.what, f.field, f.file, f.value)
		}
	}
}

func (r *result) print(w io.Writer) {
	fmt.Fprintf(w, "%d pages\n", r.pages)
	fmt.Fprintf(w, "%-11s %9s %7s %6s %6s %8s %6s %6s\n", "field", "precision", "recall", "F1", "right", "missing", "extra", "gross")
	for _, f := range fields {
		t := r.fields[f]
		fmt.Fprintf(w, "%-11s %9.3f %7.3f %6.3f %6d %8d %6d %6d\n", f, t.precision(), t.recall(), t.f1(), t.right, t.missing, t.extra, t.gross)
	}
}
