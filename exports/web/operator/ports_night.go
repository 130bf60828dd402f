package operator

import (
	"context"
	"errors"
	"iter"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Night is the nightly job.
type Night interface {
	// Now tells what goes on.
	Now(ctx context.Context) (Status, error)
	// Watch yields that now and after each change, at most four times a second; a
	// slow reader gets the newest. It ends with ctx and with the server.
	Watch(ctx context.Context) iter.Seq[Status]
	// Sources are those that a night can be bounded to.
	Sources(ctx context.Context) ([]Source, error)
	// Start begins a night, which goes on by itself: *BusyError, *RefusedError.
	Start(ctx context.Context, who string, o Order) error
	// Stop ends the night in hand, which can go on later; false = there is none.
	Stop(ctx context.Context, who string) (bool, error)
	// Runs are the last nights, the newest first.
	Runs(ctx context.Context) ([]Run, error)
	// Run is what came of the night of a list's day: ErrNoRun.
	Run(ctx context.Context, day company.Date) (Report, error)
}

// ErrNoRun is a day for which no list was ever made.
var ErrNoRun = errors.New("no night was for that day")

// Status is what goes on at one moment.
type Status struct {
	At      time.Time
	Running *Running // nil = no night of ours goes on
	Other   string   // Russian: what else keeps a night from beginning; "" = nothing
	Next    string   // Russian: when the next night is, and why
	Last    *Run     // nil = there was none yet
}

// Running is a night that goes on.
type Running struct {
	Who      string
	Why      string // Russian: by the clock, by hand, …
	Day      company.Date
	Options  string // Russian: what is left out; "" = nothing
	Began    time.Time
	Doing    string // Russian: the stage
	Source   string // title of the source or enricher; ""
	Part     string // of it, such as a file; ""
	Bytes    bool   // Done and Total are bytes, else things of the stage's own
	Done     int64
	Total    int64 // 0 = not known
	Rows     int64
	Since    time.Time     // when the stage began
	Left     time.Duration // of the stage; 0 = not known
	End      time.Time     // of the night, by what the last one took; zero = not known
	Ended    []Took
	Stopping string // who asked for its end; "" = nobody
}

// Took is how long a part of a night took.
type Took struct {
	Title string // Russian
	Time  time.Duration
}

// Order is what a night is asked for.
type Order struct {
	Day        company.Date // of the list; 0 = the next working day
	Only       []string     // names of sources; none = all
	SkipEnrich bool
}

// Source is a source that is switched on.
type Source struct{ Name, Title string }

// State is how something stands.
type State int

// The states.
const (
	Good State = iota
	Warn       // worth a look
	Bad        // something must be done
)

// Run is a night in one line.
type Run struct {
	Day     company.Date // of the list
	Started time.Time
	Ended   time.Time // zero = it did not come to its end
	State   State
	Outcome string // Russian: how it came out
	Rows    int    // of the list
}

// Report is what came of a night.
type Report struct {
	Run

	Why    []string         // Russian: what it was short of
	Advice []string         // Russian: what to do about it
	Facts  []Fact           // in words and figures
	Tables []pipeline.Table // sources, enrichers, the list, times
}

// Fact is a figure with its name.
type Fact struct{ Name, Value string }
