package dadata

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Enricher asks for companies by ИНН.
type Enricher struct {
	name    string
	options Options
	service *service.Service
}

// New makes an enricher of the given configured name over its service.
func New(name string, s *service.Service, o Options) (*Enricher, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("enricher %s: %w", name, err)
	}
	return &Enricher{name: name, options: o, service: s}, nil
}

// Describe implements pipeline.Enricher.
func (e *Enricher) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: e.name, Title: "DaData: реквизиты, численность, контакты по ИНН", Kind: pipeline.KindEnrichment,
		Licence: "the vendor's offer to holders of a key; whether a base of leads may be kept is not known",
		Needs: []string{
			KeyVariable + ": the API key of an account, from https://dadata.ru (10,000 calls a day are free; its mailbox must be confirmed)",
			"plan: free, extended or maximal; numbers and mailboxes come with maximal alone",
			"terms_accepted: the day on which somebody has read the offer, at https://dadata.ru",
		},
		Rhythm:  "each company once in a month",
		Decoder: decoderVersion, Secrets: []string{KeyVariable}, Metered: true,
		Cost: e.options.Cost, Gives: e.options.fields(),
	}
}

// Lacks implements pipeline.Enricher.
func (e *Enricher) Lacks(c *company.Company) bool {
	return c.INN != "" && slices.ContainsFunc(e.options.fields(), func(f company.Field) bool {
		return !slices.ContainsFunc(c.Values, func(v company.Value) bool { return v.Field == f && v.Source != e.name })
	})
}

// Enrich implements pipeline.Enricher.
func (e *Enricher) Enrich(ctx context.Context, task pipeline.Task, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		var odd service.Odd
		for ask := range asks {
			a, err := e.answer(ctx, task, &ask)
			if odd.Bears(err) {
				a, err = pipeline.Answer{ID: ask.ID, Outcome: service.Outcome(err), Again: task.Now.Add(service.OddAgain)}, nil
			}
			if err != nil {
				yield(pipeline.Answer{}, fmt.Errorf("enricher %s: %w", e.name, err))
				return
			}
			if !yield(a, nil) {
				return
			}
		}
		if err := odd.Left(); err != nil {
			yield(pipeline.Answer{}, fmt.Errorf("enricher %s: %w", e.name, err))
		}
	}
}

// answer serves one ask. An error ends all.
func (e *Enricher) answer(ctx context.Context, task pipeline.Task, ask *pipeline.Ask) (pipeline.Answer, error) {
	if err := context.Cause(ctx); err != nil {
		return pipeline.Answer{}, err
	}
	a := pipeline.Answer{ID: ask.ID}
	if !e.Lacks(&ask.Company) {
		return a, nil // nothing that anybody should spend a call on
	}
	p, err := e.find(ctx, &ask.Company)
	switch {
	case service.Final(err), errors.Is(err, service.ErrLayout):
		return pipeline.Answer{}, err
	case errors.Is(err, service.ErrBroken), errors.Is(err, service.ErrAsk):
		a.Outcome, a.Again = service.Outcome(err), task.Now.Add(day)
		return a, nil
	case errors.Is(err, pipeline.ErrNotFound):
		a.Outcome, a.Again = "not_found", task.Now.Add(e.options.Missing)
		return a, nil
	case err != nil:
		a.Outcome, a.Again = "poison", task.Now.Add(e.options.Missing)
		return a, nil
	}
	c := &ask.Company
	o := company.Observation{Source: e.name, Key: string(c.INN), INN: c.INN, Date: company.DateOf(task.Now)}
	p.observe(&o, task.Persons)
	a.Again = task.Now.Add(e.options.Again)
	if a.Found = len(o.Facts) > 0; a.Found {
		a.Observation = o
	}
	return a, nil
}

// wellKnown is the vendor's own example, which is always there: Сбербанк.
const wellKnown company.INN = "7707083893"

// Probe implements pipeline.Prober.
func (e *Enricher) Probe(ctx context.Context) (string, error) {
	all, err := e.ask(ctx, wellKnown, true)
	if err != nil {
		return "", err
	}
	p := best(all, string(wellKnown))
	if p == nil {
		return "key accepted, but ИНН " + string(wellKnown) + " was not found", nil
	}
	plan := Free
	switch {
	case len(p.Phones)+len(p.Emails) > 0 || p.Finance != nil:
		plan = Maximal
	case p.Employees != nil || len(p.Codes) > 0:
		plan = Extended
	}
	return fmt.Sprintf("key accepted, ИНН %s came as on the plan %s; plan in config: %s", p.INN, plan, e.options.Plan), nil
}

var _ pipeline.Prober = (*Enricher)(nil)
