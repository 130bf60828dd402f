package store

import (
	"context"
	"fmt"
	"time"

	"obzvon/pipeline/company"
)

// Visit is what is kept of asking one enricher for one company or listing.
type Visit struct {
	Source string       // the enricher's section
	ID     string       // of the pipeline.Ask
	Day    company.Date // the list's day for which it was claimed last
	Again  time.Time    // not to be asked for before, in UTC to the second; zero = at any time
	Memory []byte       // what the enricher wants to be told then; nil = nothing
}

// AdmitVisit checks that a visit can be stored in a write of the named source,
// whose name it takes if it has none, and gives it the form in which it is kept.
// The error is ErrObservation.
func AdmitVisit(source string, v *Visit) error {
	if v.Source == "" {
		v.Source = source
	}
	if v.Source != source {
		return fmt.Errorf("visit of source %q in a write of %q: %w", v.Source, source, ErrObservation)
	}
	v.Again = v.Again.UTC().Truncate(time.Second)
	return ObservationID{Source: v.Source, Key: v.ID}.Check()
}

// Visits keep an enricher from asking twice: what was asked for, when it may
// be asked for again, and how much of a night's budget is spent.
type Visits interface {
	// Claim notes in one transaction, before anything is asked, that these will
	// be asked for: their Day and Again become those of the claim, Memory stays.
	// It returns, in their order, those that it has claimed, each as it was before
	// (Day, Again and Memory zero if there was none), without those whose Day is
	// that of the claim already, which stay as they are, and counts them as spent.
	// So a kill may lose asks and never makes one twice. An id that
	// ObservationID.Check refuses is ErrObservation; then none is claimed.
	Claim(ctx context.Context, c Claim) (before []Visit, err error)

	// Release gives back, in one transaction, what was claimed of the source for the
	// day and not begun: each of these visits whose Day is still that day gets the
	// Day and Again that it had before, as Claim has returned it, Memory stays, and
	// one that neither has a Day nor remembers anything is none any more. They are
	// no longer spent and may be claimed again, for that day too. It returns how
	// many it gave back; those that are not there or have another Day stay as they
	// are, so it may be called again.
	Release(ctx context.Context, source string, day company.Date, before []Visit) (int, error)

	// Claimed is how many ids the source has claimed for the day. That some were
	// claimed for another day later does not take them away. A claim for a day more
	// than ClaimsKept days later, of whatever source, does.
	Claimed(ctx context.Context, source string, day company.Date) (int64, error)

	// Visit returns one, ErrNotFound if it was neither claimed nor committed.
	Visit(ctx context.Context, source, id string) (Visit, error)

	// Visits pages through all by source, then ID, after the given one, whose Key
	// is an ID (zero = from the start).
	Visits(ctx context.Context, after ObservationID, limit int) ([]Visit, error)

	// EraseMemories takes away, in one transaction, what the source remembers of
	// these visits, whatever that is by then. Day and Again stay, so that nobody is
	// asked earlier or twice for it; ids without a visit are passed over. It
	// returns how many remembered something.
	EraseMemories(ctx context.Context, source string, ids []string) (int, error)
}

// ClaimsKept is for how many days it is known how much was claimed.
const ClaimsKept = 60

// Unclaimed is the visit as it is once its claim was given back, false if it is none
// then. Memory is what it remembers by now.
func (v Visit) Unclaimed(memory []byte) (Visit, bool) {
	v.Again, v.Memory = v.Again.UTC().Truncate(time.Second), memory
	return v, v.Day != 0 || !v.Again.IsZero() || len(memory) > 0
}

// Claim is a number of asks about to be made.
type Claim struct {
	Source string
	Day    company.Date
	IDs    []string  // distinct
	Again  time.Time // when those that get no answer may be asked for again
}
