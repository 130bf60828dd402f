package bolt

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"obzvon/pipeline/store"
)

// database is one file. Its writers queue for the turn, not for bbolt's own
// lock, so that a cancelled context can leave the queue.
type database struct {
	bolt *bbolt.DB
	turn chan struct{}
}

func newDatabase(db *bbolt.DB) *database {
	return &database{bolt: db, turn: make(chan struct{}, 1)}
}

func (d *database) view(ctx context.Context, fn func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return closedError(d.bolt.View(fn))
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
	select {
	case d.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-d.turn }()
	d.bolt.NoFreelistSync = noFreelist
	return closedError(d.bolt.Update(fn))
}

// close waits for the running transactions and closes the file.
func (d *database) close() error {
	d.turn <- struct{}{}
	defer func() { <-d.turn }()
	return d.bolt.Close()
}

// check runs bbolt's own consistency check.
func (d *database) check(ctx context.Context) error {
	return d.view(ctx, func(tx *bbolt.Tx) error {
		var errs []error
		for err := range tx.Check() {
			errs = append(errs, err)
		}
		if len(errs) > 0 {
			return fmt.Errorf("check %s: %w", d.bolt.Path(), errors.Join(errs...))
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
