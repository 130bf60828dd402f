package store

import "obzvon/pipeline/company"

// Stamp gives the values of next their first-seen days: a value that one of
// the known states has keeps its day, any other gets the given one. Known are
// the stored state and the state before the day's first write; nil ones are
// skipped. The facts of next are written to.
func Stamp(next *company.Observation, day company.Date, known ...*company.Observation) {
	var all company.Observation
	for _, k := range known {
		if k != nil {
			all.Facts = append(all.Facts, k.Facts...)
		}
	}
	next.InheritFirstSeen(&all, day)
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
	scratch := CloneObservation(now)
	e := event(day, now, EventChanged)
	e.Changes = scratch.InheritFirstSeen(before, day)
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
