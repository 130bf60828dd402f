package journal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func entry(n int) Entry {
	at := time.Date(2026, 11, 23, 18, n, 0, 0, time.UTC)
	return Entry{
		At: at, By: "head", Kind: KindResult, File: "f1", FileName: "a.xlsx", Row: n,
		Result: &store.Result{INN: company.INN(fmt.Sprintf("77070838%02d", n)), Day: 20780, File: "f1", Saved: at, Taken: at, Comment: "<сказал>\nперезвонить & ждать"},
	}
}

func read(t testing.TB, j *Journal) []string {
	t.Helper()
	var out []string
	for e, err := range j.Read(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
	return out
}

func lines(t testing.TB, entries ...Entry) []string {
	t.Helper()
	var out []string
	for _, e := range entries {
		data, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
	return out
}

func TestAppendAndRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	j := In(dir)
	if got := read(t, j); got != nil {
		t.Errorf("no file: %v", got)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(j.Append(t.Context(), entry(1), entry(2)), j.Append(t.Context()), In(dir).Append(t.Context(), entry(3))); err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, j), lines(t, entry(1), entry(2), entry(3)); !slices.Equal(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	info, err := os.Stat(filepath.Join(dir, Name))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	dead, cancel := context.WithCancel(t.Context())
	cancel()
	if err := j.Append(dead, entry(4)); !errors.Is(err, context.Canceled) || len(read(t, j)) != 3 {
		t.Errorf("cancelled: %v", err)
	}
}

// A file cut at any byte holds the lines that were whole, and goes on.
func TestCutLastLine(t *testing.T) {
	dir := t.TempDir()
	j := In(dir)
	if err := j.Append(t.Context(), entry(1), entry(2)); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(j.path)
	if err != nil {
		t.Fatal(err)
	}
	for size := range len(whole) + 1 {
		if err := os.WriteFile(j.path, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		before := read(t, j)
		if len(before) != strings.Count(string(whole[:size]), "\n") {
			t.Fatalf("cut at %d: %d lines", size, len(before))
		}
		if err := j.Append(t.Context(), entry(3)); err != nil {
			t.Fatal(err)
		}
		if got, want := read(t, j), append(before, lines(t, entry(3))...); !slices.Equal(got, want) {
			t.Fatalf("cut at %d: %v\nwant %v", size, got, want)
		}
	}
}

func TestDamagedLineIsNamed(t *testing.T) {
	j := In(t.TempDir())
	if err := os.WriteFile(j.path, []byte("{\"kind\":\"result\"}\n{bad\n{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var last error
	n := 0
	for _, err := range j.Read(t.Context()) {
		n, last = n+1, err
	}
	if n != 2 || !errors.Is(last, ErrDamaged) || !strings.Contains(last.Error(), "line 2") {
		t.Errorf("%d: %v", n, last)
	}
	if _, err := j.Rewrite(t.Context(), func(e Entry) (Entry, bool) { return e, false }); !errors.Is(err, ErrDamaged) {
		t.Errorf("rewrite: %v", err)
	}
	if _, err := os.Stat(j.path + ".tmp"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something is left: %v", err)
	}
}

func TestRewrite(t *testing.T) {
	j := In(t.TempDir())
	forget := func(e Entry) (Entry, bool) {
		if e.Row == 2 {
			e.Result.Comment = ""
		}
		return e, e.Row != 3
	}
	if n, err := j.Rewrite(t.Context(), forget); n != 0 || err != nil || j.there() {
		t.Errorf("no file: %d, %v", n, err)
	}
	if err := j.Append(t.Context(), entry(1), entry(2), entry(3), entry(4)); err != nil {
		t.Fatal(err)
	}
	if n, err := j.Rewrite(t.Context(), forget); n != 2 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	second := entry(2)
	second.Result.Comment = ""
	if got, want := read(t, j), lines(t, entry(1), second, entry(4)); !slices.Equal(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	if n, err := j.Rewrite(t.Context(), forget); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}
}

// Killed before any change to the disk, a rewrite leaves the old lines or the
// new ones, and the next one does it, with nothing left beside the file.
func TestRewriteKilled(t *testing.T) {
	for n := 0; ; n++ {
		j := In(t.TempDir())
		if err := j.Append(t.Context(), entry(1), entry(2)); err != nil {
			t.Fatal(err)
		}
		count := 0
		killed := errors.New("killed")
		j.disk.Before = func(string) error {
			if count++; count > n {
				return killed
			}
			return nil
		}
		forget := func(e Entry) (Entry, bool) { return e, e.Row != 1 }
		_, err := j.Rewrite(t.Context(), forget)
		if got := len(read(t, j)); got != 2 && got != 1 {
			t.Fatalf("killed before change %d: %d lines", n+1, got)
		}
		j.disk.Before = nil
		if _, again := j.Rewrite(t.Context(), forget); again != nil {
			t.Fatal(again)
		}
		if got, want := read(t, j), lines(t, entry(2)); !slices.Equal(got, want) {
			t.Fatalf("killed before change %d: %v", n+1, got)
		}
		if err == nil {
			return
		}
		if !errors.Is(err, killed) {
			t.Fatal(err)
		}
	}
}

func TestFolded(t *testing.T) {
	again := entry(1)
	again.At, again.By, again.FileName = again.At.Add(time.Hour), "other", "b.xlsx"
	again.Result.Taken = again.At
	stop := Entry{Kind: KindStop, Stop: &store.Stop{Kind: store.StopINN, Value: "7707083893", Reason: "refused"}}
	gone := Entry{Kind: KindUnstop, Stop: &store.Stop{Kind: store.StopINN, Value: "7707083893"}}
	all := []Entry{entry(1), entry(2), again, stop, stop, gone, gone, stop, entry(2)}
	var got []Entry
	for e, err := range Folded(func(yield func(Entry, error) bool) {
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e)
	}
	if want := []Entry{entry(1), entry(2), stop, gone, stop}; !slices.Equal(lines(t, got...), lines(t, want...)) {
		t.Errorf("%v", lines(t, got...))
	}
	if inn := stop.INN(); inn != "7707083893" {
		t.Errorf("ИНН of a stop: %q", inn)
	}
}

// Whatever a line holds, it is read back as it was, or refused as damaged.
func FuzzRead(f *testing.F) {
	f.Add([]byte("{\"kind\":\"stop\",\"stop\":{\"kind\":\"inn\",\"value\":\"7707083893\"}}\n{\"cut"))
	f.Add([]byte("\n"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		j := In(dir)
		if err := os.WriteFile(j.path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, err := range j.Read(t.Context()) {
			if err != nil && !errors.Is(err, ErrDamaged) {
				t.Fatal(err)
			}
			if err == nil {
				n++
			}
		}
		if most := strings.Count(string(data), "\n"); n > most {
			t.Fatalf("%d lines of %d", n, most)
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	j := In(b.TempDir())
	day := make([]Entry, 50)
	for i := range day {
		day[i] = entry(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := j.Append(b.Context(), day...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(day))/b.Elapsed().Seconds(), "lines/s")
}
