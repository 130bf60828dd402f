package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/store"
)

// doubt is a listing that a person may decide on.
type doubt struct {
	id         store.ObservationID
	reason     resolve.Reason
	why        string
	candidates []rival
}

// rival is a company that the listing may be.
type rival struct {
	inn         company.INN
	probability float64
	evidence    []store.Evidence
}

// errOutcome is an entry of the index that says something else than it did.
var errOutcome = errors.New("an entry of the index cannot be read")

// doubts are the listings that the last night left undecided, less what people have
// decided since, in the order of «На проверку»: those first about which a person can
// do most.
func doubts(ctx context.Context, s store.Store, seen *sight) ([]doubt, error) {
	decisions, err := s.Decisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what people decided: %w", err)
	}
	settled := settledBy(decisions)
	const page = 1000
	var out []doubt
	for after := (store.ObservationID{}); ; {
		entries, err := s.ListingEntries(ctx, after, page)
		if err != nil {
			return nil, fmt.Errorf("read the index of listings: %w", err)
		}
		for i := range entries {
			if _, in := seen.standings[entries[i].Owner.ID.Source]; !in {
				continue
			}
			d, err := doubtOf(&entries[i])
			if err != nil {
				return nil, err
			}
			if d = settled.leave(d); len(d.candidates) > 0 {
				out = append(out, d)
			}
		}
		if len(entries) < page {
			break
		}
		after = entries[len(entries)-1].Owner.ID
	}
	order := resolve.Reasons()
	slices.SortStableFunc(out, func(a, b doubt) int {
		return cmp.Compare(slices.Index(order, a.reason), slices.Index(order, b.reason))
	})
	return out, nil
}

// settledDoubts are what people decided.
type settledDoubts struct {
	joined map[store.ObservationID]bool
	denied map[store.Decision]bool // id and ИНН alone
}

func settledBy(all []store.Decision) settledDoubts {
	s := settledDoubts{map[store.ObservationID]bool{}, map[store.Decision]bool{}}
	for _, d := range all {
		if d.Same {
			s.joined[d.ID] = true
		} else {
			s.denied[store.Decision{ID: d.ID, INN: d.INN}] = true
		}
	}
	return s
}

// leave is the doubt without the candidates that people decided on.
func (s settledDoubts) leave(d doubt) doubt {
	if s.joined[d.id] {
		d.candidates = nil
	}
	d.candidates = slices.DeleteFunc(d.candidates, func(r rival) bool {
		return s.denied[store.Decision{ID: d.id, INN: r.inn}]
	})
	return d
}

// doubtOf reads what became of a listing, in the form in which package resolve keeps
// it (its record.go): one without candidates is no doubt.
func doubtOf(e *store.Entry) (doubt, error) {
	d := doubt{id: e.Owner.ID}
	if len(e.Note) == 0 {
		return d, nil
	}
	value, _, err := msgp.ReadIntfBytes(e.Note)
	if err != nil {
		return d, fmt.Errorf("listing %s %s: %w", d.id.Source, d.id.Key, errors.Join(errOutcome, err))
	}
	note := fields{list: listOf(value)}
	note.skip(2) // digest and roles
	if note.empty() {
		return d, nil // not matched since it changed
	}
	out := fields{list: listOf(note.next())}
	inn, _, _ := out.text(), out.next(), out.next()
	d.reason, d.why = resolve.Reason(out.text()), out.text()
	for _, c := range listOf(out.next()) {
		f := fields{list: listOf(c)}
		r := rival{inn: company.INN(f.text())}
		f.skip(2) // name and town
		r.probability = f.number()
		for _, p := range listOf(f.next()) {
			piece := fields{list: listOf(p)}
			e := store.Evidence{Kind: piece.text(), Value: piece.text(), Weight: int64(piece.number())}
			r.evidence, f.broken = append(r.evidence, e), f.broken || piece.broken
		}
		d.candidates, out.broken = append(d.candidates, r), out.broken || f.broken
	}
	if out.broken || note.broken {
		return d, fmt.Errorf("listing %s %s: %w", d.id.Source, d.id.Key, errOutcome)
	}
	if inn != "" || d.reason == resolve.ReasonDenied {
		d.candidates = nil
	}
	return d, nil
}

// fields are taken one after another.
type fields struct {
	list   []any
	broken bool // one was not there, or of another kind
}

func listOf(v any) []any {
	list, _ := v.([]any)
	return list
}

func (f *fields) next() any {
	if len(f.list) == 0 {
		f.broken = true
		return nil
	}
	v := f.list[0]
	f.list = f.list[1:]
	return v
}

func (f *fields) skip(n int) {
	for range n {
		f.next()
	}
}

func (f *fields) empty() bool { return len(f.list) == 0 || f.list[0] == nil }

func (f *fields) text() string {
	s, ok := f.next().(string)
	f.broken = f.broken || !ok
	return s
}

func (f *fields) number() float64 {
	switch v := f.next().(type) {
	case float64:
		return v
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	}
	f.broken = true
	return 0
}
