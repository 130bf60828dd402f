package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/exports/web/head"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

const (
	searchMost = 50  // companies that a search shows
	searchPage = 500 // dossiers that are read at a time
)

// companyOf derives a company from what sources say; nil if none knows it.
func (h *house) companyOf(ctx context.Context, inn company.INN) (*company.Company, error) {
	d, err := h.store.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for company %s: %w", inn, err)
	}
	return h.derived(&d), nil
}

func (h *house) derived(d *store.Dossier) *company.Company {
	standings := map[string]company.Standing{}
	for _, s := range h.config.Sources {
		standings[s.Name] = company.Standing{Trust: s.Trust}
	}
	c := company.Derive(d.INN, d.Observations, standings)
	return &c
}

// nameOf is how people call a company, "ИНН …" where nobody does.
func nameOf(c *company.Company) string {
	if name := calllist.DisplayName(c); name != "" && name != string(c.INN) {
		return name
	}
	return "без названия"
}

// Search implements head.Assignments.
func (d headDesk) Search(ctx context.Context, query string, everywhere bool) (head.Found, error) {
	h := d.live()
	k, err := h.keepersNow(ctx)
	if err != nil {
		return head.Found{}, err
	}
	var inns []company.INN
	if inn, err := company.ParseINNCell(query); err == nil {
		inns = []company.INN{inn}
	} else if inns, err = h.search(ctx, company.FoldWords(query), &k, everywhere); err != nil {
		return head.Found{}, err
	}
	out := head.Found{More: len(inns) > searchMost}
	for _, inn := range inns[:min(len(inns), searchMost)] {
		f, err := h.firm(ctx, &k, inn)
		if err != nil {
			return head.Found{}, err
		}
		if f.Name != "" || f.Keeper != "" {
			out.Firms = append(out.Firms, f)
		}
	}
	slices.SortFunc(out.Firms, byName)
	return out, nil
}

// search finds companies by the beginnings of words of their names, one more than
// are shown at most.
func (h *house) search(ctx context.Context, words []string, k *keepersNow, everywhere bool) ([]company.INN, error) {
	if len(words) == 0 {
		return nil, nil
	}
	var out []company.INN
	look := func(d *store.Dossier) {
		if called(d, words) {
			out = append(out, d.INN)
		}
	}
	if !everywhere {
		for _, inn := range slices.Sorted(k.all) {
			d, err := h.store.Dossier(ctx, inn)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("search for a company: %w", err)
			}
			if look(&d); len(out) > searchMost {
				break
			}
		}
		return out, nil
	}
	for after := company.INN(""); len(out) <= searchMost; {
		page, err := h.store.Dossiers(ctx, after, searchPage)
		if err != nil {
			return nil, fmt.Errorf("search the base: %w", err)
		}
		for i := range page {
			look(&page[i])
		}
		if len(page) < searchPage {
			break
		}
		after = page[len(page)-1].INN
	}
	return out, nil
}

// called tells whether one name of a company has words that begin so.
func called(d *store.Dossier, words []string) bool {
	for i := range d.Observations {
		for _, f := range d.Observations[i].Facts {
			switch f.Field {
			case company.FieldNameShort, company.FieldNameFull, company.FieldNameBrand:
			default:
				continue
			}
			own := company.FoldWords(f.Value)
			if !slices.ContainsFunc(words, func(w string) bool {
				return !slices.ContainsFunc(own, func(o string) bool { return strings.HasPrefix(o, w) })
			}) {
				return true
			}
		}
	}
	return false
}
