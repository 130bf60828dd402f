package store

import (
	"context"
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

// Visits keep an enricher from asking twice: what was asked for, when it may
// be asked for again, and how much of a night's budget is spent.
type Visits interface {
	// Claim notes in one transaction, before anything is asked, that these will
	// be asked for: their Day and Again become those of the claim, Memory stays.
	// It returns, in their order, the ids that it has claimed, without those that
	// the same day had claimed before, and counts them as spent. So a kill may
	// lose asks and never makes one twice.
	Claim(ctx context.Context, c Claim) (claimed []string, err error)

	// Claimed is how many ids the source has claimed for the day.
	Claimed(ctx context.Context, source string, day company.Date) (int64, error)

	// Visit returns one, ErrNotFound if it was never claimed.
	Visit(ctx context.Context, source, id string) (Visit, error)
}

// Claim is a number of asks about to be made.
type Claim struct {
	Source string
	Day    company.Date
	IDs    []string  // distinct
	Again  time.Time // when those that get no answer may be asked for again
}
