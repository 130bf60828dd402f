package night

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// VisitLine is a place where an enricher may ask for a company, such as a site,
// and when it did.
type VisitLine struct {
	Enricher string       `json:"enricher"` // its name in the config
	Place    string       `json:"place"`
	Visited  bool         `json:"visited"`
	Day      company.Date `json:"day,omitzero"`   // the list's day in whose night it was
	Again    time.Time    `json:"again,omitzero"` // not before; zero = at any time
}

// visits are the places of the company with what is known of each.
func (p *presenter) visits(ctx context.Context, c *company.Company) ([]VisitLine, error) {
	var out []VisitLine
	for _, e := range p.night.Enrichers {
		placer, ok := e.Enricher.(pipeline.Placer)
		if !ok {
			continue
		}
		for _, place := range placer.Places(c) {
			line := VisitLine{Enricher: e.Section.Name, Place: place}
			v, err := p.Visit(ctx, e.Section.Name, place)
			switch {
			case err == nil:
				line.Visited, line.Day, line.Again = true, v.Day, v.Again
			case !errors.Is(err, store.ErrNotFound):
				return nil, fmt.Errorf("read the visit of %s: %w", place, err)
			}
			out = append(out, line)
		}
	}
	return out, nil
}

// Text says it in Russian.
func (v *VisitLine) Text() string {
	switch {
	case !v.Visited:
		return fmt.Sprintf("Сайт %s: ещё не заходили", v.Place)
	case v.Again.IsZero():
		return fmt.Sprintf("Сайт %s: заходили для списка на %s, снова в любой день", v.Place, v.Day.Russian())
	}
	return fmt.Sprintf("Сайт %s: заходили для списка на %s, снова после %s", v.Place, v.Day.Russian(), v.Again.Local().Format("02.01.2006"))
}

// ContactLine is a person or a department to ask for, as a list shows it.
type ContactLine struct {
	Duty   company.Duty `json:"duty,omitempty"`
	Post   string       `json:"post"` // as printed, else that of the duty
	Name   string       `json:"name,omitempty"`
	Phone  string       `json:"phone,omitempty"` // as people write it
	Email  string       `json:"email,omitempty"`
	Page   string       `json:"page,omitempty"`
	Source string       `json:"source"`
	Date   company.Date `json:"date,omitzero"`
}

// contacts are those of a company that the view shows.
func (p *presenter) contacts(c *company.Company) []ContactLine {
	var out []ContactLine
	for _, k := range c.Contacts() {
		if k.Duty == "" && k.Post == "" && k.Name == "" && k.Phone == "" && k.Email == "" {
			continue // all that was known of it may not be shown
		}
		out = append(out, ContactLine{
			Duty: k.Duty, Post: cmp.Or(k.Post, k.Duty.Title(), "Контакт"), Name: k.Name,
			Phone: readable(company.FieldContactPhone, k.Phone), Email: k.Email, Page: k.Page,
			Source: p.title(k.Source), Date: k.Seen,
		})
	}
	return out
}

// Text is the contact in one line: «Отдел снабжения, +7 907 000-00-01,
// snab@firma.example, страница …, 22.11.2026».
func (k *ContactLine) Text() string {
	parts := []string{k.Post}
	for _, s := range []string{k.Name, k.Phone, k.Email} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if k.Page != "" {
		parts = append(parts, "страница "+k.Page)
	} else {
		parts = append(parts, k.Source)
	}
	if k.Date.Known() {
		parts = append(parts, k.Date.Russian())
	}
	return strings.Join(parts, ", ")
}
