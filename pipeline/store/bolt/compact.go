package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// compactBytes is how much commits together when the registry is rewritten.
const compactBytes = 8 << 20

// Sizes are those of the registry file, in bytes.
type Sizes struct {
	Before, After int64
}

// Compact rewrites the registry file without the pages that are free. Nobody
// else may hold the store (ErrLocked). Killed at any moment, it leaves the old
// file or the new one.
func Compact(ctx context.Context, o Options) (Sizes, error) {
	sizes, err := compact(ctx, o)
	if err != nil {
		return Sizes{}, fmt.Errorf("compact store %s: %w", o.Dir, err)
	}
	return sizes, nil
}

func compact(ctx context.Context, o Options) (sizes Sizes, err error) {
	path := filepath.Join(o.Dir, registryFile().name)
	info, err := os.Stat(path)
	if err != nil {
		return sizes, err
	}
	sizes.Before = info.Size()
	state, err := openState(ctx, o)
	if err != nil {
		return sizes, err
	}
	defer func() { err = errors.Join(err, closeState(o.Dir, state)) }()
	tmp := path + ".compact"
	if err := os.RemoveAll(tmp); err != nil { // left by a kill
		return sizes, err
	}
	if err := rewrite(ctx, o, tmp); err != nil {
		return sizes, errors.Join(err, os.RemoveAll(tmp))
	}
	if info, err = os.Stat(tmp); err != nil {
		return sizes, err
	}
	sizes.After = info.Size()
	if err := os.Rename(tmp, path); err != nil {
		return sizes, err
	}
	return sizes, syncDir(o.Dir)
}

// rewrite copies the registry to a new file and closes both.
func rewrite(ctx context.Context, o Options, tmp string) error {
	src, err := openFile(ctx, o.Dir, registryFile(), o.LockTimeout)
	if err != nil {
		return err
	}
	// Not synced with each transaction: the file counts for nothing before
	// the end, where all of it is.
	dst, err := bbolt.Open(tmp, 0o600, &bbolt.Options{NoSync: true, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return errors.Join(err, src.Close())
	}
	err = guarded(func() error { return bbolt.Compact(dst, src, compactBytes) })
	if err == nil {
		err = dst.Sync()
	}
	return errors.Join(err, dst.Close(), src.Close())
}
