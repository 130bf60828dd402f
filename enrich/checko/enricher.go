package checko

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/sources/checko/api"
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Enricher asks for cards and accounts.
type Enricher struct {
	name    string
	options Options
	client  *api.Client
}

// New makes an enricher of the given configured name over its service.
func New(name string, s *service.Service, o Options) (*Enricher, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("enricher %s: %w", name, err)
	}
	return &Enricher{name: name, options: o, client: api.New(s)}, nil
}

// Describe implements pipeline.Enricher.
func (e *Enricher) Describe() pipeline.Descriptor {
	v := e.options.Vendor
	return pipeline.Descriptor{
		Name: e.name, Title: v.Title + ": контакты и отчётность по ИНН", Kind: pipeline.KindEnrichment,
		Licence: "the vendor's offer to holders of a key; whether a base of leads may be kept is not known",
		Needs: []string{
			v.Variable + ": the key of an account, from " + v.Site + " (100 calls a day are free)",
			"terms_accepted: the day on which somebody has read the offer, at " + v.Site,
		},
		Rhythm:  "each company once in a month",
		Decoder: decoderVersion, Secrets: []string{v.Variable}, Metered: true,
		Cost: e.options.Cost, Gives: e.options.fields(),
	}
}

// Lacks implements pipeline.Enricher.
func (e *Enricher) Lacks(c *company.Company) bool { return len(e.lacking(c)) > 0 }

// lacking are the wanted fields that nobody else gives.
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

// wellKnown is a company whose card is there as long as the interface is: Сбербанк.
const wellKnown company.INN = "7707083893"

// Probe implements pipeline.Prober.
func (e *Enricher) Probe(ctx context.Context) (string, error) {
	card, meta, err := e.client.Card(ctx, wellKnown, true)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("key accepted, the card of ИНН %s came with %d numbers and %d mailboxes%s",
		card.INN, len(card.Contacts.Phones), len(card.Contacts.Emails), meta.Left()), nil
}

var _ pipeline.Prober = (*Enricher)(nil)
