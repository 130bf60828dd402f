package website

import (
	"context"
	"fmt"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// visitor visits a host for which something may be remembered.
type visitor func(ctx context.Context, host string, old *siteMemory) (*visited, error)

// answer visits the sites of one ask until one is the company's and says how to
// reach it. Only the end of the context is an error.
func (e *Enricher) answer(ctx context.Context, ask *pipeline.Ask, t task, visit visitor) (pipeline.Answer, error) {
	c := &ask.Company
	best := verdict{outcome: noSite}
	if e.onlyShared(c) {
		best.outcome = onShared
	}
	mem := recall(ask.Memory, t.persons)
	left := memory{Version: mem.Version, Persons: mem.Persons}
	for i, host := range e.targetsOf(c) {
		if ctx.Err() != nil {
			return pipeline.Answer{}, context.Cause(ctx)
		}
		old := mem.site(host)
		v, err := visit(ctx, host, old)
		if err != nil {
			return pipeline.Answer{}, err
		}
		now := old.after(v)
		left.Sites = append(left.Sites, now)
		got := e.judge(c, v, &now, t)
		if i == 0 || got.worth > best.worth {
			best = got
		}
		if best.worth == worthMost {
			break
		}
	}
	a := pipeline.Answer{ID: ask.ID, Found: best.found, Observation: best.observation, Outcome: best.outcome, Again: e.opt.again(best.outcome, best.failed, t.now, best.until)}
	var err error
	if a.Memory, err = left.pack(); err != nil {
		return pipeline.Answer{}, fmt.Errorf("visit sites of %s: %w", ask.ID, err)
	}
	return a, nil
}

// verdict is what one site is worth to an ask.
type verdict struct {
	worth       int
	found       bool
	observation company.Observation
	outcome     string
	failed      int
	until       time.Time
}

// What sites are worth, the least first: a site of the company's own that says
// nothing tells more than a failure, one that may be another's still more,
// since matching may find its owner.
const (
	worthNothing = iota
	worthEmpty
	worthOthers
	worthNumbers
	worthMost
)

func (e *Enricher) judge(c *company.Company, v *visited, s *siteMemory, t task) verdict {
	if v.outcome != "" {
		return verdict{outcome: v.outcome, failed: s.Failed, until: v.until}
	}
	m := merge(s.Pages)
	if !m.says() {
		return verdict{worth: worthEmpty, outcome: noContacts}
	}
	o, is := e.observe(c, s.Host, s.Home, m, t.today)
	got := verdict{worth: worthMost, found: true, observation: o}
	switch {
	case is == another && c.INN != "":
		got.worth, got.outcome = worthOthers, otherINN
	case !m.reaches():
		got.worth, got.outcome = worthNumbers, noContacts
	}
	return got
}
