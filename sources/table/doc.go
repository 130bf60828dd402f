// Package table reads directory exports that an operator brings as tables:
// CSV in UTF-8 or windows-1251, and XLSX.
//
// Columns are found by their titles, never by position. Which titles mean
// what is data: a preset for each known export (presets.go), a generic one for
// everything else, and the operator's own column map over both. A header that
// nothing fits is a HeaderError that says what could be mapped and what not.
//
// # What becomes of a row
//
// A row is taken, not wanted (foreign firms, things that are no firms, the
// header repeated) or quarantined with a reason. Blank rows and rows above the
// header are no rows. Source.Left counts what is not wanted by its reason.
//
// "Not wanted" is said only of a row that is understood. Where cells may stand
// in wrong columns the row is quarantined with pipeline.ReasonFormat: text
// beyond the last column; a stray quote that swallowed delimiters; a row that
// breaks off before the directory's own id; a type of object or a country that
// is neither; and a row that is short of cells or whose quotes were guessed,
// if it would not be wanted. A short row is otherwise taken, because
// spreadsheet programs leave empty cells off the end of some rows, and so is a
// row whose quotes were not doubled but whose cells fit the header.
//
// All rows of one key within a file become one observation: sets are united,
// and for single values the fuller row speaks. The key is the directory's own
// id where it has one, else the ИНН, else the ОГРН, else a hash of name, city
// and first phone. Each file is read twice, first for the keys alone, so that
// the outcome depends neither on the order of rows nor on the borders of
// batches, and memory holds only repeated keys. Of the same key in two files
// of one source the later file stands, because the store upserts.
//
// # Codes of activity
//
// A spreadsheet that takes a code for a number cuts the zero before it: 1.11
// for 01.11. The zero is put back where the classifier has the code. A zero
// behind it cannot be told from none, so 45.2 stays the subclass that it is. A
// cell that is no code costs only itself: the row is taken, without the code.
//
// # Dates and years
//
// The date of an observation is that of the export: the option "date", else a
// date in the file's name, else the day on which the workbook says it was
// made, else unknown. The day the file was copied says nothing and is not
// used. Headcount and money are keyed by the year in the column's title, else
// by the row's own date of accounts, else by the last year whose accounts were
// open on the day of the export (of the pull, if that day is unknown), with a
// remark that the year is assumed.
package table
