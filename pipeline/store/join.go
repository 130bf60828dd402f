package store

import (
	"context"
	"iter"
	"time"

	"obzvon/pipeline/company"
)

// Join is a decision that an observation without ИНН belongs to a company.
// An observation has at most one. It bears on a dossier only while the
// observation is there and carries no ИНН of its own.
type Join struct {
	ID       ObservationID
	INN      company.INN
	Evidence []Evidence
	Manual   bool // a person confirmed it
}

// Evidence is one reason for a join.
type Evidence struct {
	Kind   string `json:"kind"` // as package resolve/evidence names it: "inn", "phone", "city", "prior"
	Value  string `json:"value"`
	Weight int64  `json:"weight"` // thousandths of log-odds; 0 where the method knows none
}

// Decision is a person's word on a join; it outlives every rebuild.
type Decision struct {
	ID   ObservationID `json:"id"`
	INN  company.INN   `json:"inn"`
	Same bool          `json:"same"` // false: never join these two
	By   string        `json:"by"`
	At   time.Time     `json:"at"`
}

// Joins are decisions of the matcher and of people.
type Joins interface {
	// ReplaceJoins makes the joins exactly those of the sequence, whose ids
	// must rise by source, then key (ErrOrder), under the decisions of people
	// (Verdicts): a denied join is left out, a confirmed one is there whatever
	// the sequence says. Unchanged ones are not written again. It is a run of
	// transactions; an error of the sequence ends it and removes nothing. The
	// note tells what they were made from and what came of it: it is taken
	// away first and set last, so that joins under a note are whole.
	ReplaceJoins(ctx context.Context, note []byte, seq iter.Seq2[Join, error]) error

	// JoinsNote returns what ReplaceJoins was given, nil before the first, after
	// one that did not end and after a decision.
	JoinsNote(ctx context.Context) ([]byte, error)

	// Joins pages through joins in the order of their ids.
	Joins(ctx context.Context, after ObservationID, limit int) ([]Join, error)

	// Decide remembers a person's decision; a later one on the same
	// observation and ИНН takes its place. Same=false removes that join,
	// Same=true makes it, marked Manual, in place of another one. The note of
	// the joins is taken away.
	Decide(ctx context.Context, d Decision) error

	// Decisions returns all of them, in the order of ids, then ИНН.
	Decisions(ctx context.Context) ([]Decision, error)
}
