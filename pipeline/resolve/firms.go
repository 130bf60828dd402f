package resolve

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

// firm is a company as listings are held against it.
type firm struct {
	party      *evidence.Party
	name, city string
	known      bool // a source carries its ИНН
}

// firmsKept is how many firms are remembered: those that many listings are
// held against, and those of a region come close together.
const firmsKept = 4096

// firmCache remembers some companies for all workers.
type firmCache struct {
	mu   sync.Mutex
	kept map[company.INN]*firm
}

func (r *run) firm(ctx context.Context, inn company.INN) (*firm, error) {
	if f := r.firms.get(inn); f != nil {
		return f, nil
	}
	d, err := r.store.Dossier(ctx, inn)
	known := !errors.Is(err, store.ErrNotFound)
	if err != nil && known {
		return nil, fmt.Errorf("read company %s: %w", inn, err)
	}
	d.INN = inn
	own := r.own(&d)
	f := &firm{party: r.model.Firm(inn, own), known: known}
	f.name, f.city = called(own)
	r.firms.put(inn, f)
	return f, nil
}

func (s *firmCache) get(inn company.INN) *firm {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[inn]
}

func (s *firmCache) put(inn company.INN, f *firm) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= firmsKept {
		s.kept = make(map[company.INN]*firm, firmsKept)
	}
	s.kept[inn] = f
}
