package intake

import (
	"errors"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Why a file is not taken at all. File.Refused says it in Russian, with what to do.
var (
	ErrSample  = errors.New("sample data and real data do not mix")
	ErrList    = errors.New("the store never issued this list")
	ErrVersion = errors.New("a book of another version")
	ErrTable   = errors.New("no table that results can be read from")
)

// Report is what came of an import, file by file.
type Report struct {
	Files     []File     `json:"files"`
	Conflicts []Conflict `json:"conflicts,omitempty"`
}

// File is what came of one file. Rows = Taken + Untouched + Edited + Problems.
type File struct {
	Name    string       `json:"name"`
	Digest  string       `json:"digest"`
	Saved   time.Time    `json:"saved"`
	List    string       `json:"list,omitempty"` // "" = a plain table
	Day     company.Date `json:"day,omitzero"`   // of the list
	Manager string       `json:"manager,omitempty"`

	Refused string `json:"refused,omitempty"` // why nothing of it was taken, in Russian
	Err     error  `json:"-"`                 // one of this package's, when Refused

	Rows      int `json:"rows"`      // with any content
	Taken     int `json:"taken"`     // their result counts, or, of a table, their number is stopped
	Untouched int `json:"untouched"` // nothing was filled in
	Edited    int `json:"edited"`    // no result, but something else
	Problems  int `json:"problems"`  // the result, or the company, was not understood

	Partial int `json:"partial"` // taken, or edited, but for a part that was not understood

	// What the rows that say anything come to.
	New     int `json:"new"`     // nothing was known of the call
	Changed int `json:"changed"` // something else stands now
	Same    int `json:"same"`    // what stands is as it was

	Stops []store.Stop `json:"stops,omitempty"`
	Marks []store.Mark `json:"marks,omitempty"`
	Notes []Note       `json:"notes,omitempty"` // by row
}

// Note is what is to be said of a row, in Russian.
type Note struct {
	Row     int         `json:"row"` // 0 = of the whole file
	INN     company.INN `json:"inn,omitempty"`
	Company string      `json:"company,omitempty"` // as the row has it
	Problem bool        `json:"problem"`           // something was not understood; otherwise a remark
	Text    string      `json:"text"`
}

// Conflict is two files that tell different things of one call.
type Conflict struct {
	INN     company.INN `json:"inn"`
	Company string      `json:"company,omitempty"`
	Stands  Side        `json:"stands"`
	Lost    Side        `json:"lost"`
	Columns []string    `json:"columns"` // what they differ in
	Text    string      `json:"text"`    // the same in Russian
}

// Side is one file of a conflict.
type Side struct {
	File    string    `json:"file"`
	Row     int       `json:"row"`
	Saved   time.Time `json:"saved"`
	Outcome string    `json:"outcome,omitempty"`
}

// Whole tells that every file was taken and every row understood.
func (r *Report) Whole() bool {
	for i := range r.Files {
		if f := &r.Files[i]; f.Refused != "" || f.Unclear() > 0 {
			return false
		}
	}
	return true
}

// Unclear counts the rows of which something was not understood: Problems, and
// others that were taken but for a part.
func (f *File) Unclear() int {
	rows := map[int]bool{}
	for _, n := range f.Notes {
		if n.Problem {
			rows[n.Row] = true
		}
	}
	return len(rows)
}
