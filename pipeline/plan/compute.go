package plan

import (
	"context"
	"fmt"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// Store is what the plan is computed from.
type Store interface {
	store.Results
	store.Lists
}

// Compute returns the state of the plan on a day, which counts.
func Compute(ctx context.Context, s Store, c *config.Config, segments *config.Segments, until company.Date) (*Report, error) {
	lists, err := readLists(ctx, s, until)
	if err != nil {
		return nil, err
	}
	a := newAccount(c, segments, lists, until)
	for results, err := range store.Histories(ctx, s) {
		if err != nil {
			return nil, fmt.Errorf("read what came of calls: %w", err)
		}
		stand, _ := funnel.Standing(results)
		a.company(stand)
	}
	return a.report(), nil
}

// listed is what a list said of a company.
type listed struct {
	segment string
	sources string
	pool    calllist.Pool
	tenth   int
}

type listedKey struct {
	list string
	inn  company.INN
}

func readLists(ctx context.Context, s store.Lists, until company.Date) (map[listedKey]listed, error) {
	days, err := s.ListDays(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the days of lists: %w", err)
	}
	out := map[listedKey]listed{}
	for _, day := range days {
		if day > until {
			continue
		}
		data, err := s.List(ctx, day)
		if err != nil {
			return nil, fmt.Errorf("read the list of %s: %w", day, err)
		}
		list, err := calllist.Decode(data)
		if err != nil {
			return nil, err
		}
		for i := range list.Rows {
			e := &list.Rows[i]
			out[listedKey{list.ID, e.Row.INN}] = listed{e.Row.Segment, e.Row.Sources, e.Pool, e.Tenth}
		}
	}
	return out, nil
}

// account adds up company by company.
type account struct {
	config *config.Config
	period period
	lists  map[listedKey]listed
	until  company.Date
	month  int

	counts  map[int]*[stageCount]int // by month
	dials   map[int]int
	revenue map[int]int64
	total   [stageCount]int
	offered int // offers that a dial of ours led to
	dialled int
	works   map[string]*Work
	days    map[dayKey]*DayWork
	lines   [lineKinds]map[string]*Line
	money   purse
	pace    pace
	order   []string // segments as their file has them
}

type dayKey struct {
	day     company.Date
	manager string
}

func newAccount(c *config.Config, segments *config.Segments, lists map[listedKey]listed, until company.Date) *account {
	a := &account{
		config: c, period: newPeriod(c), lists: lists, until: until,
		counts: map[int]*[stageCount]int{}, dials: map[int]int{}, revenue: map[int]int64{},
		works: map[string]*Work{}, days: map[dayKey]*DayWork{},
	}
	a.month = a.period.month(until)
	a.pace.from = a.period.back(until, paceDays)
	for i := range a.lines {
		a.lines[i] = map[string]*Line{}
	}
	for i := range segments.Segments {
		a.order = append(a.order, segments.Segments[i].Title)
	}
	for i := range c.Managers {
		m := &c.Managers[i]
		days := a.period.there(m, a.period.first(a.month), until)
		if days > 0 {
			a.works[m.ID] = &Work{Manager: m.ID, Name: m.Name, Days: days, Norm: days * m.Dials}
		}
	}
	return a
}

// company adds what came of the calls to one.
func (a *account) company(stand []store.Result) {
	stand = slices.DeleteFunc(slices.Clone(stand), func(r store.Result) bool { return r.Day > a.until || r.Outcome == "" })
	if len(stand) == 0 {
		return
	}
	days := firsts(stand, a.until)
	for stage, day := range days {
		if day == 0 {
			continue
		}
		a.total[stage]++
		if stage != Contacts { // contacts are counted month by month, in calls
			a.countsOf(a.period.month(day))[stage]++
		}
		if day >= a.pace.from {
			a.pace.counts[stage]++
		}
	}
	a.calls(stand)
	a.money.company(stand, a.until)
	a.group(stand, days)
}

func (a *account) countsOf(month int) *[stageCount]int {
	if a.counts[month] == nil {
		a.counts[month] = &[stageCount]int{}
	}
	return a.counts[month]
}

// calls adds the calls themselves: to months, managers and days.
func (a *account) calls(stand []store.Result) {
	inMonth, byManager, byDay := map[int]bool{}, map[string]bool{}, map[dayKey]bool{}
	for i := range stand {
		r := &stand[i]
		month, answered := a.period.month(r.Day), reached(r.Outcome) >= Contacts
		if rule, _ := funnel.RuleOf(r.Outcome); rule.Order {
			a.revenue[month] += r.Amount
		}
		if answered && !inMonth[month] {
			inMonth[month] = true
			a.countsOf(month)[Contacts]++
		}
		if r.List == "" {
			continue // told by a table: nobody of ours dialled that day's list
		}
		a.dials[month]++
		a.dialled++
		if r.Day >= a.pace.from {
			a.pace.dials++
		}
		if r.Outcome == funnel.OfferSent {
			a.offered++
		}
		a.worked(r, month, answered, byManager)
		key := dayKey{r.Day, r.Manager}
		d := a.days[key]
		if d == nil {
			d = &DayWork{Day: r.Day, Manager: r.Manager}
			a.days[key] = d
		}
		d.Dials++
		if answered && !byDay[key] {
			byDay[key] = true
			d.Contacts++
		}
	}
}

func (a *account) worked(r *store.Result, month int, answered bool, seen map[string]bool) {
	if month != a.month {
		return
	}
	w := a.works[r.Manager]
	if w == nil {
		w = &Work{Manager: r.Manager, Name: r.Manager}
		for _, m := range a.config.Managers {
			if m.ID == r.Manager {
				w.Name = m.Name
			}
		}
		a.works[r.Manager] = w
	}
	w.Dials++
	if r.Outcome == funnel.OfferSent {
		w.Offers++
	}
	if answered && !seen[r.Manager] {
		seen[r.Manager] = true
		w.Contacts++
	}
}
