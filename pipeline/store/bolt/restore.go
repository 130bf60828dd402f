package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"go.etcd.io/bbolt"
)

// Restore puts a backup in the place of the store in a folder. It refuses when
// another process holds the store (ErrLocked), and, unless forced, when one is
// there (ErrExists). What is in the backup is checked whole, hashes and pages,
// before the present files are touched (ErrBackup); then each is swapped by a
// rename. What the backup does not hold stays where it is. The given files beside
// the stores come back too, but for those that go on where the backup's end: they
// are kept, and named. Killed, it leaves a folder that begins with Unfinished.
func Restore(ctx context.Context, dir string, r io.ReaderAt, size int64, force bool, beside ...string) (kept []string, err error) {
	if kept, err = restore(ctx, dir, r, size, force, beside); err != nil {
		return nil, fmt.Errorf("restore store %s: %w", dir, err)
	}
	return kept, nil
}

// Unfinished begins the name of the folder in which a backup is unpacked.
const Unfinished = ".restore-"

func restore(ctx context.Context, dir string, r io.ReaderAt, size int64, force bool, beside []string) (kept []string, err error) {
	existed, err := anyFile(dir)
	if err != nil {
		return nil, err
	}
	if existed && !force {
		return nil, ErrExists
	}
	a, err := openArchive(r, size, beside)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp(dir, Unfinished)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	if err := a.unpackAll(ctx, tmp); err != nil {
		return nil, err
	}
	if !force {
		if err := refuseBeside(a, tmp, dir); err != nil {
			return nil, err
		}
	}
	release, err := hold(ctx, dir)
	if err != nil {
		return nil, err
	}
	kept, err = swapIn(a, tmp, dir)
	return kept, errors.Join(err, release())
}

// unpackAll unpacks and checks every file.
func (a *archived) unpackAll(ctx context.Context, dir string) error {
	for _, m := range a.manifest.Files {
		if err := a.unpack(ctx, m, dir); err != nil {
			return err
		}
		if slices.Contains(a.beside, m.Name) {
			continue
		}
		if err := readable(filepath.Join(dir, m.Name), kindOf(m.Name)); err != nil {
			return backupError("%w", err)
		}
	}
	return nil
}

// anyFile tells whether a store is there: a file that is not empty.
func anyFile(dir string) (bool, error) {
	for _, kind := range []fileKind{stateFile(), registryFile()} {
		info, err := os.Stat(filepath.Join(dir, kind.name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
		if err == nil && info.Size() > 0 {
			return true, nil
		}
	}
	return false, nil
}

func kindOf(name string) fileKind {
	if name == registryFile().name {
		return registryFile()
	}
	return stateFile()
}

// readable reads every page that is in use.
func readable(path string, kind fileKind) error {
	if err := probe(path, kind); err != nil {
		return err
	}
	return guardedOpen(path, kind, &bbolt.Options{ReadOnly: true}, func(db *bbolt.DB) error {
		err := db.View(func(tx *bbolt.Tx) error {
			if _, err := kind.checkFormat(tx); err != nil {
				return err
			}
			return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error { return readBucket(b) })
		})
		return errors.Join(err, db.Close())
	})
}

func readBucket(b *bbolt.Bucket) error {
	return b.ForEach(func(k, v []byte) error {
		if v != nil {
			return nil
		}
		if nested := b.Bucket(k); nested != nil {
			return readBucket(nested)
		}
		return nil
	})
}

// hold takes the lock of a store, without waiting, whatever state its files
// are in: nobody can hold one that cannot be opened.
func hold(ctx context.Context, dir string) (release func() error, err error) {
	o := Options{Dir: dir, Command: "restore"}
	db, err := openState(ctx, o)
	if errors.Is(err, ErrDamaged) || errors.Is(err, ErrFormat) {
		return func() error { return nil }, nil
	}
	if err != nil {
		return nil, err
	}
	return func() error { return closeState(dir, db) }, nil
}

// swapIn renames the state last: it cannot be had again, and tells that all is done.
func swapIn(a *archived, tmp, dir string) (kept []string, err error) {
	for _, name := range a.beside {
		stays, err := swapBeside(tmp, dir, name)
		if err != nil {
			return nil, err
		}
		if stays {
			kept = append(kept, name)
		}
	}
	for _, kind := range []fileKind{registryFile(), stateFile()} {
		if a.members[kind.name] == nil {
			continue
		}
		if err := os.Rename(filepath.Join(tmp, kind.name), filepath.Join(dir, kind.name)); err != nil {
			return nil, err
		}
	}
	return kept, syncDir(dir)
}

// syncDir makes renames in a folder last through a power cut. Windows has no
// such call and needs none.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
