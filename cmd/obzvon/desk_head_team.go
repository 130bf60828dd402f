package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"obzvon/config"
	"obzvon/exports/web/head"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

const (
	teamLists   = 10 // lists whose results are looked for
	teamOverdue = 20 // agreed calls that are told one by one, of each manager
)

// Team implements head.Teams.
func (d headDesk) Team(ctx context.Context, today company.Date) (head.Team, error) {
	h := d.live()
	t := newTeamwork(h, today)
	for _, read := range []func(context.Context) error{t.readLists, t.readKeepers, t.readCalls} {
		if err := read(ctx); err != nil {
			return head.Team{}, err
		}
	}
	t.expect()
	return t.team(ctx)
}

// teamwork adds up what the managers do.
type teamwork struct {
	*head.Team

	house    *house
	today    company.Date
	calendar calllist.Calendar
	members  map[string]*head.Member
	lists    map[string]*listDone // by id
	first    company.Date         // of all lists: before it nobody could call
	keepers  keepersNow
	overdue  map[string][]head.Promise
}

// listDone is a list with the rows that have a result.
type listDone struct {
	day  company.Date
	rows map[company.INN]string // manager of each
	done map[company.INN]bool
}

func newTeamwork(h *house, today company.Date) *teamwork {
	until := today - 1
	month := until.Time()
	t := &teamwork{
		Team: &head.Team{
			Until: until, WeekFrom: until - company.Date((int(until.Time().Weekday())+6)%7), MonthFrom: company.NewDate(month.Year(), month.Month(), 1),
		},
		house: h, today: today, calendar: calllist.NewCalendar(h.config.Calendar),
		members: map[string]*head.Member{}, lists: map[string]*listDone{}, overdue: map[string][]head.Promise{},
	}
	for i := range h.config.Managers {
		m := &h.config.Managers[i]
		t.member(m.ID).Role, t.member(m.ID).Norm = roleWords(m.Role), m.Dials
		t.member(m.ID).Away = t.away(m)
	}
	return t
}

func roleWords(r config.Role) string {
	if r == config.RoleRetention {
		return "удержание"
	}
	return "привлечение"
}

// away says why a manager is not there today.
func (t *teamwork) away(m *config.Manager) string {
	switch {
	case m.Since != "" && t.today < m.Since.Date():
		return "начнёт " + m.Since.Date().Russian()
	case m.Through != "" && t.today > m.Through.Date():
		return "ушёл " + m.Through.Date().Russian()
	}
	for _, a := range m.Absences {
		if a.From.Date() <= t.today && t.today <= a.Until.Date() {
			return "нет на месте по " + a.Until.Date().Russian()
		}
	}
	if !t.calendar.Workday(t.today) {
		return "выходной"
	}
	return ""
}

func (t *teamwork) member(id string) *head.Member {
	m := t.members[id]
	if m == nil {
		m = &head.Member{ID: id, Name: cmp.Or(t.house.managerName(id), "менеджер не указан")}
		t.members[id] = m
	}
	return m
}

// readLists reads the last lists.
func (t *teamwork) readLists(ctx context.Context) error {
	days, err := t.house.store.ListDays(ctx)
	if err != nil {
		return fmt.Errorf("read the days of lists: %w", err)
	}
	days = slices.DeleteFunc(days, func(d company.Date) bool { return d > t.today })
	if len(days) > 0 {
		t.first = days[0]
	}
	for _, day := range days[max(0, len(days)-teamLists):] {
		list, err := t.house.listOf(ctx, day)
		if err != nil {
			return err
		}
		l := &listDone{day: day, rows: map[company.INN]string{}, done: map[company.INN]bool{}}
		for i := range list.Rows {
			l.rows[list.Rows[i].Row.INN] = list.Rows[i].Row.ManagerID
		}
		t.lists[list.ID] = l
	}
	return nil
}

// listOf is a day's list as it was frozen.
func (h *house) listOf(ctx context.Context, day company.Date) (*calllist.List, error) {
	data, err := h.store.List(ctx, day)
	if err != nil {
		return nil, fmt.Errorf("read the list of %s: %w", day, err)
	}
	return calllist.Decode(data)
}

func (t *teamwork) readKeepers(ctx context.Context) (err error) {
	t.keepers, err = t.house.keepersNow(ctx)
	return err
}

