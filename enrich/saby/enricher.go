package saby

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"sync"

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

	mu     sync.Mutex
	inside bool // a login has given a session
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
	d := pipeline.Descriptor{
		Name: e.name, Title: "Saby (СБИС): реквизиты, контакты, доход по ИНН", Kind: pipeline.KindEnrichment,
		Licence: "the contract of a licence «API ВОК»; whether a base of leads may be kept is not known",
		Needs: []string{
			KeyVariable + ": app_client_id:app_secret:secret_key of an application with a service login and a licence «API Всё о компаниях», from https://sbis.ru/help/integration/api/auth",
			"terms_accepted: the day on which somebody has read the contract",
		},
		Rhythm:  "each company once in a month",
		Decoder: decoderVersion, Secrets: []string{KeyVariable}, Metered: true,
		Cost: e.options.Cost, Gives: e.options.fields(),
	}
	if e.options.Demo {
		d.Needs, d.Secrets = []string{"terms_accepted: the demonstration knows ten companies, and what it says is no truth about them"}, nil
	}
	return d
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
			if group = append(group, ask); len(group) == together || ctx.Err() != nil {
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

// Probe implements pipeline.Prober. The quota is asked for, or of the demonstration one
// of its companies.
func (e *Enricher) Probe(ctx context.Context) (string, error) {
	if e.options.Demo {
		const inDemo = company.INN("7736050003")
		all, err := e.call(ctx, "req", []company.INN{inDemo}, true)
		return fmt.Sprintf("the demonstration answers: %d records of ИНН %s", len(all), inDemo), err
	}
	a, err := e.ask(ctx, service.Call{Path: e.options.root() + "client/stat", Once: true, Cost: -1})
	if err != nil {
		return "", err
	}
	var stat struct {
		Limit  int64 `json:"requests_count_limit"`
		Spent  int64 `json:"requests_count"`
		Firms  int64 `json:"unique_value_limit"`
		Firms1 int64 `json:"unique_value_count"`
	}
	if err := json.Unmarshal(a.Body, &stat); err != nil || stat.Limit == 0 {
		return "", fmt.Errorf("%w: no quota in the answer", service.ErrLayout)
	}
	return fmt.Sprintf("key accepted, %d of %d requests and %d of %d companies are left today", stat.Limit-stat.Spent, stat.Limit, stat.Firms-stat.Firms1, stat.Firms), nil
}

var _ pipeline.Prober = (*Enricher)(nil)
