package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/gate"
)

// TestForgetOnAPage: looking changes nothing; erasing does; nothing that is returned
// for the log names whom.
func TestForgetOnAPage(t *testing.T) {
	b := openBureau(t)
	d, ctx := operatorForget{b.operator(&keeperOf{})}, t.Context()
	number := b.list.Rows[0].Phones[0]
	if _, err := d.Plan(ctx, "Иванов"); !strings.Contains(refusal(err), "Это не ИНН") || strings.Contains(err.Error(), "Иванов") {
		t.Errorf("a name: %v", err)
	}
	plan, err := d.Plan(ctx, number)
	if err != nil || !slices.Contains(plan.Lines, "Телефон "+number) || plan.Lines[len(plan.Lines)-1] != "Пока ничего не изменено." {
		t.Fatalf("%q, %v", plan.Lines, err)
	}
	for _, line := range plan.Lines {
		if strings.Contains(line, "obzvon ") {
			t.Errorf("the page sends to the command line: %s", line)
		}
	}
	if known, err := b.house.store.Forgotten(ctx); err != nil || len(known) > 0 {
		t.Fatalf("looking forgets: %d, %v", len(known), err)
	}
	leave, err := b.desk.gate.Enter(ctx, gate.Pass{Kind: gate.Night, What: "run", Who: "olga"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Erase(ctx, "ivan", number, false); !strings.Contains(refusal(err), "Сейчас идёт ночь: начал olga") {
		t.Errorf("during a night: %v", err)
	}
	leave()
	done, err := d.Erase(ctx, "ivan", number, false)
	if err != nil || !strings.Contains(strings.Join(done.Lines, "\n"), "стирал ivan") || !strings.Contains(strings.Join(done.Lines, "\n"), "Файлы хранилища переписаны") {
		t.Fatalf("%q, %v", done.Lines, err)
	}
	list, err := b.house.listOf(ctx, b.day)
	if err != nil || slices.ContainsFunc(list.Rows[0].Phones, func(p string) bool { return p == number }) {
		t.Errorf("it is still on the list: %v", err)
	}
	if again, err := d.Plan(ctx, number); err != nil || !strings.Contains(strings.Join(again.Lines, "\n"), "в хранилище этого нет") {
		t.Errorf("again: %q, %v", again.Lines, err)
	}
}

// TestForgetKeepsWhatNobodyImported: files that hold what nothing else does go only
// if forced.
func TestForgetKeepsWhatNobodyImported(t *testing.T) {
	b := openBureauWith(t, "")
	d := operatorForget{b.operator(&keeperOf{})}
	entry := &b.list.Rows[0]
	name := filepath.Join(b.house.dir, "lists", "call-list-2026-11-23-"+entry.Row.ManagerID+"-ОБРАЗЕЦ.xlsx")
	fillFirst(t, name, funnel.Interest)
	plan, err := d.Plan(t.Context(), entry.Phones[0])
	if err != nil || len(plan.Unsaved) != 1 || !strings.Contains(plan.Unsaved[0], "не загружен") {
		t.Fatalf("%q, %v", plan.Unsaved, err)
	}
	if _, err := d.Erase(t.Context(), "ivan", entry.Phones[0], false); !strings.Contains(refusal(err), "Ничего не стёрто") {
		t.Fatalf("%v", err)
	}
	if _, err := os.Stat(name); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Erase(t.Context(), "ivan", entry.Phones[0], true); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}

// fillFirst writes a result into the first row of a manager's book.
func fillFirst(t *testing.T, path, outcome string) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(xlsx.SheetCalls)
	if err != nil {
		t.Fatal(err)
	}
	cell, err := excelize.CoordinatesToCellName(slices.Index(rows[0], "Результат")+1, 2)
	if err := errors.Join(err, book.SetCellStr(xlsx.SheetCalls, cell, outcome), book.Save(), book.Close()); err != nil {
		t.Fatal(err)
	}
}
