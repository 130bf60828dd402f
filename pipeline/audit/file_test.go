package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline/fetch/disk"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var nine = time.Date(2026, time.November, 16, 9, 0, 0, 0, time.UTC)

func entry(n int) Entry {
	return Entry{At: nine.Add(time.Duration(n) * time.Minute), Who: "anna", Address: "192.0.2.7", Action: Download, What: "list 2026-11-16 manager-1", Rows: n}
}

func add(t testing.TB, l *Folder, entries ...Entry) {
	t.Helper()
	if err := l.Append(t.Context(), entries...); err != nil {
		t.Fatal(err)
	}
}

// rows are those of the last entries, by which tests tell them apart.
func rows(t testing.TB, l *Folder, n int, f Filter) []int {
	t.Helper()
	entries, err := l.Last(t.Context(), n, f)
	if err != nil {
		t.Fatal(err)
	}
	out := []int{}
	for _, e := range entries {
		out = append(out, e.Rows)
	}
	return out
}

func falling(from, to int) []int {
	out := []int{}
	for n := from; n >= to; n-- {
		out = append(out, n)
	}
	return out
}

func TestAppendAndLast(t *testing.T) {
	dir := t.TempDir()
	l := In(dir)
	if got := rows(t, l, 9, Filter{}); len(got) > 0 {
		t.Errorf("no file: %v", got)
	}
	add(t, l, entry(1), entry(2))
	add(t, l)
	add(t, In(dir), entry(3))
	if got := rows(t, l, 9, Filter{}); !slices.Equal(got, []int{3, 2, 1}) {
		t.Errorf("%v", got)
	}
	got, err := l.Last(t.Context(), 1, Filter{})
	if err != nil || len(got) != 1 || got[0] != entry(3) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, none := range []int{0, -1} {
		if got := rows(t, l, none, Filter{}); len(got) > 0 {
			t.Errorf("last %d: %v", none, got)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, Name)); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range []error{l.Append(ended, entry(4)), l.Append(ended), func() error { _, err := l.Last(ended, 1, Filter{}); return err }()} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
	if got := rows(t, l, 9, Filter{}); len(got) != 3 {
		t.Errorf("%v", got)
	}
}

