package pipeline

import (
	"time"

	"obzvon/pipeline/company"
)

// Returned is a filled call list, or a plain table of clients, contacts and
// referrals, cell by cell as it was written, nothing of it understood yet.
type Returned struct {
	Name   string // of the file, for people
	Digest string // SHA-256 of its bytes, in hex
	Saved  time.Time
	List   *ListMark // what the hidden sheet says; nil = a plain table
	Rows   []ReturnedRow
}

// ListMark names the list that a workbook was made from.
type ListMark struct {
	ID      string
	Version int
	Day     company.Date
	Manager string // id; "" = the whole book
	Sample  bool
	Issued  map[company.INN]map[string]string // issued values by column title, in the form of ReturnedRow.Cells
}

// ReturnedRow is a row of «Обзвон», or of a plain table, that has any content.
type ReturnedRow struct {
	Row   int               // of the sheet, from 1
	Cells map[string]string // by column title as the contract spells it, or as it stands there
	// Dates names the columns whose cell is a date for the editor; its text is the
	// serial number then: days since 1899-12-30, with the time as a fraction.
	Dates map[string]bool
}
