package table

import (
	"context"
	"errors"

	"obzvon/pipeline/company"
)

// Note tells how an input is read, for the operator.
type Note struct {
	Input    string       `json:"input"`
	Sheet    string       `json:"sheet,omitempty"`
	Form     string       `json:"form"`
	Preset   string       `json:"preset"`
	Verified bool         `json:"verified"` // the preset's titles were seen in a real export
	Header   int64        `json:"header"`   // its row
	Date     company.Date `json:"date"`     // of the export, "" = unknown
	Mapped   []string     `json:"mapped"`   // "title → field"
	Ignored  []string     `json:"ignored"`  // titles of no known meaning, left out
}

// Notes looks at the header of every input and reads no further. Inputs that
// cannot be used are in the error, the others in the notes.
func (s *Source) Notes(ctx context.Context) ([]Note, error) {
	var notes []Note
	var failed []error
	for _, in := range s.inputs {
		if err := ctx.Err(); err != nil {
			return notes, err
		}
		sh, err := s.open(in)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		h := headerError(in.Name, &sh.layout)
		notes = append(notes, Note{
			Input: in.Name, Sheet: sh.name, Form: sh.grid.form(), Preset: sh.layout.preset.name,
			Verified: sh.layout.preset.verified, Header: sh.layout.row, Date: sh.date,
			Mapped: h.Mapped, Ignored: h.Unmapped,
		})
		if err := sh.grid.Close(); err != nil {
			failed = append(failed, err)
		}
	}
	return notes, errors.Join(failed...)
}
