package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Files beside the stores are only ever appended to, and by whoever holds the
// store. They go into a backup and come back with it; to Backup and Restore they
// are named. What they hold is their owner's business.

// addBeside puts a file of the folder into the backup; one that is not there is
// left out.
func (b *backup) addBeside(dir, name string) error {
	f, err := os.Open(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	return b.member(name, func(w io.Writer) (int64, error) { return io.Copy(w, f) })
}

// refuseBeside is ErrExists where a file that the backup holds stands in the
// folder without the stores and says otherwise.
func refuseBeside(a *archived, tmp, dir string) error {
	for _, name := range a.beside {
		more, err := beyond(filepath.Join(dir, name), filepath.Join(tmp, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err == nil && more < 0 {
			return fmt.Errorf("%w: %s is not the one of the backup", ErrExists, name)
		}
	}
	return nil
}

// swapBeside puts the backup's file in place. One that goes on where that ends
// stays, since it tells more: kept.
func swapBeside(tmp, dir, name string) (kept bool, err error) {
	from, to := filepath.Join(tmp, name), filepath.Join(dir, name)
	more, err := beyond(to, from)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if more > 0 {
		return true, nil
	}
	return false, os.Rename(from, to)
}

// beyond tells how many bytes a file has after all of another, with which it
// begins; below zero, it does not.
func beyond(path, start string) (int64, error) {
	long, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer long.Close()
	short, err := os.Open(start)
	if err != nil {
		return 0, err
	}
	defer short.Close()
	of, err := short.Stat()
	if err != nil {
		return 0, err
	}
	has, err := long.Stat()
	if err != nil || has.Size() < of.Size() {
		return -1, err
	}
	same, err := sameStart(long, short)
	if err != nil || !same {
		return -1, err
	}
	return has.Size() - of.Size(), nil
}

// sameStart reads both until the second ends.
func sameStart(long, short io.Reader) (bool, error) {
	a, b := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(short, b)
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return false, err
		}
		if _, err := io.ReadFull(long, a[:n]); err != nil {
			return false, err
		}
		if !bytes.Equal(a[:n], b[:n]) {
			return false, nil
		}
	}
}
