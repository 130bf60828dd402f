package memory

import (
	"cmp"
	"context"
	"strings"
	"sync"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Store implements store.Store. Use New.
type Store struct {
	mu     sync.Mutex
	closed bool

	observations table[store.ObservationID, company.Observation]  // of annexes, too
	byINN        table[company.INN, map[store.ObservationID]bool] // without those of annexes
	held         map[string]int                                   // observations of a source
	annexes      map[string]bool                                  // sources that hold them as annexes
	firsts       map[string]first
	generation   uint64
	since        company.Date
	events       table[eventKey, eventRow]
	pulls        table[string, store.Pull]
	rejects      map[string][]pipeline.Reject
	joins        table[store.ObservationID, store.Join]
	joined       map[company.INN]map[store.ObservationID]bool // of joins
	joinsNote    []byte
	decided      int // how many times people decided
	decisions    table[decisionKey, store.Decision]
	rows         table[company.INN, []byte]
	rowsTag      string
	staleRows    stale[company.INN]
	entries      table[store.Owner, store.Entry]
	carriers     map[uint64]store.Carriers // all of them
	indexTag     string
	staleOwners  stale[store.Owner]
	visits       table[store.ObservationID, store.Visit] // by source and id
	claimed      map[claimKey]int64
	runs         table[company.Date, store.Run]
	lists        table[company.Date, []byte]
	owners       map[company.INN]string
	stops        table[stopKey, store.Stop]
	results      table[store.ResultKey, store.Result]
	marks        table[markKey, store.Mark]
	accounts     table[string, store.Account]
	spent        map[spending]int64
	sessions     table[string, store.Session] // by digest
	forgotten    map[string]bool
}

var _ store.Store = (*Store)(nil)

type stopKey struct {
	kind          store.StopKind
	value, reason string
}

// New returns an empty store.
func New() *Store {
	return &Store{
		observations: newTable[store.ObservationID, company.Observation](store.ObservationID.Compare),
		byINN:        newTable[company.INN, map[store.ObservationID]bool](cmp.Compare[company.INN]),
		held:         map[string]int{},
		annexes:      map[string]bool{},
		firsts:       map[string]first{},
		events:       newTable[eventKey, eventRow](eventKey.compare),
		pulls:        newTable[string, store.Pull](strings.Compare),
		rejects:      map[string][]pipeline.Reject{},
		joins:        newTable[store.ObservationID, store.Join](store.ObservationID.Compare),
		joined:       map[company.INN]map[store.ObservationID]bool{},
		decisions:    newTable[decisionKey, store.Decision](decisionKey.compare),
		rows:         newTable[company.INN, []byte](cmp.Compare[company.INN]),
		staleRows:    newStale(cmp.Compare[company.INN]),
		entries:      newTable[store.Owner, store.Entry](compareOwners),
		carriers:     map[uint64]store.Carriers{},
		staleOwners:  newStale(compareOwners),
		visits:       newTable[store.ObservationID, store.Visit](store.ObservationID.Compare),
		claimed:      map[claimKey]int64{},
		runs:         newTable[company.Date, store.Run](cmp.Compare[company.Date]),
		lists:        newTable[company.Date, []byte](cmp.Compare[company.Date]),
		owners:       map[company.INN]string{},
		stops: newTable[stopKey, store.Stop](func(a, b stopKey) int {
			return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.value, b.value), cmp.Compare(a.reason, b.reason))
		}),
		results: newTable[store.ResultKey, store.Result](store.ResultKey.Compare),
		marks:   newTable[markKey, store.Mark](markKey.compare),

		accounts: newTable[string, store.Account](strings.Compare),
		spent:    map[spending]int64{},
		sessions: newTable[string, store.Session](strings.Compare),

		forgotten: map[string]bool{},
	}
}

// Close ends the store; everything in it is lost.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

// do runs fn as one transaction. fn must check before it changes anything.
func (s *Store) do(ctx context.Context, fn func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return store.ErrClosed
	}
	return fn()
}
