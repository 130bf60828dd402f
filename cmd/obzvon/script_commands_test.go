package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"obzvon/pipeline/store/bolt"
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

// firstPhone sets PHONE and INN to those of a printed list's first row.
func firstPhone(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: firstphone FILE")
	}
	lines := strings.Split(ts.ReadFile(args[0]), "\n")
	head, row := strings.Split(lines[0], "\t"), strings.Split(lines[1], "\t")
	ts.Setenv("PHONE", row[slices.Index(head, "Телефон")])
	ts.Setenv("INN", row[slices.Index(head, "ИНН")])
}

// firstJoin sets JOIN to what `joins undo` wants for the first join that the
// last command printed, and JOINKEY to the listing's key.
func firstJoin(ts *testscript.TestScript, _ bool, _ []string) {
	line, _, _ := strings.Cut(ts.ReadFile("stdout"), "\n")
	listing, firm, _ := strings.Cut(line, " -> ") // source key «name» -> ИНН …
	ts.Setenv("JOINSOURCE", strings.Fields(listing)[0])
	ts.Setenv("JOINKEY", strings.Fields(listing)[1])
	ts.Setenv("JOININN", strings.Fields(firm)[0])
}

type heldStore struct{ s *bolt.Store }

// holdStore opens the stores in this process, as another command would.
func holdStore(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold DIR")
	}
	s, err := bolt.Open(context.Background(), bolt.Options{Dir: ts.MkAbs(args[0]), LockTimeout: time.Second, Command: "test-holder", Now: time.Now})
	ts.Check(err)
	ts.Value(heldKey{}).(*heldStore).s = s
	ts.Defer(func() { releaseStore(ts, false, nil) })
}

func releaseStore(ts *testscript.TestScript, _ bool, _ []string) {
	held := ts.Value(heldKey{}).(*heldStore)
	if held.s != nil {
		ts.Check(held.s.Close())
		held.s = nil
	}
}

type heldKey struct{}
