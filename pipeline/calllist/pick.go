package calllist

import (
	"iter"
	"math"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Candidate is a company that could be called, with its row ready but for the
// manager and his window.
type Candidate struct {
	Entry
	Score   int64
	Known   int64
	Windows map[string]Window // by manager id: when he and the company are both at work
	Turn    Turn              // zero for one that was never called
	Keeper  Keeper

	window Window // the manager's who got it
	lent   bool   // for this day only
}

// Keeper is who calls a company.
type Keeper struct {
	Manager string      // id; "" = nobody's yet
	Away    bool        // he is not there on this day
	Long    bool        // nor on the days that follow
	Pinned  bool        // nobody else may call
	Role    config.Role // a nobody's company goes to a manager of this role while there is one; "" = to any
}

// Pick is what the picking needs.
type Pick struct {
	Mix      Mix
	Managers []config.Manager // those who work on the day
	Shares   Shares
	// Due yields those whose turn has come, by Turn.Compare. It is walked once and
	// no further than needed.
	Due  iter.Seq[Offer]
	Held []Candidate // issued to their manager before and not called yet, the best first
	// Ranked yields those never called, of one priority (0 = priority 1), best
	// first. Each sequence is walked once and no further than needed.
	Ranked func(priority int) iter.Seq2[Candidate, error]
	// Tender are those with a live tender, the most urgent first: never called, or
	// with a turn where the tender breaks the rest after a refusal.
	Tender []Candidate
	// Random are some never called, of open priorities, in an order that owes
	// nothing to the score.
	Random iter.Seq2[Candidate, error]
	// Stopped tells whom never to call. It is asked again here because the
	// stop list may have grown since the scoring.
	Stopped func(Entry) bool
	// Quiet tells numbers, in E.164, that were dialled lately under another ИНН, or
	// whose owner is to be left alone; nobody never called is dialled there. nil =
	// none are.
	Quiet  func(phone string) bool
	Moscow int // minutes by which Moscow is ahead of the seller's zone
}

// Offer is a company whose turn has come, before anything is read of it: of many
// thousands a few dozen find a place.
type Offer struct {
	Turn   Turn
	Keeper Keeper
	// Present reads the rest; false when it must not be called after all.
	Present func() (Candidate, bool, error)
}

// Shares divide the dials of a day.
type Shares struct {
	New    float64 // of a manager's dials, for companies never called
	Random float64 // of the new ones, drawn at random
	Tender float64 // of the new ones at most, for live tenders
}

// Chosen is what Choose picked.
type Chosen struct {
	Rows    []Candidate      // in calling order
	Skipped map[string]int64 // those passed over, by reason
	Missed  []Missed         // agreed calls that found no place
}

// Choose picks the day's companies and gives each its manager: the one it has,
// else the one with the most room left among those who share working hours with
// it. What was agreed on comes first, even where it is more than a day's dials;
// then what else is due,
// as far as the share of new ones leaves room; then rows that were issued and not
// called; then new ones by priority and score, of which some are drawn at
// random. What one of these leaves free the others take. Two companies with one
// phone are called once: the first of them stays.
func Choose(p Pick) (*Chosen, error) {
	c := newChooser(p)
	defer c.stop()
	later, err := c.takeDue()
	if err != nil {
		return nil, err
	}
	c.takeAll(p.Held, PoolHeld)
	fresh := c.free()
	c.takeSome(p.Tender, PoolTender, portion(p.Shares.Tender, fresh))
	random := portion(p.Shares.Random, fresh)
	if err := c.takeRanked(c.free() - random); err != nil {
		return nil, err
	}
	if err := c.takeRandom(min(random, c.free())); err != nil {
		return nil, err
	}
	c.takeAll(later, PoolDue)
	if err := c.takeRanked(c.free()); err != nil {
		return nil, err
	}
	order(c.chosen)
	return &Chosen{Rows: c.chosen, Skipped: c.skipped, Missed: c.missed}, nil
}

// portion rounds half up.
func portion(share float64, of int) int { return int(math.Floor(share*float64(max(of, 0)) + 0.5)) }

// Entries are the rows of a list.
func (c *Chosen) Entries() []Entry {
	out := make([]Entry, len(c.Rows))
	for i := range c.Rows {
		out[i] = c.Rows[i].Entry
	}
	return out
}

// Due counts those whose turn had come.
func (c *Chosen) Due() int {
	n := 0
	for i := range c.Rows {
		if c.Rows[i].Pool == PoolDue {
			n++
		}
	}
	return n
}

// Fresh counts those never called that stand on the list for their score or a tender.
func (c *Chosen) Fresh() int64 {
	n := int64(0)
	for i := range c.Rows {
		if r := &c.Rows[i]; r.Pool == PoolNew || r.Pool == PoolTender && !r.Turn.Due.Known() {
			n++
		}
	}
	return n
}

// Owners are the managers of the chosen. Those that were lent for the day are
// not among them.
func (c *Chosen) Owners() map[company.INN]string {
	out := map[company.INN]string{}
	for i := range c.Rows {
		if r := &c.Rows[i]; !r.lent {
			out[r.Row.INN] = r.Row.ManagerID
		}
	}
	return out
}

// BookRows are the list's rows for a book.
func (l *List) BookRows() []pipeline.Row {
	out := make([]pipeline.Row, len(l.Rows))
	for i := range l.Rows {
		out[i] = l.Rows[i].Row
	}
	return out
}
