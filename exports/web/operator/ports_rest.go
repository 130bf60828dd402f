package operator

import (
	"context"
	"time"

	"obzvon/pipeline/company"
)

// Health is how the server does.
type Health interface {
	Look(ctx context.Context) (Checkup, error)
}

// Checkup is all that was looked at.
type Checkup struct {
	Checks  []Check
	Sizes   []Fact // of files and folders, memory, disk
	Backups Backups
	Inbox   Inbox
	Notices []Notice // the last ones, the newest first
	Sources []Need   // sources and enrichers, with what each still needs
}

// Check is one thing that was looked at, in Russian.
type Check struct {
	Title, Text string
	State       State
	Advice      string // what to do; "" = nothing
}

// Backups are those that the server makes.
type Backups struct {
	Keep   int // 0 = none are made
	Dir    string
	Count  int
	Newest time.Time // zero = there is none
	Size   int64     // of it, bytes
	State  State
	Advice string
}

// Inbox is the folder that takes files in.
type Inbox struct {
	On      bool
	Dir     string
	Waiting []string // names
	Refused []Refused
}

// Refused is a file that was not taken in.
type Refused struct {
	Day  company.Date
	Name string
	Why  string // Russian
}

// Notice is a message to the operator.
type Notice struct {
	At    time.Time
	Title string // Russian
	Sent  bool
	Why   string // it was not sent
}

// Need is a source or an enricher with what it lacks.
type Need struct {
	Name, Title string
	Kind        string // Russian: источник, дозаполнение
	On          bool
	State       State
	Text        string // Russian: how it stands
	Lacks       []Lack
	Last        time.Time // when it was read; zero = never
}

// Lack is one thing that is missing, and what to do about it.
type Lack struct{ What, Do string }

// Forget erases people for good.
type Forget interface {
	// Plan tells what would be erased, and changes nothing: *RefusedError.
	Plan(ctx context.Context, query string) (Erasure, error)
	// Erase does it, alone with the readers: *RefusedError, *BusyError. What it tells
	// repeats what was erased: it is shown once and kept nowhere.
	Erase(ctx context.Context, who, query string, force bool) (Erasure, error)
}

// Erasure is what is erased, or would be, in Russian: it goes into the act of
// destruction.
type Erasure struct {
	Lines   []string
	Unsaved []string // files that hold what nothing else does: they go only if forced
}

// Audit is the log of what was done.
type Audit interface {
	// Last returns up to so many entries that the filter picks, the newest first,
	// after leaving out some.
	Last(ctx context.Context, f Filter, skip, most int) ([]Entry, error)
	// Actions are those that may stand in it.
	Actions() []Reason
}

// Filter picks entries; its zero value all.
type Filter struct {
	Who     string
	Action  string // id of one of Actions
	Refused bool
}

// Entry is one thing that was done.
type Entry struct {
	At      time.Time
	Who     string
	Address string
	Action  string // Russian
	What    string
	Rows    int
	Refused bool
}
