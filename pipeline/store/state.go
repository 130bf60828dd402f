package store

import (
	"cmp"
	"context"
	"time"

	"obzvon/pipeline/company"
)

// Run is one night in the ledger.
type Run struct {
	Day       company.Date `json:"day"` // the list's day; the key
	Started   time.Time    `json:"started"`
	Ended     time.Time    `json:"ended"`
	Completed bool         `json:"completed"` // every stage ended, sources may have failed
	Exit      int          `json:"exit"`
	Error     string       `json:"error,omitempty"`  // why the last run of the day ended before its end
	Report    []byte       `json:"report,omitempty"` // JSON as printed by run --json
}

// Runs is the ledger.
type Runs interface {
	PutRun(ctx context.Context, r Run) error
	// Run returns the run of a day, ErrNotFound if there was none.
	Run(ctx context.Context, day company.Date) (Run, error)
	// LastCompleted returns the newest completed run of a day before the
	// given one, ErrNotFound if there is none.
	LastCompleted(ctx context.Context, before company.Date) (Run, error)
}

// Issue is a list at the moment it is frozen.
type Issue struct {
	Day    company.Date
	Data   []byte                 // the list, opaque to the store
	Owners map[company.INN]string // manager of each company on it
}

// Lists are the issued call lists. A day's list never changes.
type Lists interface {
	// Issue freezes a list and its owners in one transaction. If the day has
	// one already, that one is returned and nothing is written.
	Issue(ctx context.Context, i Issue) (stands []byte, err error)
	// List returns a day's list, ErrNotFound if none was issued.
	List(ctx context.Context, day company.Date) ([]byte, error)
	// ListDays returns the days that have a list, rising.
	ListDays(ctx context.Context) ([]company.Date, error)
	// Owners returns the manager of every company that ever was on a list,
	// as the list issued last has it.
	Owners(ctx context.Context) (map[company.INN]string, error)
}

// StopKind says what a stop names.
type StopKind string

// The kinds.
const (
	StopINN    StopKind = "inn"
	StopPhone  StopKind = "phone" // E.164 without extension
	StopEmail  StopKind = "email"
	StopDomain StopKind = "domain"
)

// Stop is an entry of the stop list.
type Stop struct {
	Kind   StopKind  `json:"kind"`
	Value  string    `json:"value"`  // canonical
	Reason string    `json:"reason"` // "refused", "client", "other"
	Note   string    `json:"note,omitempty"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// Earlier tells which of two entries stands: that of the earlier moment, then
// the lesser of who wrote it, then of the notes.
func (s *Stop) Earlier(than *Stop) bool {
	return cmp.Or(s.At.Compare(than.At), cmp.Compare(s.By, than.By), cmp.Compare(s.Note, than.Note)) < 0
}

// Stops is whom never to call.
type Stops interface {
	// AddStops adds entries in one transaction and tells how many are new. Of
	// those with the same kind, value and reason the earlier one stands
	// (Stop.Earlier), whichever came first; another reason stands beside it.
	AddStops(ctx context.Context, stops []Stop) (added int, err error)
	// RemoveStop removes a value's entry of a reason, with reason "" all of
	// its entries; ErrNotFound if there is none.
	RemoveStop(ctx context.Context, kind StopKind, value, reason string) error
	// StopList returns all entries by kind, value, then reason.
	StopList(ctx context.Context) ([]Stop, error)
}
