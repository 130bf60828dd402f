package table

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"obzvon/pipeline"
)

// relationships of a part: id → target.
type relationships struct {
	List []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// workbookXML is the part of xl/workbook.xml that names the sheets.
type workbookXML struct {
	Sheets []struct {
		Name string `xml:"name,attr"`
		Rel  string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		Rel2 string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"` // strict form
	} `xml:"sheets>sheet"`
}

// readSheets lists the sheets in the order of their tabs.
func (w *workbook) readSheets() ([]sheetPart, error) {
	var book workbookXML
	if err := w.decode("xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	targets, err := w.targets("xl/_rels/workbook.xml.rels")
	if err != nil {
		return nil, err
	}
	var out []sheetPart
	for _, s := range book.Sheets {
		target := targets[s.Rel+s.Rel2]
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/xl", target)
		}
		out = append(out, sheetPart{name: s.Name, part: strings.TrimPrefix(path.Clean(target), "/")})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w: a workbook without sheets", pipeline.ErrEmpty)
	}
	return out, nil
}

// targets reads the relationships of a part; none if there are none.
func (w *workbook) targets(part string) (map[string]string, error) {
	var rels relationships
	if _, ok := w.parts[strings.ToLower(part)]; !ok {
		return nil, nil
	}
	if err := w.decode(part, &rels); err != nil {
		return nil, err
	}
	out := make(map[string]string, len(rels.List))
	for _, r := range rels.List {
		out[r.ID] = r.Target
	}
	return out, nil
}

func (w *workbook) decode(part string, into any) error {
	m, ok := w.parts[strings.ToLower(part)]
	if !ok {
		return fmt.Errorf("%w: part %q is missing", pipeline.ErrDamaged, part)
	}
	in, err := m.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	if err := xml.NewDecoder(in).Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: part %q: %w", pipeline.ErrDamaged, part, err)
	}
	return nil
}
