package plan

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// Store is what the plan is computed from.
type Store interface {
	store.Results
	store.Lists
}

// Compute returns the state of the plan on a day, which counts. It holds the
// results of one company at a time, and of each company ever listed what the first
// list said of it.
func Compute(ctx context.Context, s Store, c *config.Config, segments *config.Segments, until company.Date) (*Report, error) {
	lists, began, err := readLists(ctx, s, until)
	if err != nil {
		return nil, err
	}
	a := newAccount(c, segments, lists, until)
	a.expectWork(began)
	for results, err := range store.Histories(ctx, s) {
		if err != nil {
			return nil, fmt.Errorf("read what came of calls: %w", err)
		}
		stand, _ := funnel.Standing(results)
		a.company(stand)
	}
	return a.report(), nil
}

// account adds up company by company.
type account struct {
	config   *config.Config
	segments *config.Segments
	period   period
	lists    map[company.INN]listed
	until    company.Date
	month    int // of the strategy

	any     bool                     // a result counts
	counts  map[int]*[stageCount]int // by month
	dials   map[int]int
	revenue map[int]int64
	inMonth passing
	inYear  passing
	works   map[string]*Work
	days    map[dayKey]*DayWork
	since   company.Date // of days
	lines   [lineKinds]map[string]*Line
	money   purse
	pace    pace
}

// yearMonths is how many months the running year looks back on.
const yearMonths = 12

func newAccount(c *config.Config, segments *config.Segments, lists map[company.INN]listed, until company.Date) *account {
	a := &account{
		config: c, segments: segments, period: newPeriod(c), lists: lists, until: until,
		counts: map[int]*[stageCount]int{}, dials: map[int]int{}, revenue: map[int]int64{},
		works: map[string]*Work{}, days: map[dayKey]*DayWork{},
	}
	a.month = max(a.period.month(until), 1)
	a.inMonth.from = a.period.first(a.month)
	a.inYear.from = a.period.first(max(a.month-yearMonths+1, 1))
	a.since = a.period.back(until, shownDays)
	a.pace.from = a.period.back(until, paceDays)
	for i := range a.lines {
		a.lines[i] = map[string]*Line{}
	}
	return a
}

// company adds what came of the calls to one. Its results rise by day.
func (a *account) company(stand []store.Result) {
	stand = slices.DeleteFunc(stand, func(r store.Result) bool { return r.Day > a.until || r.Outcome == "" })
	if len(stand) == 0 {
		return
	}
	j := travelled(stand, a.period.start)
	first, _ := slices.BinarySearchFunc(stand, a.period.start, func(r store.Result, d company.Date) int { return cmp.Compare(r.Day, d) })
	recent := stand[first:]
	a.earned(stand, recent, &j)
	if len(recent) == 0 {
		return
	}
	a.any = true
	a.reached(&j)
	a.calls(recent, &j)
	a.group(recent, &j)
}
