package rmsp

import (
	"context"
	"encoding/json"
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

// Enricher asks the registry for lists of companies.
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
		Name: e.name, Title: "Реестр МСП: телефон, почта, сайт", Kind: pipeline.KindEnrichment,
		Licence:  "the registry is open to everybody (209-ФЗ, article 4.1); whether its search may be asked for a lead base is not stated",
		TermsURL: "https://rmsp.nalog.ru/",
		Needs:    []string{"terms_accepted: the day on which somebody has read https://rmsp.nalog.ru"},
		Rhythm:   "the registry is made anew on the 10th of each month",
		Decoder:  decoderVersion, Metered: true,
	}
}

// Lacks implements pipeline.Enricher: there is a wanted field that nobody else gives.
func (e *Enricher) Lacks(c *company.Company) bool {
	return c.INN != "" && slices.ContainsFunc(e.options.Fields, func(name string) bool {
		return !slices.ContainsFunc(c.Values, func(v company.Value) bool { return v.Field == company.Field(name) && v.Source != e.name })
	})
}

// Enrich implements pipeline.Enricher.
func (e *Enricher) Enrich(ctx context.Context, task pipeline.Task, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		var list []pipeline.Ask
		serve := func() bool {
			err := e.serve(ctx, task, list, yield)
			list = list[:0]
			if err != nil && !errors.Is(err, errStopped) {
				yield(pipeline.Answer{}, fmt.Errorf("enricher %s: %w", e.name, err))
			}
			return err == nil
		}
		for ask := range asks {
			if list = append(list, ask); len(list) == e.options.List && !serve() {
				return
			}
		}
		serve()
	}
}

// errStopped says that the consumer wants no more.
var errStopped = errors.New("iteration broken off")

// serve answers a list of asks.
func (e *Enricher) serve(ctx context.Context, task pipeline.Task, list []pipeline.Ask, yield func(pipeline.Answer, error) bool) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	var wanted []company.INN
	for i := range list {
		if inn := list[i].Company.INN; inn != "" {
			wanted = append(wanted, inn)
		}
	}
	var failed error
	found, date := map[company.INN][]row{}, company.Date(0)
	if len(wanted) > 0 {
		found, date, failed = e.find(ctx, wanted)
	}
	if service.Final(failed) || errors.Is(failed, service.ErrLayout) {
		return failed
	}
	for i := range list {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		a := pipeline.Answer{ID: list[i].ID, Outcome: service.Outcome(failed), Again: task.Now.Add(day)}
		if failed == nil {
			a = e.answer(&list[i], task, best(found[list[i].Company.INN]), date)
		}
		if !yield(a, nil) {
			return errStopped
		}
	}
	return nil
}

// find asks for companies and gives their rows.
func (e *Enricher) find(ctx context.Context, list []company.INN) (map[company.INN][]row, company.Date, error) {
	raws, date, err := e.ask(ctx, list)
	if err != nil {
		return nil, 0, err
	}
	found := map[company.INN][]row{}
	for _, raw := range raws {
		var r row
		if err := json.Unmarshal(raw, &r); err != nil {
			return nil, 0, fmt.Errorf("%w: a row: %w", service.ErrLayout, err)
		}
		inn := company.INN(r.INN.line())
		found[inn] = append(found[inn], r)
	}
	return found, date, nil
}

// answer is what a row comes to; nil = the company is not in the registry.
func (e *Enricher) answer(ask *pipeline.Ask, task pipeline.Task, r *row, date company.Date) pipeline.Answer {
	c, a := &ask.Company, pipeline.Answer{ID: ask.ID, Again: task.Now.Add(e.options.Missing)}
	switch {
	case r == nil:
		a.Outcome = "not_sme"
		return a
	case !r.active():
		a.Outcome = "excluded"
		return a
	case witness.Check(c, named(r, c.INN)) != nil:
		a.Outcome = "poison"
		return a
	}
	if date == 0 {
		date = company.DateOf(task.Now)
	}
	a.Observation = company.Observation{Source: e.name, Key: string(c.INN), INN: c.INN, Date: date, Origin: "rmsp.nalog.ru, ИНН " + string(c.INN)}
	r.observe(&a.Observation)
	a.Found, a.Again = true, task.Now.Add(e.options.Again)
	return a
}

// named is by what a row names its subject. A sole proprietor who has begun again has
// another ОГРНИП, so that one proves nothing.
func named(r *row, inn company.INN) witness.Said {
	s := witness.Said{INNs: []string{r.INN.line()}, Name: r.Name.line()}
	if n := r.OGRN.line(); n != "" && !inn.Person() {
		s.OGRNs = []string{n}
	}
	return s
}

// notSmall is a company that the registry never holds: a bank of the state.
const notSmall company.INN = "7707083893"

// Probe implements pipeline.Prober.
func (e *Enricher) Probe(ctx context.Context) (string, error) {
	c := call([]company.INN{notSmall}, 1)
	c.Once = true
	a, err := e.service.Ask(ctx, c)
	if err != nil {
		return "", err
	}
	p, err := parsePage(a.Body)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the registry answers: %d rows of ИНН %s, which is no small company; its day is %s", len(*p.Rows), notSmall, p.date()), nil
}

var _ pipeline.Prober = (*Enricher)(nil)
