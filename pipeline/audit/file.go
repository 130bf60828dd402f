package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"obzvon/pipeline/fetch/disk"
)

// Name is that of the file which is written now.
const Name = "audit.jsonl"

const (
	fullSize = 10 << 20 // bytes, after which a file is put aside
	keepFull = 10       // files that were put aside: with some 200 bytes a line, half a million lines
)

// Folder implements Log by a file and those put aside: audit.1.jsonl is the newest of
// them. One process at a time may write it: whoever holds the store.
type Folder struct {
	dir  string
	disk disk.Disk
	full int64
	keep int
	mu   sync.Mutex
}

var _ Log = (*Folder)(nil)

// In names the log of a folder, which need not be there yet.
func In(dir string) *Folder { return &Folder{dir: dir, full: fullSize, keep: keepFull} }

// path is that of the file which is written now, 0, or of one put aside.
func (l *Folder) path(number int) string {
	if number == 0 {
		return filepath.Join(l.dir, Name)
	}
	return filepath.Join(l.dir, fmt.Sprintf("audit.%d.jsonl", number))
}

// Append implements Log. The entries are on the disk when it returns; after an error
// none or some of them may stand there.
func (l *Folder) Append(ctx context.Context, entries ...Entry) error {
	if len(entries) == 0 {
		return ctx.Err()
	}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	for _, e := range entries {
		if err := enc.Encode(e.sieved()); err != nil {
			return fmt.Errorf("encode a line of the audit: %w", err)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := l.write(lines.Bytes()); err != nil {
		return fmt.Errorf("write the audit %s: %w", l.path(0), err)
	}
	return nil
}

func (l *Folder) write(lines []byte) error {
	info, err := os.Lstat(l.path(0))
	switch {
	case err == nil && info.Size()+int64(len(lines)) > l.full && info.Size() > 0:
		if err := l.putAside(); err != nil {
			return err
		}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case err == nil:
		return l.appendTo(lines)
	}
	if err := l.disk.WriteFile(l.path(0), nil); err != nil { // made whole, so that its name lasts
		return err
	}
	return l.appendTo(lines)
}

func (l *Folder) appendTo(lines []byte) (err error) {
	f, err := l.disk.Open(l.path(0))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := wholeSize(f)
	if err != nil {
		return err
	}
	if _, err := f.WriteAt(lines, size); err != nil {
		return err
	}
	return f.Sync()
}

// wholeSize cuts off a last line that a kill left unfinished, which nobody was told
// of, and returns the size of what is whole.
func wholeSize(f *disk.File) (int64, error) {
	size, err := f.Size()
	if err != nil {
		return 0, err
	}
	end, err := lastLineEnd(f, size)
	if err != nil || end == size {
		return end, err
	}
	return end, f.Truncate(end)
}

// putAside makes room: the files up to the first number that is free move on by one. A
// kill in between leaves a free number, and the next time none is lost by it.
func (l *Folder) putAside() error {
	free := 1
	for free < l.keep && exists(l.path(free)) {
		free++
	}
	for number := free; number > 0; number-- {
		if err := l.disk.Rename(l.path(number-1), l.path(number)); err != nil {
			return err
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
