package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
)

// block is how much of a file is read at a time, from its end.
const block = 64 << 10

// Last implements Log. A line that cannot be read is told of by an entry of the action
// Unreadable.
func (l *Folder) Last(ctx context.Context, n int, f Filter) (out []Entry, err error) {
	if err := ctx.Err(); err != nil || n < 1 {
		return nil, err
	}
	files, err := l.open()
	defer func() {
		for _, one := range files {
			one.Close()
		}
	}()
	for i := 0; i < len(files) && err == nil; i++ {
		for line, failed := range backward(files[i].File, files[i].size) {
			if err = errors.Join(failed, ctx.Err()); err != nil || len(out) == n {
				break
			}
			if e := decode(line); f.picks(&e) {
				out = append(out, e)
			}
		}
		if len(out) == n {
			break
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read the audit %s: %w", l.path(0), err)
	}
	return out, nil
}

func decode(line []byte) Entry {
	var e Entry
	if err := json.Unmarshal(line, &e); err != nil {
		return Entry{Action: Unreadable}
	}
	return e
}

type opened struct {
	*os.File
	size int64
}

// open opens all files, the newest first, between two writes.
func (l *Folder) open() (files []opened, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for number := 0; number <= l.keep; number++ {
		f, err := os.Open(l.path(number))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return files, err
		}
		info, err := f.Stat()
		if err != nil {
			return append(files, opened{File: f}), err
		}
		files = append(files, opened{f, info.Size()})
	}
	return files, nil
}

// backward yields the whole lines of a file, the last first. What follows the last
// end of a line was cut and is none. An error is the last.
func backward(r io.ReaderAt, size int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		at, err := lastLineEnd(r, size)
		if err != nil {
			yield(nil, err)
			return
		}
		var rest []byte // of lines whose beginning is not read yet
		for at > 0 {
			from := max(0, at-block)
			part := make([]byte, at-from, at-from+int64(len(rest)))
			if _, err := r.ReadAt(part, from); err != nil && !errors.Is(err, io.EOF) {
				yield(nil, err)
				return
			}
			at, rest = from, append(part, rest...)
			for {
				end := len(rest) - 1
				if end < 0 {
					break
				}
				begin := bytes.LastIndexByte(rest[:end], '\n') + 1
				if begin == 0 && at > 0 {
					break
				}
				if !yield(rest[begin:end], nil) {
					return
				}
				rest = rest[:begin]
			}
		}
	}
}

// lastLineEnd is where the last whole line ends.
func lastLineEnd(r io.ReaderAt, size int64) (int64, error) {
	for end := size; end > 0; {
		from := max(0, end-block)
		part := make([]byte, end-from)
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
