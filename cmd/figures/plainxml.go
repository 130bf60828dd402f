package main

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// plainDocument is the document as one would write it for encoding/xml.
type plainDocument struct {
	ID        string      `xml:"ИдДок,attr"`
	Date      string      `xml:"ДатаСост,attr"`
	Since     string      `xml:"ДатаВклМСП,attr"`
	Kind      string      `xml:"ВидСубМСП,attr"`
	Category  string      `xml:"КатСубМСП,attr"`
	Headcount string      `xml:"ССЧР,attr"`
	Firm      *plainFirm  `xml:"ОргВклМСП"`
	Sole      *plainSole  `xml:"ИПВклМСП"`
	Place     plainPlace  `xml:"СведМН"`
	Main      *plainCode  `xml:"СвОКВЭД>СвОКВЭДОсн"`
	Extra     []plainCode `xml:"СвОКВЭД>СвОКВЭДДоп"`
	Reported  *plainCode  `xml:"СвОКВЭДотч>СвОКВЭДОсн"`
}

type plainFirm struct {
	Full  string `xml:"НаимОрг,attr"`
	Short string `xml:"НаимОргСокр,attr"`
	INN   string `xml:"ИННЮЛ,attr"`
	OGRN  string `xml:"ОГРН,attr"`
}

type plainSole struct {
	INN    string `xml:"ИННФЛ,attr"`
	OGRN   string `xml:"ОГРНИП,attr"`
	Person struct {
		Surname    string `xml:"Фамилия,attr"`
		Name       string `xml:"Имя,attr"`
		Patronymic string `xml:"Отчество,attr"`
	} `xml:"ФИОИП"`
}

type plainPlace struct {
	Code       string     `xml:"КодРегион,attr"`
	Region     plainNamed `xml:"Регион"`
	District   plainNamed `xml:"Район"`
	City       plainNamed `xml:"Город"`
	Settlement plainNamed `xml:"НаселПункт"`
}

type plainNamed struct {
	Kind string `xml:"Тип,attr"`
	Name string `xml:"Наим,attr"`
}

type plainCode struct {
	Code    string `xml:"КодОКВЭД,attr"`
	Name    string `xml:"НаимОКВЭД,attr"`
	Version string `xml:"ВерсОКВЭД,attr"`
}

// decodingName is how the standard library stands in the tables.
const decodingName = "encoding/xml into structs"

// decoding reads members with the standard library's zip and XML.
func decoding(path string, members int, wanted []company.OKVED) reader {
	want := pipeline.Wanted{Codes: wanted}
	return timed(decodingName, func(ctx context.Context) (reading, error) {
		return eachMember(ctx, path, members, func(*os.File) func(*zip.File) (reading, error) {
			return func(m *zip.File) (reading, error) { return decodeMember(m, want) }
		})
	})
}

func decodeMember(m *zip.File, want pipeline.Wanted) (n reading, err error) {
	r, err := m.Open()
	if err != nil {
		return n, fmt.Errorf("open: %w", err)
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, fmt.Errorf("decode: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "Документ" {
			continue
		}
		var doc plainDocument
		if err := d.DecodeElement(&doc, &start); err != nil {
			return n, fmt.Errorf("decode: %w", err)
		}
		n.docs++
		if doc.wanted(want) {
			n.wanted++
		}
	}
}

func (d *plainDocument) wanted(want pipeline.Wanted) bool {
	for _, c := range []*plainCode{d.Main, d.Reported} {
		if c != nil && want.Any(company.OKVED(strings.TrimSpace(c.Code))) {
			return true
		}
	}
	return false
}
