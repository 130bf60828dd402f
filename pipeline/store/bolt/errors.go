package bolt

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// Errors of opening that callers tell apart.
var (
	ErrLocked  = errors.New("store is held by another process")
	ErrDamaged = errors.New("store file is damaged")
	ErrFormat  = errors.New("store was written by a newer version")
	ErrExists  = errors.New("a store is there already")
	ErrBackup  = errors.New("not a whole backup")
)

// LockedError says who holds the store. It is ErrLocked.
type LockedError struct {
	Dir    string
	Holder Holder // zero when the holder left no word
}

func (e *LockedError) Error() string {
	if e.Holder.PID == 0 {
		return fmt.Sprintf("store %s is held by another process", e.Dir)
	}
	return fmt.Sprintf("store %s is held by %v", e.Dir, e.Holder)
}

func (e *LockedError) Unwrap() error { return ErrLocked }

// DamagedError says which file cannot be read and what to do. It is ErrDamaged.
type DamagedError struct {
	Path   string
	Advice string
	Cause  error
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("%s is damaged: %v; %s", e.Path, e.Cause, e.Advice)
}

// Is makes errors.Is(err, ErrDamaged) hold.
func (e *DamagedError) Is(target error) bool { return target == ErrDamaged }

func (e *DamagedError) Unwrap() error { return e.Cause }

// FormatError is a file of a format that this version cannot read. It is
// ErrFormat.
type FormatError struct {
	File   string
	Format int // of the file
	Known  int // the newest that this version reads
}

func (e *FormatError) Error() string {
	return fmt.Sprintf("%s has format %d, this version reads up to %d: install the newer version that wrote it, or restore an older backup",
		e.File, e.Format, e.Known)
}

func (e *FormatError) Unwrap() error { return ErrFormat }

// guarded runs fn, which reads a file that may be damaged: bbolt panics on
// pages that make no sense and reads past the end of a mapping.
func guarded(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("unreadable page: %v", r)
		}
	}()
	return fn()
}
