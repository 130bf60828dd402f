package main

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
)

// fillRow fills in a row of «Обзвон», as a manager would, and sets ROWINN and
// ROWPHONE to what stands there: fill FILE ROW TITLE=VALUE… Of the titles "saved"
// is when the editor says that it saved the file, as savedAt has it.
func fillRow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fill FILE ROW TITLE=VALUE…")
	}
	row, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	rows, err := f.GetRows(xlsx.SheetCalls)
	ts.Check(err)
	cell := func(title string) string {
		at := slices.Index(rows[0], title)
		if at < 0 {
			ts.Fatalf("no column %q", title)
		}
		name, err := excelize.CoordinatesToCellName(at+1, row)
		ts.Check(err)
		return name
	}
	for variable, title := range map[string]string{"ROWINN": "ИНН", "ROWPHONE": "Телефон"} {
		value, err := f.GetCellValue(xlsx.SheetCalls, cell(title))
		ts.Check(err)
		ts.Setenv(variable, value)
	}
	for _, arg := range args[2:] {
		title, value, _ := strings.Cut(arg, "=")
		if title == "saved" {
			ts.Check(f.SetDocProps(&excelize.DocProperties{Modified: savedAt(ts, value)}))
			continue
		}
		ts.Check(f.SetCellStr(xlsx.SheetCalls, cell(title), value))
	}
	ts.Check(f.Save())
	ts.Check(f.Close())
}

// writeTable writes a file line by line: table FILE LINE…
func writeTable(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: table FILE LINE…")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(args[1:], "\n")+"\n"), 0o600))
}

// firstTarget sets TARGET to the ИНН in the first line of `targets list`.
func firstTarget(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Setenv("TARGET", strings.Fields(ts.ReadFile("stdout"))[1])
}
