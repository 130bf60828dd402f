package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// batchRows is how many rows of a table commit together.
const batchRows = 1000

// errStopped says that the consumer wants no more.
var errStopped = errors.New("iteration broken off")

// Pull implements pipeline.Source. A file that cannot be used does not cost
// the others: it leaves a gap, and the pull ends with the errors of all such
// files. A file damaged in the middle leaves a gap with the rows not read.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		from, err := parseCursor(req.Cursor)
		if err != nil {
			yield(pipeline.Batch{}, fmt.Errorf("source %s: %w", s.name, err))
			return
		}
		p := &pull{source: s, ctx: ctx, req: req, from: from, yield: yield, total: s.size()}
		if err := p.run(); err != nil && !errors.Is(err, errStopped) {
			yield(pipeline.Batch{}, err)
		}
	}
}

// size of all inputs in bytes, for progress only: an input that cannot be
// opened is told of when it is pulled.
func (s *Source) size() int64 {
	var n int64
	for _, in := range s.inputs {
		if f, err := in.Open(); err == nil {
			n += f.Size()
			f.Close()
		}
	}
	return n
}

// pull is one reading of all inputs.
type pull struct {
	source *Source
	ctx    context.Context //nolint:containedctx // a pull lives no longer than the call that made it
	req    pipeline.Request
	from   cursor
	yield  func(pipeline.Batch, error) bool

	total, before int64 // bytes of all inputs, of those already read
	rowsRead      int64
}

func (p *pull) run() error {
	var failed []error
	for i, in := range p.source.inputs {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		err := p.input(i, in)
		switch {
		case err == nil:
		case errors.Is(err, errStopped), p.ctx.Err() != nil:
			return err
		default:
			failed = append(failed, err)
			if err := p.gap(i, in, err); err != nil {
				return err
			}
		}
		p.before += inputSize(in)
	}
	return errors.Join(failed...)
}

func inputSize(in files.Input) int64 {
	f, err := in.Open()
	if err != nil {
		return 0
	}
	defer f.Close()
	return f.Size()
}

// gap says that nothing of an input could be read. A pull that goes on after
// it does not say so again, but still ends with the error.
func (p *pull) gap(i int, in files.Input, err error) error {
	if i < p.from.input {
		return nil
	}
	return p.emit(pipeline.Batch{
		Unit:    in.Name,
		Release: pipeline.Release{ID: in.Name},
		Gaps:    []pipeline.Gap{{Unit: in.Name, Detail: err.Error()}},
		Cursor:  cursor{input: i + 1}.String(),
	})
}

func (p *pull) emit(b pipeline.Batch) error {
	if !p.yield(b, nil) {
		return errStopped
	}
	return p.ctx.Err()
}

// input reads one file. Of a file that an earlier pull read to its end only
// the header is looked at, so that the same errors end both.
func (p *pull) input(i int, in files.Input) error {
	sh, err := p.source.open(in)
	if err != nil {
		return err
	}
	defer sh.grid.Close()
	if i < p.from.input {
		return nil
	}
	keys, err := p.keys(sh)
	if err != nil {
		return fmt.Errorf("%s: %w", in.Name, err)
	}
	b := newBatcher(p, i, sh, keys.gathering())
	if i == p.from.input {
		b.skip = p.from.row
	}
	if err := p.rows(sh, b.row); err != nil {
		var cut *damageError
		if !errors.As(err, &cut) {
			return fmt.Errorf("%s: %w", in.Name, err)
		}
		b.cut(cut)
	}
	return b.finish()
}

// keys reads a table for the keys of its rows alone.
func (p *pull) keys(sh *sheet) (repeated, error) {
	keys := repeated{}
	err := p.rows(sh, func(rec record, _ int64) error {
		if x, v, _ := identify(rec, &sh.layout, &p.source.set); v == taken {
			keys.add(x.key)
		}
		return nil
	})
	var cut *damageError
	if err != nil && !errors.As(err, &cut) {
		return nil, err
	}
	return keys, nil
}

// rows calls f for every row below the header.
func (p *pull) rows(sh *sheet, f func(rec record, done int64) error) error {
	r, err := sh.grid.rows(sh.name, len(sh.layout.header))
	if err != nil {
		return err
	}
	defer r.Close()
	for n := 0; ; n++ {
		if n%256 == 0 && p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if rec.row <= sh.layout.row {
			continue
		}
		if err := f(rec, r.done()); err != nil {
			return err
		}
	}
}
