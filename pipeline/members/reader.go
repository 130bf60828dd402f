package members

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// Reader says what a pull reads, and how.
type Reader struct {
	Form    *Form
	Inputs  []files.Input // in reading order
	Left    []bool        // of Inputs: those that are not read; nil = none
	Workers int           // how many files are read at a time; 0 = one per processor

	// Release is the one that the gap of a unit belongs to.
	Release func(Unit) pipeline.Release
	// Worker makes another one; each is used by one goroutine.
	Worker func() Worker
}

// Worker turns files into batches, one after the other.
type Worker interface {
	// Read reads a file to its end and makes the batch of it, without unit and
	// cursor. rows is what the file declares, 0 when it does not come to say so.
	// After an error the batch is not looked at: the file becomes a gap of that
	// many rows. Errors of r must come through wrapped, and an error of another
	// kind need not care for what r still has to say: if the rest of the file
	// shows a wrong checksum, that is added.
	Read(u Unit, r io.Reader) (b pipeline.Batch, rows int64, err error)
}

func (r *Reader) workers() int {
	if r.Workers > 0 {
		return r.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (r *Reader) left(i int) bool { return r.Left != nil && r.Left[i] }

// sizes returns the bytes of each input; one that is left unread or cannot be
// opened has none.
func (r *Reader) sizes() []int64 {
	out := make([]int64, len(r.Inputs))
	for i, in := range r.Inputs {
		if r.left(i) {
			continue
		}
		if f, err := in.Open(); err == nil {
			out[i] = f.Size()
			closeQuietly(f)
		}
	}
	return out
}

// Pull is the whole of a source's Pull: one batch for each unit, in order. Each
// iteration asks for a Reader anew. Errors say whose they are: "set taxes: …".
func Pull(ctx context.Context, who string, req pipeline.Request, reader func(context.Context) (*Reader, error)) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		if err := start(ctx, req, reader, yield); err != nil && !errors.Is(err, errBroken) {
			yield(pipeline.Batch{}, fmt.Errorf("%s: %w", who, err))
		}
	}
}

func start(ctx context.Context, req pipeline.Request, reader func(context.Context) (*Reader, error), yield func(pipeline.Batch, error) bool) error {
	from, err := parseCursor(req.Cursor)
	if err != nil {
		return err
	}
	r, err := reader(ctx)
	if err != nil {
		return err
	}
	if len(r.Inputs) == 0 {
		return fmt.Errorf("%w: no input files", pipeline.ErrEmpty)
	}
	p := &pull{reader: r, start: from, progress: newProgress(req.Progress, r.sizes())}
	return p.all(ctx, yield)
}
