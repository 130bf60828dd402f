package osm

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
)

// slice is how many objects of a file are committed together.
const slice = 500

// files reads the inputs, some objects at a time. What cannot be read is a gap; when
// nothing at all could be read, the first error ends the pull. A cursor names the input
// and how many of its objects are done: "0|500|true", or "0|end|true"; true = something
// could be read so far.
func (p *pull) files(ctx context.Context) error {
	if len(p.source.inputs) == 0 {
		return fmt.Errorf("%w: no input files", pipeline.ErrEmpty)
	}
	at, err := beginFiles(p.req.Cursor, len(p.source.inputs))
	if err != nil {
		return err
	}
	var first error
	for ; at.input < len(p.source.inputs); at.input, at.done = at.input+1, 0 {
		in := p.source.inputs[at.input]
		if err := ctx.Err(); err != nil {
			return err
		}
		err := p.file(ctx, in, &at)
		switch {
		case err == nil:
		case errors.Is(err, errStopped):
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		default:
			err = fmt.Errorf("%s: %w", in.Name, unreadable(err))
			if first == nil {
				first = err
			}
			b := pipeline.Batch{Unit: in.Name, Cursor: at.end(), Gaps: []pipeline.Gap{{Unit: in.Name, Detail: err.Error()}}}
			if err := p.emit(b); err != nil {
				return err
			}
		}
	}
	if !at.read {
		if first == nil {
			first = pipeline.ErrDamaged
		}
		return fmt.Errorf("no input could be read: %w", first)
	}
	return nil
}

// unreadable names an error of form as one of a file.
func unreadable(err error) error {
	switch {
	case errors.Is(err, service.ErrBroken):
		return fmt.Errorf("%w: %w", pipeline.ErrDamaged, err)
	case errors.Is(err, service.ErrLayout):
		return fmt.Errorf("%w: want JSON as Overpass answers, with elements: %w", pipeline.ErrUnknownForm, err)
	default:
		return err
	}
}

// file reads what is left of one input.
func (p *pull) file(ctx context.Context, in files.Input, at *filePlace) error {
	f, err := in.Open()
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	g, seen, h := p.gather(in.Name, ""), int64(0), header{}
	g.row = at.done
	flush := func(last bool) error {
		at.read = true
		at.done = seen
		cursor := at.String()
		if last {
			cursor = at.end()
		}
		b := g.done(h.Base, cursor)
		p.progress(in.Name)
		g = p.gather(in.Name, "")
		g.row = seen
		return p.emit(b)
	}
	err = readElements(members.Until(ctx, f), &h, func(raw []byte) error {
		if seen++; seen <= at.done {
			return nil
		}
		g.raw = append(g.raw, raw)
		if len(g.raw) < slice {
			return nil
		}
		return flush(false)
	})
	if err != nil && len(g.raw) > 0 && !errors.Is(err, errStopped) && ctx.Err() == nil {
		if stop := flush(false); stop != nil {
			return stop
		}
	}
	if err != nil {
		return err
	}
	return flush(true)
}

// filePlace is how far the files are read.
type filePlace struct {
	input int
	done  int64
	read  bool
}

const ended = "end"

func (f filePlace) String() string { return f.with(strconv.FormatInt(f.done, 10)) }

func (f filePlace) end() string { return f.with(ended) }

func (f filePlace) with(done string) string {
	return strings.Join([]string{strconv.Itoa(f.input), done, strconv.FormatBool(f.read)}, separator)
}

func beginFiles(cursor string, inputs int) (filePlace, error) {
	if cursor == "" {
		return filePlace{}, nil
	}
	parts := strings.Split(cursor, separator)
	if len(parts) == 3 {
		f := filePlace{read: parts[2] == "true"}
		f.input, _ = strconv.Atoi(parts[0])
		f.done, _ = strconv.ParseInt(parts[1], 10, 64)
		if f.input >= 0 && f.input < inputs && f.done >= 0 && (f.String() == cursor || f.end() == cursor) {
			if parts[1] == ended {
				f.input, f.done = f.input+1, 0
			}
			return f, nil
		}
	}
	return filePlace{}, fmt.Errorf("%q: %w", cursor, ErrCursor)
}
