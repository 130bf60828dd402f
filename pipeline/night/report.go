package night

import (
	"fmt"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/store"
)

// Stage is a part of the night, for progress.
type Stage string

// The stages.
const (
	StageFetch   Stage = "fetch"
	StagePull    Stage = "pull"
	StageResolve Stage = "resolve"
	StageDerive  Stage = "derive"
	StageEnrich  Stage = "enrich"
	StageScore   Stage = "score"
	StageExport  Stage = "export"
)

// Event is progress. Done and Total are in the stage's own unit: bytes of
// input for a pull, companies elsewhere; Total is 0 when unknown.
type Event struct {
	Stage       Stage
	Source      string
	Unit        string
	Done, Total int64
	Rows        int64
}

// State is how a source came out of the night.
type State string

// The states.
const (
	StateDone       State = "done"
	StateUnchanged  State = "unchanged"  // the same input as before: not read again, counts repeated
	StateIncomplete State = "incomplete" // a part could not be read
	StateFailed     State = "failed"     // nothing more came after an error
	StateQuarantine State = "quarantine" // more rows quarantined than the limit allows
	StateStale      State = "stale"      // its newest release is older than it should be, or could not be fetched
	StateLate       State = "late"       // the deadline came before it was read to the end
	StateOff        State = "off"        // may not run yet
	StateLeftOut    State = "left out"   // not asked for
	StatePaused     State = "paused"     // what may be spent on one day is spent: the next run goes on
	StateResting    State = "resting"    // its last pull is younger than its rhythm wants: counts repeated
)

// Short tells a state after which a run ends with 3.
func (s State) Short() bool {
	switch s {
	case StateIncomplete, StateFailed, StateQuarantine, StateStale, StateLate:
		return true
	case StateDone, StateUnchanged, StateOff, StateLeftOut, StateResting, StatePaused:
	}
	return false
}

// Report is what a run tells. It is what run --json prints.
type Report struct {
	Day         company.Date        `json:"day"`
	Sample      bool                `json:"sample"`
	ConfigHash  string              `json:"config_hash"`
	Started     time.Time           `json:"started"`
	Ended       time.Time           `json:"ended"`
	Completed   bool                `json:"completed"`
	Stages      []StageTime         `json:"stages"`
	Short       []string            `json:"short,omitempty"` // why the run ends with 3
	Sources     []SourceReport      `json:"sources"`
	Resolve     ResolveReport       `json:"resolve"`
	Enrich      []EnrichReport      `json:"enrich,omitempty"`
	Companies   int64               `json:"companies"`
	Leads       []LeadsReport       `json:"leads"`
	Reach       ReachReport         `json:"reach"`
	Vetoed      map[string]int64    `json:"vetoed"`  // by reason
	Skipped     map[string]int64    `json:"skipped"` // good leads kept out of the list, by reason
	ListID      string              `json:"list_id"`
	ListHash    string              `json:"list_config_hash"` // of the segments file that made the list
	ListFrozen  bool                `json:"list_frozen"`      // the day had its list already
	Listed      []ListedReport      `json:"listed"`
	Withdrawn   int                 `json:"withdrawn"` // rows the stop list took out of a frozen list
	Fresh       int                 `json:"fresh"`
	Purged      int                 `json:"purged"`         // places from which retention took contacts of people
	Idle        bool                `json:"idle,omitempty"` // no manager works on the day
	Artefacts   []pipeline.Artefact `json:"artefacts"`
	OutsideAny  int64               `json:"outside_segments"`
	ReviewTotal int                 `json:"review"`

	before   map[string]Gain // what runs for the same day before this one brought, by enricher
	review   []resolve.ReviewRow
	deadline time.Time
	errors   []string // of exporters
}

// Exit is the exit code that the report stands for.
func (r *Report) Exit() int {
	if len(r.Short) > 0 {
		return 3
	}
	return 0
}

// StageTime is how long a part of the night took.
type StageTime struct {
	Stage   Stage   `json:"stage"`
	Source  string  `json:"source,omitempty"` // for a pull, with its fetching
	Seconds float64 `json:"seconds"`
}

