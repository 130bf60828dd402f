package members

import (
	"context"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
)

// Form is what inputs are held to.
type Form struct {
	Of     string         // what is read, in errors: "a zip or XML of " + Of is wanted
	Limits archive.Limits // Member, which must be set, bounds a file outside a zip too
}

// Units gives what of an input can be read, in order, each with a reader that
// is open until the next and ends with ctx. A file that cannot be opened comes
// with a reader that says so; an input that cannot be opened has no units.
func (f *Form) Units(ctx context.Context, in files.Input) iter.Seq2[Unit, io.Reader] {
	return func(yield func(Unit, io.Reader) bool) {
		opened, err := in.Open()
		if err != nil {
			return
		}
		defer closeQuietly(opened)
		for _, u := range f.units(0, in, opened) {
			if u.broken == nil && !u.lend(ctx, yield) {
				return
			}
		}
	}
}

// lend opens a unit for as long as to takes, and returns what to returns.
func (u Unit) lend(ctx context.Context, to func(Unit, io.Reader) bool) bool {
	r, err := u.open()
	if err != nil {
		return to(u, &source{ctx: ctx, err: err})
	}
	defer closeQuietly(r)
	return to(u, Until(ctx, r))
}

// units lists what an open input is made of; it has at least one unit.
func (f *Form) units(place int, in files.Input, opened files.File) []Unit {
	units, err := f.list(in, opened)
	if err != nil {
		units = []Unit{{Name: in.Name, broken: err}}
	}
	for i := range units {
		units[i].Input, units[i].member = place, i
	}
	units[len(units)-1].last = true
	return units
}

func (f *Form) list(in files.Input, opened files.File) ([]Unit, error) {
	head := make([]byte, min(opened.Size(), archive.SniffLen))
	if _, err := io.ReadFull(io.NewSectionReader(opened, 0, opened.Size()), head); err != nil {
		return nil, fmt.Errorf("read the first bytes: %w", err)
	}
	switch form := archive.Sniff(head); form {
	case archive.FormXML:
		return []Unit{f.file(in, opened)}, nil
	case archive.FormZip:
		return f.zip(in, opened)
	case archive.FormEmpty:
		return nil, fmt.Errorf("%w: want a zip or XML of %s", pipeline.ErrEmpty, f.Of)
	default:
		return nil, fmt.Errorf("%w: want a zip or XML of %s, it looks like %s", pipeline.ErrUnknownForm, f.Of, form)
	}
}

func (f *Form) file(in files.Input, opened files.File) Unit {
	u := Unit{Name: in.Name, bytes: opened.Size()}
	if u.bytes > f.Limits.Member {
		u.broken = fmt.Errorf("%w: %d bytes, %d allowed: split the file", pipeline.ErrTooLarge, u.bytes, f.Limits.Member)
		return u
	}
	u.open = func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(opened, 0, u.bytes)), nil }
	return u
}

func (f *Form) zip(in files.Input, opened files.File) ([]Unit, error) {
	a, err := archive.Open(opened, opened.Size(), f.Limits)
	if err != nil {
		return nil, err
	}
	var units []Unit
	for _, m := range a.Members() {
		if beside(m.Name) {
			continue
		}
		u := Unit{Name: in.Name + "/" + m.Name, bytes: m.Packed, open: m.Open}
		if !strings.EqualFold(path.Ext(m.Name), ".xml") {
			u.broken = fmt.Errorf("%w: a member that is no .xml is not opened", pipeline.ErrUnknownForm)
		}
		units = append(units, u)
	}
	if len(units) == 0 {
		return nil, fmt.Errorf("%w: a zip without members", pipeline.ErrEmpty)
	}
	return units, nil
}

// beside tells members that come with a release and are none of it: the
// schema, a note, a signature, what macOS and Windows leave behind.
func beside(name string) bool {
	base := path.Base(name)
	if strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, ".") || strings.EqualFold(base, "Thumbs.db") {
		return true
	}
	switch strings.ToLower(path.Ext(base)) {
	case ".xsd", ".txt", ".md", ".pdf", ".sig", ".p7s":
		return true
	default:
		return false
	}
}
