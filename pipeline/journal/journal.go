package journal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"obzvon/pipeline/fetch/disk"
)

// Name is the file's, in the folder of the store.
const Name = "outcomes.journal"

// ErrDamaged is a line, other than a last one that was cut, that is no entry.
var ErrDamaged = errors.New("journal is damaged")

// Journal is the file. One process at a time may write it: whoever holds the
// store. It is safe for concurrent use within that process.
type Journal struct {
	path string
	disk disk.Disk
	mu   sync.Mutex
}

// In names the journal of a folder, which need not be there yet.
func In(dir string) *Journal { return &Journal{path: filepath.Join(dir, Name)} }

// Append writes lines and returns when they are on the disk. After an error none
// or some of them may stand there.
func (j *Journal) Append(ctx context.Context, entries ...Entry) error {
	if len(entries) == 0 {
		return ctx.Err()
	}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	enc.SetEscapeHTML(false)
	for i := range entries {
		if err := enc.Encode(&entries[i]); err != nil {
			return fmt.Errorf("encode a line of the journal: %w", err)
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := j.write(lines.Bytes()); err != nil {
		return fmt.Errorf("write the journal %s: %w", j.path, err)
	}
	return nil
}

func (j *Journal) write(lines []byte) (err error) {
	if !j.there() { // made whole, so that its name lasts
		if err := j.disk.WriteFile(j.path, nil); err != nil {
			return err
		}
	}
	f, err := j.disk.Open(j.path)
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

func (j *Journal) there() bool {
	_, err := os.Lstat(j.path)
	return err == nil
}

// wholeSize cuts off a last line that a kill left unfinished, which nobody was
// told of, and returns the size of what is whole.
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

// lastLineEnd is where the last whole line ends.
func lastLineEnd(r io.ReaderAt, size int64) (int64, error) {
	buf := make([]byte, 64<<10)
	for end := size; end > 0; {
		from := max(0, end-int64(len(buf)))
		part := buf[:end-from]
		if _, err := r.ReadAt(part, from); err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
			return from + int64(i) + 1, nil
		}
		end = from
	}
	return 0, nil
}

// Read returns the lines in the order in which they were written, repeats and
// all. A last line that was cut is none. An error is the last.
func (j *Journal) Read(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		f, err := os.Open(j.path)
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err != nil {
			yield(Entry{}, fmt.Errorf("read the journal: %w", err))
			return
		}
		defer f.Close()
		in := bufio.NewReaderSize(f, 64<<10)
		for n := 1; ; n++ {
			line, err := in.ReadBytes('\n')
			switch {
			case errors.Is(err, io.EOF): // what has no end was cut
				return
			case err == nil:
				err = ctx.Err()
			}
			if err != nil {
				yield(Entry{}, fmt.Errorf("read the journal %s: %w", j.path, err))
				return
			}
			var e Entry
			if err := json.Unmarshal(line, &e); err != nil {
				yield(Entry{}, fmt.Errorf("%s, line %d: %w: %w", j.path, n, ErrDamaged, err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}
