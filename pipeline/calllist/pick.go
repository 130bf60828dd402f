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
	SkipNoZone   = "no_zone"
	SkipNoWindow = "no_window"
	SkipSame     = "same_phone"
	SkipStopped  = "stopped"
	SkipPhase    = "phase"
	SkipOwner    = "owner_full"
	SkipNorm     = "over_norm"
)

// Candidate is a lead that could be called, with its row ready but for the
// manager and his window.
type Candidate struct {
	Entry
	Score   int64
	Known   int64
	Windows map[string]Window // by manager id: when he and the company are both at work
	Owner   string            // manager id from earlier lists; "" = nobody's

	window Window // the manager's who got it
}

// Pick is what the picking needs.
type Pick struct {
	Mix      Mix
	Managers []config.Manager
	// Ranked yields the candidates of one priority (0 = priority 1), best
	// first. Each sequence is walked once and no further than needed.
	Ranked func(priority int) iter.Seq2[Candidate, error]
	// Stopped tells whom never to call. It is asked again here because the
	// stop list may have grown since the scoring.
	Stopped func(Entry) bool
}

// Choose picks the day's candidates and gives each its manager: the one it
// already has, else the one with the most room left among those who share
// working hours with it. A company whose manager has no room waits for him.
// Two companies with one phone are called once: the better one stays. skipped
// counts those passed over, by reason.
func Choose(p Pick) (chosen []Candidate, skipped map[string]int64, err error) {
	c := newChooser(p)
	defer c.stop()
	quotas := p.Mix.Quotas(c.places)
	// A priority that runs dry leaves its places to the other open ones.
	for round := range 2 {
		for i := range quotas {
			if p.Mix[i] == 0 {
				continue
			}
			want := quotas[i]
			if round == 1 {
				want = c.places - len(c.chosen)
			}
			if err := c.take(i, want); err != nil {
				return nil, nil, err
			}
		}
	}
	order(c.chosen)
	return c.chosen, c.skipped, nil
}

type chooser struct {
	pick    Pick
	places  int
	room    []int
	chosen  []Candidate
	phones  map[string]bool
	skipped map[string]int64
	next    [3]func() (Candidate, error, bool)
	ends    []func()
}

func newChooser(p Pick) *chooser {
	c := &chooser{pick: p, phones: map[string]bool{}, skipped: map[string]int64{}}
	for _, m := range p.Managers {
		c.room = append(c.room, m.Dials)
		c.places += m.Dials
	}
	for i := range c.next {
		next, stop := iter.Pull2(p.Ranked(i))
		c.next[i], c.ends = next, append(c.ends, stop)
	}
	return c
}

func (c *chooser) stop() {
	for _, end := range c.ends {
		end()
	}
}

func (c *chooser) take(priority, want int) error {
	for want > 0 {
		candidate, err, ok := c.next[priority]()
		if err != nil || !ok {
			return err
		}
		if reason := c.place(candidate); reason != "" {
			c.skipped[reason]++
			continue
		}
		want--
	}
	return nil
}

// place gives a candidate a manager and a place, or says why not.
func (c *chooser) place(candidate Candidate) string {
	switch {
	case len(candidate.Phones) == 0:
		return SkipNoPhone
	case c.pick.Stopped(candidate.Entry):
		return SkipStopped
	case len(candidate.Windows) == 0:
		return SkipNoWindow
	case slices.ContainsFunc(candidate.Phones, func(p string) bool { return c.phones[p] }):
		return SkipSame
	}
	i, reason := c.manager(candidate)
	if reason != "" {
		return reason
	}
	m := c.pick.Managers[i]
	c.room[i]--
	candidate.window = candidate.Windows[m.ID]
	candidate.Row.ManagerID, candidate.Row.Manager = m.ID, m.Name
	candidate.Row.CallWindow = candidate.window.String()
	for _, phone := range candidate.Phones {
		c.phones[phone] = true
	}
	c.chosen = append(c.chosen, candidate)
	return ""
}

// manager picks who calls. A company stays with its manager; one whose manager
// is no longer there, or no longer shares working hours with it, is nobody's.
func (c *chooser) manager(candidate Candidate) (int, string) {
	best := -1
	for i, m := range c.pick.Managers {
		_, shares := candidate.Windows[m.ID]
		if m.ID == candidate.Owner && shares {
			if c.room[i] == 0 {
				return 0, SkipOwner
			}
			return i, ""
		}
		if shares && c.room[i] > 0 && (best < 0 || c.room[i] > c.room[best]) {
			best = i
		}
	}
	if best < 0 {
		return 0, SkipNorm
	}
	return best, ""
}

// order is the calling order: by priority, then by the window that closes
// first, so that the east is called in the Moscow morning; then by score.
func order(rows []Candidate) {
	slices.SortFunc(rows, func(a, b Candidate) int {
		return cmp.Or(
			cmp.Compare(a.Row.Priority, b.Row.Priority),
			cmp.Compare(a.window.Until, b.window.Until),
			cmp.Compare(b.Score, a.Score),
			cmp.Compare(b.Known, a.Known),
			cmp.Compare(a.Row.INN, b.Row.INN),
		)
	})
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

// Owners are the managers of the chosen.
func Owners(chosen []Candidate) map[company.INN]string {
	out := map[company.INN]string{}
	for _, c := range chosen {
		out[c.Row.INN] = c.Row.ManagerID
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

// ReasonText says in Russian why good leads are not on the list.
func ReasonText(reason string) string {
	switch reason {
	case SkipNoPhone:
		return "нет телефона, по которому можно позвонить"
	case SkipNoZone:
		return "неизвестно, какое там время"
	case SkipNoWindow:
		return "нет общих рабочих часов"
	case SkipSame:
		return "тот же телефон у компании выше в списке"
	case SkipStopped:
		return "в стоп-листе"
	case SkipPhase:
		return "приоритет не открыт на этом этапе стратегии"
	case SkipOwner:
		return "её менеджер сегодня занят"
	case SkipNorm:
		return "сверх нормы звонков на день"
	}
	return reason
}
