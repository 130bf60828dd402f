package funnel

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func TestFoldProperties(t *testing.T) {
	c := byTheBook(t)
	r := rand.New(rand.NewPCG(5, 2))
	for range 3000 {
		checkHistory(t, c, r, history(randomDice(r, 10+r.IntN(300))))
	}
}

func FuzzFold(f *testing.F) {
	f.Add([]byte{0}, uint64(1))
	f.Add([]byte("\x10\x05\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e"), uint64(2))
	c := byTheBook(f)
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		checkHistory(t, c, rand.New(rand.NewPCG(seed, 0)), history(&dice{data}))
	})
}

func checkHistory(t *testing.T, c Cadence, r *rand.Rand, all []store.Result) {
	t.Helper()
	p := c.Fold(testINN, all)
	if again := c.Fold(testINN, jumbled(r, all)); !reflect.DeepEqual(p, again) {
		t.Fatalf("the order matters:\n%+v\n%+v", p, again)
	}
	stand, _ := Standing(all)
	checkCounts(t, &p, stand)
	checkTurn(t, c, &p)
	checkForbidden(t, c, &p, stand)
	checkLater(t, c, &p, all)
	if t.Failed() {
		t.Fatalf("of %+v\ncame %+v", all, p)
	}
}

func checkCounts(t *testing.T, p *Progress, stand []store.Result) {
	t.Helper()
	dials, contacts, orders, told := 0, 0, 0, false
	highest := StageLead
	for _, r := range stand {
		rule, ok := RuleOf(r.Outcome)
		if !ok {
			continue
		}
		if rule.Stage != StageOut {
			highest = max(highest, rule.Stage)
		}
		if r.Undated && rule.Stage >= StageContract && rule.Stage != StageOut {
			told = true
			continue
		}
		dials++
		if rule.Answered {
			contacts++
		}
		if rule.Order && !r.Undated {
			orders++
		}
	}
	if p.Dials != dials || p.Contacts != contacts || len(p.Orders) != orders || p.Attempt != dials+1 || p.Reached != (contacts > 0 || told) {
		t.Errorf("%d dials, %d contacts, %d orders, want %d, %d, %d", p.Dials, p.Contacts, len(p.Orders), dials, contacts, orders)
	}
	if p.Stage != highest && p.Stage != StageOut {
		t.Errorf("stage %s, reached was %s", p.Stage.Title(), highest.Title())
	}
	if client := highest >= StageContract; client != (p.ClientSince != 0) {
		t.Errorf("a client since %v, reached was %s", p.ClientSince, highest.Title())
	}
	if p.OldClient && (!told || p.Band == BandOnboarding) {
		t.Errorf("an old client: %s", p.Band.Title())
	}
	if !slices.IsSorted(p.BadPhones) || len(slices.Compact(slices.Clone(p.BadPhones))) != len(p.BadPhones) {
		t.Errorf("bad phones %q", p.BadPhones)
	}
	for _, d := range p.Calls {
		if d > p.LastDay || d <= p.LastDay-week || len(p.Calls) > dials {
			t.Errorf("calls %v, the last on %v", p.Calls, p.LastDay)
		}
	}
	if dials > 0 && (len(p.Calls) == 0 || p.Calls[0] != p.LastDay || p.First > p.LastDay) {
		t.Errorf("calls %v from %v to %v", p.Calls, p.First, p.LastDay)
	}
}

// checkTurn: a turn comes on a working day after the last call, and whoever
// waits for something that comes by itself has a day.
func checkTurn(t *testing.T, c Cadence, p *Progress) {
	t.Helper()
	if p.Due != 0 && (p.Due <= p.LastDay || !c.days.Workday(p.Due) || p.Until != 0 && p.Until < p.Due) {
		t.Errorf("due %v until %v, called last on %v", p.Due, p.Until, p.LastDay)
	}
	idle := p.Band == BandNew || p.Band == BandStuck || p.Band == BandOut || p.Band == BandClient
	if idle != (p.Due == 0) {
		t.Errorf("%s and due %v", p.Band.Title(), p.Due)
	}
	if p.Band == BandNew && p.Dials > 0 || p.Band == BandNoNumber || p.Band == BandAgreed && !p.Reached {
		t.Errorf("%s after %d calls", p.Band.Title(), p.Dials)
	}
	if p.Due != 0 && p.DueOn(p.Due-1) || p.Due != 0 && !p.DueOn(p.Due) {
		t.Errorf("due %v, but not then", p.Due)
	}
	if p.Band == BandAgreed && !c.MayCall(p, p.Due) {
		t.Error("an agreed call is held back")
	}
	if c.MayCall(p, p.LastDay) && p.Dials > 0 {
		t.Error("a second call on the same day")
	}
}

func checkForbidden(t *testing.T, c Cadence, p *Progress, stand []store.Result) {
	t.Helper()
	_, marked := p.Days[StageOut]
	if out := p.Stage == StageOut; out != (p.Band == BandOut) || out != marked {
		t.Errorf("%s, %s, marked %v", p.Stage.Title(), p.Band.Title(), marked)
	}
	refused := slices.ContainsFunc(stand, func(r store.Result) bool { return r.Consent == store.ConsentRefused })
	if refused != (p.Consent == store.ConsentRefused) {
		t.Errorf("refused: %v, consent %q", refused, p.Consent)
	}
	banned := refused || slices.ContainsFunc(stand, func(r store.Result) bool { return r.Outcome == DoNotCall })
	if banned && p.Band != BandOut {
		t.Errorf("asked not to be called, and %s", p.Band.Title())
	}
	for day := p.LastDay; p.Band == BandOut && day < p.LastDay+400; day++ {
		if p.DueOn(day) || c.MayCall(p, day) || p.Overdue(day) {
			t.Fatalf("forbidden, and called on %v", day)
		}
	}
}

