package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
)

// packer is the zip writer that excelize fills. It compresses with klauspost's
// flate, which is faster than the standard one, and puts in order what
// excelize hands over in random order: the same book gives the same bytes. It
// holds the compressed members until Close, as excelize itself would.
type packer struct {
	out     io.Writer
	members []*member
	pack    *flate.Writer // of the member being written; it is large, so one for all
}

// member is one part of the workbook, compressed.
type member struct {
	name  string
	in    io.WriteCloser // what excelize writes to; nil when complete
	pack  *flate.Writer
	body  bytes.Buffer
	sum   hash.Hash32
	bytes uint64 // before compression
}

const (
	sheetFolder  = "xl/worksheets/sheet"
	contentTypes = "[Content_Types].xml"
)

// errAddFS: excelize's interface names AddFS and never calls it.
var errAddFS = errors.New("adding a file system to a workbook is not supported")

// AddFS implements excelize.ZipWriter.
func (p *packer) AddFS(fs.FS) error { return errAddFS }

// Create begins a member; the one before it is complete by then.
func (p *packer) Create(name string) (io.Writer, error) {
	if err := p.finish(); err != nil {
		return nil, err
	}
	m := &member{name: name, sum: crc32.NewIEEE()}
	if p.pack == nil {
		pack, err := flate.NewWriter(&m.body, flate.DefaultCompression)
		if err != nil {
			return nil, fmt.Errorf("compress %s: %w", name, err)
		}
		p.pack = pack
	} else {
		p.pack.Reset(&m.body)
	}
	m.pack = p.pack
	switch {
	case name == contentTypes:
		m.in = &typeSorter{out: m}
	case strings.HasPrefix(name, sheetFolder):
		m.in = &unpinner{out: m}
	default:
		m.in = asIs{m}
	}
	p.members = append(p.members, m)
	return m.in, nil
}

// asIs changes nothing.
type asIs struct{ io.Writer }

func (asIs) Close() error { return nil }

// Write implements io.Writer.
func (m *member) Write(b []byte) (int, error) {
	n, err := m.pack.Write(b)
	m.bytes += uint64(n)
	_, _ = m.sum.Write(b[:n]) // never fails, by contract of hash.Hash
	return n, err
}

// finish completes the last member.
func (p *packer) finish() error {
	if len(p.members) == 0 {
		return nil
	}
	m := p.members[len(p.members)-1]
	if m.in == nil {
		return nil
	}
	if err := errors.Join(m.in.Close(), m.pack.Close()); err != nil {
		return fmt.Errorf("compress %s: %w", m.name, err)
	}
	m.in, m.pack = nil, nil
	return nil
}

// Close writes the archive, the list of content types first.
func (p *packer) Close() error {
	if err := p.finish(); err != nil {
		return err
	}
	slices.SortFunc(p.members, func(a, b *member) int { return strings.Compare(a.name, b.name) })
	zw := zip.NewWriter(p.out)
	for _, m := range p.members {
		w, err := zw.CreateRaw(&zip.FileHeader{
			Name: m.name, Method: zip.Deflate, CRC32: m.sum.Sum32(),
			CompressedSize64: uint64(m.body.Len()), UncompressedSize64: m.bytes,
		})
		if err != nil {
			return fmt.Errorf("begin %s: %w", m.name, err)
		}
		if _, err := m.body.WriteTo(w); err != nil {
			return fmt.Errorf("write %s: %w", m.name, err)
		}
	}
	return zw.Close()
}
