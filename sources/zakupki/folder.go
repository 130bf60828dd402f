package zakupki

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
)

// Bounds on archives and the documents in them. A day of a large region has some
// thousand documents of some hundred KiB.
var limits = archive.Limits{Members: 200_000, Member: 64 << 20, Total: 16 << 30}

const batchRows = 200

// sheet is one XML document of an input.
type sheet struct {
	name string
	open func() (io.ReadCloser, error)
}

// sheets lists the documents of a file: itself, or the XML members of a zip. Its
// signatures and whatever else is in it are no documents.
func sheets(name string, r io.ReaderAt, size int64) ([]sheet, error) {
	head := make([]byte, min(size, archive.SniffLen))
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), head); err != nil {
		return nil, fmt.Errorf("read the first bytes: %w", err)
	}
	switch form := archive.Sniff(head); form {
	case archive.FormXML:
		if size > limits.Member {
			return nil, fmt.Errorf("%w: %d bytes, %d allowed", pipeline.ErrTooLarge, size, limits.Member)
		}
		return []sheet{{name, func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(r, 0, size)), nil }}}, nil
	case archive.FormZip:
	case archive.FormEmpty:
		return nil, fmt.Errorf("%w: want XML of the ЕИС or a zip of it", pipeline.ErrEmpty)
	default:
		return nil, fmt.Errorf("%w: want XML of the ЕИС or a zip of it, it looks like %s", pipeline.ErrUnknownForm, form)
	}
	a, err := archive.Open(r, size, limits)
	if err != nil {
		return nil, err
	}
	var out []sheet
	for _, m := range a.Members() {
		if strings.EqualFold(path.Ext(m.Name), ".xml") {
			out = append(out, sheet{name + "/" + m.Name, m.Open})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w: a zip without XML; one inside another stays closed", pipeline.ErrEmpty)
	}
	return out, nil
}

// archive takes all documents of a zip.
func (g *gatherer) archive(ctx context.Context, name string, r io.ReaderAt, size int64) error {
	list, err := sheets(name, r, size)
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := g.sheet(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// rawHead is how much of a rejected document is kept: its declaration and namespaces,
// nothing of what it says.
const rawHead = 400

// sheet takes one document. The only error is that of ctx.
func (g *gatherer) sheet(ctx context.Context, s sheet) error {
	opened, err := s.open()
	if err != nil {
		g.reject(s.name, 1, err, "")
		return ctx.Err()
	}
	defer opened.Close()
	head := &strings.Builder{}
	all, err := document(io.TeeReader(members.Until(ctx, opened), &first{head, rawHead}))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		g.reject(s.name, 1, err, head.String())
	case len(all) == 0:
		g.other()
	}
	for i, p := range all {
		g.row(p, s.name, int64(i)+1, head.String())
	}
	return nil
}

// first keeps the first bytes of what is written.
type first struct {
	to   *strings.Builder
	left int
}

func (f *first) Write(b []byte) (int, error) {
	n := min(len(b), f.left)
	f.to.Write(b[:n])
	f.left -= n
	return len(b), nil
}

// place is the document whose row was the last of a batch, and whether any input so
// far could be read.
type place struct {
	input, sheet int
	read         bool
}

func (p place) String() string {
	return strings.Join([]string{"1", strconv.Itoa(p.input), strconv.Itoa(p.sheet), strconv.FormatBool(p.read)}, separator)
}

func parsePlace(s string) (place, error) {
	if s == "" {
		return place{sheet: -1}, nil
	}
	var p place
	parts := strings.Split(s, separator)
	if len(parts) == 4 {
		p.input, _ = strconv.Atoi(parts[1])
		p.sheet, _ = strconv.Atoi(parts[2])
		p.read = parts[3] == "true"
	}
	if p.String() != s || p.input < 0 || p.sheet < 0 {
		return place{}, fmt.Errorf("%q: %w", s, ErrCursor)
	}
	return p, nil
}

// files reads the inputs in their order, some documents to a batch. One that cannot be
// read is a gap; only when none can be does the pull end in an error, the first.
func (p *pull) files() error {
	at, err := parsePlace(p.req.Cursor)
	if err != nil {
		return err
	}
	inputs := p.source.inputs
	if len(inputs) == 0 {
		return fmt.Errorf("%w: no input files", pipeline.ErrEmpty)
	}
	r := &reader{pull: p, from: at, read: at.read}
	for i, in := range inputs {
		p.progress(in.Name, i, len(inputs))
		if err := p.ctx.Err(); err != nil {
			return err
		}
		if err := r.input(i, in); err != nil {
			return err
		}
	}
	if err := r.flush(); err != nil {
		return err
	}
	if !r.read {
		return r.failed
	}
	return nil
}

// reader reads inputs into batches.
type reader struct {
	*pull
	from   place
	read   bool
	failed error // of the first input that could not be read
	g      *gatherer
	last   place
}

// input reads one file. A failure is told again when a pull goes on behind it, so that
// both end alike, but its gap is not.
func (r *reader) input(i int, in files.Input) error {
	err := r.open(i, in)
	if err == nil || errors.Is(err, errStopped) || r.ctx.Err() != nil {
		return err
	}
	if r.failed == nil {
		r.failed = fmt.Errorf("%s: %w", in.Name, err)
	}
	if !r.behind(i, 0) {
		return nil
	}
	r.batch(in.Name).gap(in.Name, err.Error(), 0)
	r.last = place{i, 0, r.read}
	return nil
}

// behind tells whether a document comes after the cursor.
func (r *reader) behind(input, sheet int) bool {
	return input > r.from.input || input == r.from.input && sheet > r.from.sheet
}

func (r *reader) open(i int, in files.Input) error {
	if strings.EqualFold(path.Ext(in.Name), ".sig") {
		return nil
	}
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	list, err := sheets(in.Name, f, f.Size())
	if err != nil {
		return err
	}
	r.read = true
	for k, s := range list {
		if !r.behind(i, k) {
			continue
		}
		g := r.batch(in.Name)
		if err := g.sheet(r.ctx, s); err != nil {
			return err
		}
		r.last = place{i, k, true}
		if g.batch.Counts.Read >= batchRows {
			if err := r.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// batch is the one that is being filled.
func (r *reader) batch(unit string) *gatherer {
	if r.g == nil {
		r.g = r.gather(unit)
	}
	return r.g
}

// flush hands over what was read. Its release is that of its newest purchase.
func (r *reader) flush() error {
	if r.g == nil {
		return nil
	}
	release := pipeline.Release{ID: r.g.unit}
	for _, o := range r.g.batch.Observations {
		release.Date = max(release.Date, o.Date)
	}
	b := r.g.done(release, r.last.String())
	r.g = nil
	return r.emit(b)
}
