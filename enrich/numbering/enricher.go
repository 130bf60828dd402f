package numbering

import (
	"context"
	"fmt"
	"iter"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Enricher answers region and zone by town and phones.
type Enricher struct{ name string }

// New makes the enricher; name is that of its section in the config, under
// which its observations are kept.
func New(name string) *Enricher { return &Enricher{name: name} }

// Describe is static.
func (e *Enricher) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name:     "numbering",
		Title:    "План нумерации",
		Kind:     pipeline.KindEnrichment,
		Licence:  "open data of Минцифры России, open by law (149-ФЗ, art. 7)",
		TermsURL: "https://opendata.digital.gov.ru/",
		Open:     true,
		Rhythm:   "with each version of the program, into which the plan is compiled",
		Decoder:  1,
	}
}

// Lacks tells whether town and phones say something of the place that nobody
// said before, this enricher included.
func (e *Enricher) Lacks(c *company.Company) bool {
	p, ok := e.place(c)
	return ok && c.INN != "" && !e.told(c, p)
}

// Enrich answers for each company, without calls.
func (e *Enricher) Enrich(ctx context.Context, task pipeline.Task, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		for ask := range asks {
			if ctx.Err() != nil {
				yield(pipeline.Answer{}, fmt.Errorf("numbering plan: %w", context.Cause(ctx)))
				return
			}
			if !yield(e.answer(&ask, task.Now), nil) {
				return
			}
		}
	}
}

func (e *Enricher) answer(ask *pipeline.Ask, now time.Time) pipeline.Answer {
	c, a := &ask.Company, pipeline.Answer{ID: ask.ID}
	p, ok := e.place(c)
	if !ok {
		return a
	}
	a.Found = true
	a.Observation = company.Observation{Source: e.name, Key: string(c.INN), INN: c.INN, Date: p.seen}
	if p.seen == 0 {
		a.Observation.Date = company.DateOf(now)
	}
	for _, f := range p.facts() {
		f.Subject = c.Subject
		a.Observation.Facts = append(a.Observation.Facts, f)
	}
	a.Observation.Sort()
	return a
}

// told tells whether this enricher has said the same before.
func (e *Enricher) told(c *company.Company, p place) bool {
	for _, f := range p.facts() {
		known := false
		for _, v := range c.Values {
			known = known || v.Source == e.name && v.Field == f.Field && v.Value == f.Value
		}
		if !known {
			return false
		}
	}
	return true
}
