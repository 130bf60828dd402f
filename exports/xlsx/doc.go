// Package xlsx lays the Book out as Excel workbooks: one with every sheet for
// the head of sales and the analyst, and one per manager with «Обзвон» and
// «Как заполнять» only.
//
// The names of sheets and columns are a contract with people and with the
// import of outcomes: «Обзвон» has its header in row 1 and is read by header
// text, never by letter. A veryHidden sheet (SheetIssued) carries what was
// issued, so that a reader can tell an edit from issued text:
//
//	A             B
//	layout        version of this layout
//	list          id of the issued list
//	date          YYYY-MM-DD
//	issued        when the list was frozen
//	manager       id; empty in the whole book
//	sample        1 for invented companies
//	config        hash of the segments file
//	outcome       one row per value that «Результат» accepts, in order
//	ИНН           the header of «Обзвон», as it stands there
//	(each ИНН)    the cells of its row as issued, raw value for raw value
//
// Text never becomes a formula; links are made of checked addresses only.
package xlsx
