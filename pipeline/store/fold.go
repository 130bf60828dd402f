package store

import "obzvon/pipeline/company"

// Stamp gives the values of next their first-seen days: a value that one of
// the known states has keeps its day, any other gets the given one. Known are
// the stored state and the state before the day's first write, whose days count
// more; nil ones are skipped. The facts of next are written to.
func Stamp(next *company.Observation, day company.Date, known ...*company.Observation) {
	for i := range next.Facts {
		next.Facts[i].FirstSeen = day
	}
	var last *company.Observation
	for _, k := range known {
		if k == nil || k == last {
			continue
		}
		last = k
		m := newMatcher(k.Facts)
		for i := range next.Facts {
			if at, ok := m.find(&next.Facts[i]); ok {
				next.Facts[i].FirstSeen = k.Facts[at].FirstSeen
			}
		}
	}
}

// Net returns the event of a day on which an observation went from before to
// now; nil means that it was not there. There is none (false) when nothing
// that an event can show has changed: a source's remark or its date of a value
// is written, but is no news.
func Net(day company.Date, before, now *company.Observation) (Event, bool) {
	switch {
	case before == nil && now == nil:
		return Event{}, false
	case before == nil:
		return event(day, now, EventNew), true
	case now == nil:
		return event(day, before, EventGone), true
	}
	e := event(day, now, EventChanged)
	e.Changes = changes(before, now)
	return e, len(e.Changes) > 0 || before.INN != now.INN
}

func event(day company.Date, o *company.Observation, kind EventKind) Event {
	return Event{Day: day, ID: ObservationID{Source: o.Source, Key: o.Key}, INN: o.INN, Kind: kind}
}

// CloneObservation returns a copy that shares no memory but strings.
func CloneObservation(o *company.Observation) company.Observation {
	c := *o
	c.Facts = append([]company.Fact(nil), o.Facts...)
	return c
}
