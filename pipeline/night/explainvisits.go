package night

import (
	"context"
	"errors"
	"fmt"
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
