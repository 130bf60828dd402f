package website

import (
	"context"
	"fmt"
	"slices"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// answer visits the place of one ask and no other. Only the end of the context
// is an error.
func (e *Enricher) answer(ctx context.Context, ask *pipeline.Ask, t task) (pipeline.Answer, error) {
	c, host := &ask.Company, ask.ID
	if !slices.Contains(e.targetsOf(c), host) {
		return e.nowhere(ask, t), nil
	}
	m := recall(ask.Memory, t.persons)
	v, err := e.visit(ctx, host, &m.Site, t)
	if err != nil {
		return pipeline.Answer{}, err
	}
	m.Site = m.Site.after(v)
	a := pipeline.Answer{ID: ask.ID, Outcome: v.outcome, Again: e.opt.again(v.outcome, &m.Site, t.now, v.until)}
	if v.outcome == "" {
		e.judge(&a, c, v, &m.Site, t.today)
	}
	if !t.persons {
		m.Site = m.Site.unnamed()
	}
	if a.Memory, err = m.pack(); err != nil {
		return pipeline.Answer{}, fmt.Errorf("visit the site of %s: %w", ask.ID, err)
	}
	return a, nil
}

// nowhere answers for one who has no site of its own there.
func (e *Enricher) nowhere(ask *pipeline.Ask, t task) pipeline.Answer {
	a := pipeline.Answer{ID: ask.ID, Outcome: noSite, Again: t.now.Add(e.opt.Again)}
	if e.onlyShared(&ask.Company) {
		a.Outcome = onShared
	}
	return a
}

// judge tells what a site that was read is worth to who asked. One that was
// read as far as it goes and says nothing any more is found too: so what it said
// before is replaced. One that could not be read to the end, and says nothing so
// far, changes nothing.
func (e *Enricher) judge(a *pipeline.Answer, c *company.Company, v *visited, s *siteMemory, today company.Date) {
	m := merge(s.Pages)
	if !m.reaches() {
		a.Outcome = noContacts
		if v.cut {
			return
		}
	}
	home := s.Home
	if !m.says() {
		home = rootAt(a.ID, home)
	}
	var is whose
	a.Found = true
	a.Observation, is = e.observe(c, a.ID, home, m, today)
	if is == another && c.INN != "" {
		a.Outcome = otherINN
	}
}

// rootAt is the home page of a site that says nothing: where a host leads to a
// strange domain then, that is not said to be the company's.
func rootAt(host, home string) string {
	at, err := company.ParseSite(home)
	own, errOwn := company.ParseSite(host)
	if err == nil && errOwn == nil && at.Domain == own.Domain {
		return home
	}
	return "http://" + host + "/"
}

// again tells when to ask next of a site that was left in the state s. code is
// what came of the visit, until when it asked to be left alone.
func (o Options) again(code string, s *siteMemory, now, until time.Time) time.Time {
	const most = 30 // doublings, far beyond any bound
	spare := latest(now, earliest(until, now.Add(o.Most)))
	switch {
	case code == "" && s.Cut == 1:
		return latest(now.Add(day), spare)
	case code == "" && s.Cut == 2:
		return latest(now.Add(min(o.Retry, o.Again)), spare)
	case code == "", code == "robots", code == "crawl_delay", code == onShared:
		return latest(now.Add(o.Again), spare)
	case slices.Contains(busy, code):
		return latest(now.Add(time.Duration(min(s.Failed, 3))*day), spare)
	}
	wait := o.Retry
	for range min(s.Failed-1, most) {
		wait = min(2*wait, o.Most)
	}
	return now.Add(wait)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
