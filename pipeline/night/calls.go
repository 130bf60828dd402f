package night

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// calls is what came of earlier calls, as far as a day's list needs it: of the
// many thousands that were ever called it keeps a word each.
type calls struct {
	night   *Night
	day     company.Date
	cadence funnel.Cadence
	reasons map[company.INN]string       // of each company ever called: why its turn has not come, "" = it has
	due     []dueCall                    // whose turn has come, rising; sort puts them in order
	stuck   []company.INN                // the head decides, rising
	wrong   []company.INN                // with a number that does not exist, rising
	notes   map[company.INN]string       // what was written into a row that nobody called, since the last call
	quiet   map[string]company.INN       // numbers not to be dialled for others, with whose they are
	refused map[company.INN]company.Date // when those refused whom the notice of a tender since then may wake on the day
}

func (n *Night) cadence() funnel.Cadence {
	return funnel.NewCadence(n.Segments.Cadence, n.Config.CallList.CallsAWeek, calllist.NewCalendar(n.Config.Calendar))
}

// newCalls knows of no call; history reads what there is.
func (n *Night) newCalls(day company.Date) *calls {
	return &calls{night: n, day: day, cadence: n.cadence(), reasons: map[company.INN]string{}, notes: map[company.INN]string{}, quiet: map[string]company.INN{}, refused: map[company.INN]company.Date{}}
}

func (n *Night) calls(ctx context.Context, day company.Date) (*calls, error) {
	c := n.newCalls(day)
	for results, err := range store.Histories(ctx, n.Store) {
		if err != nil {
			return nil, fmt.Errorf("read what came of calls: %w", err)
		}
		p, called := c.fold(results)
		c.note(results)
		if !called {
			continue
		}
		reason := c.reason(&p)
		c.reasons[p.INN] = reason
		c.hush(&p, reason)
		if reason == calllist.SkipResting && p.Refused != 0 && c.cadence.Wakes(&p, p.Refused+1, day) {
			c.refused[p.INN] = p.Refused
		}
		if len(p.BadPhones) > 0 && p.Band != funnel.BandOut {
			c.wrong = append(c.wrong, p.INN)
		}
		switch {
		case reason == "":
			c.due = append(c.due, dueCall{turn: turnOf(&p, day), inn: p.INN, manager: p.Manager, clientSince: p.ClientSince})
		case p.Band == funnel.BandStuck:
			c.stuck = append(c.stuck, p.INN)
		}
	}
	return c, nil
}

// scored notes the points of a company whose turn has come; those come rising by
// ИНН, as in due.
func (c *calls) scored(inn company.INN, total score.Points) {
	at, found := slices.BinarySearchFunc(c.due, inn, func(d dueCall, inn company.INN) int { return cmp.Compare(d.inn, inn) })
	if found {
		c.due[at].score = total
	}
}

// sort puts those whose turn has come in the order in which they get places; of
// equally urgent ones the better comes first.
func (c *calls) sort() {
	slices.SortFunc(c.due, func(a, b dueCall) int {
		return cmp.Or(a.turn.Compare(b.turn), cmp.Compare(b.score, a.score), cmp.Compare(a.inn, b.inn))
	})
}

// note keeps what a manager wrote into a row without a result, if nobody has called
// since: he wants to read it again.
func (c *calls) note(results []store.Result) {
	if !slices.ContainsFunc(results, func(r store.Result) bool { return r.Outcome == "" && r.Comment != "" }) {
		return
	}
	stand, _ := funnel.Standing(results)
	for _, r := range slices.Backward(stand) {
		switch {
		case !c.counts(&r):
		case r.Outcome != "":
			return
		case r.Comment != "":
			c.notes[r.INN] = "не звонили " + r.Day.Russian()[:5] + ": " + calllist.Shorten(r.Comment)
			return
		}
	}
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
	score       score.Points // known once the rows have been scored
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

// nextDay is the day on which a company will be called next: when it is due, and
// not more often than manners allow; 0 = not by itself.
func (c *calls) nextDay(p *funnel.Progress) company.Date {
	if !p.Due.Known() {
		return 0
	}
	calendar := calllist.NewCalendar(c.night.Config.Calendar)
	day := max(p.Due, c.day)
	for ; !calendar.Workday(day) || !c.cadence.MayCall(p, day); day++ {
		if day > c.day+60 {
			return p.Due // never by the rules of a week: something else is wrong
		}
	}
	return day
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
