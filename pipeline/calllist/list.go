package calllist

import (
	"encoding/json"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Format is the version of a frozen list. Readers accept it and all before.
const Format = 2

// List is the call list of one working day at the moment it was issued. It
// holds everything its rows show, so that later changes cannot alter it.
type List struct {
	Format     int                `json:"format"`
	ID         string             `json:"id"`
	Day        company.Date       `json:"day"`
	Issued     string             `json:"issued"`
	ConfigHash string             `json:"config_hash"`
	Managers   []pipeline.Manager `json:"managers"`
	Rows       []Entry            `json:"rows"`
	Targets    []company.INN      `json:"targets"`           // «ТОП-20», carried on from list to list
	Skipped    map[string]int64   `json:"skipped"`           // good leads kept out, by reason
	Missed     []Missed           `json:"missed,omitempty"`  // agreed calls that found no place
	Waiting    int                `json:"waiting,omitempty"` // due, and no place was left
	// Ladders are the values of each ladder's steps when it was issued, by the ladder's
	// key in the segments file: by them the values of its rows are read when the file
	// has changed since.
	Ladders map[string][]float64 `json:"ladders,omitempty"`
	Below   int64                `json:"below"` // leads never called that the random ones were drawn from
}

// Entry is a row with what the stop list is held against.
type Entry struct {
	Row     pipeline.Row `json:"row"`
	Phones  []string     `json:"phones"` // E.164, every one shown
	Emails  []string     `json:"emails,omitempty"`
	Domains []string     `json:"domains,omitempty"`

	Pool   Pool             `json:"pool,omitempty"`
	Half   store.Half       `json:"half,omitempty"`   // of the company's day in which to try
	Place  int              `json:"place,omitempty"`  // among its manager's rows, from 1
	Tenth  int              `json:"tenth,omitempty"`  // of all leads by score, 1 = the best; 0 = not known
	Values map[string]int64 `json:"values,omitempty"` // of each signal when it was issued, thousandths; unknown ones are missing
}

// Missed is a call that was agreed on and found no place on the list.
type Missed struct {
	INN    company.INN  `json:"inn"`
	Due    company.Date `json:"due"`
	Reason string       `json:"reason"` // as in Skipped
}

// Pool says why a row stands on the list.
type Pool string

// The pools.
const (
	PoolDue    Pool = "due"    // its turn has come: agreed, a retry, a follow-up
	PoolNew    Pool = "new"    // the best of those never called
	PoolRandom Pool = "random" // drawn from below the cut
	PoolTender Pool = "tender" // a live tender, before its phase
	PoolHeld   Pool = "held"   // issued before and not called yet
)

// ErrFormat is returned for a list of a newer program.
var ErrFormat = errors.New("call list of a newer version")

// Encode is the frozen form.
func (l *List) Encode() ([]byte, error) {
	data, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("encode call list %s: %w", l.ID, err)
	}
	return data, nil
}

// Decode reads the frozen form.
func Decode(data []byte) (*List, error) {
	var l List
	if err := json.Unmarshal(data, &l); err != nil {
		return nil, fmt.Errorf("decode call list: %w", err)
	}
	if l.Format > Format {
		return nil, fmt.Errorf("list %s has format %d, this program knows %d: %w", l.ID, l.Format, Format, ErrFormat)
	}
	return &l, nil
}

// Without returns the list less the rows that the stop list names, in the
// same order and with the same numbers, and how many were taken out.
func (l *List) Without(stopped func(Entry) bool) (*List, int) {
	out := *l
	out.Rows = nil
	for _, e := range l.Rows {
		if !stopped(e) {
			out.Rows = append(out.Rows, e)
		}
	}
	return &out, len(l.Rows) - len(out.Rows)
}
