package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/exports/web/analyst"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/store"
)

// Matches pages through what is to be decided.
func (d *analystDesk) Matches(ctx context.Context, page, size int) (*analyst.Matches, error) {
	h := d.live()
	seen, err := h.sight(ctx)
	if err != nil {
		return nil, err
	}
	all, err := doubts(ctx, h.store, seen)
	if err != nil {
		return nil, err
	}
	out := &analyst.Matches{Pages: analyst.Pages{Page: page, Size: size, Total: len(all)}.Clamp()}
	from, to := out.Pages.Bounds()
	for _, doubt := range all[from:to] {
		listing, err := h.store.Get(ctx, doubt.id)
		if errors.Is(err, store.ErrNotFound) {
			continue // gone meanwhile
		}
		if err != nil {
			return nil, fmt.Errorf("read listing %s %s: %w", doubt.id.Source, doubt.id.Key, err)
		}
		m, err := seen.match(ctx, doubt, &listing)
		if err != nil {
			return nil, err
		}
		out.Rows = append(out.Rows, m)
	}
	return out, nil
}

func (s *sight) match(ctx context.Context, d doubt, listing *company.Observation) (analyst.Match, error) {
	m := analyst.Match{
		Source: d.id.Source, Key: d.id.Key, SourceTitle: s.title(d.id.Source), Listing: listingCard(listing),
		Why: upperFirst(d.reason.Title()) + ".",
	}
	ours := saidBy(listing.All)
	for _, r := range d.candidates {
		firm, err := s.company(ctx, r.inn)
		if err != nil {
			return m, err
		}
		theirs := saidBy(func(f company.Field) (all []string) {
			for v := range firm.Winning(f) {
				all = append(all, v.Value)
			}
			return all
		})
		c := analyst.Candidate{INN: r.inn, Card: firmCard(&firm), Likely: resolve.Percent(r.probability)}
		pair := pairing{ours, theirs, isSole(r.inn)}
		for _, e := range resolve.For(r.evidence) {
			c.Agrees = append(c.Agrees, pair.agreement(e))
		}
		for _, e := range resolve.Differences(r.evidence) {
			c.Differ = append(c.Differ, pair.difference(e))
		}
		for _, kind := range resolve.Uncompared(r.evidence) {
			if _, fields := resolve.Compared(kind); pair.unlike(fields[0][0]) {
				c.Differ = append(c.Differ, pair.difference(store.Evidence{Kind: kind}))
			}
		}
		m.Candidates = append(m.Candidates, c)
	}
	return m, nil
}

func upperFirst(s string) string {
	letters := []rune(s)
	if len(letters) == 0 {
		return s
	}
	return strings.ToUpper(string(letters[:1])) + string(letters[1:])
}

// tradesShown is how many rubrics of a listing are shown.
const tradesShown = 3

func listingCard(o *company.Observation) analyst.Card {
	address := o.First(company.FieldAddress)
	if address == "" {
		address = o.First(company.FieldBranch)
	}
	rubrics := o.All(company.FieldRubric)
	return analyst.Card{
		Name: listingTitle(o), Town: analyst.Mask(o.First(company.FieldCity)), Address: analyst.Mask(address),
		Site: analyst.Mask(o.First(company.FieldSite)), Trade: analyst.Mask(strings.Join(rubrics[:min(len(rubrics), tradesShown)], ", ")),
	}
}

func firmCard(c *company.Company) analyst.Card {
	card := analyst.Card{
		Name: firmTitle(c), Town: analyst.Mask(c.Get(company.FieldCity)), Site: analyst.Mask(c.Get(company.FieldSite)),
	}
	if !isSole(c.INN) {
		card.Address = analyst.Mask(c.Get(company.FieldAddress))
	}
	for _, f := range []company.Field{company.FieldOKVEDMain, company.FieldOKVEDReported} {
		if code := company.OKVED(c.Get(f)); code != "" && card.Trade == "" {
			name, _ := code.Name()
			card.Trade = strings.TrimSpace(string(code) + " " + name)
		}
	}
	return card
}

// saidBy gives the values of a field that a listing or a company has.
type saidBy func(company.Field) []string

