package journal

import (
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Kind says what a line tells of.
type Kind string

// The kinds, with the field that holds what they tell.
const (
	KindResult   Kind = "result"       // Result
	KindStop     Kind = "stop"         // Stop was added
	KindUnstop   Kind = "stop removed" // Stop was taken away; its reason "" = whatever the reason
	KindMark     Kind = "mark"         // Mark was put
	KindUnmark   Kind = "mark removed" // Mark was taken away
	KindDecision Kind = "decision"     // Decision, of «На проверку» or by hand
	KindForgot   Kind = "forgotten"    // Note says of what kind it was; what it was is not kept
)

// Entry is a line.
type Entry struct {
	At       time.Time `json:"at"` // when it was told
	By       string    `json:"by"` // who told it
	Kind     Kind      `json:"kind"`
	File     string    `json:"file,omitempty"`      // SHA-256 of the file that says so, in hex
	FileName string    `json:"file_name,omitempty"` // for people
	Row      int       `json:"row,omitempty"`       // of its sheet, from 1
	Note     string    `json:"note,omitempty"`

	Result   *store.Result   `json:"result,omitempty"`
	Stop     *store.Stop     `json:"stop,omitempty"`
	Mark     *store.Mark     `json:"mark,omitempty"`
	Decision *store.Decision `json:"decision,omitempty"`
}

// INN is the company that the line is about; "" = it names none.
func (e *Entry) INN() company.INN {
	switch {
	case e.Result != nil:
		return e.Result.INN
	case e.Mark != nil:
		return e.Mark.INN
	case e.Decision != nil:
		return e.Decision.INN
	case e.Stop != nil && e.Stop.Kind == store.StopINN:
		return company.INN(e.Stop.Value)
	}
	return ""
}

// saying is what a line says, less who told it and when: two lines with the same
// saying tell the same thing twice.
func (e *Entry) saying() (string, error) {
	same := *e
	same.At, same.By, same.FileName = time.Time{}, "", ""
	if e.Result != nil {
		r := *e.Result
		r.Taken, r.By, r.FileName = time.Time{}, "", ""
		same.Result = &r
	}
	data, err := json.Marshal(&same)
	if err != nil {
		return "", fmt.Errorf("compare lines: %w", err)
	}
	return string(data), nil
}

// subject is what stop and mark lines are about: one that takes away makes room
// for the same to be told anew.
func (e *Entry) subject() string {
	switch {
	case e.Stop != nil:
		return "stop " + string(e.Stop.Kind) + " " + e.Stop.Value
	case e.Mark != nil:
		return "mark " + string(e.Mark.INN) + " " + string(e.Mark.Kind)
	case e.Decision != nil:
		return "decision " + e.Decision.ID.Source + " " + e.Decision.ID.Key
	}
	return ""
}

// Folded passes on each line but those that say again what stands. What was
// taken away in between, or said otherwise, may be said again.
func Folded(lines iter.Seq2[Entry, error]) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		said := map[string]bool{}              // sayings about no subject
		stands := map[string]map[string]bool{} // by subject: sayings since the last that took away
		for e, err := range lines {
			if err != nil {
				yield(e, err)
				return
			}
			saying, err := e.saying()
			if err != nil {
				yield(e, err)
				return
			}
			seen, subject := said, e.subject()
			if subject != "" {
				if e.Kind == KindUnstop || e.Kind == KindUnmark {
					if stands[subject][saying] && len(stands[subject]) == 1 {
						continue
					}
					stands[subject] = nil
				}
				if stands[subject] == nil {
					stands[subject] = map[string]bool{}
				}
				seen = stands[subject]
			}
			if seen[saying] {
				continue
			}
			seen[saying] = true
			if !yield(e, nil) {
				return
			}
		}
	}
}
