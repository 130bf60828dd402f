package archive

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"

	"obzvon/pipeline"
)

// Member is one file inside a zip.
type Member struct {
	Name   string // with forward slashes, inside the archive
	Size   int64  // inflated bytes as the directory declares them
	Packed int64  // bytes it takes in the archive

	a *Archive
	f *zip.File
}

// encrypted is the bit of the flags that marks a member as such.
const encrypted = 1

// Open begins to inflate the member. Reading never yields more than Size
// bytes; io.EOF comes only after exactly Size bytes with the right checksum,
// anything else ends in pipeline.ErrDamaged. Close what was opened.
func (m Member) Open() (io.ReadCloser, error) {
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("member %q: %w", m.Name, err)
	}
	raw, err := m.f.OpenRaw()
	if err != nil {
		return nil, fmt.Errorf("member %q: %w: %w", m.Name, pipeline.ErrDamaged, err)
	}
	r := &reader{member: m, left: m.Size, sum: crc32.NewIEEE()}
	if m.f.Method == zip.Store {
		r.from = raw
		return r, nil
	}
	r.inflater = m.a.inflater(raw)
	r.from = r.inflater
	return r, nil
}

func (m Member) check() error {
	l := m.a.limits
	switch {
	case m.f.Flags&encrypted != 0:
		return fmt.Errorf("%w: encrypted", pipeline.ErrUnknownForm)
	case m.f.Method != zip.Store && m.f.Method != zip.Deflate:
		return fmt.Errorf("%w: packed by method %d, only deflate is read", pipeline.ErrUnknownForm, m.f.Method)
	case m.Size > l.Member:
		return fmt.Errorf("%w: %d bytes inflated, %d allowed", pipeline.ErrTooLarge, m.Size, l.Member)
	case m.f.Method == zip.Store && m.Size != m.Packed:
		return damaged("stored, yet of two sizes")
	case m.Size > ratioFloor && m.Size/l.Ratio >= max(m.Packed, 1):
		return fmt.Errorf("%w: packed more than %d times", pipeline.ErrTooLarge, l.Ratio)
	default:
		return nil
	}
}

// readAhead is how much of a packed member is read at a time.
const readAhead = 64 << 10

// inflater is one with the buffer in front of it.
type inflater struct {
	io.ReadCloser

	ahead *bufio.Reader
}

// inflater takes one that has done its work, or makes one.
func (a *Archive) inflater(raw io.Reader) *inflater {
	if old, ok := a.pool.Get().(*inflater); ok {
		old.ahead.Reset(raw)
		if again, ok := old.ReadCloser.(flate.Resetter); ok && again.Reset(old.ahead, nil) == nil {
			return old
		}
	}
	ahead := bufio.NewReaderSize(raw, readAhead)
	return &inflater{flate.NewReader(ahead), ahead}
}

// reader inflates one member and counts.
type reader struct {
	member   Member
	from     io.Reader
	inflater *inflater // nil for a stored member
	left     int64
	sum      hash.Hash32
	err      error
}

func (r *reader) Read(b []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	if r.left == 0 {
		r.err = r.finish()
		return 0, r.err
	}
	if int64(len(b)) > r.left {
		b = b[:r.left]
	}
	n, err := r.from.Read(b)
	r.left -= int64(n)
	r.sum.Write(b[:n])
	switch {
	case err == nil, errors.Is(err, io.EOF) && r.left == 0:
		return n, nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		r.err = r.fail(fmt.Sprintf("ends %d bytes early", r.left))
	default:
		r.err = r.failed(err)
	}
	return n, r.err
}

// finish looks past the declared size and at the checksum.
func (r *reader) finish() error {
	var more [1]byte
	n, err := io.ReadFull(r.from, more[:])
	switch {
	case n > 0:
		return r.fail("longer than declared")
	case !errors.Is(err, io.EOF):
		return r.failed(err)
	case r.sum.Sum32() != r.member.f.CRC32:
		return r.fail("wrong checksum")
	default:
		return io.EOF
	}
}

func (r *reader) fail(what string) error {
	return fmt.Errorf("member %q: %w", r.member.Name, damaged(what))
}

func (r *reader) failed(err error) error {
	return fmt.Errorf("member %q: %w: %w", r.member.Name, pipeline.ErrDamaged, err)
}

// Close gives the inflater back. Reading after it fails.
func (r *reader) Close() error {
	if r.err == nil || errors.Is(r.err, io.EOF) {
		r.err = fmt.Errorf("member %q: %w", r.member.Name, errClosed)
	}
	if r.inflater == nil {
		return nil
	}
	// What was wrong with the data was said when it was read.
	_ = r.inflater.Close()
	r.member.a.pool.Put(r.inflater)
	r.inflater, r.from = nil, nil
	return nil
}

var errClosed = errors.New("read after close")
