package fns

import (
	"fmt"
	"strconv"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// figure is one value of a document on its way to a fact.
type figure struct {
	column *column
	date   company.Date // ДатаСост
	key    string
	text   string // of flags and codes
	n      int64  // kopecks or people
	rows   []row  // of a list of money, for merging; nil once counts is there
	counts map[row]int
}

// row is one row of a list of money that is not zero.
type row struct {
	label   string
	kopecks int64
}

// fact dates what has a key by ДатаСост: figures of several years stand in one
// observation, whose date is that of the newest. What has none is of that date.
func (f *figure) fact() company.Fact {
	out := company.Fact{Field: f.column.field, Key: f.key}
	if f.key != "" {
		out.Date = f.date
	}
	switch f.column.form {
	case formMoney:
		out.Value = roubles(f.n)
	case formCount:
		out.Value = strconv.FormatInt(f.n, 10)
	case formFlag, formCode:
		out.Value = f.text
	}
	return out
}

// figures reads all values of a document. A list that holds money makes one
// figure, the sum. The error names the attribute.
func (s *set) figures(d *document, at *stamp) ([]figure, error) {
	switch {
	case d.payload == 0:
		return nil, fmt.Errorf("%s: %w", s.element, errMissing)
	case d.payload > 1 && !s.list:
		return nil, fmt.Errorf("%s: %w: there are %d", s.element, errForm, d.payload)
	case s.list && s.columns[0].form == formMoney:
		return s.sum(d, at)
	}
	var out []figure
	known := false
	for i, text := range d.texts {
		c := &s.columns[i%len(s.columns)]
		if text == "" {
			continue
		}
		known = true
		f := figure{column: c, date: at.date, key: at.key(c.keying)}
		holds, err := f.read(text)
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %w", s.element, c.attribute, err)
		}
		if holds {
			out = append(out, f)
		}
	}
	if !known {
		return nil, fmt.Errorf("attributes of %s: %w", s.element, errMissing)
	}
	return out, nil
}

// read fills the value in; holds is false for a flag that is not set.
func (f *figure) read(text string) (holds bool, err error) {
	switch f.column.form {
	case formMoney:
		f.n, err = parseKopecks(text)
	case formCount:
		f.n, err = parseCount(text)
	case formFlag:
		f.text = f.column.value
		if text != "0" && text != "1" {
			err = fmt.Errorf("%w: %q, want 0 or 1", errForm, members.Clip(text, 60))
		}
		return text == "1", err
	case formCode:
		n := 0
		if len(text) == 1 {
			n = int(text[0]) - '0'
		}
		if n < 1 || n > len(f.column.codes) {
			return false, fmt.Errorf("%w: code %q, want 1 to %d", errForm, members.Clip(text, 60), len(f.column.codes))
		}
		f.text = f.column.codes[n-1]
	}
	return true, err
}

// sum adds up a list. A row without an amount would make the sum too small.
func (s *set) sum(d *document, at *stamp) ([]figure, error) {
	c := &s.columns[0]
	f := figure{column: c, date: at.date, key: at.key(c.keying), rows: make([]row, 0, len(d.texts))}
	for i, text := range d.texts {
		if text == "" {
			return nil, fmt.Errorf("%s/%s of row %d: %w", s.element, c.attribute, i+1, errMissing)
		}
		n, err := parseKopecks(text)
		if err == nil {
			f.n, err = addKopecks(f.n, n)
		}
		if err != nil {
			return nil, fmt.Errorf("%s/%s of row %d: %w", s.element, c.attribute, i+1, err)
		}
		if n > 0 {
			f.rows = append(f.rows, row{label: d.labels[i], kopecks: n})
		}
	}
	return []figure{f}, nil
}
