package night

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// calls is what came of earlier calls, as far as a day's list needs it: of the
// many thousands that were ever called it keeps a word each.
type calls struct {
	night   *Night
	day     company.Date
	cadence funnel.Cadence
	reasons map[company.INN]string // of each company ever called: why its turn has not come, "" = it has
	due     []dueCall              // whose turn has come, in the order in which they get places
	stuck   []company.INN          // the head decides, rising
	wrong   []company.INN          // with a number that does not exist, rising
	quiet   map[string]company.INN // numbers not to be dialled for others, with whose they are
}

func (n *Night) cadence() funnel.Cadence {
	return funnel.NewCadence(n.Segments.Cadence, n.Config.CallList.CallsAWeek, calllist.NewCalendar(n.Config.Calendar))
}

// newCalls knows of no call; history reads what there is.
func (n *Night) newCalls(day company.Date) *calls {
	return &calls{night: n, day: day, cadence: n.cadence(), reasons: map[company.INN]string{}, quiet: map[string]company.INN{}}
}

func (n *Night) calls(ctx context.Context, day company.Date) (*calls, error) {
	c := n.newCalls(day)
	for results, err := range store.Histories(ctx, n.Store) {
		if err != nil {
			return nil, fmt.Errorf("read what came of calls: %w", err)
		}
		p, called := c.fold(results)
		if !called {
			continue
		}
		reason := c.reason(&p)
		c.reasons[p.INN] = reason
		c.hush(&p, reason)
		if len(p.BadPhones) > 0 && p.Band != funnel.BandOut {
			c.wrong = append(c.wrong, p.INN)
		}
		switch {
		case reason == "":
			c.due = append(c.due, dueCall{turnOf(&p, day), p.INN, p.Manager, p.ClientSince})
		case p.Band == funnel.BandStuck:
			c.stuck = append(c.stuck, p.INN)
		}
	}
	slices.SortFunc(c.due, func(a, b dueCall) int { return cmp.Or(a.turn.Compare(b.turn), cmp.Compare(a.inn, b.inn)) })
	return c, nil
}

// lately is for how many days a number that was dialled is not dialled for another
// company: as often as a company may be called in a week, nobody there tells the
// calls apart.
const lately = 7

// hush notes the number of a company that was called a few days ago, or is left in
// peace: behind it sits the same person under whatever ИНН.
func (c *calls) hush(p *funnel.Progress, reason string) {
	left := reason == calllist.SkipResting || reason == calllist.SkipOut || reason == calllist.SkipClient
	if p.Last.Dialled != "" && p.Last.Outcome != funnel.NoSuchNumber && (left || p.LastDay > c.day-lately) {
		c.quiet[p.Last.Dialled] = p.INN
	}
}

// dueCall is a company whose turn has come.
type dueCall struct {
	turn        calllist.Turn
	inn         company.INN
	manager     string       // who called last
	clientSince company.Date // 0 = no client
}

// fold sums up what was known before the day; false when nobody had called.
func (c *calls) fold(results []store.Result) (funnel.Progress, bool) {
	results = slices.DeleteFunc(slices.Clone(results), func(r store.Result) bool { return !c.counts(&r) })
	if len(results) == 0 {
		return funnel.Progress{}, false
	}
	p := c.cadence.Fold(results[0].INN, results)
	return p, p.Band != funnel.BandNew
}

// counts tells whether a result was known before the day: one of an earlier day,
// or what a table brought in on the morning itself, such as the clients that
// there are already.
func (c *calls) counts(r *store.Result) bool {
	return r.Day < c.day || r.Day == c.day && r.List == ""
}

// reason says why a company that was called before is not called on the day;
// "" = its turn has come.
func (c *calls) reason(p *funnel.Progress) string {
	switch {
	case p.DueOn(c.day) && c.cadence.MayCall(p, c.day):
		return ""
	case p.DueOn(c.day):
		return calllist.SkipCourtesy
	}
	switch p.Band {
	case funnel.BandRest:
		return calllist.SkipResting
	case funnel.BandStuck:
		return calllist.SkipStuck
	case funnel.BandOut:
		return calllist.SkipOut
	case funnel.BandClient, funnel.BandOnboarding:
		return calllist.SkipClient
	}
	return calllist.SkipWaiting
}

// of is what came of the calls to one company before the day.
func (c *calls) of(ctx context.Context, inn company.INN) (funnel.Progress, error) {
	if _, called := c.reasons[inn]; !called {
		return funnel.Progress{INN: inn, Attempt: 1}, nil
	}
	results, err := c.night.Store.Results(ctx, inn)
	if err != nil {
		return funnel.Progress{}, err
	}
	p, _ := c.fold(results)
	return p, nil
}
