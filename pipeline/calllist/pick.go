package calllist

import (
	"cmp"
	"iter"
	"slices"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Reasons why a good lead is not on the list. They are keys of
// List.Skipped; ReasonText says them in Russian.
const (
	SkipNoPhone  = "no_phone"
	SkipNoWindow = "no_window"
	SkipSame     = "same_phone"
	SkipStopped  = "stopped"
	SkipPhase    = "phase"
)

// Candidate is a lead that could be called, with its row ready.
type Candidate struct {
	Entry
	Score  int64
	Known  int64
	Window Window
	Owner  string // manager id from earlier lists; "" = nobody's
}

// Pick is what the picking needs.
type Pick struct {
	Day      company.Date
	Mix      Mix
	Managers []config.Manager
	// Ranked yields the candidates of one priority (0 = priority 1), best
	// first. It is asked for no more than are needed.
	Ranked func(priority int) iter.Seq2[Candidate, error]
	// Stopped tells whom never to call. It is asked again here because the
	// stop list may have grown since the scoring.
	Stopped func(Entry) bool
}

// Choose picks the day's candidates and gives each its manager. Two companies
// with one phone are called once: the better one stays. skipped counts those
// passed over by reason.
func Choose(p Pick) (chosen []Candidate, skipped map[string]int64, err error) {
	c := chooser{pick: p, phones: map[string]bool{}, skipped: map[string]int64{}}
	quotas := p.Mix.Quotas(dials(p.Managers))
	// A priority that runs dry leaves its places to the other open ones.
	for round := range 2 {
		for i := range quotas {
			if p.Mix[i] == 0 {
				continue
			}
			want := quotas[i]
			if round == 1 {
				want = dials(p.Managers) - len(c.chosen)
			}
			if err := c.take(i, want); err != nil {
				return nil, nil, err
			}
		}
	}
	order(c.chosen)
	assign(c.chosen, p.Managers)
	return c.chosen, c.skipped, nil
}

func dials(managers []config.Manager) int {
	n := 0
	for _, m := range managers {
		n += m.Dials
	}
	return n
}

type chooser struct {
	pick    Pick
	chosen  []Candidate
	phones  map[string]bool
	taken   map[company.INN]bool
	skipped map[string]int64
}

func (c *chooser) take(priority, want int) error {
	if want <= 0 {
		return nil
	}
	if c.taken == nil {
		c.taken = map[company.INN]bool{}
	}
	for candidate, err := range c.pick.Ranked(priority) {
		if err != nil {
			return err
		}
		if c.taken[candidate.Row.INN] {
			continue
		}
		c.taken[candidate.Row.INN] = true
		if reason := c.refuse(candidate); reason != "" {
			c.skipped[reason]++
			continue
		}
		for _, phone := range candidate.Phones {
			c.phones[phone] = true
		}
		c.chosen = append(c.chosen, candidate)
		if want--; want == 0 {
			return nil
		}
	}
	return nil
}

func (c *chooser) refuse(candidate Candidate) string {
	switch {
	case len(candidate.Phones) == 0:
		return SkipNoPhone
	case c.pick.Stopped(candidate.Entry):
		return SkipStopped
	case slices.ContainsFunc(candidate.Phones, func(p string) bool { return c.phones[p] }):
		return SkipSame
	}
	return ""
}

// order is the calling order: by priority, then by the window that closes
// first, so that the east is called in the Moscow morning; then by score.
func order(rows []Candidate) {
	slices.SortFunc(rows, func(a, b Candidate) int {
		return cmp.Or(
			cmp.Compare(a.Row.Priority, b.Row.Priority),
			cmp.Compare(a.Window.Until, b.Window.Until),
			cmp.Compare(b.Score, a.Score),
			cmp.Compare(b.Known, a.Known),
			cmp.Compare(a.Row.INN, b.Row.INN),
		)
	})
}

// assign gives each company to the manager it already has, while he has room,
// and the rest in turn to whom has the most room left, so that every manager
// gets his share of every priority and every zone.
func assign(rows []Candidate, managers []config.Manager) {
	room := make([]int, len(managers))
	for i, m := range managers {
		room[i] = m.Dials
	}
	give := func(row *Candidate, i int) {
		row.Row.ManagerID, row.Row.Manager = managers[i].ID, managers[i].Name
		room[i]--
	}
	for r := range rows {
		for i, m := range managers {
			if m.ID == rows[r].Owner && room[i] > 0 {
				give(&rows[r], i)
			}
		}
	}
	for r := range rows {
		if rows[r].Row.ManagerID != "" || len(managers) == 0 {
			continue
		}
		best := 0
		for i := range room {
			if room[i] > room[best] {
				best = i
			}
		}
		give(&rows[r], best)
	}
	for r := range rows {
		rows[r].Row.Number = r + 1
	}
}

// Entries are the rows of a list.
func Entries(chosen []Candidate) []Entry {
	out := make([]Entry, len(chosen))
	for i := range chosen {
		out[i] = chosen[i].Entry
	}
	return out
}

// Rows are the rows of a book.
func (l *List) BookRows() []pipeline.Row {
	out := make([]pipeline.Row, len(l.Rows))
	for i := range l.Rows {
		out[i] = l.Rows[i].Row
	}
	return out
}

// ReasonText says in Russian why good leads are not on the list.
func ReasonText(reason string) string {
	switch reason {
	case SkipNoPhone:
		return "нет телефона, по которому можно позвонить"
	case SkipNoWindow:
		return "нет общих рабочих часов"
	case SkipSame:
		return "тот же телефон у компании выше в списке"
	case SkipStopped:
		return "в стоп-листе"
	case SkipPhase:
		return "приоритет не открыт на этом этапе стратегии"
	}
	return reason
}
