package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// exitCode runs a command and wants one very exit code: exitcode 2 obzvon …
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode N command…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// printSheet writes a sheet's cells to a file as tab-separated text, so that
// scripts can compare and search it: sheet FILE SHEET OUT
func printSheet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: sheet FILE SHEET OUT")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	rows, err := f.GetRows(args[1])
	ts.Check(err)
	ts.Check(f.Close())
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.ReplaceAll(strings.Join(row, "\t"), "\n", " "))
		b.WriteByte('\n')
	}
	w := ts.MkAbs(args[2])
	ts.Check(os.WriteFile(w, []byte(b.String()), 0o600))
}
