package fetch

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"obzvon/pipeline/archive"
)

// verdict is what is wrong with an archive.
type verdict struct {
	err  error // of the first that is wrong; nil = sound
	bad  []int // members whose bytes are wrong, by their place in the list
	lost bool  // it could not be opened at all
}

// verify opens the part and reads every member, or those given, to its
// checksum, on all processors.
func (d *download) verify(ctx context.Context, only []int) (verdict, error) {
	a, err := archive.Open(d.file, d.have, d.options.Archive)
	if err != nil {
		return verdict{err: err, lost: true}, nil
	}
	members := a.Members()
	if only == nil {
		for i := range members {
			only = append(only, i)
		}
	}
	v := d.readAll(ctx, members, only)
	return v, ctx.Err()
}

func (d *download) readAll(ctx context.Context, members []archive.Member, which []int) verdict {
	total := int64(0)
	for _, i := range which {
		total += members[i].Packed
	}
	errs := make([]error, len(which))
	done := meter{report: func(n int64) { d.report(filepath.Base(d.path)+": checking", n, total) }}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(which)) {
		wg.Go(func() {
			buf := make([]byte, chunk)
			for {
				at := int(next.Add(1) - 1)
				if at >= len(which) || ctx.Err() != nil {
					return
				}
				m := members[which[at]]
				errs[at] = readMember(ctx, m, buf)
				done.add(m.Packed)
			}
		})
	}
	wg.Wait()
	var v verdict
	for at, err := range errs {
		if err != nil {
			v.bad = append(v.bad, which[at])
			if v.err == nil {
				v.err = err
			}
		}
	}
	return v
}

// meter counts what several goroutines have done and tells it one by one.
type meter struct {
	mu     sync.Mutex
	done   int64
	report func(done int64)
}

func (m *meter) add(n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done += n
	m.report(m.done)
}

func readMember(ctx context.Context, m archive.Member, buf []byte) error {
	r, err := m.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch _, err := r.Read(buf); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}
