package erasure

import (
	"context"
	"fmt"
	"reflect"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Sweep takes everything that was forgotten out of the store and the journal.
// Nobody else may write meanwhile. It can be killed at any moment and called
// again; compaction of the store's files is left to the caller.
type Sweep struct {
	Store     Store
	Journal   Journal
	Forgotten *Forgotten
	Sources   []string     // sections, those switched off too: what they keep under an ИНН alone is not found otherwise
	Day       company.Date // of the writes
	Dry       bool         // change nothing, only count

	// ИНН of sole proprietors that are forgotten now: what only an annex holds of
	// them is found by nothing else.
	Soles []company.INN

	count Count
}

// Count is what was erased, or would be.
type Count struct {
	Lines        int `json:"journal_lines"`
	Rows         int `json:"list_rows"`
	Runs         int `json:"runs"`
	Results      int `json:"results"`
	Stops        int `json:"stops"` // whose value is a digest now
	Marks        int `json:"marks"`
	Observations int `json:"observations"`      // that are gone
	Changed      int `json:"observations_less"` // that lost facts or remarks
	Joins        int `json:"joins"`             // of which evidence is gone
	Entries      int `json:"index_entries"`
	Events       int `json:"events"`
	Rejects      int `json:"rejects"`
	Pulls        int `json:"pulls"` // whose state named it
	Visits       int `json:"visit_memories"`
}

// Any tells whether there was anything.
func (c Count) Any() bool { return c != Count{} }

// Run does it. The count is good also when an error is returned.
func (s *Sweep) Run(ctx context.Context) (Count, error) {
	s.count = Count{}
	if s.Forgotten.Empty() {
		return s.count, nil
	}
	for _, part := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"the journal", s.journal},
		{"issued lists", s.lists},
		{"runs", s.runs},
		{"results", s.results},
		{"the stop list", s.stops},
		{"marks", s.marks},
		{"observations", s.observations},
		{"joins", s.joins},
		{"the index", s.index},
		{"events", s.events},
		{"rejected rows", s.rejects},
		{"pulls", s.pulls},
		{"visits", s.visits},
	} {
		if err := part.do(ctx); err != nil {
			return s.count, fmt.Errorf("erase from %s: %w", part.name, err)
		}
	}
	return s.count, nil
}

// journal comes first: it is the one place that is read by eye.
func (s *Sweep) journal(ctx context.Context) error {
	if !s.Dry {
		lines, err := s.Journal.Rewrite(ctx, s.Forgotten.line)
		s.count.Lines = lines
		return err
	}
	for e, err := range s.Journal.Read(ctx) {
		if err != nil {
			return err
		}
		if now, keep := s.Forgotten.line(e); !keep || !reflect.DeepEqual(now, e) {
			s.count.Lines++
		}
	}
	return nil
}

// hit tells texts by which events are found: those of a company whose people were
// forgotten go with them.
func (s *Sweep) hit(text string) bool {
	if s.Forgotten.Has(text) {
		return true
	}
	_, people := s.Forgotten.People(company.INN(text))
	return people
}

func (s *Sweep) events(ctx context.Context) error {
	if !s.Dry {
		n, err := s.Store.EraseEventsWith(ctx, s.hit)
		s.count.Events = n
		return err
	}
	for after := (store.Event{}); ; {
		some, err := s.Store.Events(ctx, 0, after, page)
		if err != nil {
			return err
		}
		for i := range some {
			if some[i].Tells(nil, s.hit) {
				s.count.Events++
			}
		}
		if len(some) < page {
			return nil
		}
		after = some[len(some)-1]
	}
}

func (s *Sweep) visits(ctx context.Context) error {
	forgotten := func(v store.Visit) bool { return s.Forgotten.visit(v.Source, &v) }
	if !s.Dry {
		n, err := store.ForgetMemories(ctx, s.Store, "", forgotten)
		s.count.Visits = n
		return err
	}
	for after := (store.ObservationID{}); ; {
		some, err := s.Store.Visits(ctx, after, page)
		if err != nil {
			return err
		}
		for _, v := range some {
			if v.Memory != nil && forgotten(v) {
				s.count.Visits++
			}
		}
		if len(some) < page {
			return nil
		}
		last := some[len(some)-1]
		after = store.ObservationID{Source: last.Source, Key: last.ID}
	}
}
