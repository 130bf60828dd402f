package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"obzvon/pipeline/store"
)

// database is one file. Its writers queue for the turn, not for bbolt's own
// lock, so that a cancelled context can leave the queue.
type database struct {
	path string
	bolt atomic.Pointer[bbolt.DB] // another one after the file was rewritten
	turn chan struct{}
}

func newDatabase(db *bbolt.DB) *database {
	d := &database{path: db.Path(), turn: make(chan struct{}, 1)}
	d.bolt.Store(db)
	return d
}

func (d *database) view(ctx context.Context, fn func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for {
		db := d.bolt.Load()
		err := db.View(fn)
		if errors.Is(err, berrors.ErrDatabaseNotOpen) && d.bolt.Load() != db {
			continue // rewritten before it began
		}
		return closedError(err)
	}
}

// update runs one writing transaction.
func (d *database) update(ctx context.Context, fn func(*bbolt.Tx) error) error {
	return d.write(ctx, false, fn)
}

// bulk runs one of many writing transactions that follow each other. The list
// of free pages is not written with each; the last one must be an update,
// which writes it. After a kill in between the next opening counts them anew.
func (d *database) bulk(ctx context.Context, fn func(*bbolt.Tx) error) error {
	return d.write(ctx, true, fn)
}

func (d *database) write(ctx context.Context, noFreelist bool, fn func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.wait(ctx); err != nil {
		return err
	}
	defer func() { <-d.turn }()
	db := d.bolt.Load()
	db.NoFreelistSync = noFreelist
	return closedError(db.Update(fn))
}

// wait takes the turn of a writer; give it back.
func (d *database) wait(ctx context.Context) error {
	select {
	case d.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// rewrite puts a copy without free pages in the place of the file. Readers go on in
// the old one until they are done; writers wait.
func (d *database) rewrite(ctx context.Context) (before, after int64, err error) {
	if err := d.wait(ctx); err != nil {
		return 0, 0, err
	}
	defer func() { <-d.turn }()
	old := d.bolt.Load()
	if before, err = fileSize(d.path); err != nil {
		return 0, 0, err
	}
	now, err := rewrite(old, d.path+compactSuffix)
	if err != nil {
		return before, 0, err
	}
	if err := os.Rename(d.path+compactSuffix, d.path); err != nil {
		return before, 0, errors.Join(err, now.Close(), os.RemoveAll(d.path+compactSuffix))
	}
	d.bolt.Store(now)
	if err := old.Close(); err != nil { // waits for its readers
		return before, 0, err
	}
	after, err = fileSize(d.path)
	return before, after, err
}

// close waits for the running transactions and closes the file.
func (d *database) close() error {
	d.turn <- struct{}{}
	defer func() { <-d.turn }()
	return d.bolt.Load().Close()
}

// check runs bbolt's own consistency check.
func (d *database) check(ctx context.Context) error {
	return d.view(ctx, func(tx *bbolt.Tx) error {
		var errs []error
		for err := range tx.Check() {
			errs = append(errs, err)
		}
		if len(errs) > 0 {
			return fmt.Errorf("check %s: %w", d.path, errors.Join(errs...))
		}
		return nil
	})
}

func closedError(err error) error {
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return store.ErrClosed
	}
	return err
}
