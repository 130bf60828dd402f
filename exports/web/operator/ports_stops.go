package operator

import (
	"context"
	"io"
	"time"

	"obzvon/pipeline/company"
)

// Stops are whom never to call.
type Stops interface {
	// Reasons are why an entry may stand there, the usual first.
	Reasons() []Reason
	// List returns the entries that have all words, the newest first, no more than
	// so many, and how many there are of those and in all.
	List(ctx context.Context, words string, most int) (StopPage, error)
	// Add puts entries there, one a line, "#" begins a remark; none if one cannot be
	// read: *RefusedError names its line.
	Add(ctx context.Context, who string, text io.Reader, reason, note string) (Added, error)
	// Remove takes an entry off, and with phones what came with it: *RefusedError.
	Remove(ctx context.Context, who string, e StopID, phones bool) (Removed, error)
}

// Reason is why an entry stands on the stop list.
type Reason struct{ ID, Title string }

// StopID is by what an entry is told from others.
type StopID struct{ Kind, Value, Reason string }

// StopPage is a part of the stop list.
type StopPage struct {
	Entries []Stop
	Found   int // that have the words
	All     int
}

// Stop is an entry.
type Stop struct {
	StopID

	Shown  string // as people write it
	What   string // Russian: what it is
	Name   string // of the company, for an ИНН; ""
	Title  string // of the reason
	Note   string
	By     string
	At     time.Time
	Phones int // entries that came with it, for an ИНН
}

// Added is what came of adding.
type Added struct {
	New   int // entries
	Known int // that stood there already
	Stops []Stopped
	More  int // companies that are not named
}

// Stopped is a company that an entry by a contact stops.
type Stopped struct {
	INN  company.INN
	Name string
}

// Removed is what came of removing; as people write them.
type Removed struct {
	Gone   []string
	Stay   []string // of the same call, not asked for
	Shared []string // asked for, but another company that asked not to be called has them
}
