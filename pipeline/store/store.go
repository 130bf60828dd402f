// Package store is the port to what the program remembers. It has two halves
// with different lives: the registry (observations, joins, scoring rows,
// events: large, can be pulled again) and the state (runs, issued lists,
// decisions, stop list: small, must be backed up).
//
// Every call is one transaction unless its comment says otherwise. Reads are
// pages: a caller may write between two pages, or while it holds one, and
// never blocks itself; so may a sequence that the store is reading. A page has
// at most limit entries, none when limit is below 1; a page that is not full is
// the last. What a page returns belongs to the caller. A cancelled context
// ends a call with the context's error before or between transactions. After
// Close every call is ErrClosed; Close may be called again. Nothing here
// assumes one process or one machine.
package store

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
)

// Errors of every implementation.
var (
	ErrNotFound = errors.New("not in the store")
	ErrClosed   = errors.New("store is closed")
	ErrOrder    = errors.New("keys of a sequence must rise")

	// ErrKind is a write of observations of the one kind into a source that
	// holds those of the other (Replacement.Annex).
	ErrKind = errors.New("the source holds observations of another kind")

	// ErrObservation is an observation that Admit refuses, or one that comes
	// twice in a batch.
	ErrObservation = errors.New("observation cannot be stored")
)

// Store is all of it; parts of the program ask for the small interfaces.
type Store interface {
	Observations
	Pulls
	Joins
	ScoreRows
	Events
	Runs
	Lists
	Stops
	io.Closer
}

// ObservationID names an observation for ever.
type ObservationID struct {
	Source string `json:"source"`
	Key    string `json:"key"`
}

// Dossier is everything that bears on one ИНН.
type Dossier struct {
	INN          company.INN
	Observations []company.Observation // own, joined and of annexes, ordered by source, key
	Joins        []Join                // of the joined ones, ordered by id
}

// Observations are what the sources said.
type Observations interface {
	// Commit writes one batch in one transaction: observations, events,
	// rejects, gaps, counts and cursor, all or nothing. Observations are
	// upserts: one that says the same (company.Observation.SameContent) is
	// counted as unchanged, takes the newer date and makes no event, so that
	// what is known does not depend on how often it was said. A key that had another
	// ИНН moves to the new one. Values keep the day they were first seen
	// (Stamp). The facts of each must be sorted, keys be distinct
	// (ErrObservation). Commit needs no BeginPull. No two writers may write
	// one source at the same time.
	Commit(ctx context.Context, c Commit) (Delta, error)

	// Replace makes the source hold exactly the records of the sequence, whose
	// keys must rise by their bytes (ErrOrder). Content that is the same is not
	// written again: of a whole release everything was said on the release's
	// day; of one that is not whole it takes the newer date. Keys that are
	// missing are removed, with an event "gone", only if the release is whole.
	// The first Replace of a source that holds nothing makes no events at all,
	// nor do those that go on with it (Partial) or follow on the day on which it
	// ended: what was not known before is told by first-seen days. It is a run of
	// transactions: killed in the middle and called again with the same
	// sequence it ends in the same store with the same events (the Delta of a
	// repeated call counts only what was left to do). An error of the sequence
	// ends it and is returned; then nothing is removed, what came before stays.
	// The sequence may reuse the memory of a record once it is asked for the
	// next.
	Replace(ctx context.Context, r Replacement, seq iter.Seq2[record.Packed, error]) (Delta, error)

	// Get returns one observation, ErrNotFound if there is none.
	Get(ctx context.Context, id ObservationID) (company.Observation, error)

	// WithoutINN pages through observations that carry no ИНН, joined or not,
	// by source then key, after the given one (zero = from the start). Those of
	// annexes are never among them.
	WithoutINN(ctx context.Context, after ObservationID, limit int) ([]company.Observation, error)

	// Dossiers pages through all ИНН in rising order of their text, after the
	// given one. An ИНН that only a join or an annex names is not one of them.
	Dossiers(ctx context.Context, after company.INN, limit int) ([]Dossier, error)

	// Dossier returns one, ErrNotFound if no observation but those of annexes
	// carries the ИНН.
	Dossier(ctx context.Context, inn company.INN) (Dossier, error)

	// INNs pages through the ИНН that the named sources carry, rising,
	// distinct. No sources named = none; annexes carry none.
	INNs(ctx context.Context, sources []string, after company.INN, limit int) ([]company.INN, error)

	// Generation rises with every write that changes what an observation says,
	// annexes excepted, or which there are; not with one that only says the same
	// on a newer day. Equal generations mean that nothing has changed in between.
	Generation(ctx context.Context) (uint64, error)
}

