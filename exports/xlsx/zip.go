package xlsx

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
)

// packer is the zip writer that excelize fills. It puts in order what excelize
// hands over in random order, so that the same book gives the same bytes, and
// compresses with klauspost's flate, which is faster than the standard one,
// straight into the file. The rows of tables come in only then: what is held
// until Close is small.
type packer struct {
	out     io.Writer
	bulks   map[string]*bulk // rows by the sheet's part
	members []*member
}

// member is one part of the workbook as excelize wrote it.
type member struct {
	name string
	body bytes.Buffer
}

const (
	sheetFolder  = "xl/worksheets/sheet"
	contentTypes = "[Content_Types].xml"
	rowsEnd      = "</sheetData>" // no text of a cell can hold it

	// rowPin is what excelize writes beside every height, in the tag of the
	// row. It would keep a row from growing when somebody writes a long
	// comment. The quotation marks cannot come from a text either.
	rowPin = ` customHeight="1"`

	outBuffer = 256 << 10
)

// errAddFS: excelize's interface names AddFS and never calls it.
var errAddFS = errors.New("adding a file system to a workbook is not supported")

// AddFS implements excelize.ZipWriter.
func (p *packer) AddFS(fs.FS) error { return errAddFS }

// Create begins a member; the one before it is complete by then.
func (p *packer) Create(name string) (io.Writer, error) {
	m := &member{name: name}
	p.members = append(p.members, m)
	return &m.body, nil
}

// Close writes the archive, the list of content types first.
func (p *packer) Close() error {
	slices.SortFunc(p.members, func(a, b *member) int { return strings.Compare(a.name, b.name) })
	zw := zip.NewWriter(bufio.NewWriterSize(p.out, outBuffer))
	var pack *flate.Writer // it is large, so one for all
	zw.RegisterCompressor(zip.Deflate, func(w io.Writer) (_ io.WriteCloser, err error) {
		if pack == nil {
			pack, err = flate.NewWriter(w, flate.DefaultCompression)
			return pack, err
		}
		pack.Reset(w)
		return pack, nil
	})
	for _, m := range p.members {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: m.name, Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("begin %s: %w", m.name, err)
		}
		if err := p.write(w, m); err != nil {
			return fmt.Errorf("write %s: %w", m.name, err)
		}
	}
	return zw.Close()
}

func (p *packer) write(w io.Writer, m *member) error {
	body := m.body.Bytes()
	switch {
	case m.name == contentTypes:
		sorted, err := sortTypes(body)
		if err != nil {
			return err
		}
		body = sorted
	case strings.HasPrefix(m.name, sheetFolder):
		body = bytes.ReplaceAll(body, []byte(rowPin), nil)
	}
	if rows := p.bulks[m.name]; rows != nil {
		at := bytes.Index(body, []byte(rowsEnd))
		if at < 0 {
			return errors.New("the sheet has no place for its rows")
		}
		if _, err := w.Write(body[:at]); err != nil {
			return err
		}
		if err := rows.writeTo(w); err != nil {
			return err
		}
		body = body[at:]
	}
	_, err := w.Write(body)
	return err
}
