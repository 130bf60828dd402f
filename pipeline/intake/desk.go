package intake

import (
	"context"
	"fmt"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

// Store is what of the store an import needs.
type Store interface {
	Results(ctx context.Context, inn company.INN) ([]store.Result, error)
	PutResults(ctx context.Context, results []store.Result) (added int, err error)
	Marks(ctx context.Context) ([]store.Mark, error)
	PutMarks(ctx context.Context, marks []store.Mark) error
	StopList(ctx context.Context) ([]store.Stop, error)
	AddStops(ctx context.Context, stops []store.Stop) (added int, err error)
	List(ctx context.Context, day company.Date) ([]byte, error)
	Dossier(ctx context.Context, inn company.INN) (store.Dossier, error)
}

// Journal keeps the history.
type Journal interface {
	Append(ctx context.Context, entries ...journal.Entry) error
}

// Desk is where files are taken in.
type Desk struct {
	Store    Store
	Journal  Journal
	Managers []config.Manager
	Days     funnel.Workdays
	Zone     *time.Location // the seller's
	Firm     calllist.Hours // when companies are called, by their own clock; zero = at any hour
	Sample   bool           // the store holds invented companies
	Layout   int            // newest version of the book that is understood
	By       string         // who brings the files
	Now      func() time.Time

	// ByPhone finds the companies that have a number, for rows of plain tables
	// without ИНН; Phones names the numbers that it is asked for. nil finds nobody.
	ByPhone func(ctx context.Context, e164 string) ([]company.INN, error)
	// Forgotten tells what was erased on demand and is not to be collected again: an
	// ИНН, a phone in E.164, an e-mail. nil = nothing was.
	Forgotten func(value string) bool
}

// Take takes the files one after another. One that cannot be taken is told of in
// its File and does not keep the others from being taken; an error is the
// store's or the journal's, and then the file in hand may be taken in part: the
// same import does the rest.
func (d *Desk) Take(ctx context.Context, files []pipeline.Returned) (*Report, error) {
	t, err := d.begin(ctx)
	if err != nil {
		return nil, err
	}
	report := &Report{}
	for i := range files {
		f, err := t.take(ctx, &files[i])
		if err != nil {
			return report, fmt.Errorf("take %s: %w", files[i].Name, err)
		}
		report.Files = append(report.Files, *f)
	}
	report.Conflicts, err = t.conflicts(ctx)
	return report, err
}

// taking is an import under way.
type taking struct {
	*Desk
	now   time.Time
	stops map[stopKey]store.Stop
	marks map[markKey]store.Mark
	lists map[company.Date]*issuedList

	touched map[company.INN]string // companies told of, with their names
	digests map[string]bool        // of the files taken
}

type stopKey struct {
	kind          store.StopKind
	value, reason string
}

type markKey struct {
	inn  company.INN
	kind store.MarkKind
}

func (d *Desk) begin(ctx context.Context) (*taking, error) {
	t := &taking{
		Desk: d, now: d.Now(), stops: map[stopKey]store.Stop{}, marks: map[markKey]store.Mark{},
		lists: map[company.Date]*issuedList{}, touched: map[company.INN]string{}, digests: map[string]bool{},
	}
	stops, err := d.Store.StopList(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the stop list: %w", err)
	}
	for _, s := range stops {
		t.stops[stopKey{s.Kind, s.Value, s.Reason}] = s
	}
	marks, err := d.Store.Marks(ctx)
	if err != nil {
		return nil, fmt.Errorf("read who calls whom: %w", err)
	}
	for _, m := range marks {
		t.marks[markKey{m.INN, m.Kind}] = m
	}
	return t, nil
}

func (d *Desk) forgotten(value string) bool {
	return d.Forgotten != nil && value != "" && d.Forgotten(value)
}
