package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// defaultBatch is how many entries of a release commit together: small ones
// keep memory small and cost no speed when keys are sorted.
const defaultBatch = 4000

// Options say where a store is and who opens it.
type Options struct {
	Dir          string           // made if it is not there
	LockTimeout  time.Duration    // how long to wait for another holder; 0 = not at all
	Command      string           // told to others that want the store
	Now          func() time.Time // nil = time.Now
	ReplaceBatch int              // entries of one transaction of Replace; 0 = 4000
}

func (o Options) now() time.Time {
	if o.Now != nil {
		return o.Now()
	}
	return time.Now()
}

// Store implements store.Store. Use Open.
type Store struct {
	dir             string
	batch           int
	now             func() time.Time
	registry, state *database
	closing         sync.Mutex
	closed          bool
}

var _ store.Store = (*Store)(nil)

// Open opens the store in a folder, or makes one. Errors: ErrLocked (a
// *LockedError that names the holder), ErrDamaged, ErrFormat.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Dir == "" {
		return nil, errors.New("open store: no folder given")
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	state, err := openState(ctx, o)
	if err != nil {
		return nil, err
	}
	registry, err := openFile(ctx, o.Dir, registryFile(), o.LockTimeout)
	if err != nil {
		return nil, errors.Join(err, closeState(o.Dir, state))
	}
	s := &Store{dir: o.Dir, batch: o.ReplaceBatch, now: o.now, registry: newDatabase(registry), state: newDatabase(state)}
	if s.batch < 1 {
		s.batch = defaultBatch
	}
	if err := s.applyDecisions(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), s.Close())
	}
	return s, nil
}

// openState opens the state file, whose lock is that of the store, and signs.
func openState(ctx context.Context, o Options) (*bbolt.DB, error) {
	holder, err := newHolder(o)
	if err != nil {
		return nil, err
	}
	db, err := openFile(ctx, o.Dir, stateFile(), o.LockTimeout)
	if err != nil {
		return nil, err
	}
	if err := holder.sign(o.Dir); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func closeState(dir string, db *bbolt.DB) error {
	return errors.Join(unsign(dir), db.Close())
}

// Close waits for running transactions and gives the store free.
func (s *Store) Close() error {
	s.closing.Lock()
	defer s.closing.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	err := errors.Join(s.registry.close(), unsign(s.dir), s.state.close())
	if err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}
