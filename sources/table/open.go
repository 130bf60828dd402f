package table

import (
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
)

// grid is an open table that can be read from the top any number of times.
type grid interface {
	io.Closer
	sheets() []string                             // "" for a table without sheets
	rows(sheet string, width int) (reader, error) // width of the header, 0 = not known
	form() string                                 // what it is, for people
	made() string                                 // when the file says it was made, RFC 3339; "" = it does not
}

// openGrid looks at the bytes of a file, never at its name.
func openGrid(in files.Input, s settings) (grid, error) {
	f, err := in.Open()
	if err != nil {
		return nil, err
	}
	g, err := gridOf(f, s)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", in.Name, err), f.Close())
	}
	return g, nil
}

func gridOf(f files.File, s settings) (grid, error) {
	head := make([]byte, min(f.Size(), headLen))
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, f.Size()), head); err != nil {
		return nil, fmt.Errorf("read the beginning: %w", err)
	}
	form := archive.Sniff(head)
	if (form == archive.FormText || form == archive.FormUnknown) && isUTF16(head) {
		return nil, unusable("text in UTF-16", "save it as CSV in UTF-8")
	}
	switch form {
	case archive.FormEmpty:
		return nil, fmt.Errorf("%w: no rows at all", pipeline.ErrEmpty)
	case archive.FormXLSX, archive.FormZip:
		return openWorkbook(f, s)
	case archive.FormText:
		return openCSV(f, head, s)
	case archive.FormUnknown:
		if mostlyText(head) {
			return openCSV(f, head, s)
		}
		return nil, unusable(form.String(), "bring the table as .xlsx or CSV")
	case archive.FormRAR, archive.Form7z, archive.FormGzip:
		return nil, unusable(form.String(), "unpack it and bring the table inside")
	case archive.FormPDF:
		return nil, unusable(form.String(), "ask the directory for .xlsx or CSV")
	default:
		return nil, unusable(form.String(), "open it in a spreadsheet program and save as .xlsx or CSV")
	}
}

// unusable is the refusal of a file: what it looks like and what to do.
func unusable(looksLike, remedy string) error {
	return fmt.Errorf("%w: it is %s, not a table: %s", pipeline.ErrUnknownForm, looksLike, remedy)
}

// mostlyText tells a text in which some zero bytes or control signs stand:
// they cost their rows, not the file.
func mostlyText(head []byte) bool {
	odd, lines := 0, 0
	for _, b := range head {
		switch {
		case b == '\n':
			lines++
		case b < ' ' && b != '\t' && b != '\r':
			odd++
		}
	}
	return lines > 0 && odd*50 < len(head)
}
