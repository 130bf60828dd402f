package funnel

import (
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Fold returns what the results of a company come to. Their order does not
// matter, nor does one that comes twice.
func (c Cadence) Fold(inn company.INN, results []store.Result) Progress {
	f := folding{Cadence: c, Progress: Progress{INN: inn, Attempt: 1}}
	stand, _ := standing(results)
	for _, r := range stand {
		f.take(r)
	}
	return f.Progress
}

// folding is a Progress while results are put to it, one by one, rising by day.
type folding struct {
	Cadence
	Progress

	highest Stage  // reached, whether it is out or not
	banned  bool   // asked not to be called: for ever
	decided string // the last outcome that says where the company stands
	inARow  int    // so often one after the other
	tries   int    // attempts since, or since the last rest
	said    bool   // Due is a day that somebody wrote down
}

func (f *folding) take(r *store.Result) {
	f.consent(r)
	fresh := f.phones(r)
	rule, ok := RuleOf(r.Outcome)
	if !ok {
		f.edited(r)
		return
	}
	if onlyClient(r, rule) {
		f.known(r, rule)
		return
	}
	f.count(r, rule)
	f.reach(r.Day, rule)
	if f.Stage != StageOut {
		f.next(r, rule, fresh)
		f.client(r.Day)
	}
}

// consent notes what was said of it; a refusal is for good.
func (f *folding) consent(r *store.Result) {
	if r.Consent != "" && f.Consent != store.ConsentRefused {
		f.Consent = r.Consent
	}
	if r.Consent == store.ConsentRefused || r.Outcome == DoNotCall {
		f.banned = true
		f.leave(r.Day)
	}
}

// leave takes the company out of all calling.
func (f *folding) leave(day company.Date) {
	f.mark(StageOut, day)
	f.Stage = StageOut
	f.decided, f.inARow, f.tries = "", 0, 0
	f.wait(BandOut, 0)
}

// phones notes a number that does not exist, and tells whether that was news. A
// number that was put down or answered later is good again.
func (f *folding) phones(r *store.Result) (news bool) {
	rule, _ := RuleOf(r.Outcome)
	f.BadPhones = slices.DeleteFunc(f.BadPhones, func(bad string) bool {
		return rule.Answered && e164(r.Dialled) == bad || slices.ContainsFunc(r.Phones, func(v string) bool { return e164(v) == bad })
	})
	if r.Outcome != NoSuchNumber || r.Dialled == "" {
		return false
	}
	number := e164(r.Dialled)
	at, known := slices.BinarySearch(f.BadPhones, number)
	if !known {
		f.BadPhones = slices.Insert(f.BadPhones, at, number)
	}
	return !known
}

// count adds the call to what is counted of all calls.
func (f *folding) count(r *store.Result, rule Rule) {
	f.Dials++
	f.Attempt = f.Dials + 1
	if rule.Answered {
		f.Contacts++
		f.Reached = true
	}
	if f.Dials == 1 {
		f.First = r.Day
	}
	f.LastDay, f.Last = r.Day, *r
	if r.Manager != "" {
		f.Manager = r.Manager
	}
	f.Calls = slices.DeleteFunc(slices.Insert(f.Calls, 0, r.Day), func(d company.Date) bool { return d <= r.Day-week })
	if rule.Order && !r.Undated {
		f.Orders = append(f.Orders, Order{Day: r.Day, Outcome: r.Outcome, Roubles: r.Amount})
	}
	if f.ClientSince == 0 && rule.client() {
		f.ClientSince = r.Day
	}
}

// onlyClient tells a row of a table of clients: no call, but word that the
// company is one, nobody says since when.
func onlyClient(r *store.Result, rule Rule) bool { return r.Undated && rule.client() }

// known notes that the company is a client, who is not welcomed anew. What was
// agreed or written down before still stands.
func (f *folding) known(r *store.Result, rule Rule) {
	news := f.ClientSince == 0
	if news {
		f.ClientSince, f.OldClient = r.Day, true
	}
	f.Reached = true
	if r.Manager != "" {
		f.Manager = r.Manager
	}
	f.reach(r.Day, rule)
	switch {
	case f.Stage == StageOut:
	case named(r):
		f.agree(r, true)
	case f.Band == BandOut, news && f.Band != BandAgreed && !f.said:
		f.decided, f.inARow, f.tries = "", 0, 0
		f.wait(BandClient, 0)
	}
}

// reach moves the stage. Who is not a customer comes back by a result that says
// otherwise; who asked not to be called does not.
func (f *folding) reach(day company.Date, rule Rule) {
	if rule.Stage == StageOut {
		f.leave(day)
		return
	}
	f.mark(rule.Stage, day)
	f.highest = max(f.highest, rule.Stage)
	if f.Stage == StageOut && (f.banned || rule.Stage == StageLead) {
		return
	}
	delete(f.Days, StageOut)
	f.Stage = f.highest
}

// mark notes the first day of a stage.
func (f *folding) mark(s Stage, day company.Date) {
	if f.Days == nil {
		f.Days = make(map[Stage]company.Date, 1)
	}
	if _, ok := f.Days[s]; !ok {
		f.Days[s] = day
	}
}

// edited follows a row that only names a day: nobody has called. For what the
// head had to decide this is the decision, and the repeats count anew.
func (f *folding) edited(r *store.Result) {
	if f.Stage == StageOut || !named(r) {
		return
	}
	if f.Band == BandStuck {
		f.inARow, f.tries = 0, 0
	}
	f.agree(r, f.Reached)
}

// named tells whether the result names a day for the next contact. An earlier
// one than its own is a slip of the pen.
func named(r *store.Result) bool { return r.Next != 0 && r.Next >= r.Day }

// agree waits for the day that was written down.
func (f *folding) agree(r *store.Result, answered bool) {
	band := BandRetry // nobody has agreed to it
	if answered {
		band = BandAgreed
	}
	f.wait(band, f.from(max(r.Next, r.Day+1)))
	f.At, f.said = r.NextAt, true
}

// wait sets what the company waits for.
func (f *folding) wait(b Band, due company.Date) {
	f.Band, f.Due, f.Until, f.At, f.Half, f.said = b, due, 0, 0, store.HalfAny, false
	f.Refused, f.Woken = 0, 0
}
