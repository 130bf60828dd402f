package intake

import (
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake/heading"
)

// class is what came of a row.
type class int8

const (
	untouched class = iota
	taken
	edited
	problem
)

// reading is a row as far as it was understood.
type reading struct {
	cells  map[string]string
	dates  map[string]bool
	issued map[string]string // what the row showed, nil for one that was added
	entry  *calllist.Entry   // of the frozen list, nil for one that was added

	row   int
	inn   company.INN // "" = not known
	day   company.Date
	place place
	notes []Note
	class class

	superseded bool // another row of the file counts for the company
	stranger   bool // the ИНН is nobody's that is known
	undated    bool // of a plain table, without a day of its own
	byOrigin   bool // a client by «Источник» alone
	unknown    bool // no source has named the company yet

	nobody string // who called, by the row, and is no manager of the config

	outcome, comment, consent, origin string
	next                              when
	amount                            int64
	phones                            []string // put in the place of the issued ones
	person, post, email               string
	manager                           string   // id of who called
	give                              string   // id of the manager to whom the head gave it
	shown                             []string // numbers that the row shows or showed, E.164
}

func newReading(row *pipeline.ReturnedRow, day company.Date) *reading {
	return &reading{cells: row.Cells, dates: row.Dates, row: row.Row, day: day}
}

// name is the company's, as people know it.
func (r *reading) name() string {
	if r.entry != nil {
		return r.entry.Row.Company
	}
	return oneLine(r.cells[heading.TitleCompany])
}

func (r *reading) complain(text string) {
	if text != "" {
		r.notes = append(r.notes, Note{Row: r.row, INN: r.inn, Company: r.name(), Problem: true, Text: text})
	}
}

func (r *reading) remark(text string) {
	if text != "" {
		r.notes = append(r.notes, Note{Row: r.row, INN: r.inn, Company: r.name(), Text: text})
	}
}

// fail makes the row one of which the main thing was not understood.
func (r *reading) fail(text string) {
	r.class = problem
	r.complain(text)
}

// says tells whether there is anything to keep of the row.
func (r *reading) says() bool {
	return r.outcome != "" || r.next.day != 0 || r.comment != "" || r.consent != "" || r.amount != 0 || r.give != "" || r.origin != "" ||
		len(r.phones) > 0 || r.person != "" || r.post != "" || r.email != ""
}

// settle decides what came of a row that was read to its end.
func (r *reading) settle() {
	switch {
	case r.class == problem:
	case r.outcome != "":
		r.class = taken
	case r.says():
		r.class = edited
	case len(r.notes) > 0 && r.hasProblem():
		r.class = problem
	}
}

func (r *reading) hasProblem() bool {
	for _, n := range r.notes {
		if n.Problem {
			return true
		}
	}
	return false
}
