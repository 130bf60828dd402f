package xlsx_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

// folder holds the short book, exported once; again exports it over it.
func folder(t *testing.T) (dir string, again func() []pipeline.Artefact) {
	t.Helper()
	dir = t.TempDir()
	again = func() []pipeline.Artefact {
		t.Helper()
		made, err := xlsx.New("xlsx", dir).Export(t.Context(), short(false))
		must(t, err)
		return made
	}
	again()
	return dir, again
}

func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

const annas = "call-list-2026-11-23-anna.xlsx"

// TestFilledIsSetAside: what people wrote is there after the next export, byte
// for byte, whatever it was.
func TestFilledIsSetAside(t *testing.T) {
	saved := func(f *excelize.File, at string) error { return f.SetDocProps(&excelize.DocProperties{Modified: at}) }
	tests := []struct {
		name string
		do   edit
		want string // the new name's end
	}{
		{"a result", func(t *testing.T, f *excelize.File, set func(string, int, any)) {
			set("Результат", 3, "Недозвон")
			must(t, saved(f, "2026-11-23T15:05:00Z"))
		}, " (заполнен, сохранён 23.11 18-05)"},
		{"a comment", func(t *testing.T, f *excelize.File, set func(string, int, any)) {
			set("Комментарий", 3, "дозвонился")
			must(t, saved(f, "2026-11-24T21:05:00Z"))
		}, " (заполнен, сохранён 25.11 00-05)"},
		{"another phone", func(_ *testing.T, _ *excelize.File, set func(string, int, any)) {
			set("Телефон", 3, "8 907 000-11-22")
		}, " (заполнен, изменён 24.11 10-20)"},
		{"a phone taken out", func(_ *testing.T, _ *excelize.File, set func(string, int, any)) {
			set("Телефон", 3, "")
		}, " (заполнен, изменён 24.11 10-20)"},
		{"a row by hand", func(_ *testing.T, _ *excelize.File, set func(string, int, any)) {
			set("Компания", 30, "ООО «Новая»")
		}, " (заполнен, изменён 24.11 10-20)"},
		{"an own column", func(t *testing.T, f *excelize.File, _ func(string, int, any)) {
			must(t, f.SetCellStr(xlsx.SheetCalls, "AH3", "важно"))
		}, " (заполнен, изменён 24.11 10-20)"},
		{"a column renamed", func(_ *testing.T, _ *excelize.File, set func(string, int, any)) {
			set("ИНН", 1, "Номер")
		}, " (не прочитан, изменён 24.11 10-20)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir, again := folder(t)
			path := filepath.Join(dir, annas)
			data := editedBytes(t, path, tt.do)
			at := time.Date(2026, time.November, 24, 7, 20, 0, 0, time.UTC)
			must(t, os.WriteFile(path, data, 0o600), os.Chtimes(path, at, at))
			made := again()
			last := made[len(made)-1]
			want := filepath.Join(dir, strings.TrimSuffix(annas, ".xlsx")+tt.want+".xlsx")
			if len(made) != 4 || last.Path != want || last.Manager != "anna" || !strings.Contains(last.Title, "отложен") {
				t.Fatalf("artefacts %+v, want %s", made, want)
			}
			kept, err := os.ReadFile(last.Path)
			must(t, err)
			if !bytes.Equal(kept, data) {
				t.Error("the file set aside is another one")
			}
			if made := again(); len(made) != 3 || len(names(t, dir)) != 4 {
				t.Errorf("the fresh file was set aside too: %+v", made)
			}
		})
	}
}

// TestUntouchedIsReplaced: no text of a book makes it look written into.
func TestUntouchedIsReplaced(t *testing.T) {
	book := short(true)
	texts := append(exporttest.Hostile(), " края ", "\u200b", "\n", "строка\r\nдругая", "46349", "1E5", "ИСТИНА", strings.Repeat("я", 40_000))
	for _, pair := range exporttest.Broken() {
		texts = append(texts, pair[0])
	}
	dir := t.TempDir()
	for from := 0; from < len(texts); from += len(book.Calls) {
		for i := range book.Calls {
			r := &book.Calls[i]
			r.Hook, r.Phone, r.Person = texts[(from+i)%len(texts)], texts[(from+i+1)%len(texts)], texts[(from+i+2)%len(texts)]
		}
		made, err := xlsx.New("xlsx", dir).Export(t.Context(), book)
		must(t, err)
		if len(made) != 3 || len(names(t, dir)) != 3 {
			t.Fatalf("texts from %d on: %+v", from, made)
		}
	}
}

