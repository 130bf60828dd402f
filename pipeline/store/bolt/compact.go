package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"go.etcd.io/bbolt"
)

const (
	compactBytes  = 8 << 20 // how much commits together when a file is rewritten
	compactSuffix = ".compact"
)

// Sizes are those of the two files, in bytes.
type Sizes struct {
	Before, After           int64 // of the registry
	StateBefore, StateAfter int64
}

// Compact rewrites both files without the pages that are free, so that nothing
// is left of what was erased. Nobody else may hold the store (ErrLocked). Killed
// at any moment, it leaves of each the old file or the new one.
func Compact(ctx context.Context, o Options) (Sizes, error) {
	sizes, err := compact(ctx, o)
	if err != nil {
		return Sizes{}, fmt.Errorf("compact store %s: %w", o.Dir, err)
	}
	return sizes, nil
}

func compact(ctx context.Context, o Options) (sizes Sizes, err error) {
	if sizes.Before, err = fileSize(filepath.Join(o.Dir, registryFile().name)); err != nil {
		return sizes, err
	}
	state, err := openState(ctx, o)
	if err != nil {
		return sizes, err
	}
	held := state
	defer func() { err = errors.Join(err, closeState(o.Dir, held)) }()
	if sizes.After, err = compactRegistry(ctx, o); err != nil {
		return sizes, err
	}
	path := filepath.Join(o.Dir, stateFile().name)
	if sizes.StateBefore, err = fileSize(path); err != nil {
		return sizes, err
	}
	if held, err = compactState(path, state); err != nil {
		return sizes, err
	}
	if sizes.StateAfter, err = fileSize(path); err != nil {
		return sizes, err
	}
	return sizes, syncDir(o.Dir)
}

func fileSize(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// compactRegistry returns the size of the new registry.
func compactRegistry(ctx context.Context, o Options) (int64, error) {
	path := filepath.Join(o.Dir, registryFile().name)
	src, err := openFile(ctx, o.Dir, registryFile(), o.LockTimeout)
	if err != nil {
		return 0, err
	}
	dst, err := rewrite(src, path+compactSuffix)
	if err != nil {
		return 0, errors.Join(err, src.Close())
	}
	if err := errors.Join(dst.Close(), src.Close()); err != nil {
		return 0, errors.Join(err, os.RemoveAll(path+compactSuffix))
	}
	if err := os.Rename(path+compactSuffix, path); err != nil {
		return 0, err
	}
	return fileSize(path)
}

// compactState returns the database that holds the lock of the store: the new
// one, or after an error the old one. So there is no moment at which another
// process could get the lock of either file. Windows renames no open file; there
// another process that came in between would make the rename fail.
func compactState(path string, old *bbolt.DB) (held *bbolt.DB, err error) {
	now, err := rewrite(old, path+compactSuffix)
	if err != nil {
		return old, err
	}
	if runtime.GOOS == "windows" {
		err = errors.Join(now.Close(), old.Close())
	}
	if err == nil {
		err = os.Rename(path+compactSuffix, path)
	}
	if err != nil {
		return old, errors.Join(err, now.Close(), os.RemoveAll(path+compactSuffix))
	}
	return now, old.Close()
}

// rewrite copies a database to a new file.
func rewrite(src *bbolt.DB, path string) (*bbolt.DB, error) {
	if err := os.RemoveAll(path); err != nil { // left by a kill
		return nil, err
	}
	// Not synced with each transaction: the file counts for nothing before
	// the end, where all of it is.
	dst, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return nil, err
	}
	err = guarded(func() error { return bbolt.Compact(dst, src, compactBytes) })
	if err == nil {
		err = dst.Sync()
	}
	if err != nil {
		return nil, errors.Join(err, dst.Close(), os.RemoveAll(path))
	}
	dst.NoSync = false
	return dst, nil
}

// Compact rewrites both files of an open store, as the function does of a closed one.
// Others may read meanwhile, a write waits. Not on Windows, which renames no open file.
func (s *Store) Compact(ctx context.Context) (sizes Sizes, err error) {
	if sizes.Before, sizes.After, err = s.registry.rewrite(ctx); err == nil {
		sizes.StateBefore, sizes.StateAfter, err = s.state.rewrite(ctx)
	}
	if err == nil {
		err = syncDir(s.dir)
	}
	if err != nil {
		return Sizes{}, fmt.Errorf("compact store %s: %w", s.dir, err)
	}
	return sizes, nil
}