// pairing is a listing beside a company.
type pairing struct {
	ours, theirs saidBy
	sole         bool // the company is a person
}

// told tells a kind of evidence whose values may be shown: those that neither reach
// nor name a person.
func (p pairing) told(kind string) bool {
	switch kind {
	case "inn", "ogrn", "name", "name_part", "name_legal", "address":
		return !p.sole
	case "site", "form", "city":
		return true
	}
	return false
}

func (p pairing) agreement(e store.Evidence) analyst.Piece {
	title, _ := resolve.Compared(e.Kind)
	piece := analyst.Piece{Title: title, Weight: e.Weight}
	if p.told(e.Kind) {
		piece.Ours = analyst.Mask(resolve.Value(e))
	}
	return piece
}

func (p pairing) difference(e store.Evidence) analyst.Piece {
	title, fields := resolve.Compared(e.Kind)
	piece := analyst.Piece{Title: title, Weight: e.Weight}
	if p.told(e.Kind) {
		piece.Ours, piece.Theirs = p.ours.compared(fields), p.theirs.compared(fields)
	}
	return piece
}

// compared shows of each group of fields the first that has a value; addresses of
// e-mails are none that may be shown.
func (s saidBy) compared(groups [][]company.Field) string {
	var all []string
	for _, group := range groups {
		for _, f := range group {
			values := s(f)
			if len(values) == 0 {
				continue
			}
			if f != company.FieldEmail {
				all = append(all, values[0])
			}
			break
		}
	}
	return analyst.Mask(strings.Join(all, "; "))
}

// unlike tells that both have values of a field and none in common.
func (p pairing) unlike(f company.Field) bool {
	ours, theirs := p.ours(f), p.theirs(f)
	return len(ours) > 0 && len(theirs) > 0 && !slices.ContainsFunc(ours, func(v string) bool { return slices.Contains(theirs, v) })
}

// Decided pages through what people decided, the latest first.
func (d *analystDesk) Decided(ctx context.Context, page, size int) (*analyst.Decided, error) {
	h := d.live()
	seen, err := h.sight(ctx)
	if err != nil {
		return nil, err
	}
	all, err := h.store.Decisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what people decided: %w", err)
	}
	slices.SortStableFunc(all, func(a, b store.Decision) int { return b.At.Compare(a.At) })
	out := &analyst.Decided{Pages: analyst.Pages{Page: page, Size: size, Total: len(all)}.Clamp()}
	from, to := out.Pages.Bounds()
	for _, one := range all[from:to] {
		line := analyst.Decision{
			Source: one.ID.Source, Key: one.ID.Key, SourceTitle: seen.title(one.ID.Source),
			INN: one.INN, Same: one.Same, By: one.By, At: one.At,
		}
		listing, err := h.store.Get(ctx, one.ID)
		switch {
		case err == nil:
			line.Name = listingTitle(&listing)
		case !errors.Is(err, store.ErrNotFound):
			return nil, fmt.Errorf("read listing %s %s: %w", one.ID.Source, one.ID.Key, err)
		}
		firm, err := seen.company(ctx, one.INN)
		if err != nil {
			return nil, err
		}
		if len(firm.Values) > 0 {
			line.Company = firmTitle(&firm)
		}
		out.Rows = append(out.Rows, line)
	}
	return out, nil
}

// Decide remembers a person's word.
func (d *analystDesk) Decide(ctx context.Context, v analyst.Verdict) error {
	leave, err := d.gate.Enter(ctx, gate.Pass{Kind: gate.Write, What: "joins", Who: v.By})
	if err != nil {
		return err
	}
	defer leave()
	h := d.live()
	for _, inn := range v.INNs {
		one := store.Decision{
			ID: store.ObservationID{Source: v.Source, Key: v.Key}, INN: inn, Same: v.Same, By: v.By, At: h.night.Clock(),
		}
		_, err := h.decide(ctx, one)
		switch {
		case errors.Is(err, store.ErrNotFound):
			return errors.Join(analyst.ErrNone, err)
		case errors.As(err, new(usageError)):
			return errors.Join(analyst.ErrSettled, err)
		case err != nil:
			return err
		}
	}
	return nil
}
