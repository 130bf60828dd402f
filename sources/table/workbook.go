package table

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
)

// Limits of a workbook. Sheets and shared strings beyond spillAt go to
// temporary files; everything else of a workbook stays in memory.
const (
	maxWorkbook = 1 << 30  // inflated bytes of all parts
	maxPart     = 64 << 20 // inflated bytes of a part that is no sheet and no strings
	spillAt     = 16 << 20
)

// workbook is an open XLSX.
type workbook struct {
	file  files.File
	book  *excelize.File
	parts map[string]archive.Member // by lower-case name
	list  []sheetPart
	only  string
	scans map[string]*sheetScan
}

// sheetPart is a sheet and the part of the zip that holds it.
type sheetPart struct{ name, part string }

func openWorkbook(f files.File, s settings) (*workbook, error) {
	a, err := archive.Open(f, f.Size(), archive.Limits{Members: 10_000, Member: maxWorkbook, Total: maxWorkbook, Ratio: 1000})
	if err != nil {
		return nil, fmt.Errorf("open as .xlsx: %w", err)
	}
	w := &workbook{file: f, parts: map[string]archive.Member{}, scans: map[string]*sheetScan{}}
	for _, m := range a.Members() {
		w.parts[strings.ToLower(m.Name)] = m
	}
	if err := w.checkParts(); err != nil {
		return nil, err
	}
	if w.list, err = w.readSheets(); err != nil {
		return nil, err
	}
	if w.only, err = w.pick(s.sheet); err != nil {
		return nil, err
	}
	err = guarded(func() error {
		w.book, err = excelize.OpenReader(io.NewSectionReader(f, 0, f.Size()),
			excelize.Options{UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: spillAt, RawCellValue: true})
		return err
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: open as .xlsx: %w", pipeline.ErrDamaged, err), w.closeBook())
	}
	return w, nil
}

// checkParts tells a workbook from other zips.
func (w *workbook) checkParts() error {
	_, book := w.parts["xl/workbook.xml"]
	_, binary := w.parts["xl/workbook.bin"]
	_, word := w.parts["word/document.xml"]
	_, ods := w.parts["content.xml"]
	const save = "open it in a spreadsheet program and save as .xlsx or CSV"
	switch {
	case book:
	case binary:
		return unusable("a binary Excel workbook (.xlsb)", save)
	case word:
		return unusable("a Word document", "bring the table as .xlsx or CSV")
	case ods:
		return unusable(archive.FormODS.String(), save)
	default:
		return unusable("a zip archive without a workbook in it", "unpack it and bring the table inside")
	}
	for name, m := range w.parts {
		spills := strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
		if m.Size > maxPart && !spills {
			return fmt.Errorf("%w: part %q of the workbook has %d bytes, %d allowed", pipeline.ErrTooLarge, m.Name, m.Size, int64(maxPart))
		}
	}
	return nil
}

// pick checks the sheet that the operator named.
func (w *workbook) pick(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	var names []string
	for _, s := range w.list {
		if strings.EqualFold(s.name, name) {
			return s.name, nil
		}
		names = append(names, `"`+s.name+`"`)
	}
	return "", fmt.Errorf("%w: no sheet %q, there are %s", pipeline.ErrUnknownForm, name, strings.Join(names, ", "))
}

func (w *workbook) sheets() []string {
	if w.only != "" {
		return []string{w.only}
	}
	names := make([]string, len(w.list))
	for i, s := range w.list {
		names[i] = s.name
	}
	return names
}

func (w *workbook) rows(sheet string, _ int) (reader, error) {
	scan, err := w.scan(sheet)
	if err != nil {
		return nil, err
	}
	r := &sheetReader{scan: scan, size: w.file.Size()}
	err = guarded(func() error {
		r.rows, err = w.book.Rows(sheet)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: sheet %q: %w", pipeline.ErrDamaged, sheet, err)
	}
	return r, nil
}

// scan looks over a sheet once for what excelize's stream does not give.
func (w *workbook) scan(sheet string) (*sheetScan, error) {
	if s, ok := w.scans[sheet]; ok {
		return s, nil
	}
	for _, s := range w.list {
		if s.name != sheet {
			continue
		}
		scan, err := w.scanSheet(s.part)
		if err != nil {
			return nil, fmt.Errorf("sheet %q: %w", sheet, err)
		}
		w.scans[sheet] = scan
		return scan, nil
	}
	return nil, fmt.Errorf("%w: no sheet %q", pipeline.ErrDamaged, sheet)
}

func (w *workbook) form() string { return "xlsx" }

func (w *workbook) made() string {
	p, err := w.book.GetDocProps()
	if err != nil || p == nil {
		return ""
	}
	return p.Created
}

func (w *workbook) closeBook() error {
	if w.book == nil {
		return nil
	}
	return w.book.Close()
}

func (w *workbook) Close() error { return errors.Join(w.closeBook(), w.file.Close()) }

// guarded turns a panic of the workbook library into an error: it walks
// structures that strangers wrote, and one broken file must not end a night.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: workbook that cannot be walked: %v", pipeline.ErrDamaged, p)
		}
	}()
	return f()
}
