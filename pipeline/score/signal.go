package score

import (
	"errors"
	"fmt"

	"github.com/agnivade/levenshtein"
)

// kind is which property a signal measures.
type kind uint8

const (
	okvedMain kind = iota
	okvedReported
	okvedExtra
	nameWords
	rubric
	season // the last of those that differ by segment
	headcount
	revenue
	smeCategory
	branches
	phone
	mobile
	email
	site
	namedPerson
	proximity
	age
	statusClean
	freshness
)

// bySegment tells signals whose value depends on the segment.
func (k kind) bySegment() bool { return k <= season }

// signalIDs are the ids that a segments file may use, by kind.
var signalIDs = [...]string{
	okvedMain:     "okved_main",
	okvedReported: "okved_reported",
	okvedExtra:    "okved_extra",
	nameWords:     "name_words",
	rubric:        "rubric",
	season:        "season",
	headcount:     "headcount",
	revenue:       "revenue",
	smeCategory:   "sme_category",
	branches:      "branches",
	phone:         "phone",
	mobile:        "mobile",
	email:         "email",
	site:          "site",
	namedPerson:   "named_person",
	proximity:     "proximity",
	age:           "age",
	statusClean:   "status_clean",
	freshness:     "freshness",
}

// SignalIDs lists every signal the scorer can measure.
func SignalIDs() []string { return append([]string(nil), signalIDs[:]...) }

// ErrUnknownSignal says that a segments file names a signal that this version
// cannot measure.
var ErrUnknownSignal = errors.New("unknown signal")

// UnknownSignalError names it and the nearest one there is. It is
// ErrUnknownSignal.
type UnknownSignalError struct {
	Index   int    // in the list signals of the segments file
	ID      string // as written
	Nearest string
}

func (e *UnknownSignalError) Error() string {
	return fmt.Sprintf("signals[%d].id: %v %q, the nearest known is %q", e.Index, ErrUnknownSignal, e.ID, e.Nearest)
}

// Is makes errors.Is(err, ErrUnknownSignal) hold.
func (e *UnknownSignalError) Is(target error) bool { return target == ErrUnknownSignal }

func kindOf(index int, id string) (kind, error) {
	best, nearest := len(id)+len(signalIDs[0])+1, ""
	for k, known := range signalIDs {
		if id == known {
			return kind(k), nil
		}
		if d := levenshtein.ComputeDistance(id, known); nearest == "" || d < best {
			best, nearest = d, known
		}
	}
	return 0, &UnknownSignalError{Index: index, ID: id, Nearest: nearest}
}
