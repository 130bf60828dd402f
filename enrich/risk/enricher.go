package risk

import (
	"cmp"
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

// Enricher asks the registries of trouble.
type Enricher struct {
	name     string
	options  Options
	services map[Part]*service.Service
}

// New makes an enricher of the given configured name over the services of its parts.
func New(name string, services map[Part]*service.Service, o Options) (*Enricher, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("enricher %s: %w", name, err)
	}
	for _, p := range o.Parts() {
		if services[p] == nil {
			return nil, fmt.Errorf("enricher %s: no service for %s", name, p)
		}
	}
	return &Enricher{name: name, options: o, services: services}, nil
}

// Describe implements pipeline.Enricher.
func (e *Enricher) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: e.name, Title: "Риски: банкротство, РНП, Прозрачный бизнес", Kind: pipeline.KindEnrichment,
		Licence: "registries open to everybody (127-ФЗ, article 28; 44-ФЗ, article 104; Налоговый кодекс, article 102); " +
			"whether their pages may be asked for a lead base is not stated",
		TermsURL: "https://pb.nalog.ru/",
		Needs: []string{
			"a Russian IP address: bankrot.fedresurs.ru and zakupki.gov.ru often refuse others; switch off bankruptcy or unfair without one",
			"for unfair the root certificates of Минцифры in the machine's trust store (or SSL_CERT_DIR)",
			"terms_accepted: the day on which somebody has read the terms of these sites",
		},
		Rhythm:  "each company once in a month",
		Decoder: decoderVersion, Metered: true,
	}
}

// Lacks implements pipeline.Enricher: of any company there may be news of trouble.
func (e *Enricher) Lacks(c *company.Company) bool { return len(e.parts(c)) > 0 }

// parts are those that hold such companies: cases of people are not looked for.
func (e *Enricher) parts(c *company.Company) []Part {
	if c.INN == "" {
		return nil
	}
	return slices.DeleteFunc(e.options.Parts(), func(p Part) bool { return p == PartBankruptcy && c.INN.Person() })
}

// Enrich implements pipeline.Enricher. A part that is down, or has spent its calls, is
// not asked any more; the others go on, and what was wrong comes at the end.
func (e *Enricher) Enrich(ctx context.Context, task pipeline.Task, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		r := round{enricher: e, task: task, down: map[Part]error{}}
		for ask := range asks {
			a, err := r.answer(ctx, &ask)
			if err != nil {
				yield(pipeline.Answer{}, fmt.Errorf("enricher %s: %w", e.name, err))
				return
			}
			if !yield(a, nil) {
				return
			}
		}
		if err := r.failed(); err != nil {
			yield(pipeline.Answer{}, fmt.Errorf("enricher %s: %w", e.name, err))
		}
	}
}

// round is one call of Enrich.
type round struct {
	enricher *Enricher
	task     pipeline.Task
	down     map[Part]error
}

// failed is what ended parts. A failure is told before a budget that is spent, which is
// none.
func (r *round) failed() error {
	var failures, spent []error
	for _, p := range r.enricher.options.Parts() {
		switch err := r.down[p]; {
		case err == nil:
		case errors.Is(err, pipeline.ErrUnfinished):
			spent = append(spent, err)
		default:
			failures = append(failures, err)
		}
	}
	if len(failures) > 0 {
		return errors.Join(failures...)
	}
	return errors.Join(spent...)
}

// partly is when a company is asked for again of which some parts have told and others
// not: not at once, or a site that is down for long would keep the night at the same
// companies.
const partly = 7 * day

