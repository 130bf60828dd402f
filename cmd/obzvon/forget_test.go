package main

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline/erasure"
	"obzvon/pipeline/funnel"
)

// Killed with SIGKILL at random moments and run again, forget leaves no trace, and
// nothing of others is lost.
func TestForgetKilled(t *testing.T) {
	program, err := exec.LookPath("obzvon") // put into PATH by testscript.Main
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"phone", "sole", "firm"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			random := rand.New(rand.NewPCG(seed, 0))
			w := newWorld(t, seed)
			f, other := w.pick(kind)
			subject, gone := f.subject(kind)
			before := w.traces(other.everything())
			command := func(ctx context.Context) *exec.Cmd {
				return exec.CommandContext(ctx, program, "--config", filepath.Join(w.root, "obzvon.yaml"), "forget", subject)
			}
			for range 6 {
				ctx, stop := context.WithTimeout(t.Context(), time.Duration(random.IntN(250))*time.Millisecond)
				err := command(ctx).Run() // the context kills it
				stop()
				if err == nil {
					break
				}
			}
			if out, err := command(t.Context()).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if found := w.traces(gone); len(found) > 0 {
				t.Errorf("forget %s:\n%s", subject, strings.Join(found, "\n"))
			}
			w.others(other, before)
		})
	}
}

// A trial changes nothing: no file but the stores' own words of who holds them, no
// key.
func TestForgetDryRun(t *testing.T) {
	w := newWorld(t, 3)
	f, _ := w.pick("sole")
	before := w.traces(f.everything())
	e := w.obzvon("forget", f.inn, "--dry-run")
	if e.code != exitDone || !strings.Contains(e.out, "предприниматель") || !strings.Contains(e.out, "Будет стёрто: ") || !strings.Contains(e.out, "будет удалён") {
		t.Errorf("exit %d: %s%s", e.code, e.out, e.err)
	}
	if after := w.traces(f.everything()); !slices.Equal(after, before) {
		t.Errorf("%d traces before, %d after", len(before), len(after))
	}
	if _, err := os.Stat(filepath.Join(w.data, erasure.KeyName)); !os.IsNotExist(err) {
		t.Errorf("the key: %v", err)
	}
	told := w.obzvon("forget", f.inn)
	if would, did := erasedWords(e.out, "Будет стёрто: "), erasedWords(told.out, "Стёрто: "); would != did {
		t.Errorf("would be %q\nwas      %q", would, did)
	}
}

// What stays of what managers wrote is said, and how it goes: a trial says so too.
func TestForgetTellsWhatStays(t *testing.T) {
	w := newWorld(t, 6)
	f, _ := w.pick("firm")
	for _, args := range [][]string{{"forget", "inn:" + f.inn, "--dry-run"}, {"forget", "inn:" + f.inn}} {
		e := w.obzvon(args...)
		for _, want := range []string{"общее для компании: " + f.office + "\n", "сотрите отдельно: obzvon forget НОМЕР", f.direct} {
			if e.code != exitDone || !strings.Contains(e.out, want) {
				t.Errorf("%v: exit %d, without %q: %s%s", args, e.code, want, e.out, e.err)
			}
		}
		if latin := regexp.MustCompile(`(?m)^[a-z]+ [a-z]+ [a-z]+`).FindString(e.out); latin != "" {
			t.Errorf("%v: %q is no Russian", args, latin)
		}
	}
}

// erasedWords is what a line says behind a beginning, less what depends on the order:
// the index and events, of which some go with their observations.
func erasedWords(out, begin string) string {
	for line := range strings.Lines(out) {
		if text, ok := strings.CutPrefix(line, begin); ok {
			parts := strings.Split(strings.TrimSpace(text), "; ")
			return strings.Join(slices.DeleteFunc(parts, func(p string) bool {
				return strings.Contains(p, "индекс") || strings.Contains(p, "события") || strings.Contains(p, "привязк") || strings.Contains(p, "сайт")
			}), "; ")
		}
	}
	return ""
}

// What somebody filled in and nobody imported is not lost without a word.
func TestForgetRefusesUnsavedWorkbooks(t *testing.T) {
	w := newWorld(t, 4)
	path := filepath.Join(w.data, "lists", "call-list-2026-11-23-anna.xlsx")
	w.fillIn(path)
	f := &w.firms[0]
	e := w.obzvon("forget", "tel:"+f.mobile)
	if e.code != exitFailed || !strings.Contains(e.err, "call-list-2026-11-23-anna.xlsx is filled in and not imported") || len(w.traces([]string{f.mobile})) == 0 {
		t.Fatalf("exit %d: %s%s", e.code, e.out, e.err)
	}
	if e := w.obzvon("outcomes", "import", path); e.code != exitDone && e.code != exitShort {
		t.Fatalf("import: exit %d: %s%s", e.code, e.out, e.err)
	}
	if e := w.obzvon("forget", "tel:"+f.mobile); e.code != exitDone {
		t.Errorf("imported: exit %d: %s%s", e.code, e.out, e.err)
	}
	again := newWorld(t, 4)
	again.fillIn(filepath.Join(again.data, "lists", "call-list-2026-11-23-anna.xlsx"))
	if e := again.obzvon("forget", "tel:"+f.mobile, "--force"); e.code != exitDone || len(again.traces([]string{f.mobile})) > 0 {
		t.Errorf("forced: exit %d: %s%s", e.code, e.out, e.err)
	}
}

// fillIn puts a result into the first row, as a person would.
func (w *world) fillIn(path string) {
	w.t.Helper()
	book, err := excelize.OpenFile(path)
	w.must(err)
	rows, err := book.GetRows("Обзвон")
	w.must(err)
	cell, err := excelize.CoordinatesToCellName(slices.Index(rows[0], "Результат")+1, 2)
	w.must(err)
	w.must(book.SetCellStr("Обзвон", cell, funnel.NoAnswer))
	w.must(book.Save())
	w.must(book.Close())
}

func TestForgetUsage(t *testing.T) {
	w := newWorld(t, 5)
	for _, args := range [][]string{{"forget"}, {"forget", "nobody"}, {"forget", "firm.example"}, {"forget", "a@b.example", "c@d.example"}, {"forget", "1234567890"}} {
		if e := w.obzvon(args...); e.code != exitUsage {
			t.Errorf("%v: exit %d: %s%s", args, e.code, e.out, e.err)
		}
	}
	if e := w.obzvon("forget", "stranger@nowhere.example"); e.code != exitDone || !strings.Contains(e.out, "в хранилище этого нет") {
		t.Errorf("exit %d: %s%s", e.code, e.out, e.err)
	}
	if e := w.obzvon("forget", "--key-lost"); e.code != exitDone || !strings.Contains(e.out, "под тем ключом, который есть") {
		t.Errorf("exit %d: %s%s", e.code, e.out, e.err)
	}
	w.must(os.Remove(filepath.Join(w.data, erasure.KeyName)))
	if e := w.obzvon("forget", "other@nowhere.example"); e.code != exitFailed || !strings.Contains(e.err, erasure.KeyName) {
		t.Errorf("without the key: exit %d: %s%s", e.code, e.out, e.err)
	}
	if e := w.obzvon("forget", "--key-lost"); e.code != exitDone || !strings.Contains(e.out, "больше не действуют: 1.") {
		t.Errorf("exit %d: %s%s", e.code, e.out, e.err)
	}
	if e := w.obzvon("forget", "other@nowhere.example"); e.code != exitDone {
		t.Errorf("declared lost: exit %d: %s%s", e.code, e.out, e.err)
	}
}