// Commit is one batch on its way into the store.
type Commit struct {
	Source string
	Day    company.Date // the list's day this night works for
	Batch  pipeline.Batch
	Silent bool // as in Replacement
}

// Replacement is a source's new release.
type Replacement struct {
	Source  string
	Day     company.Date
	Release pipeline.Release
	// Silent says that what differs from what is stored comes of reading
	// otherwise than before (another filter, decoder or switch) and not of the
	// source: nothing is an event, and what is missing counts as dropped, since
	// the source may hold it still.
	Silent bool
	// Partial says that the source broke off or left a gap. The first Replace of
	// a source is over only with one that is not: what was missing is no news.
	Partial bool
	// Annex says that the source adds to companies that others know: its
	// observations stand in the dossier of their ИНН, which must be their key
	// (ErrObservation), and make none. Only what changes of an ИНН that another
	// source carries is an event. A source is an annex or not for good
	// (ErrKind).
	Annex bool
}

// Delta counts what a write changed.
type Delta struct {
	New       int64 `json:"new"`
	Changed   int64 `json:"changed"`
	Unchanged int64 `json:"unchanged"`
	Gone      int64 `json:"gone"`
	Dropped   int64 `json:"dropped"` // removed because something else is wanted now
}

// Add returns the sum.
func (d Delta) Add(e Delta) Delta {
	return Delta{
		New: d.New + e.New, Changed: d.Changed + e.Changed, Unchanged: d.Unchanged + e.Unchanged,
		Gone: d.Gone + e.Gone, Dropped: d.Dropped + e.Dropped,
	}
}

// Pulls is the state of each source: how far the present or last pull came,
// and what it could not use.
type Pulls interface {
	// BeginPull starts a pull: counts, gaps, rejects and cursor are cleared,
	// observations stay, Mixed is taken as given.
	BeginPull(ctx context.Context, p Pull) error

	// NotePull adds counts, gaps, rejects and the cursor of a batch whose
	// observations go another way (Replace). Commit does the same by itself.
	NotePull(ctx context.Context, source string, batch pipeline.Batch) error

	// EndPull marks the pull as ended, with the error that ended it, if any.
	// ErrNotFound if the source has no pull.
	EndPull(ctx context.Context, source string, end PullEnd) error

	// Pull returns the state of a source, ErrNotFound before the first.
	Pull(ctx context.Context, source string) (Pull, error)

	// Rejects pages through rejected rows of a source's last pull, in the
	// order they came; after is the number of rows to leave out.
	Rejects(ctx context.Context, source string, after, limit int) ([]pipeline.Reject, error)
}

// Pull is one reading of a source.
type Pull struct {
	Source      string           `json:"source"`
	Day         company.Date     `json:"day"`
	Fingerprint string           `json:"fingerprint"` // of the input, the decoder and the filter
	Filter      string           `json:"filter"`      // of what was wanted: part of the fingerprint
	Decoder     int              `json:"decoder"`
	Started     time.Time        `json:"started"`
	Ended       time.Time        `json:"ended"` // zero while it runs or after a kill
	Complete    bool             `json:"complete"`
	Error       string           `json:"error,omitempty"`
	Release     pipeline.Release `json:"release"` // newest one seen by its date
	Counts      pipeline.Counts  `json:"counts"`
	Delta       Delta            `json:"delta"`
	Gaps        []pipeline.Gap   `json:"gaps,omitempty"`
	Cursor      string           `json:"cursor,omitempty"`
	GapsMore    int              `json:"gaps_more,omitempty"` // how many gaps there are beside those
	// Mixed says that the store may hold observations that were read otherwise:
	// under another filter, by another decoder. A complete pull ends it.
	Mixed bool         `json:"mixed,omitempty"`
	Last  CompletePull `json:"last"` // the last pull that was complete, this one included
}

// CompletePull is what a complete pull leaves behind: a later one that fails
// does not take it away. The zero value means that there was none.
type CompletePull struct {
	Ended   time.Time        `json:"ended"`
	Filter  string           `json:"filter"`
	Release pipeline.Release `json:"release"`
	Counts  pipeline.Counts  `json:"counts"`
}

