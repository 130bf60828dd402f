package kontur

import (
	"context"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
)

// open is one ask on its way.
type open struct {
	ask      *pipeline.Ask
	lacking  []company.Field
	base     *record // of req; nil = none that is believed
	answer   pipeline.Answer
	observed company.Observation
}

func (p *open) inn() company.INN { return p.ask.Company.INN }

// serve answers a group. An error ends all; nobody is answered then: what was paid for
// lies on the shelf.
func (e *Enricher) serve(ctx context.Context, task pipeline.Task, group []pipeline.Ask) ([]pipeline.Answer, error) {
	all := make([]*open, len(group))
	var asked []*open
	for i := range group {
		all[i] = &open{ask: &group[i], lacking: e.lacking(&group[i].Company), answer: pipeline.Answer{ID: group[i].ID}}
		if len(all[i].lacking) > 0 {
			asked = append(asked, all[i])
		}
	}
	if err := e.requisites(ctx, task, asked); err != nil {
		return nil, err
	}
	for _, method := range methods {
		if err := e.more(ctx, task, method, asked); err != nil {
			return nil, err
		}
	}
	out := make([]pipeline.Answer, len(all))
	for i, p := range all {
		if p.base != nil {
			mark(&p.observed)
			p.answer.Found, p.answer.Observation, p.answer.Again = true, p.observed, task.Now.Add(e.options.Again)
		}
		out[i] = p.answer
	}
	return out, nil
}

// requisites asks req for all and decides who is believed.
func (e *Enricher) requisites(ctx context.Context, task pipeline.Task, asked []*open) error {
	found, err := e.records(ctx, req, asked)
	if err != nil && !passing(err) {
		return err
	}
	for _, p := range asked {
		if err != nil {
			p.answer.Outcome, p.answer.Again = service.Outcome(err), task.Now.Add(day)
			continue
		}
		r := living(found[p.inn()], &p.ask.Company)
		switch {
		case r == nil:
			p.answer.Outcome, p.answer.Again = "not_found", task.Now.Add(e.options.Missing)
		case witness.Check(&p.ask.Company, said(r)) != nil:
			p.answer.Outcome, p.answer.Again = "poison", task.Now.Add(e.options.Missing)
		default:
			p.base = r
			p.observed = company.Observation{Source: e.name, Key: string(p.inn()), INN: p.inn(), Date: company.DateOf(task.Now)}
			r.observe(&p.observed, task.Persons)
		}
	}
	return nil
}

// more asks a method for those that are believed and lack what it gives.
func (e *Enricher) more(ctx context.Context, task pipeline.Task, method string, asked []*open) error {
	var some []*open
	for _, p := range asked {
		if p.base != nil && slices.ContainsFunc(p.lacking, func(f company.Field) bool { return methodOf[f] == method }) {
			some = append(some, p)
		}
	}
	if len(some) == 0 {
		return nil
	}
	found, err := e.records(ctx, method, some)
	if err != nil {
		if passing(err) {
			return nil // what req said is worth having by itself
		}
		return err
	}
	for _, p := range some {
		for i := range found[p.inn()] {
			r := &found[p.inn()][i]
			if r.OGRN != p.base.OGRN || witness.Check(&p.ask.Company, said(r)) != nil {
				continue // its predecessor's, or somebody else's
			}
			extra := company.Observation{INN: p.observed.INN, Facts: slices.Clone(p.observed.Facts)}
			r.observe(&extra, task.Persons)
			p.add(extra.Facts[len(p.observed.Facts):])
			break
		}
	}
	return nil
}

// add takes facts of fields that are not told yet: the same requisites stand in the
// answers of all methods.
func (p *open) add(facts []company.Fact) {
	told := map[company.Field]bool{}
	for _, f := range p.observed.Facts {
		told[f.Field] = true
	}
	for _, f := range facts {
		if !told[f.Field] {
			p.observed.Facts = append(p.observed.Facts, f)
		}
	}
}
