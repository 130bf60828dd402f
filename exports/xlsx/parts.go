package xlsx

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
)

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

// sortTypes rewrites the list of content types in a fixed order: excelize
// takes the kinds of pictures from a map.
func sortTypes(body []byte) ([]byte, error) {
	var list contentTypeList
	if err := xml.Unmarshal(body, &list); err != nil {
		return nil, fmt.Errorf("read content types: %w", err)
	}
	slices.SortFunc(list.Defaults, func(a, b defaultType) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(list.Overrides, func(a, b partType) int { return cmp.Compare(a.PartName, b.PartName) })
	data, err := xml.Marshal(&list)
	if err != nil {
		return nil, fmt.Errorf("write content types: %w", err)
	}
	return append([]byte(xml.Header), data...), nil
}
