package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The release that the sample pretends to be. Members hold 900 documents in
// reality; four small ones show that there are several.
const (
	releaseDate = "10.11.2026"
	memberDate  = "20261110"
	members     = 4
)

// registryZip writes the registry in structure version 4.06.
func registryZip(firms []*firm) ([]byte, error) {
	docs := registryDocuments(firms)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for m := range members {
		part := docs[len(docs)*m/members : len(docs)*(m+1)/members]
		id := "VO_RRMSPSV_0000_9965_" + memberDate + "_" + uuid(fmt.Sprint("member ", m))
		w, err := z.CreateHeader(&zip.FileHeader{
			Name: id + ".xml", Method: zip.Deflate, Modified: time.Date(2026, time.November, 10, 0, 0, 0, 0, time.UTC),
		})
		if err != nil {
			return nil, fmt.Errorf("member %d: %w", m, err)
		}
		text := `<?xml version="1.0" encoding="UTF-8"?>` +
			fmt.Sprintf(`<Файл ИдФайл="%s" ВерсФорм="4.06" ТипИнф="РЕЕСТРМСП" КолДок="%d">`, id, len(part)) +
			`<ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>` + strings.Join(part, "") + `</Файл>`
		if _, err := w.Write([]byte(text)); err != nil {
			return nil, fmt.Errorf("member %d: %w", m, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close archive: %w", err)
	}
	return out.Bytes(), nil
}

// registryDocuments writes a document per firm, in an order that mixes the
// segments, and three that are broken on purpose.
func registryDocuments(firms []*firm) []string {
	var docs []string
	var listed []*firm
	for _, f := range firms {
		if f.registry {
			listed = append(listed, f)
		}
	}
	const step = 149 // coprime to the number of firms
	for i := range listed {
		f := listed[i*step%len(listed)]
		docs = append(docs, registryDocument(f))
		if i == 40 || i == 170 || i == 300 {
			broken := *f
			broken.number += 5000
			broken.inn = spoil(f.inn)
			docs = append(docs, registryDocument(&broken))
		}
	}
	return docs
}

func registryDocument(f *firm) string {
	var b strings.Builder
	n := f.number
	kind := map[legalKind]string{legalEntity: "1", soleTrader: "2", farmHead: "3"}[f.kind]
	since := fmt.Sprintf("10.%02d.%d", 1+n%12, max(f.founded, 2016))
	if f.founded <= 2016 {
		since = "01.08.2016"
	}
	attrs := []string{
		"ИдДок", uuid(fmt.Sprint("document ", n)), "ДатаСост", releaseDate, "ДатаВклМСП", since,
		"ВидСубМСП", kind, "КатСубМСП", strconv.Itoa(f.category), "ПризНовМСП", "2", "СведСоцПред", "2",
	}
	switch { // structure 4.06 gives the headcount as an attribute, not always
	case n%5 == 4:
	case n%11 == 0:
		attrs = append(attrs, "ССЧР", fmt.Sprintf(" %d ", f.staff))
	default:
		attrs = append(attrs, "ССЧР", strconv.Itoa(f.staff))
	}
	open(&b, "Документ", attrs...)
	registrySubject(&b, f)
	registryPlace(&b, f)
	registryCodes(&b, f)
	if n%37 == 0 {
		open(&b, "СвЛиценз", "НомЛиценз", fmt.Sprintf("ОБР-%05d", n), "ДатаНачЛиценз", "01.02.2021")
		b.WriteString("<НаимЛицВД>Образцовый вид деятельности, подлежащий лицензированию</НаимЛицВД></СвЛиценз>")
	}
	if f.segment == "industry" && n%4 == 0 {
		empty(&b, "СвПрод", "КодПрод", "28.15.24", "НаимПрод", "Зубчатые передачи и редукторы", "ПрОтнПрод", "2")
	}
	b.WriteString("</Документ>")
	return b.String()
}

func open(b *strings.Builder, name string, attrs ...string)  { element(b, name, ">", attrs) }
func empty(b *strings.Builder, name string, attrs ...string) { element(b, name, "/>", attrs) }

func element(b *strings.Builder, name, end string, attrs []string) {
	b.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		b.WriteString(" " + attrs[i] + `="`)
		// A strings.Builder never fails.
		_ = xml.EscapeText(b, []byte(attrs[i+1]))
		b.WriteString(`"`)
	}
	b.WriteString(end)
}

// uuid derives an id from what it names.
func uuid(of string) string {
	h := sha256.Sum256([]byte("obzvon sample " + of))
	s := hex.EncodeToString(h[:16])
	return s[:8] + "-" + s[8:12] + "-4" + s[13:16] + "-a" + s[17:20] + "-" + s[20:]
}
