package audit

import (
	"context"
	"net/netip"
	"slices"
	"time"
)

// Action is what was done.
type Action string

// The actions.
const (
	Login        Action = "login"
	LoginRefused Action = "login refused"
	Logout       Action = "logout"
	Password     Action = "password" // changed one's own
	Download     Action = "download"
	Upload       Action = "upload"
	TakenIn      Action = "taken in" // what a file held that was uploaded or lay in the inbox
	Result       Action = "result"   // entered on a page
	Change       Action = "change"   // of segments, joins, assignments, targets
	Stop         Action = "stop"     // the stop list
	Forget       Action = "forget"
	User         Action = "user" // an account was made or changed
	Run          Action = "run"  // a night was started or stopped by hand
	Backup       Action = "backup"

	// Unreadable stands in the place of a line that somebody else has written over.
	Unreadable Action = "unreadable"
)

// Entry is a line.
type Entry struct {
	At      time.Time `json:"at"`
	Who     string    `json:"who,omitempty"`     // name of the account; "" = nobody has logged in
	Address string    `json:"address,omitempty"` // IP
	Action  Action    `json:"action"`
	What    string    `json:"what,omitempty"` // in latin letters: "list 2026-11-16 manager-1", "segments"
	Rows    int       `json:"rows,omitempty"` // of a table that went out or came in
	Refused bool      `json:"refused,omitempty"`
}

// Filter picks entries. Its zero value picks all.
type Filter struct {
	Who     string // "" = whoever
	Actions []Action
	Refused bool      // only those that were refused
	From    time.Time // the first moment
	Before  time.Time // after the last; zero = none
}

func (f *Filter) picks(e *Entry) bool {
	return (f.Who == "" || e.Who == f.Who) && (len(f.Actions) == 0 || slices.Contains(f.Actions, e.Action)) &&
		(!f.Refused || e.Refused) && !e.At.Before(f.From) && (f.Before.IsZero() || e.At.Before(f.Before))
}

// Log is where entries go. It is safe for concurrent use.
type Log interface {
	// Append writes entries, with what they may not hold withheld, and returns when
	// they will not be lost.
	Append(ctx context.Context, entries ...Entry) error
	// Last returns up to n entries that the filter picks, the one written last first.
	Last(ctx context.Context, n int, f Filter) ([]Entry, error)
}

// sieved is an entry without what a line may not hold.
func (e Entry) sieved() Entry {
	e.At = e.At.UTC()
	e.Who, e.What, e.Action = sieve(e.Who), sieve(e.What), Action(sieve(string(e.Action)))
	if e.Rows < 0 || e.Rows > maxRows { // no table is so long; an ИНН is a number, too
		e.Rows = 0
	}
	if address, err := netip.ParseAddr(e.Address); err == nil {
		e.Address = address.Unmap().WithZone("").String()
	} else {
		e.Address = ""
	}
	return e
}
