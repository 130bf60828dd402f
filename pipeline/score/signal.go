package score

import (
	"errors"
	"fmt"
	"slices"
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
	tender
	tenderPast
	exhibition
	competitorClient
)

// bySegment tells signals whose value depends on the segment.
func (k kind) bySegment() bool { return k <= season }

// signalIDs are the ids of config.SignalIDs by kind; a test holds the two
// lists to each other.
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

	tender:           "tender",
	tenderPast:       "tender_past",
	exhibition:       "exhibition",
	competitorClient: "competitor_client",
}

// ErrUnknownSignal says that a segments file names a signal that cannot be
// measured. Files that config has read name none.
var ErrUnknownSignal = errors.New("unknown signal")

func kindOf(index int, id string) (kind, error) {
	k := slices.Index(signalIDs[:], id)
	if k < 0 {
		return 0, fmt.Errorf("signals[%d].id: %q: %w", index, id, ErrUnknownSignal)
	}
	return kind(k), nil
}