// took notes the time since a part began, which may have come before.
func (r *Report) took(stage Stage, source string, began, now time.Time) {
	seconds := now.Sub(began).Seconds()
	for i := range r.Stages {
		if s := &r.Stages[i]; s.Stage == stage && s.Source == source {
			s.Seconds += seconds
			return
		}
	}
	r.Stages = append(r.Stages, StageTime{Stage: stage, Source: source, Seconds: seconds})
}

// SourceReport is one source's state with the equation of rows.
type SourceReport struct {
	Name    string           `json:"name"`
	Title   string           `json:"title"`
	State   State            `json:"state"`
	Note    string           `json:"note,omitempty"`
	Release pipeline.Release `json:"release"`
	Counts  pipeline.Counts  `json:"counts"`
	Delta   store.Delta      `json:"delta"`
	Gaps    []pipeline.Gap   `json:"gaps,omitempty"`

	GapsMore int `json:"gaps_more,omitempty"` // how many gaps there are beside those

	Advice []string `json:"advice,omitempty"` // what to know though nothing failed
}

// ResolveReport counts what became of listings without ИНН.
type ResolveReport struct {
	Listings   int64            `json:"listings"`
	Joined     int64            `json:"joined"`
	Manual     int64            `json:"manual"` // of them by people
	ByEvidence map[string]int64 `json:"by_evidence"`
	Unresolved map[string]int64 `json:"unresolved"` // by reason
	Compared   int64            `json:"compared"`   // listings that were looked at, since something had changed
	Weighed    int64            `json:"weighed"`    // pairs of them with a company
}

// EnrichReport counts one enricher's work.
type EnrichReport struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Metered bool   `json:"metered,omitempty"`
	Gain
	Outcomes map[string]int64 `json:"outcomes,omitempty"`   // by the enricher's own codes
	Calls    int64            `json:"calls,omitempty"`      // of its service, debited in this run
	AsksLeft *int64           `json:"asks_left,omitempty"`  // of the night's budget, of a metered one
	CallLeft *int64           `json:"calls_left,omitempty"` // of its service's budget; nil = no bound, or nothing is counted
	Off      string           `json:"off,omitempty"`        // why it was not asked at all
	Paused   string           `json:"paused,omitempty"`     // why the rest is asked another day: no failure
	Error    string           `json:"error,omitempty"`

	// Night is what all runs for the list's day brought, this one included.
	Night Gain `json:"night,omitzero"`
}

// LeadsReport counts leads of one segment.
type LeadsReport struct {
	Segment  string `json:"segment"`
	Title    string `json:"title"`
	Priority int    `json:"priority"`
	Leads    int64  `json:"leads"`
	Dialable int64  `json:"dialable"`
}

// ListedReport counts rows of the list.
type ListedReport struct {
	Manager  string `json:"manager"`
	Priority int    `json:"priority"`
	Rows     int    `json:"rows"`
}

func (n *Night) newReport(day company.Date) (*Report, error) {
	deadline, err := n.deadline(day)
	if err != nil {
		return nil, err
	}
	return &Report{
		Day: day, Sample: n.Sample, ConfigHash: n.Segments.Hash(), Started: n.Clock(), deadline: deadline,
		Vetoed: map[string]int64{}, Skipped: map[string]int64{},
		Resolve: ResolveReport{ByEvidence: map[string]int64{}, Unresolved: map[string]int64{}},
	}, nil
}

// judge notes why a night falls short.
func (r *Report) judge() {
	r.Short = append([]string(nil), r.errors...)
	for _, s := range r.Sources {
		switch {
		case s.State.Short():
			r.Short = append(r.Short, fmt.Sprintf("source %s: %s: %s", s.Name, s.State, s.Note))
		case s.State == StateOff:
			r.Short = append(r.Short, fmt.Sprintf("source %s is off: %s", s.Name, s.Note))
		}
	}
	for _, e := range r.Enrich {
		if e.Error != "" {
			r.Short = append(r.Short, fmt.Sprintf("enricher %s: %s", e.Name, e.Error))
		}
	}
}
