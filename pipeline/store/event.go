package store

import (
	"context"

	"obzvon/pipeline/company"
)

// EventKind says what happened to an observation.
type EventKind string

// The kinds.
const (
	EventNew     EventKind = "new"
	EventChanged EventKind = "changed"
	EventGone    EventKind = "gone"
)

// Event is the net change of one observation over one day: what it is now
// against what it was before the day's first write (Net). So there is at most
// one per day and observation: new and then changed stays new; new and then
// gone, or changed and then changed back, leaves no event; gone and then back
// is a change, or nothing if it came back the same.
type Event struct {
	Day     company.Date
	ID      ObservationID
	INN     company.INN // as the observation carries it, or carried it before it was gone
	Kind    EventKind
	Changes []company.Change // for EventChanged; none if only the ИНН changed
}

// Events tell what is new.
type Events interface {
	// Events pages through events of days after since, ordered by day, source
	// and key, after the given one (zero Event = from the start).
	Events(ctx context.Context, since company.Date, after Event, limit int) ([]Event, error)

	// Since is the earliest day on which observations were written into the
	// registry, 0 before that. A registry that was dropped begins anew.
	Since(ctx context.Context) (company.Date, error)

	// DropEvents removes the events of days before the given one. It is a run
	// of transactions; Since stays.
	DropEvents(ctx context.Context, before company.Date) error

	// EraseEvents removes the events of a source, of all days. It is a run of
	// transactions; Since stays.
	EraseEvents(ctx context.Context, source string) error
}