// TestAsideOverwritesNothing: the same happens twice in the same minute.
func TestAsideOverwritesNothing(t *testing.T) {
	dir, again := folder(t)
	path := filepath.Join(dir, annas)
	at := time.Date(2026, time.November, 24, 7, 20, 0, 0, time.UTC)
	for _, text := range []string{"первый", "второй", "третий"} {
		must(t, os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, at, at))
		again()
	}
	base := filepath.Join(dir, "call-list-2026-11-23-anna (не прочитан, изменён 24.11 10-20")
	for end, want := range map[string]string{").xlsx": "первый", ", 2).xlsx": "второй", ", 3).xlsx": "третий"} {
		if got, err := os.ReadFile(base + end); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", end, got, err)
		}
	}
}

// TestDecisionIsSetAside: the whole book is kept for its decisions.
func TestDecisionIsSetAside(t *testing.T) {
	dir, again := folder(t)
	path := filepath.Join(dir, "call-list-2026-11-23.xlsx")
	f := open(t, path)
	head := rows(t, f, xlsx.SheetReview)[0]
	cell, err := excelize.CoordinatesToCellName(slices.Index(head, "Решение")+1, 2)
	must(t, err, f.SetCellStr(xlsx.SheetReview, cell, "да"), f.SaveAs(path))
	if made := again(); len(made) != 4 || made[3].Manager != "" || made[3].Rows != made[0].Rows {
		t.Errorf("artefacts %+v", made)
	}
}

// looking is a context that is cancelled after a number of looks at it.
type looking struct {
	context.Context

	left atomic.Int64
}

func (c *looking) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestStoppedExportSetsNothingAside: until all is ready the filled workbook stays
// where it is, wherever the export is stopped.
func TestStoppedExportSetsNothingAside(t *testing.T) {
	dir, _ := folder(t)
	path := filepath.Join(dir, annas)
	must(t, os.WriteFile(path, []byte("чужое"), 0o600))
	before := names(t, dir)
	stops := 0
	for ; ; stops++ {
		ctx := &looking{Context: t.Context()}
		ctx.left.Store(int64(stops))
		_, err := xlsx.New("xlsx", dir).Export(ctx, short(false))
		if err == nil {
			break
		}
		if got := names(t, dir); !errors.Is(err, context.Canceled) || !slices.Equal(got, before) {
			t.Fatalf("stopped after %d looks: %v; files %q, were %q", stops, err, got, before)
		}
	}
	if got := names(t, dir); stops < 10 || len(got) != len(before)+1 {
		t.Errorf("after %d looks: files %q", stops, got)
	}
}

// TestFolderInTheWay: nothing is set aside for what cannot be replaced, or the
// error says where it lies.
func TestFolderInTheWay(t *testing.T) {
	dir, _ := folder(t)
	must(t, os.WriteFile(filepath.Join(dir, annas), []byte("чужое"), 0o600))
	olegs := filepath.Join(dir, "call-list-2026-11-23-oleg.xlsx")
	must(t, os.Remove(olegs), os.MkdirAll(filepath.Join(olegs, "inside"), 0o700))
	_, err := xlsx.New("xlsx", dir).Export(t.Context(), short(false))
	if err == nil || !strings.Contains(err.Error(), "(не прочитан, изменён") {
		t.Fatalf("error %v", err)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "*не прочитан*"))
	must(t, err)
	if data, err := os.ReadFile(slices.Concat(kept, []string{""})[0]); err != nil || string(data) != "чужое" {
		t.Errorf("kept %q: %q, %v", kept, data, err)
	}
}
