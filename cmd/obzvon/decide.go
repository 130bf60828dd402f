package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/store"
)

// decide remembers a decision and says what it changes.
func (a *app) decide(ctx context.Context, h *house, d store.Decision) error {
	joined, err := h.decide(ctx, d)
	if err != nil {
		return err
	}
	said := ""
	switch {
	case d.Same && joined:
		said = "they were joined, and now they are by a person's word"
	case d.Same:
		said = "joined for ever"
	case joined:
		said = "taken back: they are never joined again"
	default:
		said = "they were not joined, and will not be"
	}
	fmt.Fprintf(a.io.out, "%s; remembered, and the next run follows it\n", said)
	return nil
}

// decide remembers a decision, and tells whether the two were joined until then.
func (h *house) decide(ctx context.Context, d store.Decision) (joined bool, err error) {
	if err := decidable(ctx, h.store, d.ID, d.INN, d.Same); err != nil {
		return false, err
	}
	if joined, err = areJoined(ctx, h.store, d.ID, d.INN); err != nil {
		return joined, err
	}
	if err := h.tellDecision(ctx, d); err != nil {
		return joined, err
	}
	if err := h.store.Decide(ctx, d); err != nil {
		return joined, fmt.Errorf("remember the decision: %w", err)
	}
	return joined, nil
}

// areJoined tells whether a listing bears on a company now.
func areJoined(ctx context.Context, s store.Store, id store.ObservationID, inn company.INN) (bool, error) {
	d, err := s.Dossier(ctx, inn)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return false, fmt.Errorf("read the joins of %s: %w", inn, err)
	}
	return slices.ContainsFunc(d.Joins, func(j store.Join) bool { return j.ID == id }), nil
}

// decidable refuses decisions that could have no effect.
func decidable(ctx context.Context, s store.Store, id store.ObservationID, inn company.INN, same bool) error {
	o, err := s.Get(ctx, id)
	if err != nil {
		return fmt.Errorf("listing %s %s: %w", id.Source, id.Key, err)
	}
	if o.INN != "" {
		return usage(fmt.Errorf("listing %s %s names its ИНН itself (%s): there is nothing to decide", id.Source, id.Key, o.INN))
	}
	if !same {
		return nil
	}
	if _, err := s.Dossier(ctx, inn); err != nil {
		return usage(fmt.Errorf("no source knows a company with ИНН %s: %w", inn, err))
	}
	return nil
}

// evidenceNames are the kinds of evidence whose names an operator would not
// guess; the others are words.
var evidenceNames = map[string]string{
	"prior":      "what was likely before anything was compared",
	"kin":        "a firm of the same owner or brand might agree in the same",
	"name_part":  "part of the name",
	"name_legal": "legal name",
	"alias":      "name in the domain or mailbox",
	"person":     "name of the proprietor",
	"inn":        "ИНН",
	"ogrn":       "ОГРН",
	"email":      "e-mail",
	"form":       "legal form",
}

func evidenceText(e store.Evidence) string {
	value := e.Value
	switch e.Kind {
	case "prior", "kin":
		value = ""
	case "phone":
		if p, ok := company.PhoneFromValue(value); ok {
			value = p.Pretty()
		}
	}
	return strings.TrimSpace(cmp.Or(evidenceNames[e.Kind], e.Kind) + " " + value)
}

func weightiestFirst(all []store.Evidence) []store.Evidence {
	pieces := slices.Clone(all)
	slices.SortStableFunc(pieces, func(a, b store.Evidence) int { return cmp.Compare(b.Weight, a.Weight) })
	return pieces
}

// logOdds writes thousandths.
func logOdds(weight int64) string { return fmt.Sprintf("%+.1f", float64(weight)/1000) }

// likelihood is the probability that the weight stands for: "97 %", "> 99 %".
func likelihood(j *night.JoinLine) string {
	p := resolve.Percent(j.Probability())
	return strings.NewReplacer("больше", ">", "меньше", "<").Replace(p)
}
