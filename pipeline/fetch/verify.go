package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"obzvon/pipeline"
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

// repairs is how often bytes are fetched again.
const repairs = 3

// errWhole asks for the whole archive once more: parts cannot be had, or too
// much of it is wrong.
var errWhole = errors.New("parts of the archive cannot be fetched again")

// makeSound verifies the part and has repaired what is wrong. What cannot be
// repaired is put aside.
func (d *download) makeSound(ctx context.Context) error {
	again := false
	for {
		err := d.repair(ctx)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, errWhole) && !again:
			again = true
			if err := d.reset(); err != nil {
				return err
			}
			if _, err := d.bring(ctx); err != nil {
				return err
			}
		case errors.Is(err, pipeline.ErrDamaged):
			return d.putAside(err)
		default:
			return err
		}
	}
}

// repair verifies the part, fetches wrong bytes again and looks at them again.
func (d *download) repair(ctx context.Context) error {
	var only []int
	for round := 0; ; round++ {
		v, err := d.verify(ctx, only)
		if err != nil || v.err == nil {
			return err
		}
		if v.lost && !errors.Is(v.err, pipeline.ErrDamaged) {
			return damagedWords(v.err) // bytes do not make it larger or of another form
		}
		if round == repairs {
			return fmt.Errorf("fetched again %d times: %w", repairs, damagedWords(v.err))
		}
		wrong, list := d.wrongBytes(v, round)
		if err := d.patchAll(ctx, wrong); err != nil {
			if errors.Is(err, errWhole) {
				return fmt.Errorf("%w: %w", damagedWords(v.err), err)
			}
			return err
		}
		if only = v.bad; list {
			only = nil // places in another list mean nothing
		}
	}
}

// patchesMax is how many requests are still better than the whole archive.
const patchesMax = 100

func (d *download) patchAll(ctx context.Context, wrong []span) error {
	if len(wrong) > patchesMax {
		return errWhole
	}
	for _, s := range wrong {
		if err := d.patch(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// tailLen is fetched again when not even the list of members can be found.
const tailLen = 4 << 20

// wrongBytes are those to fetch again. From the second round on the list is
// doubted too: a checksum may be wrong there as well as data.
func (d *download) wrongBytes(v verdict, round int) (wrong []span, list bool) {
	l, err := layoutOf(d.file, d.have)
	if err != nil {
		return []span{{max(0, d.have-tailLen), d.have}}, true
	}
	var out []span
	if v.lost {
		out = l.lostHeaders(d.file)
	}
	files := l.files()
	for _, i := range v.bad {
		if i < len(files) {
			out = append(out, files[i].span)
		}
	}
	if list = round > 0 || len(out) == 0 || !errors.Is(v.err, pipeline.ErrDamaged); list {
		out = append(out, l.list)
	}
	return merge(out), list
}

// putAside keeps what cannot be used where nobody uses it.
func (d *download) putAside(why error) error {
	if err := d.file.Close(); err != nil {
		return errors.Join(why, onDisk("write the archive", err))
	}
	if err := move(d.disk, d.part(), d.path+DamagedSuffix); err != nil {
		return errors.Join(why, err)
	}
	return fmt.Errorf("%w; it is kept as %s", why, filepath.Base(d.path)+DamagedSuffix)
}
