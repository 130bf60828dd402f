package fns

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"obzvon/pipeline/company"
)

// document is one Документ as it stands in the file: texts, nothing checked.
type document struct {
	composed string // ДатаСост
	subjects int    // how many СведНП there are
	inn      string // of the first
	payload  int    // how many payload elements there are
	texts    []string
	labels   []string // of the rows of a list
}

// begin makes the document that of a new element. Memory is used again.
func (d *document) begin(attrs []xml.Attr) {
	*d = document{composed: attribute(attrs, "ДатаСост"), texts: d.texts[:0], labels: d.labels[:0]}
}

// take copies what is wanted from a child of the document.
func (d *document) take(of *set, t xml.StartElement) {
	switch t.Name.Local {
	case "СведНП":
		if d.subjects++; d.subjects == 1 {
			d.inn = strings.TrimSpace(attribute(t.Attr, of.innAttribute()))
		}
	case of.element:
		d.payload++
		for i := range of.columns {
			d.texts = append(d.texts, strings.TrimSpace(attribute(t.Attr, of.columns[i].attribute)))
		}
		if of.list {
			d.labels = append(d.labels, attribute(t.Attr, of.label))
		}
	}
}

// shaped tells a document that has what the set is about.
func (d *document) shaped() bool { return d.inn != "" && d.payload > 0 }

// attribute is the value of an attribute without a name space, "" without one.
func attribute(attrs []xml.Attr, name string) string {
	for i := range attrs {
		if attrs[i].Name.Local == name && attrs[i].Name.Space == "" {
			return attrs[i].Value
		}
	}
	return ""
}

// Why a document cannot be used; each is met by one reason of quarantine.
var (
	errMissing = errors.New("nothing there")   // ReasonMissing
	errForm    = errors.New("not of its form") // ReasonFormat
	errSubject = errors.New("ИНН of the other kind of subject")
)

// subject checks the number of the firm and that it fits the set.
func (d *document) subject(of *set) (company.INN, error) {
	switch {
	case d.inn == "":
		return "", fmt.Errorf("СведНП/%s: %w", of.innAttribute(), errMissing)
	case d.subjects > 1:
		return "", fmt.Errorf("СведНП: %w: there are %d", errForm, d.subjects)
	}
	inn, err := company.ParseINN(d.inn)
	if err != nil {
		return "", fmt.Errorf("СведНП/%s: %w", of.innAttribute(), err)
	}
	if len(inn) != of.innDigits() {
		return "", fmt.Errorf("СведНП/%s: %q: %w: want %d digits", of.innAttribute(), inn, errSubject, of.innDigits())
	}
	return inn, nil
}
