package plan

import (
	"cmp"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// shownDays is for how many working days the work is told day by day.
const shownDays = 20

type dayKey struct {
	day     company.Date
	manager string
}

// expectWork notes the norms: of those who are there, on the days on which they
// are, from the first list on: before it nobody could call. A day without a dial
// shows, too: nobody called, or the file did not come.
func (a *account) expectWork(began company.Date) {
	if !began.Known() {
		return
	}
	for i := range a.config.Managers {
		m := &a.config.Managers[i]
		for d := max(a.inMonth.from, began); d <= a.until; d++ {
			if a.period.there(m, d) {
				w := a.work(m.ID)
				w.Days++
				w.Norm += m.Dials
			}
		}
		for d := max(a.since, began); d <= a.until; d++ {
			if a.period.there(m, d) {
				a.day(dayKey{d, m.ID}).Norm = m.Dials
			}
		}
	}
}

func (a *account) work(manager string) *Work {
	w := a.works[manager]
	if w == nil {
		w = &Work{Manager: manager, Name: a.nameOf(manager)}
		a.works[manager] = w
	}
	return w
}

func (a *account) day(key dayKey) *DayWork {
	d := a.days[key]
	if d == nil {
		d = &DayWork{Day: key.day, Manager: key.manager, Name: a.nameOf(key.manager)}
		a.days[key] = d
	}
	return d
}

// nameOf is how people call a manager, who may have left since.
func (a *account) nameOf(id string) string {
	for i := range a.config.Managers {
		if m := &a.config.Managers[i]; m.ID == id {
			return cmp.Or(m.Name, id)
		}
	}
	return cmp.Or(id, "менеджер не указан")
}

// calls adds the calls themselves, none of them before the strategy: to months,
// managers and days.
func (a *account) calls(recent []store.Result, j *journey) {
	inMonth, byManager, byDay := map[int]bool{}, map[string]bool{}, map[dayKey]bool{}
	for i := range recent {
		r := &recent[i]
		if known(r) {
			continue
		}
		month, answered := a.period.month(r.Day), stageOf(r.Outcome) >= Contacts
		if answered && !j.old && !inMonth[month] {
			inMonth[month] = true
			a.countsOf(month)[Contacts]++
			if r.Day >= a.pace.from {
				a.pace.counts[Contacts]++
			}
		}
		if r.List == "" {
			continue
		}
		a.dialled(r, month, j.offer != nil && j.offer.Key() == r.Key())
		if month == a.month && answered && !byManager[r.Manager] {
			byManager[r.Manager] = true
			a.work(r.Manager).Contacts++
		}
		if key := (dayKey{r.Day, r.Manager}); r.Day >= a.since {
			d := a.day(key)
			d.Dials++
			if answered && !byDay[key] {
				byDay[key] = true
				d.Contacts++
			}
		}
	}
}

// dialled adds one dial, which may have led to the company's first offer.
func (a *account) dialled(r *store.Result, month int, offer bool) {
	a.dials[month]++
	if r.Day >= a.pace.from {
		a.pace.dials++
	}
	for _, p := range []*passing{&a.inMonth, &a.inYear} {
		if r.Day < p.from {
			continue
		}
		p.dials++
		if offer {
			p.offers++
		}
	}
	if month == a.month {
		w := a.work(r.Manager)
		w.Dials++
		if offer {
			w.Offers++
		}
	}
}

// workers are the managers of the month, and daysWorked those of the last days, in
// the order of the config; those who left it come last.
func (a *account) workers() []Work {
	out := []Work{}
	for _, w := range a.works {
		out = append(out, *w)
	}
	slices.SortFunc(out, func(x, y Work) int { return a.byPlace(x.Manager, y.Manager) })
	return out
}

func (a *account) daysWorked() []DayWork {
	out := []DayWork{}
	for _, d := range a.days {
		out = append(out, *d)
	}
	slices.SortFunc(out, func(x, y DayWork) int { return cmp.Or(cmp.Compare(x.Day, y.Day), a.byPlace(x.Manager, y.Manager)) })
	return out
}

func (a *account) byPlace(x, y string) int {
	place := func(id string) int {
		i := slices.IndexFunc(a.config.Managers, func(m config.Manager) bool { return m.ID == id })
		if i < 0 {
			return len(a.config.Managers)
		}
		return i
	}
	return cmp.Or(cmp.Compare(place(x), place(y)), cmp.Compare(x, y))
}
