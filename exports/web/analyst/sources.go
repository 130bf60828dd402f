package analyst

import (
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Quarantine counts the rows of a source that could not be used.
type Quarantine struct {
	Source, Title string
	Read          time.Time
	Total         int
	Reasons       []ReasonCount // the most frequent first
}

// ReasonCount is how many there are of one reason.
type ReasonCount struct {
	Reason pipeline.Reason
	Count  int
}

// Rejects are rows of a source that could not be used.
type Rejects struct {
	Quarantine

	Pages Pages
	Rows  []pipeline.Reject
}

// Sources are those of the config, and what else could be had.
type Sources struct {
	Read   []Source // registries, directories, sets
	Asked  []Source // enrichers
	Offers []Offer
}

// State is how a source stands.
type State struct {
	Text string // Russian
	Tone string // "good", "warn", "bad", ""
}

// Source is one of the config.
type Source struct {
	Name, Title string
	Enabled     bool
	State       State
	Release     string       // its name
	ReleaseDay  company.Date // 0 = not known
	Age         int          // days since then; -1 = not known
	Pulled      time.Time
	Counts      pipeline.Counts
	Needs       []string // Russian, for the operator
	Said        []string // what went wrong, in Russian
	Licence     string
	TermsURL    string
	Accepted    string // day on which somebody read the terms
	Rhythm      string
	Trust       int
}

// Offer is something that could be read and is not.
type Offer struct {
	Title, Brings, Needs string
}

// SourceCard is a source with its last runs.
type SourceCard struct {
	Source

	Runs []SourceRun
}

// SourceRun is what a run made of a source.
type SourceRun struct {
	Day      company.Date // of the list
	At       time.Time
	State    State
	Release  string
	Counts   pipeline.Counts
	New      int64
	Changed  int64
	Gone     int64
	Repeated bool // nothing new was there, the counts are those of before
}
