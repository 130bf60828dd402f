package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/intake/heading"
)

// Bounds of a workbook that comes back: bytes inflated of a sheet or of the
// strings, of another part, and of all parts as declared. The whole book of a
// large day stays far below; of its parts only few are inflated.
const (
	sheetBytes = 256 << 20
	partBytes  = 16 << 20
	bookBytes  = 2 << 30
)

// filledBook is a workbook from outside. excelize is no help here: its stream of
// rows tells neither the kind of a cell nor its number format and ends in
// silence where the XML breaks, and its other calls unfold what a hostile sheet
// claims to hold.
type filledBook struct {
	parts    map[string]archive.Member // by lower-case name
	sheets   []filledSheet
	strings  []string
	dates    []bool // by a cell's style
	from1904 bool   // days are counted from 1904-01-01
	core     string // the parts of document properties
	app      string
	newest   time.Time
	zoned    bool // newest is a moment, not only what a clock showed
}

// filledSheet is a sheet as the workbook names it.
type filledSheet struct {
	name, part string
	hidden     bool
}

func openFilled(r io.ReaderAt, size int64) (*filledBook, error) {
	a, err := archive.Open(r, size, archive.Limits{Members: 10_000, Member: sheetBytes, Total: bookBytes, Ratio: 1000})
	if err != nil {
		return nil, fmt.Errorf("open the workbook: %w", err)
	}
	b := &filledBook{parts: make(map[string]archive.Member)}
	for _, m := range a.Members() {
		b.parts[strings.ToLower(m.Name)] = m
	}
	if err := b.readNewest(r, size); err != nil {
		return nil, err
	}
	root, err := b.relations("")
	if err != nil {
		return nil, err
	}
	main := root.target(relBook, "xl/workbook.xml")
	if err := b.check(main); err != nil {
		return nil, err
	}
	b.core, b.app = root.target(relCore, "docProps/core.xml"), root.target(relApp, "docProps/app.xml")
	if err := b.readBook(main); err != nil {
		return nil, err
	}
	return b, nil
}

// check tells a workbook from other zips.
func (b *filledBook) check(main string) error {
	has := func(name string) bool { _, ok := b.parts[name]; return ok }
	switch {
	case strings.HasSuffix(main, ".bin"), has("xl/workbook.bin"):
		return &heading.Refusal{Err: ErrXLSB, Advice: saveAsXLSX}
	case has("content.xml"):
		return &heading.Refusal{Err: ErrODS, Advice: saveAsXLSX}
	case !has(strings.ToLower(main)), has("word/document.xml"):
		return &heading.Refusal{Err: fmt.Errorf("%w: a zip archive", ErrNoTable), Advice: bringXLSX}
	}
	return nil
}

// readNewest finds the time of the part that was written last.
func (b *filledBook) readNewest(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return fmt.Errorf("open the workbook: %w: %w", pipeline.ErrDamaged, err)
	}
	for _, f := range z.File {
		if f.Modified.After(b.newest) {
			b.newest, b.zoned = f.Modified, len(f.Extra) > 0
		}
	}
	return nil
}

// readBook reads what the main part names: sheets, strings, styles.
func (b *filledBook) readBook(main string) error {
	var book struct {
		Properties struct {
			From1904 xmlBool `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name   string `xml:"name,attr"`
			State  string `xml:"state,attr"`
			Rel    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Strict string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode(main, &book); err != nil {
		return err
	}
	rels, err := b.relations(main)
	if err != nil {
		return err
	}
	b.from1904 = bool(book.Properties.From1904)
	for _, s := range book.Sheets {
		b.sheets = append(b.sheets, filledSheet{s.Name, rels.byID(s.Rel + s.Strict), s.State == "hidden" || s.State == "veryHidden"})
	}
	if err := b.readStyles(rels.target(relStyles, "xl/styles.xml")); err != nil {
		return err
	}
	return b.readStrings(rels.target(relStrings, "xl/sharedStrings.xml"))
}

// sheet finds a sheet by its name; letter case does not count, as in editors.
func (b *filledBook) sheet(name string) (filledSheet, bool) {
	for _, s := range b.sheets {
		if strings.EqualFold(strings.TrimSpace(s.name), name) {
			return s, true
		}
	}
	return filledSheet{}, false
}

// open opens a part of at most the given size; a missing one is pipeline.ErrNotFound.
func (b *filledBook) open(name string, limit int64) (io.ReadCloser, error) {
	m, ok := b.parts[strings.ToLower(name)]
	switch {
	case !ok:
		return nil, fmt.Errorf("part %q: %w", name, pipeline.ErrNotFound)
	case m.Size > limit:
		return nil, fmt.Errorf("part %q: %w: %d bytes, %d allowed", name, pipeline.ErrTooLarge, m.Size, limit)
	}
	return m.Open()
}

// decode reads a small part.
func (b *filledBook) decode(name string, into any) error {
	in, err := b.open(name, partBytes)
	if errors.Is(err, pipeline.ErrNotFound) {
		return fmt.Errorf("%w: %w", pipeline.ErrDamaged, err)
	}
	if err != nil {
		return err
	}
	defer in.Close()
	if err := xml.NewDecoder(in).Decode(into); err != nil {
		return fmt.Errorf("%w: part %q: %w", pipeline.ErrDamaged, name, err)
	}
	return nil
}

// xmlBool is a truth value of XML Schema: 1, true, 0, false.
type xmlBool bool

// UnmarshalText implements encoding.TextUnmarshaler.
func (v *xmlBool) UnmarshalText(text []byte) error {
	s := string(text)
	*v = s == "1" || s == "true"
	return nil
}