// answer asks all parts for one company. What a part cannot say stands as it said it
// before. An error ends all: no part is left that could be asked.
func (r *round) answer(ctx context.Context, ask *pipeline.Ask) (pipeline.Answer, error) {
	if err := context.Cause(ctx); err != nil {
		return pipeline.Answer{}, err
	}
	e, c := r.enricher, &ask.Company
	a := pipeline.Answer{ID: ask.ID, Again: r.task.Now.Add(e.options.Again)}
	parts := e.parts(c)
	if len(parts) == 0 {
		return a, nil
	}
	before := e.before(c)
	o := company.Observation{Source: e.name, Key: string(c.INN), INN: c.INN, Date: company.DateOf(r.task.Now), Origin: "risk, ИНН " + string(c.INN)}
	answered := 0
	for _, p := range parts {
		facts, err := r.ask(ctx, p, c)
		if cause := context.Cause(ctx); err != nil && cause != nil {
			return pipeline.Answer{}, cause
		}
		if err == nil {
			o.Facts = append(o.Facts, facts...)
			answered++
			continue
		}
		a.Outcome, a.Again = outcome(err), r.task.Now.Add(partly)
		o.Facts = append(o.Facts, of(before, p)...)
	}
	if len(r.down) == len(e.options.Parts()) {
		return pipeline.Answer{}, r.failed()
	}
	if answered == 0 {
		a.Again = r.task.Now.Add(day)
	}
	return e.finish(a, o, c, len(before) > 0), nil
}

// finish makes an answer of what was found. Where there was a risk and there is none any
// more, the page of the tax service alone takes its place.
func (e *Enricher) finish(a pipeline.Answer, o company.Observation, c *company.Company, had bool) pipeline.Answer {
	if len(o.Facts) == 0 {
		a.Outcome = cmp.Or(a.Outcome, "clean")
		if !had {
			return a
		}
		o.Add(company.FieldCard, "https://pb.nalog.ru/search.html#mode=search-all&queryAll="+string(c.INN))
	}
	if c.INN.Person() {
		for i := range o.Facts {
			o.Facts[i].Subject = company.SubjectSole
		}
	}
	o.Sort()
	a.Found, a.Observation = true, o
	return a
}

// ask asks one part, and notes that it is down if no other company can be asked for.
func (r *round) ask(ctx context.Context, p Part, c *company.Company) ([]company.Fact, error) {
	if err := r.down[p]; err != nil {
		return nil, err
	}
	look := map[Part]func(context.Context, *company.Company, bool) ([]company.Fact, error){
		PartBankruptcy: r.enricher.bankruptcy, PartUnfair: r.enricher.unfair, PartFlags: r.enricher.flags,
	}[p]
	facts, err := look(ctx, c, !r.task.Persons) // answers name people
	if !errors.Is(err, ErrPending) && (service.Final(err) || errors.Is(err, service.ErrLayout)) {
		r.down[p] = err
	}
	return facts, err
}

// outcome is the code by which a part's failure is counted.
func outcome(err error) string {
	switch {
	case errors.Is(err, ErrPending):
		return "pending"
	case errors.Is(err, witness.ErrSilent):
		return "unnamed"
	case errors.Is(err, witness.ErrOther), errors.Is(err, witness.ErrFalse):
		return "poison"
	}
	return service.Outcome(err)
}

// before is what this enricher has said of the company.
func (e *Enricher) before(c *company.Company) []company.Fact {
	for i := range c.Observations {
		if o := &c.Observations[i]; o.Source == e.name && o.Key == string(c.INN) {
			return slices.DeleteFunc(slices.Clone(o.Facts), func(f company.Fact) bool { return f.Field == company.FieldCard })
		}
	}
	return nil
}

// of are the facts that came of a part.
func of(facts []company.Fact, p Part) []company.Fact {
	var out []company.Fact
	for _, f := range facts {
		from := PartFlags
		switch {
		case f.Field != company.FieldRisk, f.Value == string(company.RiskBankruptcy):
			from = PartBankruptcy
		case f.Value == string(company.RiskUnfair):
			from = PartUnfair
		}
		if from == p {
			f.FirstSeen = 0 // the store's business
			out = append(out, f)
		}
	}
	return out
}

const (
	looksMost = 6 // at a search that is not done
	triesMost = 2 // of a site that does not answer
)

// patient asks again while a search is not done, and once more when a site does not
// answer; the pace keeps the questions apart.
func (e *Enricher) patient(ctx context.Context, p Part, c service.Call) (*service.Answer, error) {
	for n := 1; ; n++ {
		a, err := e.services[p].Ask(ctx, c)
		most := 1
		switch failed := (*service.Error)(nil); {
		case errors.Is(err, ErrPending):
			most = looksMost
		case errors.As(err, &failed) && failed.Wait == 0 && errors.Is(err, service.ErrDown):
			most = triesMost
		}
		if err == nil || n >= most {
			return a, err
		}
	}
}
