package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
)

// decideRow fills in «Решение» of a row of «На проверку», as a person would, and
// sets LISTING (its source and key) and LISTINGINN to the words of `joins` for it:
// decide FILE ROW VALUE [TIME], when the editor says that it saved the file, as
// savedAt has it.
func decideRow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args) > 4 {
		ts.Fatalf("usage: decide FILE ROW VALUE [TIME]")
	}
	row, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	rows, err := f.GetRows(xlsx.SheetReview)
	ts.Check(err)
	cell := func(title string) string {
		name, err := excelize.CoordinatesToCellName(slices.Index(rows[0], title)+1, row)
		ts.Check(err)
		return name
	}
	ts.Check(f.SetCellStr(xlsx.SheetReview, cell("Решение"), args[2]))
	for variable, title := range map[string]string{"LISTING": "Ключ записи", "LISTINGINN": "ИНН кандидата"} {
		value, err := f.GetCellValue(xlsx.SheetReview, cell(title))
		ts.Check(err)
		ts.Setenv(variable, strings.TrimSpace(value))
	}
	source, key, _ := strings.Cut(ts.Getenv("LISTING"), " ")
	ts.Setenv("LISTINGSOURCE", source)
	ts.Setenv("LISTINGKEY", key)
	if len(args) == 4 {
		ts.Check(f.SetDocProps(&excelize.DocProperties{Modified: savedAt(ts, args[3])}))
	}
	ts.Check(f.Save())
	ts.Check(f.Close())
}

// savedAt is a moment for an editor to write: RFC 3339, or "+1h" from now on.
func savedAt(ts *testscript.TestScript, text string) string {
	later, ok := strings.CutPrefix(text, "+")
	if !ok {
		return text
	}
	d, err := time.ParseDuration(later)
	ts.Check(err)
	return time.Now().Add(d).UTC().Format(time.RFC3339)
}
