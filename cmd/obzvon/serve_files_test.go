package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline/audit"
)

// issuedBook is the whole book that a server has issued on sample data.
func issuedBook(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "data/sample/lists/call-list-??????????-ОБРАЗЕЦ.xlsx"))
	if err != nil || len(names) != 1 {
		t.Fatalf("workbooks %v, %v", names, err)
	}
	return names[0]
}

// cells is every cell of every sheet of a book.
func cells(t *testing.T, name string) string {
	t.Helper()
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	var b strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			b.WriteString(sheet + "\t" + strings.Join(row, "\t") + "\n")
		}
	}
	return b.String()
}

// What is dropped into the inbox is taken in; what is no good is put aside, and a
// text beside it says why.
func TestServerTakesFilesIn(t *testing.T) {
	dir := t.TempDir()
	s := serveIn(t, dir, "OBZVON_INBOX_EVERY=1s")
	s.until("night ended")
	s.until("backup")
	box := filepath.Join(dir, "data/sample/inbox/results")
	for name, text := range map[string]string{
		"clients.csv": "ИНН;Результат;Источник\n5902000008;Контракт;клиенты\n5902000005;Может быть;клиенты\n",
		"letter.docx": "PK\x03\x04 this is no workbook",
	} {
		if err := os.WriteFile(filepath.Join(box, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.until("inbox", "file", "clients.csv", "state", "taken")
	s.until("inbox", "file", "letter.docx", "state", "refused")
	s.end()
	answer := func(kind, name, wants string) {
		t.Helper()
		names, err := filepath.Glob(filepath.Join(box, kind, "????-??-??", name))
		if err != nil || len(names) != 1 {
			t.Fatalf("answers %v, %v", names, err)
		}
		text, err := os.ReadFile(names[0])
		if err != nil || !strings.Contains(string(text), wants) {
			t.Errorf("the answer is %q, %v; want %q in it", text, err, wants)
		}
	}
	answer("done", "clients.csv.txt", "строка 3")
	answer("refused", "letter.docx.txt", "не взят")
	lines, err := audit.In(filepath.Join(dir, "data/sample")).Last(t.Context(), 10, audit.Filter{Who: byInbox})
	if err != nil || len(lines) != 2 || lines[0].Action != audit.Upload || !lines[0].Refused || lines[1].Action != audit.TakenIn || lines[1].Rows != 1 || lines[1].Refused {
		t.Errorf("the audit tells %+v, %v", lines, err)
	}
	if backups, err := filepath.Glob(filepath.Join(dir, "data/sample/backups/obzvon-*.zip")); err != nil || len(backups) != 1 {
		t.Errorf("backups %v, %v", backups, err)
	}
}

// A config that is broken while the server runs leaves the last good one in force;
// mended, it is read. The pages answer all the while.
func TestServerReadsConfigAnew(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "obzvon.yaml"), []byte("schema_version: 1\n"+text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("call_list: {targets: 10}\n")
	s := serveIn(t, dir)
	s.until("night ended")
	for _, c := range []struct{ text, says string }{
		{"call_list: {targets: many}\n", "the config files cannot be read; the last good ones hold"},
		{"call_list: {targets: 5}\n", "the config was read; schedule, addresses and inbox change with a restart"},
		{"data_dir: elsewhere\n", "the config files cannot be read; the last good ones hold"},
	} {
		write(c.text)
		if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		s.until(c.says)
		resp, err := http.Get(s.open + "healthz")
		if err != nil {
			t.Fatal(err)
		}
		if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
			t.Errorf("healthz: %s, %v", resp.Status, err)
		}
	}
	s.end()
}
