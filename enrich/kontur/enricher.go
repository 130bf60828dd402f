package kontur

import (
	"context"
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
		Name: e.name, Title: "Контур.Фокус: реквизиты, выручка, контакты по ИНН", Kind: pipeline.KindEnrichment,
		Licence: "the contract of a subscription; whether a base of leads may be kept is not known",
		Needs: []string{
			KeyVariable + ": the key of a subscription to the API, from https://focus-api.kontur.ru",
			"contacts: true, if the subscription has the methods of numbers, mailboxes and sites",
			"terms_accepted: the day on which somebody has read the contract",
		},
		Rhythm:  "each company once in a month",
		Decoder: decoderVersion, Secrets: []string{KeyVariable}, Metered: true,
		Cost: e.options.Cost, Gives: e.options.fields(),
	}
}

// Lacks implements pipeline.Enricher.
func (e *Enricher) Lacks(c *company.Company) bool { return len(e.lacking(c)) > 0 }

// lacking are the wanted fields that nobody else gives. Sole proprietors have no
// accounts.
func (e *Enricher) lacking(c *company.Company) []company.Field {
	var out []company.Field
	for _, f := range e.options.fields() {
		known := slices.ContainsFunc(c.Values, func(v company.Value) bool { return v.Field == f && v.Source != e.name })
		if c.INN != "" && !known && (f != company.FieldRevenue || !c.INN.Person()) {
			out = append(out, f)
		}
	}
	return out
}

// Enrich implements pipeline.Enricher.
func (e *Enricher) Enrich(ctx context.Context, task pipeline.Task, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		var group []pipeline.Ask
		// serve tells whether to go on.
		serve := func() bool {
			err := context.Cause(ctx)
			if err == nil && len(group) > 0 {
				var answers []pipeline.Answer
				answers, err = e.serve(ctx, task, group)
				for _, a := range answers {
					if !yield(a, nil) {
						return false
					}
				}
				group = nil
			}
			if err != nil {
				yield(pipeline.Answer{}, fmt.Errorf("enricher %s: %w", e.name, err))
			}
			return err == nil
		}
		for ask := range asks {
			if group = append(group, ask); len(group) == e.options.Together || ctx.Err() != nil {
				if !serve() {
					return
				}
			}
		}
		if serve() && ctx.Err() != nil {
			yield(pipeline.Answer{}, fmt.Errorf("enricher %s: %w", e.name, context.Cause(ctx)))
		}
	}
}

// wellKnown is a company that the vendor itself is: СКБ Контур.
const wellKnown company.INN = "6663003127"

// Probe implements pipeline.Prober.
func (e *Enricher) Probe(ctx context.Context) (string, error) {
	all, err := e.call(ctx, req, []company.INN{wellKnown}, true)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("key accepted, %d records of ИНН %s by the method %s; whether the key has other methods shows when they are asked", len(all), wellKnown, req), nil
}

var _ pipeline.Prober = (*Enricher)(nil)
