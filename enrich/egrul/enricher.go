package egrul

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Enricher asks the register for one company at a time.
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
	d := pipeline.Descriptor{
		Name: e.name, Title: "ЕГРЮЛ: статус и почта", Kind: pipeline.KindEnrichment,
		Licence:  "the register is open to everybody (129-ФЗ, article 6); a private mirror of it, whose terms for a lead base are not known",
		TermsURL: mirrorBase + "/",
		Needs:    []string{"terms_accepted: the day on which somebody has read " + mirrorBase},
		Rhythm:   "the register changes daily; each company once in a quarter",
		Decoder:  decoderVersion, Metered: true,
	}
	if e.options.Via == ViaNalog {
		d.Title, d.TermsURL = "ЕГРЮЛ: статус и руководитель", nalogBase+"/"
		d.Licence = "the register is open to everybody (129-ФЗ, article 6); whether its search may be asked for a lead base is not stated"
		d.Needs = []string{"terms_accepted: the day on which somebody has read " + nalogBase}
	}
	return d
}

// Lacks implements pipeline.Enricher: there is a wanted field that nobody else gives.
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
	c, a := &ask.Company, pipeline.Answer{ID: ask.ID}
	if c.INN == "" {
		return a, nil
	}
	o := company.Observation{Source: e.name, Key: string(c.INN), INN: c.INN, Date: company.DateOf(task.Now)}
	err := e.find(ctx, c, &o, task.Persons)
	switch {
	case errors.Is(err, ErrPending):
		a.Outcome, a.Again = "pending", task.Now.Add(day)
	case service.Final(err), errors.Is(err, service.ErrLayout):
		return pipeline.Answer{}, err
	case errors.Is(err, witness.ErrSilent):
		a.Outcome, a.Again = "unnamed", task.Now.Add(e.options.Missing)
	case errors.Is(err, witness.ErrOther), errors.Is(err, witness.ErrFalse):
		a.Outcome, a.Again = "poison", task.Now.Add(e.options.Missing)
	case errors.Is(err, pipeline.ErrNotFound):
		a.Outcome, a.Again = "not_found", task.Now.Add(e.options.Missing)
	case err != nil:
		a.Outcome, a.Again = service.Outcome(err), task.Now.Add(day)
	default:
		a.Found, a.Observation, a.Again = true, o, task.Now.Add(e.options.Again)
	}
	return a, nil
}

// find asks for a company and states what is believed of it. Answers name people: where
// these may not be collected, nothing is kept on the shelf either.
func (e *Enricher) find(ctx context.Context, c *company.Company, o *company.Observation, persons bool) error {
	if e.options.Via == ViaNalog {
		f, err := e.search(ctx, c.INN, !persons)
		if err != nil {
			return err
		}
		if err := witness.Check(c, named(c.INN, f.INN, f.OGRN, f.Full)); err != nil {
			return err
		}
		o.Origin = "egrul.nalog.ru, ИНН " + string(c.INN)
		f.observe(o, persons)
	} else {
		x, err := e.extract(ctx, c.INN, !persons)
		if err != nil {
			return err
		}
		if err := witness.Check(c, named(c.INN, x.inn(), x.ogrn(), x.name())); err != nil {
			return err
		}
		o.Origin = "egrul.itsoft.ru, ИНН " + string(c.INN)
		if d := x.date(); d.Known() {
			o.Date = d
		}
		x.observe(o, persons)
	}
	if o.INN.Person() {
		for i := range o.Facts {
			if o.Facts[i].Subject == company.SubjectCompany {
				o.Facts[i].Subject = company.SubjectSole
			}
		}
	}
	o.Sort()
	return nil
}

// named is by what an answer names its subject. A sole proprietor who has begun again
// has another ОГРНИП, so that one proves nothing.
func named(asked company.INN, inn, ogrn, name string) witness.Said {
	s := witness.Said{Name: line(name)}
	if inn != "" {
		s.INNs = []string{inn}
	}
	if ogrn != "" && !asked.Person() {
		s.OGRNs = []string{ogrn}
	}
	return s
}

// extract asks the mirror.
func (e *Enricher) extract(ctx context.Context, inn company.INN, once bool) (extract, error) {
	a, err := e.service.Ask(ctx, service.Call{Path: "/" + string(inn) + ".json", Once: once})
	if err != nil {
		return extract{}, err
	}
	n, err := parseExtract(a.Body)
	return extract{n}, err
}

// wellKnown is a company that the register holds as long as there is one: Сбербанк.
const wellKnown company.INN = "7707083893"

// Probe implements pipeline.Prober. By way of nalog it makes the first of two calls.
func (e *Enricher) Probe(ctx context.Context) (string, error) {
	if e.options.Via == ViaMirror {
		x, err := e.extract(ctx, wellKnown, true)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("the mirror answers: an extract of ИНН %s of %s", x.inn(), x.date()), nil
	}
	if _, _, err := e.token(ctx, wellKnown, true); err != nil {
		return "", err
	}
	return fmt.Sprintf("the site takes a search of ИНН %s and asks for no picture", wellKnown), nil
}

var _ pipeline.Prober = (*Enricher)(nil)
