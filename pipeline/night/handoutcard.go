package night

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// Card is all that is told of one company to whoever calls it.
type Card struct {
	Answer

	Row     pipeline.Row // as a list of the day would show it; Number, Manager and State are not set
	Phones  []company.Phone
	Stopped string // reason of the stop list, "" = it is not on it
	Keeper  string // manager whose company it is; "" = nobody's
	Next    NextCall
}

// NextCall is what a company waits for, by what came of the calls so far.
type NextCall struct {
	Band funnel.Band
	Day  company.Date // of the next call by itself; 0 = none
	At   int          // its hour, minutes since midnight in Moscow; 0 = any
}

// Card answers for one company as Explain does for a list of the day, and reads
// only what concerns it: that of a company on the list does not take longer the
// more are known. ErrUnknownCompany if no source in force names it.
func (n *Night) Card(ctx context.Context, inn company.INN, day company.Date) (*Card, error) {
	day, v, err := n.asOf(ctx, day)
	if err != nil {
		return nil, err
	}
	d, err := v.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("ИНН %s: %w", inn, ErrUnknownCompany)
	}
	if err != nil {
		return nil, fmt.Errorf("read company %s: %w", inn, err)
	}
	p, stops, err := n.looker(ctx, v, inn, day)
	if err != nil {
		return nil, err
	}
	c, err := p.card(ctx, d, stops)
	if err != nil {
		return nil, fmt.Errorf("tell of %s: %w", inn, err)
	}
	c.Next, err = n.NextCall(ctx, inn, day)
	return c, err
}

// looker presents a single company.
func (n *Night) looker(ctx context.Context, v *view, inn company.INN, day company.Date) (*presenter, *calllist.StopSet, error) {
	all, err := n.Store.StopList(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the stop list: %w", err)
	}
	stops := calllist.NewStopSet(all)
	if err := v.learn(ctx, stops, inn); err != nil {
		return nil, nil, err
	}
	scorer, err := n.scorer(n.Segments, v, day, stops)
	if err != nil {
		return nil, nil, err
	}
	calls, err := n.callsTo(ctx, inn, day)
	if err != nil {
		return nil, nil, err
	}
	p, err := n.newPresenter(ctx, v, calls, scorer)
	return p, stops, err
}

// callsTo is what came of the calls to one company, as calls tells it of all.
func (n *Night) callsTo(ctx context.Context, inn company.INN, day company.Date) (*calls, error) {
	c := n.newCalls(day)
	results, err := n.Store.Results(ctx, inn)
	if err != nil {
		return nil, fmt.Errorf("read the calls to %s: %w", inn, err)
	}
	if p, called := c.fold(results); called {
		c.reasons[inn] = c.reason(&p)
	}
	c.note(results)
	return c, nil
}

func (p *presenter) card(ctx context.Context, d store.Dossier, stops *calllist.StopSet) (*Card, error) {
	answer, err := p.answer(ctx, d, stops)
	if err != nil {
		return nil, err
	}
	res, err := p.result(ctx, d.INN)
	if err != nil {
		return nil, err
	}
	lead, err := p.candidate(ctx, &res)
	if err != nil {
		return nil, err
	}
	out := &Card{Answer: answer, Row: lead.Row, Keeper: lead.Keeper.Manager}
	out.Stopped, _ = stops.Reason(d.INN, lead.Phones, lead.Emails, lead.Domains)
	c := p.company(d)
	history, err := p.calls.of(ctx, d.INN)
	if err != nil {
		return nil, err
	}
	out.Phones = calllist.Usable(calllist.DialOrder(&c), history.BadPhones)
	return out, nil
}

// NextCall tells when a company will be called next by what is known at the end
// of a day.
func (n *Night) NextCall(ctx context.Context, inn company.INN, day company.Date) (NextCall, error) {
	results, err := n.Store.Results(ctx, inn)
	if err != nil {
		return NextCall{}, fmt.Errorf("read the calls to %s: %w", inn, err)
	}
	c := n.newCalls(day + 1)
	p, called := c.fold(results)
	if !called {
		return NextCall{}, nil
	}
	next := NextCall{Band: p.Band, Day: c.nextDay(&p)}
	if len(p.BadPhones) > 0 {
		phones, err := n.phonesOf(ctx, inn)
		if err != nil {
			return NextCall{}, err
		}
		next.Band = p.BandOn(day+1, append(phones, p.Last.Phones...))
	}
	if next.Day == p.Due {
		next.At = p.At // an hour of another day says nothing of this one
	}
	return next, nil
}

// phonesOf are the numbers that are known of a company, in the form of
// company.FieldPhone.
func (n *Night) phonesOf(ctx context.Context, inn company.INN) ([]string, error) {
	v, err := n.view(ctx)
	if err != nil {
		return nil, err
	}
	d, err := v.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read company %s: %w", inn, err)
	}
	c := v.company(d)
	var out []string
	for value := range c.Winning(company.FieldPhone) {
		out = append(out, value.Value)
	}
	return out, nil
}
