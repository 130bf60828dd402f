package night

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/store"
)

const (
	// valuesShown is how many numbers, sites or names of one side stand in a cell.
	valuesShown = 3
	// valueLetters is how long one may be, so that a row stays readable.
	valueLetters = 200
)

// reviewRows lays out «На проверку»: what the listing says and, of each company
// that it may be, what that is known by, so that a person can decide by what
// stands there.
func (p *presenter) reviewRows(ctx context.Context, rows []resolve.ReviewRow) ([]pipeline.Review, error) {
	out := make([]pipeline.Review, 0, len(rows))
	firms := map[company.INN]*company.Company{}
	for i := range rows {
		row := &rows[i]
		ours := said(row.Observation.All)
		line := pipeline.Review{
			Name: listingName(&row.Observation), City: row.Observation.First(company.FieldCity),
			SourceTitle: p.titles[row.ID.Source], Source: row.ID.Source, Key: row.ID.Key, Why: row.Why,
		}
		line.Address, line.Phone, line.Site = ours.whereabouts()
		for j := range row.Candidates {
			c := &row.Candidates[j]
			firm, err := p.reviewed(ctx, firms, c.INN)
			if err != nil {
				return nil, err
			}
			line.Candidates = append(line.Candidates, candidateRow(c, firm, ours))
		}
		out = append(out, line)
	}
	return out, nil
}

// reviewed is the company of an ИНН, one without values if nobody in force names
// it. Many listings may be the same company.
func (p *presenter) reviewed(ctx context.Context, known map[company.INN]*company.Company, inn company.INN) (*company.Company, error) {
	if c := known[inn]; c != nil {
		return c, nil
	}
	c := &company.Company{INN: inn}
	d, err := p.Dossier(ctx, inn)
	switch {
	case err == nil:
		*c = p.company(d)
	case !errors.Is(err, store.ErrNotFound):
		return nil, fmt.Errorf("read company %s for review: %w", inn, err)
	}
	known[inn] = c
	return c, nil
}

// candidateRow tells of a company what it is known by, how likely it is, and what
// speaks for and against it.
func candidateRow(c *resolve.Candidate, firm *company.Company, ours said) pipeline.Candidate {
	out := pipeline.Candidate{INN: c.INN, Name: c.Name, Likely: resolve.Percent(c.Probability)}
	theirs := saidOf(firm)
	if len(firm.Values) > 0 {
		out.Name = firmName(firm)
	}
	if c.City != "" {
		out.Name += " (" + c.City + ")"
	}
	out.Address, out.Phone, out.Site = theirs.whereabouts()
	var agrees, differs []string
	for _, e := range resolve.For(c.Evidence) {
		agrees = append(agrees, resolve.Brief(e))
	}
	for _, e := range resolve.Differences(c.Evidence) {
		differs = append(differs, difference(e, ours, theirs))
	}
	for _, kind := range resolve.Uncompared(c.Evidence) {
		_, fields := resolve.Compared(kind)
		if f := fields[0][0]; ours.unlike(f, theirs) {
			differs = append(differs, difference(store.Evidence{Kind: kind}, ours, theirs))
		}
	}
	out.Agrees, out.Differs = strings.Join(agrees, ", "), strings.Join(differs, "\n")
	return out
}

// difference is a comparison with the values of both.
func difference(e store.Evidence, ours, theirs said) string {
	title, fields := resolve.Compared(e.Kind)
	listing, firm := ours.compared(fields), theirs.compared(fields)
	if listing == "" {
		listing = resolve.Value(e) // read from something else that the listing says
	}
	if firm == "" {
		return strings.TrimSpace(title + ": " + listing)
	}
	return fmt.Sprintf("%s: %s — у компании: %s", title, listing, firm)
}

// said gives the values of a field that a listing or a company has.
type said func(company.Field) []string

func saidOf(c *company.Company) said {
	return func(f company.Field) (all []string) {
		if f == company.FieldPrintedINN {
			return []string{string(c.INN)}
		}
		for v := range c.Winning(f) {
			all = append(all, v.Value)
		}
		return all
	}
}

// unlike tells that both have values of the field and none in common.
func (s said) unlike(f company.Field, other said) bool {
	theirs := map[string]bool{}
	for _, v := range other(f) {
		theirs[contactKey(f, v)] = true
	}
	ours := s(f)
	return len(ours) > 0 && len(theirs) > 0 && !slices.ContainsFunc(ours, func(v string) bool { return theirs[contactKey(f, v)] })
}

// contactKey is a number without its extension, the host of a site of one's own.
func contactKey(f company.Field, value string) string {
	if p, ok := company.PhoneFromValue(value); ok && f == company.FieldPhone {
		return p.E164
	}
	if site, err := company.ParseSite(value); err == nil && f == company.FieldSite && !site.Shared {
		return site.Host
	}
	return value
}

// compared shows of each group of fields the first that has a value.
func (s said) compared(groups [][]company.Field) string {
	var all []string
	for _, group := range groups {
		all = append(all, s.first(group...)...)
	}
	return strings.Join(slices.Compact(all), "; ")
}

// whereabouts are what a person looks for a firm by; several stand in lines.
func (s said) whereabouts() (address, phone, site string) {
	lines := func(fields ...company.Field) string { return strings.Join(s.first(fields...), "\n") }
	return lines(company.FieldAddress, company.FieldBranch), lines(company.FieldPhone), lines(company.FieldSite)
}

// first shows the values of the first field that has any.
func (s said) first(fields ...company.Field) []string {
	for _, f := range fields {
		var out []string
		for _, v := range s(f) {
			if v = shown(f, v); v != "" && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		if more := len(out) - valuesShown; more > 0 {
			out = append(out[:valuesShown], fmt.Sprintf("и ещё %d", more))
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// shown is a value as it stands in a cell.
func shown(f company.Field, value string) string {
	switch f {
	case company.FieldSite:
		if _, rest, ok := strings.Cut(value, "://"); ok {
			value = strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
		}
	case company.FieldNameShort, company.FieldNameFull:
		if name := company.ParseName(value).String(); name != "" {
			value = name
		}
	default:
		value = readable(f, value)
	}
	if letters := []rune(value); len(letters) > valueLetters {
		value = strings.TrimSpace(string(letters[:valueLetters-1])) + "…"
	}
	return value
}

// listingName is what a listing calls the firm.
func listingName(o *company.Observation) string {
	for _, f := range []company.Field{company.FieldNameBrand, company.FieldNameShort, company.FieldNameFull} {
		if name := o.First(f); name != "" {
			return name
		}
	}
	return ""
}
