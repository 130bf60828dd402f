package night

import (
	"context"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// slip is how much earlier than its rhythm a source may be pulled: nights do not
// begin to the second, and a daily rhythm must not become one of two days.
const slip = 15 * time.Minute

// liveEvery is the rhythm of a service that was given none: once a night, also when a
// night is begun again.
const liveEvery = 20 * time.Hour

// Paced is a section with the rhythm that holds for its adapter.
func Paced(s config.Section, d pipeline.Descriptor) config.Section {
	if d.Live && s.Every == 0 {
		s.Every = liveEvery
	}
	return s
}

// DueAt is when a source may be pulled again by its rhythm; zero = at any time. A
// pull that was not complete makes nobody rest.
func DueAt(s config.Section, last store.Pull) time.Time {
	if s.Every <= 0 || !last.Complete || last.Ended.IsZero() {
		return time.Time{}
	}
	return last.Ended.Add(s.Every)
}

// Rests tells a source that is not due yet. Its rhythm is for asking others:
// nothing is fetched. What lies here is pulled all the same when it has changed, or
// when something else is wanted of it.
func Rests(s config.Section, last store.Pull, now time.Time) bool {
	due := DueAt(s, last)
	return !due.IsZero() && now.Before(due.Add(-slip)) && !now.Before(last.Ended) // or the clock was set back
}

// resting is the report of a source that rests, as its last pull left it.
func (n *Night) resting(s Source, last store.Pull, day company.Date) SourceReport {
	r := n.report(s, last, day, true)
	if r.State == StateUnchanged {
		r.State, r.Note = StateResting, "asked every "+s.Section.Every.String()+", next after "+DueAt(s.Section, last).Format("2006-01-02 15:04 MST")
	}
	return r
}

// lookedAt notes that a source with a rhythm was asked and had nothing new: its
// rest begins again.
func (n *Night) lookedAt(ctx context.Context, s Source, last store.Pull, unprepared error) error {
	if s.Section.Every <= 0 || unprepared != nil {
		return nil
	}
	return n.Store.EndPull(ctx, s.Section.Name, store.PullEnd{At: n.Clock(), Complete: true, Error: last.Error})
}
