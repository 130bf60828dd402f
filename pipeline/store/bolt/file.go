package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// openFile opens one of the two files to write, waiting for its lock at most
// the given time. It may be new.
func openFile(ctx context.Context, dir string, kind fileKind, wait time.Duration) (*bbolt.DB, error) {
	path := filepath.Join(dir, kind.name)
	var db *bbolt.DB
	err := waitForLock(ctx, dir, wait, func() error {
		if err := probe(path, kind); err != nil {
			return err
		}
		var err error
		db, err = openOnce(path, kind)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return db, nil
}

// probe looks at an old file without trusting it, before bbolt walks all of it.
func probe(path string, kind fileKind) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	return guardedOpen(path, kind, &bbolt.Options{ReadOnly: true}, func(db *bbolt.DB) error {
		err := db.View(func(tx *bbolt.Tx) error {
			if tx.Size() > info.Size() {
				return fmt.Errorf("%d bytes of %d are missing at its end", tx.Size()-info.Size(), tx.Size())
			}
			if name, _ := tx.Cursor().First(); name == nil {
				return nil // killed between making the file and its buckets
			}
			_, err := kind.checkFormat(tx)
			return err
		})
		return errors.Join(err, db.Close())
	})
}

func openOnce(path string, kind fileKind) (*bbolt.DB, error) {
	var opened *bbolt.DB
	o := bbolt.Options{FreelistType: bbolt.FreelistMapType, InitialMmapSize: kind.mapSize()}
	err := guardedOpen(path, kind, &o, func(db *bbolt.DB) error {
		if err := kind.prepare(db); err != nil {
			return errors.Join(err, db.Close())
		}
		opened = db
		return nil
	})
	return opened, err
}

// guardedOpen opens a file and uses it. It fails at once with bbolt's time-out
// when another process has the lock, or had it and put another file there.
func guardedOpen(path string, kind fileKind, o *bbolt.Options, use func(*bbolt.DB) error) error {
	var file *os.File
	o.Timeout = time.Nanosecond
	o.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := os.OpenFile(name, flag, mode)
		file = f
		return f, err
	}
	err := guarded(func() error {
		db, err := bbolt.Open(path, 0o600, o)
		if err != nil {
			return err
		}
		if swapped(file, path) {
			return errors.Join(berrors.ErrTimeout, db.Close())
		}
		return use(db)
	})
	if err != nil && file != nil {
		file.Close() // bbolt does not when it panics; a second close does no harm
	}
	var newer *FormatError
	var system syscall.Errno
	if err == nil || errors.Is(err, berrors.ErrTimeout) || errors.As(err, &newer) || errors.As(err, &system) {
		return err
	}
	return &DamagedError{Path: path, Advice: kind.advice, Cause: err}
}

// swapped tells whether the open file is no longer the one at the path: then
// its lock is worth nothing.
func swapped(file *os.File, path string) bool {
	mine, err := file.Stat()
	if err != nil {
		return true
	}
	there, err := os.Stat(path)
	return err != nil || !os.SameFile(mine, there)
}
