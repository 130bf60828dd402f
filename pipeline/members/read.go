package members

import (
	"context"
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
)

// outcome is what reading a unit came to.
type outcome struct {
	batch pipeline.Batch
	err   error // why the unit could not be read; the batch says so as a gap
}

// read reads one unit wholly. A unit that fails on the way yields nothing of
// what it held, only a gap and how many rows it declares.
func (p *pull) read(ctx context.Context, w Worker, u Unit) outcome {
	if u.broken != nil {
		return p.gap(u, 0, u.broken)
	}
	opened, err := u.open()
	if err != nil {
		return p.gap(u, 0, fmt.Errorf("open: %w", err))
	}
	defer closeQuietly(opened)
	r := Until(ctx, opened)
	batch, rows, err := w.Read(u, r)
	if err != nil {
		return p.gap(u, rows, explained(err, r))
	}
	batch.Unit = u.Name
	return outcome{batch: batch}
}

// explained adds to what is wrong with the content what is wrong with the bytes:
// a wrong checksum, which stands at the end, says why the XML is wrong.
func explained(err error, r io.Reader) error {
	if _, rest := io.Copy(io.Discard, r); rest != nil && !errors.Is(err, rest) {
		return fmt.Errorf("%w; %w", err, rest)
	}
	return err
}

func (p *pull) gap(u Unit, rows int64, err error) outcome {
	return outcome{err: err, batch: pipeline.Batch{
		Unit:    u.Name,
		Release: p.reader.Release(u),
		Gaps:    []pipeline.Gap{{Unit: u.Name, Detail: err.Error(), Unread: rows}},
		Counts:  pipeline.Counts{Declared: rows, Unread: rows},
	}}
}