func TestFilter(t *testing.T) {
	l := In(t.TempDir())
	boris, refused, upload := entry(2), entry(3), entry(4)
	boris.Who, refused.Refused, refused.Action, upload.Action = "boris", true, LoginRefused, Upload
	add(t, l, entry(1), boris, refused, upload, entry(5))
	for name, tt := range map[string]struct {
		f    Filter
		n    int
		want []int
	}{
		"all":           {Filter{}, 9, []int{5, 4, 3, 2, 1}},
		"who":           {Filter{Who: "boris"}, 9, []int{2}},
		"actions":       {Filter{Actions: []Action{Upload, LoginRefused}}, 9, []int{4, 3}},
		"refused":       {Filter{Refused: true}, 9, []int{3}},
		"time":          {Filter{From: entry(2).At, Before: entry(4).At}, 9, []int{3, 2}},
		"all together":  {Filter{Who: "anna", Actions: []Action{Download}, From: entry(2).At}, 9, []int{5}},
		"few of many":   {Filter{Who: "anna"}, 2, []int{5, 4}},
		"none":          {Filter{Who: "vera"}, 9, []int{}},
		"an address":    {Filter{Who: "192.0.2.7"}, 9, []int{}},
		"before it all": {Filter{Before: nine}, 9, []int{}},
	} {
		if got := rows(t, l, tt.n, tt.f); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// What cannot be kept of an entry is no reason to lose the rest of it.
func TestWithheldEntriesStand(t *testing.T) {
	l := In(t.TempDir())
	add(t, l, Entry{At: nine.In(time.FixedZone("MSK", 3*3600)), Who: "ivan@firm.example", Address: "::ffff:192.0.2.7", Action: LoginRefused, What: "79070000001", Rows: -1, Refused: true})
	add(t, l, Entry{At: nine, Action: Login, Address: "fe80::1%eth0"}, Entry{At: nine, Action: Login, Address: "a host"})
	got, err := l.Last(t.Context(), 9, Filter{})
	want := []Entry{
		{At: nine, Action: Login},
		{At: nine, Action: Login, Address: "fe80::1"},
		{At: nine, Who: Withheld, Address: "192.0.2.7", Action: LoginRefused, What: Withheld, Refused: true},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

// A file that was cut at any byte holds the lines that were whole, and goes on.
func TestCutLastLine(t *testing.T) {
	l := In(t.TempDir())
	add(t, l, entry(1), entry(2))
	whole, err := os.ReadFile(l.path(0))
	if err != nil {
		t.Fatal(err)
	}
	for size := range len(whole) + 1 {
		if err := os.WriteFile(l.path(0), whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(string(whole[:size]), "\n")
		if got := rows(t, l, 9, Filter{}); !slices.Equal(got, falling(lines, 1)) {
			t.Fatalf("cut at %d: %v", size, got)
		}
		add(t, l, entry(3))
		if got := rows(t, l, 9, Filter{}); !slices.Equal(got, append([]int{3}, falling(lines, 1)...)) {
			t.Fatalf("cut at %d, then written: %v", size, got)
		}
	}
}

func TestUnreadableLinesAreTold(t *testing.T) {
	l := In(t.TempDir())
	add(t, l, entry(1))
	line, err := json.Marshal(entry(3))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(l.path(0), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(f, "junk %s\n\n%s\n", strings.Repeat("x", 3*block), line); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := l.Last(t.Context(), 9, Filter{})
	if err != nil || !slices.Equal(got, []Entry{entry(3), {Action: Unreadable}, {Action: Unreadable}, entry(1)}) {
		t.Errorf("%+v, %v", got, err)
	}
}

// Lines are read from the end in blocks, wherever these meet.
func TestManyLines(t *testing.T) {
	l := In(t.TempDir())
	const many = 3000
	var all []Entry
	for n := range many {
		e := entry(n)
		e.What = strings.Repeat("x", n%maxText)
		all = append(all, e)
	}
	add(t, l, all...)
	if info, err := os.Stat(l.path(0)); err != nil || info.Size() < 4*block {
		t.Fatalf("%v, %v", info.Size(), err)
	}
	got, err := l.Last(t.Context(), many+1, Filter{})
	slices.Reverse(all)
	if err != nil || !slices.Equal(got, all) {
		t.Errorf("%d of %d, %v", len(got), many, err)
	}
}

// small puts a file aside after some lines.
func small(dir string, keep int) *Folder {
	l := In(dir)
	l.full, l.keep = 700, keep
	return l
}

func TestFullFilesArePutAside(t *testing.T) {
	dir := t.TempDir()
	l := small(dir, 3)
	for n := range 40 {
		add(t, l, entry(n))
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		info, err := f.Info()
		if err != nil || info.Size() > l.full || info.Size() == 0 || runtime.GOOS != "windows" && info.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", f.Name(), info, err)
		}
		names = append(names, f.Name())
	}
	if want := []string{"audit.1.jsonl", "audit.2.jsonl", "audit.3.jsonl", "audit.jsonl"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
	got := rows(t, l, 100, Filter{})
	if len(got) < 12 || len(got) > 20 || !slices.Equal(got, falling(39, 40-len(got))) {
		t.Errorf("%v", got)
	}
	if got := rows(t, l, 2, Filter{Before: entry(33).At}); !slices.Equal(got, []int{32, 31}) {
		t.Errorf("older ones: %v", got)
	}
}

func TestALineThatFillsAFile(t *testing.T) {
	l := small(t.TempDir(), 2)
	l.full = 10
	for n := range 4 {
		add(t, l, entry(n))
	}
	if got := rows(t, l, 9, Filter{}); !slices.Equal(got, []int{3, 2, 1}) {
		t.Errorf("%v", got)
	}
}

// Killed before any change of the disk, no line that was told of is lost, and nothing
// goes sooner than it would have.
func TestKilledBetweenChanges(t *testing.T) {
	errKilled := errors.New("killed")
	for at := 1; ; at++ {
		l := small(t.TempDir(), 30)
		l.full = 300
		changes, killed := 0, false
		l.disk = disk.Disk{Before: func(string) error {
			if changes++; changes == at {
				killed = true
				return errKilled
			}
			return nil
		}}
		var told []int
		for n := range 12 {
			err := l.Append(t.Context(), entry(n))
			if err != nil && !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			if err == nil {
				told = append([]int{n}, told...)
			}
		}
		if got := rows(t, l, 100, Filter{}); !slices.Equal(got, told) {
			t.Errorf("killed before change %d: %v, want %v", at, got, told)
		}
		if !killed {
			if at < 40 {
				t.Errorf("only %d changes", at)
			}
			return
		}
	}
}

func TestAtTheSameTime(t *testing.T) {
	l := small(t.TempDir(), 100)
	var group sync.WaitGroup
	for n := range 50 {
		group.Go(func() {
			if err := l.Append(t.Context(), entry(n)); err != nil {
				t.Error(err)
			}
			got, err := l.Last(t.Context(), 1000, Filter{})
			if err != nil || !slices.ContainsFunc(got, func(e Entry) bool { return e.Rows == n }) {
				t.Errorf("%d of %d, %v", n, len(got), err)
			}
		})
	}
	group.Wait()
	got := rows(t, l, 1000, Filter{})
	slices.Sort(got)
	slices.Reverse(got)
	if !slices.Equal(got, falling(49, 0)) {
		t.Errorf("%v", got)
	}
}

func BenchmarkAppend(b *testing.B) {
	l := In(b.TempDir())
	for b.Loop() {
		add(b, l, entry(1))
	}
}

// BenchmarkLast reads a page of a full log that has nothing the filter picks.
func BenchmarkLast(b *testing.B) {
	l := In(b.TempDir())
	all := make([]Entry, 60_000)
	for n := range all {
		all[n] = entry(n)
	}
	add(b, l, all...)
	for b.Loop() {
		if _, err := l.Last(b.Context(), 100, Filter{Who: "vera"}); err != nil {
			b.Fatal(err)
		}
	}
}