// checkLater: what a further result may and may not change.
func checkLater(t *testing.T, c Cadence, p *Progress, all []store.Result) {
	t.Helper()
	day := p.LastDay + 1
	for _, r := range all {
		day = max(day, r.Day+1)
	}
	missed := c.Fold(testINN, append(slices.Clone(all), call(day, NoAnswer)))
	if missed.Stage != p.Stage || missed.Dials != p.Dials+1 || missed.Contacts != p.Contacts {
		t.Errorf("«Недозвон» makes %s of %s", missed.Stage.Title(), p.Stage.Title())
	}
	if settled := p.Band != BandRetry && p.Band != BandOnboarding; settled && p.Due > day && missed.Due != p.Due {
		t.Errorf("«Недозвон» out of turn moves %s from %v to %v", p.Band.Title(), p.Due, missed.Due)
	}
	next := day + 30
	agreed := c.Fold(testINN, append(slices.Clone(all), on(call(day, Interest), next, 615)))
	if banned := p.Band == BandOut && agreed.Band == BandOut; !banned && (agreed.Band != BandAgreed || agreed.Due != c.from(next) || agreed.At != 615) {
		t.Errorf("agreed for %v, but %s due %v", next, agreed.Band.Title(), agreed.Due)
	}
	if stopped := c.Fold(testINN, append(slices.Clone(all), call(day, DoNotCall))); stopped.Band != BandOut || stopped.Stage != StageOut {
		t.Errorf("«Не звонить» makes %s", stopped.Band.Title())
	}
}

// A year of calls by the cadence: whoever is called has its turn, and manners
// allow it.
func TestAYearByTheCadence(t *testing.T) {
	c := byTheBook(t)
	r := rand.New(rand.NewPCG(5, 3))
	weights := []string{NoAnswer, NoAnswer, NoAnswer, NoAnswer, NotDecider, CallBack, CallBack, NotInterested, NoSuchNumber, Interest, OfferSent, Trial, Contract, RepeatOrder, DoNotCall}
	for range 300 {
		y := &year{cadence: c}
		for day := monday; day < monday+365; day++ {
			if !c.days.Workday(day) {
				continue
			}
			p := c.Fold(testINN, y.results)
			y.holds(t, &p, day)
			if (p.Dials == 0 || p.DueOn(day)) && c.MayCall(&p, day) {
				res := call(day, weights[r.IntN(len(weights))])
				res.Half = p.Half
				if rule, _ := RuleOf(res.Outcome); rule.Answered && r.IntN(2) == 0 {
					res.Next = day + company.Date(1+r.IntN(20))
				}
				y.calls(t, &p, res)
			}
		}
		if len(y.results) == 0 {
			t.Fatal("nobody was called")
		}
	}
}

// year is what was done with one company.
type year struct {
	cadence Cadence
	results []store.Result
	missed  int // attempts one after the other that reached nobody
}

// holds checks that no turn is missed on the day.
func (y *year) holds(t *testing.T, p *Progress, day company.Date) {
	t.Helper()
	if p.Band == BandAgreed && p.Due == day && !y.cadence.MayCall(p, day) {
		t.Fatalf("an agreed call on %v is held back after %v", day, p.Calls)
	}
	if p.Band != BandOut && p.Due != 0 && day > p.Due+week && y.cadence.MayCall(p, day-1) && p.DueOn(day-1) && y.cadence.days.Workday(day-1) {
		t.Fatalf("due %v, and not called until %v", p.Due, day)
	}
}

// calls makes a call and checks what the rules say of the calls before it.
func (y *year) calls(t *testing.T, p *Progress, res store.Result) {
	t.Helper()
	inWeek := 0
	for _, before := range y.results {
		if before.Day > res.Day-week {
			inWeek++
		}
	}
	if inWeek >= 2 && p.Band != BandAgreed {
		t.Fatalf("call %d of seven days on %v, %s", inWeek+1, res.Day, p.Band.Title())
	}
	if n := len(y.results); n > 0 {
		last := y.results[n-1]
		gap := res.Day - last.Day
		switch {
		case last.Outcome == DoNotCall:
			t.Fatal("called after «Не звонить»")
		case last.Outcome == NotInterested && last.Next == 0 && gap < 180:
			t.Fatalf("called %d days after «Не интересно»", gap)
		case y.missed == 6 && p.ClientSince == 0 && gap < 60:
			t.Fatalf("called %d days after six attempts", gap)
		case last.Next != 0 && p.Band == BandAgreed && res.Day != y.cadence.from(last.Next):
			t.Fatalf("agreed for %v, called on %v", last.Next, res.Day)
		}
	}
	rule, _ := RuleOf(res.Outcome)
	switch {
	case rule.then == thenRetry && y.missed < 6:
		y.missed++
	case rule.then == thenRetry:
		y.missed = 1
	case rule.then != thenNumber:
		y.missed = 0
	}
	y.results = append(y.results, res)
}
