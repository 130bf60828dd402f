package erasure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/sync/errgroup"

	"obzvon/pipeline/archive"
)

const (
	chunk = 256 << 10 // is searched at a time, in bytes
	tail  = 1 << 10   // of it is searched again with the next
	// textMost is the size up to which a text is written anew, in bytes.
	textMost = 64 << 20
)

// searched is what a file is searched for.
type searched struct{ now, all *Forgotten }

// got is what a file holds.
type got struct {
	hit    bool
	text   bool // only numbers and addresses in a text, which can be written anew
	backup bool
}

func (s searched) in(b []byte) bool {
	return has(s.all, b, 0) || has(s.now, b, firms)
}

// File searches a file, also within zips, workbooks and gzip. An error says that it
// could not be read whole.
func (f *Forgotten) File(ctx context.Context, path string) (bool, error) {
	g, err := searched{all: f}.file(ctx, path)
	return g.hit, err
}

func (s searched) file(ctx context.Context, path string) (got, error) {
	f, err := os.Open(path)
	if err != nil {
		return got{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return got{}, err
	}
	head := make([]byte, archive.SniffLen)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return got{}, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return got{}, err
	}
	switch form := archive.Sniff(head[:n]); {
	case form == archive.FormZip || form == archive.FormXLSX || form == archive.FormODS || bytes.HasPrefix(head[:n], []byte("PK")):
		return s.zip(ctx, f, info.Size())
	case form == archive.FormGzip:
		in, err := gzip.NewReader(f)
		if err != nil {
			return got{}, fmt.Errorf("unpack %s: %w", filepath.Base(path), err)
		}
		hit, err := s.stream(ctx, in)
		return got{hit: hit}, err
	case form == archive.FormRAR || form == archive.Form7z:
		return got{}, fmt.Errorf("%s: %s is not searched", filepath.Base(path), form)
	case form == archive.FormText && info.Size() <= textMost:
		return s.text(f)
	}
	hit, err := s.stream(ctx, f)
	return got{hit: hit}, err
}

// zip searches all members, some at a time.
func (s searched) zip(ctx context.Context, f *os.File, size int64) (g got, err error) {
	// Whatever lies in the folder of the program may be large.
	a, err := archive.Open(f, size, archive.Limits{Members: 1 << 20, Member: 64 << 30, Total: 1 << 40, Ratio: 1 << 20})
	if err != nil {
		return got{}, err
	}
	var hit atomic.Bool
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, m := range a.Members() {
		g.backup = g.backup || m.Name == "state.db"
		if s.in([]byte(m.Name)) {
			hit.Store(true)
		}
		group.Go(func() error {
			if hit.Load() {
				return nil
			}
			in, err := m.Open()
			if err != nil {
				return err
			}
			defer in.Close()
			found, err := s.stream(ctx, in)
			if found {
				hit.Store(true)
				return nil
			}
			return err
		})
	}
	err = group.Wait()
	if g.hit = hit.Load(); g.hit {
		err = nil
	}
	return g, err
}

// text tells whether only single places of a text are concerned.
func (s searched) text(in io.Reader) (got, error) {
	data, err := io.ReadAll(in)
	if err != nil {
		return got{}, err
	}
	if bytes.IndexByte(data, 0) >= 0 { // two bytes for each letter
		return got{hit: s.in(bytes.ReplaceAll(data, []byte{0}, nil))}, nil
	}
	g := got{hit: s.in(data), text: true}
	single := func(at span) bool {
		g.text = g.text && (at.kind == kindPhone || at.kind == kindAbroad || at.kind == kindEmail)
		return g.text
	}
	if !s.now.Empty() {
		search(s.now, data, firms, single)
	}
	if !s.all.Empty() {
		search(s.all, data, 0, single)
	}
	return g, nil
}

// stream searches what a reader gives, in pieces that overlap.
func (s searched) stream(ctx context.Context, in io.Reader) (bool, error) {
	buf := make([]byte, chunk)
	kept := 0
	for {
		n, err := io.ReadFull(in, buf[kept:])
		piece := buf[:kept+n]
		if s.in(piece) {
			return true, nil
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return false, nil
		case err != nil:
			return false, err
		case ctx.Err() != nil:
			return false, ctx.Err()
		}
		from := len(piece) - tail
		for from < len(piece) && digit(piece[from]) { // what is cut in two is another number
			from++
		}
		kept = copy(buf, piece[from:])
	}
}
