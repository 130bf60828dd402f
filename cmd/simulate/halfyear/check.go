package halfyear

import (
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// checker holds every list to the rules, by its own memory of what was brought in
// before the list was made.
type checker struct {
	world  *world
	calls  map[company.INN][]dial // told of, rising by day
	banned map[string]bool        // ИНН and numbers
	// moved are days that were written beside a result that nobody could read.
	moved map[company.INN]dial
}

func newChecker(w *world) *checker {
	return &checker{world: w, calls: map[company.INN][]dial{}, banned: map[string]bool{}, moved: map[company.INN]dial{}}
}

// told is what files have brought.
func (c *checker) told(dials []dial) {
	for _, d := range dials {
		known := c.calls[d.inn]
		if slices.ContainsFunc(known, func(o dial) bool { return o.day == d.day }) {
			continue // the same file again
		}
		known = append(known, d)
		slices.SortFunc(known, func(a, b dial) int { return int(a.day - b.day) })
		c.calls[d.inn] = known
		c.world.report.Told++
		if d.talk.outcome == funnel.DoNotCall || d.talk.consent == "нет" {
			c.banned[string(d.inn)] = true
			c.banned[d.phone] = true
			for _, p := range c.world.firms[d.inn].phones {
				c.banned[p] = true
			}
		}
	}
}

// misspelt are rows whose result could not be read; the day that stands beside it
// is followed all the same.
func (c *checker) misspelt(dials []dial) {
	for _, d := range dials {
		if d.next.Known() {
			c.moved[d.inn] = d
		}
	}
}

// list holds a day's list to the rules.
func (c *checker) list(l *calllist.List) {
	companies, phones, rows := map[company.INN]bool{}, map[string]bool{}, map[string]int{}
	for i := range l.Rows {
		e := &l.Rows[i]
		inn := e.Row.INN
		fail := func(text string) { c.world.report.fail(l.Day, "%s (строка %d): %s", inn, e.Row.Number, text) }
		if companies[inn] {
			fail("в списке дважды")
		}
		companies[inn] = true
		for _, p := range e.Phones {
			if phones[p] {
				fail("номер в списке дважды: " + p)
			}
			if c.banned[p] {
				fail("номер просили не набирать: " + p)
			}
		}
		for _, p := range e.Phones {
			phones[p] = true
		}
		if c.banned[string(inn)] {
			fail("просили не звонить")
		}
		if _, agreed := c.agreed(inn); !agreed {
			rows[e.Row.ManagerID]++ // what was agreed may be more than the norm
		}
		c.manager(l, e, fail)
		c.turn(l.Day, e, fail)
	}
	for i := range c.world.config.Managers {
		m := &c.world.config.Managers[i]
		if rows[m.ID] > m.Dials {
			c.world.report.fail(l.Day, "у %s строк %d при норме %d", m.ID, rows[m.ID], m.Dials)
		}
		if rows[m.ID] > 0 && !m.Works(l.Day) {
			c.world.report.fail(l.Day, "список для %s, а его нет на работе", m.ID)
		}
	}
	c.promised(l, companies)
	c.world.report.rows(l)
}

// manager holds the window to both sides' hours.
func (c *checker) manager(l *calllist.List, e *calllist.Entry, fail func(string)) {
	from, until, ok := strings.Cut(e.Row.CallWindow, "–")
	if !ok {
		return // an agreed hour
	}
	shift := 0
	if n, found := strings.CutPrefix(e.Row.LocalTime, "МСК"); found && n != "" {
		shift, _ = strconv.Atoi(n)
	}
	for _, m := range c.world.config.Managers {
		if m.ID != e.Row.ManagerID {
			continue
		}
		a, b := clock(from), clock(until)
		if a < m.From.Minutes() || b > m.Until.Minutes() || a+60*shift < 9*60 || b+60*shift > 18*60 || a >= b {
			fail("окно " + e.Row.CallWindow + " вне рабочих часов (" + e.Row.LocalTime + ")")
		}
	}
}

// said tells of calls in one line.
func said(calls []dial) string {
	var out []string
	for _, d := range calls {
		text := d.day.String() + " " + d.talk.outcome
		if d.next.Known() {
			text += " → " + d.next.String()
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func clock(s string) int {
	h, m, _ := strings.Cut(s, ":")
	hours, _ := strconv.Atoi(h)
	minutes, _ := strconv.Atoi(m)
	return 60*hours + minutes
}

// agreed is the day that was agreed on last, if nobody has called on it or since. A
// call out of turn that reached nobody leaves it as it is.
func (c *checker) agreed(inn company.INN) (company.Date, bool) {
	known := c.calls[inn]
	if d, ok := c.moved[inn]; ok && len(known) > 0 && d.day > known[len(known)-1].day {
		return d.next, true
	}
	for _, d := range slices.Backward(known) {
		if decided(d.talk.outcome) {
			made := known[len(known)-1].day >= d.next && known[len(known)-1].day > d.day
			return d.next, d.next.Known() && !made
		}
	}
	return 0, false
}

// turn asks whether it is a company's turn at all.
func (c *checker) turn(day company.Date, e *calllist.Entry, fail func(string)) {
	known := c.calls[e.Row.INN]
	if len(known) == 0 {
		return
	}
	if e.Row.Attempt != len(known)+1 {
		fail("попытка " + strconv.Itoa(e.Row.Attempt) + ", а звонили " + strconv.Itoa(len(known)))
	}
	last := known[len(known)-1]
	if day <= last.day {
		fail("второй звонок за день")
	}
	at, agreed := c.agreed(e.Row.INN)
	if agreed {
		if day < at {
			fail("звонок раньше срока, о котором договорились: " + at.String())
		}
		return
	}
	recent := 0
	for _, d := range known {
		if d.day > day-7 {
			recent++
		}
	}
	if recent >= 2 {
		fail("третий звонок за неделю: " + said(known))
	}
	if slices.ContainsFunc(known, func(d dial) bool { return d.talk.outcome == funnel.NoSuchNumber && d.phone == e.Row.PhoneLink }) {
		fail("номера нет, а его набирают снова")
	}
	c.rest(day, known, fail)
}

// rest holds retries and refusals to their days.
func (c *checker) rest(day company.Date, known []dial, fail func(string)) {
	last := known[len(known)-1]
	switch last.talk.outcome {
	case funnel.NotOurs:
		fail("не профиль, а звоним")
	case funnel.NotInterested:
		if day < last.day+180 {
			fail("отказались " + last.day.String() + ", а полгода не прошло")
		}
	case funnel.NoAnswer, funnel.NotDecider:
		if slices.ContainsFunc(known, func(d dial) bool { return d.talk.outcome == funnel.Contract }) {
			return // a new client's first weeks have days of their own
		}
		tries := 0
		for _, d := range slices.Backward(known) {
			if d.talk.outcome != funnel.NoAnswer && d.talk.outcome != funnel.NotDecider || d.day < day-60 {
				break
			}
			tries++
		}
		// One call out of turn, on a list made before a late file came, is no attempt.
		if most := c.world.segments.Cadence.RetryAttempts + 1; tries >= most {
			fail(strconv.Itoa(tries) + " попыток без ответа за два месяца, а отдыха не было: " + said(known))
		}
	}
}

// promised holds the list to what was agreed: each call on its day, and on every
// day after it until it is made. A manager who is full, or a company that cannot
// be called any more, excuses it; the report counts those.
func (c *checker) promised(l *calllist.List, listed map[company.INN]bool) {
	full := map[string]int{}
	for i := range l.Rows {
		full[l.Rows[i].Row.ManagerID]++
	}
	for inn := range c.calls {
		at, agreed := c.agreed(inn)
		if !agreed || at > l.Day || c.banned[string(inn)] {
			continue
		}
		if c.moves(inn) > c.world.segments.Cadence.CallBackMoves {
			continue // the head decides
		}
		c.world.report.Promised++
		switch {
		case listed[inn]:
			c.world.report.Kept++
		case c.excused(inn, l):
			c.world.report.Excused++
		default:
			c.world.report.fail(l.Day, "%s: договорились на %s, а в списке нет: %s", inn, at, said(c.calls[inn]))
		}
	}
}

// moves counts how often in a row a call was put off.
func (c *checker) moves(inn company.INN) int {
	n := 0
	for _, d := range slices.Backward(c.calls[inn]) {
		switch d.talk.outcome {
		case funnel.CallBack:
			n++
		case funnel.NoAnswer, funnel.NotDecider, funnel.NoSuchNumber:
		default:
			return n
		}
	}
	return n
}

// excused tells of a company all of whose numbers are another's on the list, or
// stopped.
func (c *checker) excused(inn company.INN, l *calllist.List) bool {
	f := c.world.firms[inn]
	for _, p := range f.phones {
		if c.banned[p] {
			return true
		}
		for i := range l.Rows {
			if slices.Contains(l.Rows[i].Phones, p) {
				return true
			}
		}
	}
	return false
}
