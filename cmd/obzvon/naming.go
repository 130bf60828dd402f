package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake"
	"obzvon/pipeline/store"
)

// managerName is how people call a manager; of one who is not in the config the id.
func (h *house) managerName(id string) string {
	i := slices.IndexFunc(h.config.Managers, func(m config.Manager) bool { return m.ID == id })
	if i < 0 {
		return id
	}
	return cmp.Or(h.config.Managers[i].Name, id)
}

// companyName is how people call a company; "" for one that no source knows.
func (h *house) companyName(ctx context.Context, inn company.INN) (string, error) {
	d, err := h.store.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look for company %s: %w", inn, err)
	}
	standings := map[string]company.Standing{}
	for _, s := range h.config.Sources {
		standings[s.Name] = company.Standing{Trust: s.Trust}
	}
	c := company.Derive(inn, d.Observations, standings)
	if name := calllist.DisplayName(&c); name != string(inn) {
		return name, nil
	}
	return "", nil
}

// writeNamed prints a line about a company, with its name.
func (a *app) writeNamed(ctx context.Context, h *house, inn company.INN, text string) error {
	name, err := h.companyName(ctx, inn)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.io.out, "ИНН %-12s  %s  %s\n", inn, cmp.Or(name, "нет в базе"), text)
	return nil
}

// phoneText is a phone as people write it.
func phoneText(value string) string {
	if p, ok := company.PhoneFromValue(value); ok {
		return p.Pretty()
	}
	return value
}

func phonesText(values []string) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = phoneText(v)
	}
	return strings.Join(words, ", ")
}

// stopBy is who put an entry on the stop list.
func (h *house) stopBy(s *store.Stop) string {
	if s.By == intake.NoManager {
		return "менеджер не указан"
	}
	return h.managerName(s.By)
}
