package xlsx

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
)

// typeSorter rewrites the list of content types in a fixed order: excelize
// takes the kinds of pictures from a map.
type typeSorter struct {
	out io.Writer
	buf bytes.Buffer
}

type contentTypeList struct {
	XMLName   xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []defaultType `xml:"Default"`
	Overrides []partType    `xml:"Override"`
}

type defaultType struct {
	Extension   string `xml:"Extension,attr"`
	ContentType string `xml:"ContentType,attr"`
}

type partType struct {
	PartName    string `xml:"PartName,attr"`
	ContentType string `xml:"ContentType,attr"`
}

// Write implements io.Writer.
func (t *typeSorter) Write(b []byte) (int, error) { return t.buf.Write(b) }

// Close passes the list on.
func (t *typeSorter) Close() error {
	var list contentTypeList
	if err := xml.Unmarshal(t.buf.Bytes(), &list); err != nil {
		return fmt.Errorf("read content types: %w", err)
	}
	slices.SortFunc(list.Defaults, func(a, b defaultType) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(list.Overrides, func(a, b partType) int { return cmp.Compare(a.PartName, b.PartName) })
	data, err := xml.Marshal(&list)
	if err != nil {
		return fmt.Errorf("write content types: %w", err)
	}
	_, err = t.out.Write(append([]byte(xml.Header), data...))
	return err
}
