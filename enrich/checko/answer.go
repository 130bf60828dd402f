package checko

import (
	"context"
	"errors"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
	"obzvon/sources/checko/api"
)

// answer serves one ask. An error ends all.
func (e *Enricher) answer(ctx context.Context, task pipeline.Task, ask *pipeline.Ask) (pipeline.Answer, error) {
	if err := context.Cause(ctx); err != nil {
		return pipeline.Answer{}, err
	}
	c := &ask.Company
	lacking := e.lacking(c)
	a := pipeline.Answer{ID: ask.ID}
	if len(lacking) == 0 {
		return a, nil // nothing that anybody should pay for
	}
	o := company.Observation{Source: e.name, Key: string(c.INN), INN: c.INN, Date: company.DateOf(task.Now)}
	err := e.ask(ctx, c, lacking, &o, task.Persons)
	switch {
	case service.Final(err), errors.Is(err, service.ErrLayout):
		return pipeline.Answer{}, err
	case err != nil:
		a.Outcome, a.Again = outcome(err), task.Now.Add(e.options.Missing)
		if passing(err) {
			a.Again = task.Now.Add(day)
		}
		return a, nil
	}
	if a.Again = task.Now.Add(e.options.Again); len(o.Facts) == 0 {
		a.Outcome = "nothing_new"
		return a, nil
	}
	a.Found, a.Observation = true, o
	return a, nil
}

// ask makes the calls that are needed for what is lacking, and believes what is about
// the company.
func (e *Enricher) ask(ctx context.Context, c *company.Company, lacking []company.Field, o *company.Observation, persons bool) error {
	money := slices.Contains(lacking, company.FieldRevenue)
	if !money || len(lacking) > 1 {
		card, _, err := e.client.Card(ctx, c.INN, false)
		if err != nil {
			return err
		}
		if err := witness.Check(c, said(card)); err != nil {
			return err
		}
		card.Observe(o, persons)
	}
	if !money {
		return nil
	}
	accounts, err := e.client.Accounts(ctx, c.INN)
	if err == nil {
		whose := witness.Said{}
		if accounts.Of != nil {
			whose = said(accounts.Of)
		}
		err = witness.Check(c, whose)
	}
	switch {
	case err == nil:
	case len(o.Facts) > 0 && (errors.Is(err, pipeline.ErrNotFound) || errors.Is(err, witness.ErrSilent) || passing(err)):
		return nil // the card is worth having by itself
	default:
		return err
	}
	o.Facts = append(o.Facts, accounts.Facts()...)
	api.Mark(o)
	return nil
}

// said is by what a card names its subject.
func said(card *api.Card) witness.Said {
	s := witness.Said{INNs: []string{string(card.INN)}, Name: card.Name()}
	if n := card.Number(); n != "" {
		s.OGRNs = []string{n}
	}
	return s
}

// outcome is the code by which an answer without facts is counted.
func outcome(err error) string {
	switch {
	case errors.Is(err, witness.ErrSilent):
		return "unnamed"
	case errors.Is(err, witness.ErrOther), errors.Is(err, witness.ErrFalse):
		return "poison"
	}
	return service.Outcome(err)
}

// passing tells failures that concern one call and may be over tomorrow.
func passing(err error) bool {
	return errors.Is(err, service.ErrBroken) || errors.Is(err, service.ErrAsk)
}
