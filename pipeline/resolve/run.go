package resolve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

const (
	// pageSize is how many entries or owners are read at a time.
	pageSize = 1000
	// method is that of this package: another number makes every store be
	// indexed and matched anew.
	method = 2
)

// run is one call of Run.
type run struct {
	store     Store
	model     *evidence.Model
	o         Options
	decisions []store.Decision
	verdicts  store.Verdicts
	judged    []store.ObservationID // that people decided on, rising
	tag       string                // of the index: all that entries and outcomes depend on beside the content
	decided   string                // digest of the decisions
	note      *joinsNote
	noted     bool // the note was made under the same tag and decisions
	state     store.IndexState
	some      store.ObservationID // any listing

	compared, weighed atomic.Int64

	mu      sync.RWMutex
	crowded map[uint64]carried // what many listings carry
	firms   firmCache
}

func begin(ctx context.Context, s Store, m *evidence.Model, o Options) (*run, error) {
	r := &run{store: s, model: m, o: o, crowded: map[uint64]carried{}}
	if r.o.Workers < 1 {
		r.o.Workers = runtime.GOMAXPROCS(0)
	}
	if r.o.crowd < 1 {
		r.o.crowd = crowd
	}
	if r.o.Annex == nil {
		r.o.Annex = func(string) bool { return false }
	}
	r.tag = digestOf(method, m.Basis(), o.Basis)
	var err error
	if r.decisions, err = s.Decisions(ctx); err != nil {
		return nil, fmt.Errorf("read decisions on joins: %w", err)
	}
	r.verdicts = store.NewVerdicts(r.decisions)
	r.judged = r.verdicts.IDs()
	data, err := json.Marshal(r.decisions)
	if err != nil {
		return nil, fmt.Errorf("digest of decisions on joins: %w", err)
	}
	r.decided = digestOf(string(data))
	data, err = s.JoinsNote(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the note on joins: %w", err)
	}
	r.note, r.noted = readJoinsNote(data)
	r.noted = r.noted && r.note.Tag == r.tag && r.note.Decided == r.decided
	return r, nil
}

func digestOf(parts ...any) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%q ", fmt.Sprint(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// own are a company's own observations.
func (r *run) own(d *store.Dossier) []company.Observation {
	out := make([]company.Observation, 0, len(d.Observations))
	for i := range d.Observations {
		if o := &d.Observations[i]; o.INN == d.INN && !r.o.Annex(o.Source) {
			out = append(out, *o)
		}
	}
	return out
}

// confirmed is the company to which a person joined the listing.
func (r *run) confirmed(id store.ObservationID) (company.INN, bool) {
	j, ok := r.verdicts.Join(id, store.Join{}, false)
	return j.INN, ok
}

// decidedUpon tells that people decided something of the listing.
func (r *run) decidedUpon(id store.ObservationID) bool {
	_, ok := slices.BinarySearchFunc(r.judged, id, store.ObservationID.Compare)
	return ok
}

// denied tells that a person said no to the two.
func (r *run) denied(id store.ObservationID, inn company.INN) bool {
	_, ok := r.verdicts.Join(id, store.Join{ID: id, INN: inn}, true)
	return !ok
}
