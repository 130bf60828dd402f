package calllist

import (
	"iter"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// chooser fills the managers' places.
type chooser struct {
	pick    Pick
	room    []int // places left, by manager
	due     []int // of those, what may still go to calls that are due and not agreed on
	chosen  []Candidate
	listed  map[company.INN]bool
	phones  map[string]bool
	missed  []Missed
	skipped map[string]int64
	next    [3]func() (Candidate, error, bool)
	random  func() (Candidate, error, bool)
	ends    []func()
}

func newChooser(p Pick) *chooser {
	c := &chooser{pick: p, listed: map[company.INN]bool{}, phones: map[string]bool{}, skipped: map[string]int64{}}
	for _, m := range p.Managers {
		c.room = append(c.room, m.Dials)
		c.due = append(c.due, m.Dials-portion(p.Shares.New, m.Dials))
	}
	for i := range c.next {
		next, stop := iter.Pull2(p.Ranked(i))
		c.next[i], c.ends = next, append(c.ends, stop)
	}
	if p.Random == nil {
		p.Random = func(func(Candidate, error) bool) {}
	}
	next, stop := iter.Pull2(p.Random)
	c.random, c.ends = next, append(c.ends, stop)
	return c
}

func (c *chooser) stop() {
	for _, end := range c.ends {
		end()
	}
}

// free is how many places there are left.
func (c *chooser) free() int {
	n := 0
	for _, room := range c.room {
		n += max(room, 0)
	}
	return n
}

// takeDue places what is due, and returns what only finds room where new ones
// leave some.
func (c *chooser) takeDue() (later []Candidate, err error) {
	if c.pick.Due == nil {
		return nil, nil
	}
	waiting := make([]int, len(c.room)) // of later, by manager
	for offer := range c.pick.Due {
		if c.spent(offer.Turn, waiting) {
			break
		}
		if c.hopeless(offer, waiting) {
			continue
		}
		candidate, ok, err := offer.Present()
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		candidate.Pool = PoolDue
		m, reason := c.find(&candidate)
		switch {
		case reason == "" && !candidate.Turn.Warm() && c.due[m] <= 0:
			if waiting[m] < c.room[m] {
				later = append(later, candidate)
				waiting[m]++
			}
		case reason == "":
			c.seat(candidate, m)
			c.due[m]--
		default:
			c.skipped[reason]++
			if candidate.Turn.Agreed() {
				c.missed = append(c.missed, Missed{candidate.Row.INN, candidate.Turn.Due, reason})
			}
		}
	}
	return later, nil
}

// hopeless tells, without reading anything of the company, that its manager has no
// place for it.
func (c *chooser) hopeless(o Offer, waiting []int) bool {
	if o.Turn.Agreed() || o.Keeper.Away {
		return false
	}
	for m := range c.room {
		if c.pick.Managers[m].ID == o.Keeper.Manager {
			return c.full(m, o.Turn, waiting)
		}
	}
	return false
}

// full tells that a manager has no place for a call that is due.
func (c *chooser) full(m int, t Turn, waiting []int) bool {
	switch {
	case t.Agreed():
		return c.room[m] <= -c.pick.Managers[m].Dials
	case t.Warm():
		return c.room[m] <= 0
	}
	return (c.due[m] <= 0 || c.room[m] <= 0) && waiting[m] >= c.room[m]
}

// spent tells that no manager has a place for any that is due like this one, or
// less urgently.
func (c *chooser) spent(t Turn, waiting []int) bool {
	for m := range c.room {
		if !c.full(m, t, waiting) {
			return false
		}
	}
	return true
}

func (c *chooser) takeAll(some []Candidate, pool Pool) { c.takeSome(some, pool, len(some)) }

// takeSome places up to most, and counts those that find none.
func (c *chooser) takeSome(some []Candidate, pool Pool, most int) {
	for _, candidate := range some {
		if most <= 0 {
			return
		}
		candidate.Pool = pool
		if reason := c.place(candidate); reason != "" {
			if pool != PoolHeld || !countedBefore(reason) {
				c.skipped[reason]++
			}
			continue
		}
		most--
	}
}

// countedBefore tells of reasons that whoever ranked the leads has counted, of
// those never called.
func countedBefore(reason string) bool {
	return reason == SkipNoPhone || reason == SkipNoZone || reason == SkipNoWindow
}

// takeRanked places new ones by the mix of priorities. A priority that runs dry
// leaves its places to the other open ones.
func (c *chooser) takeRanked(most int) error {
	before := len(c.chosen)
	quotas := c.pick.Mix.Quotas(max(most, 0))
	for round := range 2 {
		for i := range quotas {
			want := quotas[i]
			if round == 1 {
				want = most - (len(c.chosen) - before)
			}
			if c.pick.Mix[i] == 0 {
				continue
			}
			if err := c.draw(c.next[i], PoolNew, want); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *chooser) takeRandom(most int) error { return c.draw(c.random, PoolRandom, most) }

func (c *chooser) draw(next func() (Candidate, error, bool), pool Pool, want int) error {
	for want > 0 {
		candidate, err, ok := next()
		if err != nil || !ok {
			return err
		}
		candidate.Pool = pool
		switch reason := c.place(candidate); reason {
		case "":
			want--
		case SkipChosen: // of the best ones, or by its tender
		default:
			c.skipped[reason]++
		}
	}
	return nil
}

// place gives a candidate a manager and a place, or says why not.
func (c *chooser) place(candidate Candidate) string {
	m, reason := c.find(&candidate)
	if reason == "" {
		c.seat(candidate, m)
	}
	return reason
}

// find looks for a manager, or says why there is none.
func (c *chooser) find(candidate *Candidate) (manager int, reason string) {
	switch {
	case c.listed[candidate.Row.INN]:
		return 0, SkipChosen
	case len(candidate.Phones) == 0:
		return 0, SkipNoPhone
	case c.pick.Stopped(candidate.Entry):
		return 0, SkipStopped
	case candidate.Row.LocalTime == "" && len(candidate.Windows) == 0:
		return 0, SkipNoZone
	case len(candidate.Windows) == 0:
		return 0, SkipNoWindow
	case slices.ContainsFunc(candidate.Phones, func(p string) bool { return c.phones[p] }):
		return 0, SkipSame
	case !candidate.Turn.Due.Known() && c.pick.Quiet != nil && slices.ContainsFunc(candidate.Phones, c.pick.Quiet):
		return 0, SkipQuiet
	}
	return c.manager(candidate)
}

// seat writes a candidate down under a manager.
func (c *chooser) seat(candidate Candidate, manager int) {
	m := &c.pick.Managers[manager]
	c.room[manager]--
	candidate.lent = candidate.Keeper.Away
	candidate.window = candidate.Turn.narrow(candidate.Windows[m.ID])
	candidate.Half = candidate.Turn.half(candidate.window)
	candidate.Row.ManagerID, candidate.Row.Manager = m.ID, m.Name
	candidate.Row.CallWindow = candidate.Turn.when(candidate.window.Shift(c.pick.Moscow))
	c.listed[candidate.Row.INN] = true
	for _, phone := range candidate.Phones {
		c.phones[phone] = true
	}
	c.chosen = append(c.chosen, candidate)
}

// manager picks who calls. A company stays with its manager; of one who is away
// for the day what was agreed on is lent to another, and all that is due if he is
// away for long; one whose manager is no longer there, or no longer shares working
// hours with it, is nobody's, unless it is pinned to him. A call that was agreed is
// made though the day's number is full, up to twice that number: it was promised.
func (c *chooser) manager(candidate *Candidate) (int, string) {
	k := candidate.Keeper
	if k.Away && !candidate.Turn.Agreed() && (!k.Long || !candidate.Turn.Due.Known()) {
		return 0, SkipAway
	}
	for i := range c.pick.Managers {
		m := &c.pick.Managers[i]
		if _, shares := candidate.Windows[m.ID]; m.ID != k.Manager || !shares {
			continue
		}
		if !c.takes(i, candidate) {
			return 0, SkipOwner
		}
		return i, ""
	}
	if k.Pinned && !k.Away {
		return 0, SkipPinned
	}
	best := c.roomiest(candidate, k.Role)
	if best < 0 || c.room[best] <= 0 {
		if other := c.roomiest(candidate, ""); other >= 0 && (best < 0 || c.room[other] > 0) {
			best = other
		}
	}
	if best < 0 {
		return 0, SkipNorm
	}
	return best, ""
}

// takes tells whether a manager can take one more.
func (c *chooser) takes(manager int, candidate *Candidate) bool {
	if candidate.Turn.Agreed() {
		return c.room[manager] > -c.pick.Managers[manager].Dials
	}
	return c.room[manager] > 0
}

// roomiest is the manager of a role with the most room who shares hours with the
// candidate and can take it; -1 = none.
func (c *chooser) roomiest(candidate *Candidate, role config.Role) int {
	best := -1
	for i := range c.pick.Managers {
		m := &c.pick.Managers[i]
		_, shares := candidate.Windows[m.ID]
		if shares && c.takes(i, candidate) && (role == "" || m.Role == role) && (best < 0 || c.room[i] > c.room[best]) {
			best = i
		}
	}
	return best
}
