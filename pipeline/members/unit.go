package members

import (
	"context"
	"io"
	"path"

	"obzvon/pipeline/company"
)

// Unit is what becomes one batch: an XML file, or a part of the input that
// cannot be read.
type Unit struct {
	Name  string // "zip/member" or the file's own name
	Input int    // place of its input in Reader.Inputs

	member int   // index within the input
	last   bool  // no unit of this input follows
	bytes  int64 // of the input that are done with this unit
	open   func() (io.ReadCloser, error)
	broken error // why there is nothing to open
}

// Date is the day that the unit's own name carries: see DateIn.
func (u Unit) Date() company.Date { return DateIn(path.Base(u.Name)) }

// source reads a unit until its context ends. What ended it, once, ends it for
// ever.
type source struct {
	ctx context.Context
	r   io.Reader
	err error
}

// Until is r for as long as ctx lasts.
func Until(ctx context.Context, r io.Reader) io.Reader { return &source{ctx: ctx, r: r} }

func (s *source) Read(b []byte) (n int, err error) {
	if s.err == nil {
		s.err = s.ctx.Err()
	}
	if s.err != nil {
		return 0, s.err
	}
	n, s.err = s.r.Read(b)
	return n, s.err
}

// closeQuietly closes what was only read, which cannot lose anything.
func closeQuietly(c io.Closer) { _ = c.Close() }
