package night

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

// keepers answers whose company is whose.
type keepers struct {
	day      company.Date
	calendar calllist.Calendar
	hold     int // working days that a row waits for its manager
	managers map[string]*config.Manager
	issued   map[company.INN]string // manager by the list that had it last
	held     map[company.INN]string // issued a few days ago, not called yet
	marks    map[company.INN]map[store.MarkKind]store.Mark
}

func (n *Night) keepers(ctx context.Context, c *calls) (*keepers, error) {
	k := &keepers{day: c.day, calendar: calllist.NewCalendar(n.Config.Calendar), hold: n.Config.CallList.HoldDays, managers: map[string]*config.Manager{}, marks: map[company.INN]map[store.MarkKind]store.Mark{}}
	for i := range n.Config.Managers {
		k.managers[n.Config.Managers[i].ID] = &n.Config.Managers[i]
	}
	var err error
	if k.issued, err = n.Store.Owners(ctx); err != nil {
		return nil, fmt.Errorf("read the managers of companies: %w", err)
	}
	marks, err := n.Store.Marks(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what the head settled: %w", err)
	}
	for _, m := range marks {
		if k.marks[m.INN] == nil {
			k.marks[m.INN] = map[store.MarkKind]store.Mark{}
		}
		k.marks[m.INN][m.Kind] = m
	}
	k.held, err = n.uncalled(ctx, c)
	return k, err
}

// uncalled are the rows of the last days that nobody has called: they stay with their
// manager. The days count from the list that had the company as a new one.
func (n *Night) uncalled(ctx context.Context, c *calls) (map[company.INN]string, error) {
	days, err := n.Store.ListDays(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the days of lists: %w", err)
	}
	calendar, out := calllist.NewCalendar(n.Config.Calendar), map[company.INN]string{}
	for _, day := range days {
		if day >= c.day || workdaysBetween(calendar, day, c.day) > n.Config.CallList.HoldDays {
			continue
		}
		list, err := n.listOf(ctx, day)
		if err != nil {
			return nil, err
		}
		for _, e := range list.Rows {
			_, called := c.reasons[e.Row.INN]
			if !called && e.Pool != calllist.PoolHeld {
				out[e.Row.INN] = e.Row.ManagerID
			}
		}
	}
	return out, nil
}

// workdaysBetween counts the working days after a day, up to another.
func workdaysBetween(c calllist.Calendar, from, to company.Date) int {
	n := 0
	for d := from + 1; d <= to; d++ {
		if c.Workday(d) {
			n++
		}
	}
	return n
}

func (n *Night) listOf(ctx context.Context, day company.Date) (*calllist.List, error) {
	data, err := n.Store.List(ctx, day)
	if err != nil {
		return nil, err
	}
	return calllist.Decode(data)
}

// of is who calls a company: whom the head pinned; of a client one who keeps
// clients; whom the head gave it to; who called it or holds it.
func (k *keepers) of(p *funnel.Progress) calllist.Keeper {
	marks := k.marks[p.INN]
	if pin := marks[store.MarkPin].Value; k.stays(pin) {
		keeper := k.keeper(pin, "")
		keeper.Pinned = true
		return keeper
	}
	some := []string{marks[store.MarkManager].Value}
	if p.Band != funnel.BandNew {
		some = append(some, k.issued[p.INN], p.Manager)
	}
	role := config.RoleAcquisition
	if p.ClientSince.Known() {
		role = config.RoleRetention
	}
	for _, manager := range append(some, k.held[p.INN]) {
		moves := role == config.RoleRetention && k.stays(manager) && k.managers[manager].Role != role && k.works(role)
		if k.stays(manager) && !moves {
			return k.keeper(manager, role)
		}
	}
	return calllist.Keeper{Role: role}
}

// stays tells of a manager who is one, and not gone for good.
func (k *keepers) stays(manager string) bool {
	m := k.managers[manager]
	return m != nil && (m.Through == "" || k.day <= m.Through.Date())
}

func (k *keepers) keeper(manager string, role config.Role) calllist.Keeper {
	if m := k.managers[manager]; !m.Works(k.day) {
		return calllist.Keeper{Manager: manager, Away: true, Long: k.long(m), Role: role}
	}
	return calllist.Keeper{Manager: manager, Role: role}
}

// long tells that a manager who is away stays away for as long as a row waits.
func (k *keepers) long(m *config.Manager) bool {
	day := k.day
	for range k.hold {
		if day = k.calendar.Next(day); m.Works(day) {
			return false
		}
	}
	return true
}

// works tells whether somebody of a role is there on the day.
func (k *keepers) works(role config.Role) bool {
	for _, m := range k.managers {
		if m.Role == role && m.Works(k.day) {
			return true
		}
	}
	return false
}

// marked are the companies with a mark of a kind, rising.
func (k *keepers) marked(kind store.MarkKind) []company.INN {
	var out []company.INN
	for inn, marks := range k.marks {
		if _, ok := marks[kind]; ok {
			out = append(out, inn)
		}
	}
	slices.Sort(out)
	return out
}