// readCalls goes through all results once, company by company.
func (t *teamwork) readCalls(ctx context.Context) error {
	h := t.house
	cadence := funnel.NewCadence(h.segments.Cadence, h.config.CallList.CallsAWeek, t.calendar)
	for results, err := range store.Histories(ctx, h.store) {
		if err != nil {
			return fmt.Errorf("read what came of calls: %w", err)
		}
		stand, _ := funnel.Standing(results)
		t.count(stand)
		if p := cadence.Fold(results[0].INN, results); p.Overdue(t.today) {
			id := cmp.Or(t.keepers.of(p.INN).manager, p.Manager)
			t.overdue[id] = append(t.overdue[id], head.Promise{Due: p.Due, INN: p.INN, Comment: calllist.Shorten(p.Last.Comment)})
		}
	}
	return nil
}

// count adds the calls to one company; of contacts and interest each counts once in
// a stretch of days.
func (t *teamwork) count(stand []store.Result) {
	seen := map[*int]bool{}
	add := func(n *int) {
		if !seen[n] {
			seen[n] = true
			*n++
		}
	}
	for i := range stand {
		r := &stand[i]
		rule, ok := funnel.RuleOf(r.Outcome)
		if !ok || r.List == "" {
			continue // an edit, or word from a plain table
		}
		if l := t.lists[r.List]; l != nil {
			l.done[r.INN] = true
		}
		for _, tally := range t.tallies(r) {
			tally.Dials++
			if rule.Answered {
				add(&tally.Contacts)
			}
			if interested(rule) {
				add(&tally.Interest)
			}
		}
	}
}

// interested tells a result that shows a need.
func interested(r funnel.Rule) bool {
	return r.Outcome == funnel.Interest || r.Stage >= funnel.StageOffer && r.Stage != funnel.StageOut
}

// tallies are the stretches that a call falls into.
func (t *teamwork) tallies(r *store.Result) []*head.Tally {
	if r.Day < min(t.WeekFrom, t.MonthFrom) || r.Day > t.today {
		return nil
	}
	m := t.member(r.Manager)
	if r.Day == t.today {
		return []*head.Tally{&m.Today}
	}
	var out []*head.Tally
	if r.Day >= t.WeekFrom {
		out = append(out, &m.Week)
	}
	if r.Day >= t.MonthFrom {
		out = append(out, &m.Month)
	}
	return out
}

// expect notes the norms: of working days on which a manager is there, from the
// first list on.
func (t *teamwork) expect() {
	if !t.first.Known() {
		return
	}
	for i := range t.house.config.Managers {
		m := &t.house.config.Managers[i]
		for d := max(t.first, min(t.WeekFrom, t.MonthFrom)); d <= t.today; d++ {
			if !t.calendar.Workday(d) || !m.Works(d) {
				continue
			}
			for _, tally := range t.tallies(&store.Result{Day: d, Manager: m.ID}) {
				tally.Days++
				tally.Norm += m.Dials
			}
		}
	}
}

// team puts it together.
func (t *teamwork) team(ctx context.Context) (head.Team, error) {
	for _, l := range t.lists {
		t.state(l)
	}
	for id, promises := range t.overdue {
		m := t.member(id)
		slices.SortFunc(promises, func(a, b head.Promise) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.INN, b.INN)) })
		m.Overdue = promises[:min(len(promises), teamOverdue)]
		m.More = len(promises) - len(m.Overdue)
		for i := range m.Overdue {
			name, err := t.house.companyName(ctx, m.Overdue[i].INN)
			if err != nil {
				return head.Team{}, err
			}
			m.Overdue[i].Company = cmp.Or(name, "компании уже нет в базе")
		}
	}
	for _, m := range t.members {
		slices.SortFunc(m.Lists, func(a, b head.ListState) int { return cmp.Compare(b.Day, a.Day) })
		t.Managers = append(t.Managers, *m)
	}
	place := func(id string) int {
		i := slices.IndexFunc(t.house.config.Managers, func(m config.Manager) bool { return m.ID == id })
		if i < 0 {
			return len(t.house.config.Managers)
		}
		return i
	}
	slices.SortFunc(t.Managers, func(a, b head.Member) int {
		return cmp.Or(cmp.Compare(place(a.ID), place(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return *t.Team, nil
}

// state tells of each manager how much of a list came back.
func (t *teamwork) state(l *listDone) {
	states := map[string]*head.ListState{}
	for inn, manager := range l.rows {
		s := states[manager]
		if s == nil {
			s = &head.ListState{Day: l.day, Past: l.day < t.today}
			states[manager] = s
		}
		s.Rows++
		if l.done[inn] {
			s.Done++
		}
	}
	for manager, s := range states {
		m := t.member(manager)
		m.Lists = append(m.Lists, *s)
	}
}

// dayHour is a moment for people, in the seller's zone.
func (h *house) dayHour(at time.Time) string { return at.In(h.zone()).Format("02.01.2006 15:04") }