// PullEnd is how a pull ended.
type PullEnd struct {
	At       time.Time
	Complete bool
	Error    string
	Delta    Delta // added to what commits counted, for Replace
}

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
	Kind   string `json:"kind"` // "ogrn", "phone", "site", "email", "name_city"
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

// ScoreRow is the fixed-layout row of one company that scoring reads.
type ScoreRow struct {
	INN  company.INN
	Data []byte
}

// RowState tells what the scoring rows stand for.
type RowState struct {
	Tag  string // what ReplaceRows was given; "" = the rows are not whole
	All  bool   // any row may be stale: more has changed than is worth a list
	Mark uint64 // rises with every write that makes rows stale
}

// ScoreRows are kept beside the companies so that new weights rescore
// millions without decoding them. The store notes whose rows are stale: every
// write that changes a dossier, its dates and joins included, notes its ИНН
// (both, when an observation moves), in the same transaction. A new store is
// stale as a whole.
type ScoreRows interface {
	// RowState is asked before the first dossier is read for new rows.
	RowState(ctx context.Context) (RowState, error)

	// StaleRows pages through the ИНН whose dossiers have changed since their
	// rows were made, rising. One whose dossier is gone is among them. Not to
	// be relied on while RowState.All.
	StaleRows(ctx context.Context, after company.INN, limit int) ([]company.INN, error)

	// ReplaceRows makes the rows exactly those of the sequence, whose ИНН must
	// rise (ErrOrder), and remembers the tag. Unchanged rows are not written
	// again. What became stale up to the mark no longer is. It is a run of
	// transactions: the tag is taken away first and set last, so that rows
	// under a tag are whole. An error of the sequence ends it and removes
	// nothing. Data may be reused once the next row is asked for.
	ReplaceRows(ctx context.Context, tag string, mark uint64, seq iter.Seq2[ScoreRow, error]) error

	// PatchRows writes single rows by rising ИНН (ErrOrder); one without Data
	// is removed. Those that became stale up to the mark no longer are; others,
	// and the tag, stay as they are. It is a run of transactions, each whole by
	// itself. Data may be reused once the next row is asked for.
	PatchRows(ctx context.Context, mark uint64, seq iter.Seq2[ScoreRow, error]) error

	// Rows pages through them by rising ИНН.
	Rows(ctx context.Context, after company.INN, limit int) ([]ScoreRow, error)
}

// EventKind says what happened to an observation.
type EventKind string

// The kinds.
const (
	EventNew     EventKind = "new"
	EventChanged EventKind = "changed"
	EventGone    EventKind = "gone"
)

// Event is the net change of one observation over one day: what it is now
// against what it was before the day's first write (Net). So there is at most
// one per day and observation: new and then changed stays new; new and then
// gone, or changed and then changed back, leaves no event; gone and then back
// is a change, or nothing if it came back the same.
type Event struct {
	Day     company.Date
	ID      ObservationID
	INN     company.INN // as the observation carries it, or carried it before it was gone
	Kind    EventKind
	Changes []company.Change // for EventChanged; none if only the ИНН changed
}

// Events tell what is new.
type Events interface {
	// Events pages through events of days after since, ordered by day, source
	// and key, after the given one (zero Event = from the start).
	Events(ctx context.Context, since company.Date, after Event, limit int) ([]Event, error)

	// Since is the earliest day on which observations were written into the
	// registry, 0 before that. A registry that was dropped begins anew.
	Since(ctx context.Context) (company.Date, error)

	// DropEvents removes the events of days before the given one. It is a run
	// of transactions; Since stays.
	DropEvents(ctx context.Context, before company.Date) error
}

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

// Stops is whom never to call.
type Stops interface {
	// AddStops adds entries. One with the same kind, value and reason is not
	// added again; another reason stands beside it.
	AddStops(ctx context.Context, stops []Stop) (added int, err error)
	// RemoveStop removes a value's entry of a reason, with reason "" all of
	// its entries; ErrNotFound if there is none.
	RemoveStop(ctx context.Context, kind StopKind, value, reason string) error
	// StopList returns all entries by kind, value, then reason.
	StopList(ctx context.Context) ([]Stop, error) // by kind, then value
}
