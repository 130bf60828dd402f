package bolt_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store/bolt"
)

// check opens a store again and reads all of it.
func check(t testing.TB, o bolt.Options) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context()) // that of a test has ended when it cleans up
	s, err := bolt.Open(ctx, o)
	if err != nil {
		t.Errorf("open again: %v", err)
		return
	}
	if err := s.Check(ctx); err != nil {
		t.Errorf("check: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func TestOpenNamesTheHolder(t *testing.T) {
	since := time.Date(2026, time.November, 20, 23, 10, 0, 0, time.UTC)
	first := bolt.Options{Dir: t.TempDir(), Command: "obzvon run", Now: func() time.Time { return since }}
	s := open(t, first)

	second := bolt.Options{Dir: first.Dir, Command: "obzvon export", LockTimeout: time.Millisecond}
	_, err := bolt.Open(t.Context(), second)
	var locked *bolt.LockedError
	if !errors.Is(err, bolt.ErrLocked) || !errors.As(err, &locked) {
		t.Fatalf("error %v, want a LockedError", err)
	}
	host, _ := os.Hostname()
	want := bolt.Holder{PID: os.Getpid(), Command: "obzvon run", Host: host, Since: since}
	if locked.Holder != want {
		t.Errorf("holder %+v, want %+v", locked.Holder, want)
	}
	for _, word := range []string{"obzvon run", strconv.Itoa(os.Getpid()), host, "2026-11-20 23:10:00 UTC"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q does not name %q", err, word)
		}
	}
	holder := filepath.Join(first.Dir, "holder.json")
	if info, err := os.Stat(holder); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("holder file: %v, %v, want mode 0600", info, err)
	}

	for _, content := range []string{"{half", ""} {
		if err := os.WriteFile(holder, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := bolt.Open(t.Context(), second); !errors.Is(err, bolt.ErrLocked) || !strings.Contains(err.Error(), "another process") {
			t.Errorf("holder file %q: error %v", content, err)
		}
	}

	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(holder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("holder file after close: %v", err)
	}
}

func TestOpenWaitsForTheHolder(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir(), LockTimeout: time.Minute}
	s := open(t, o)
	opened := make(chan error)
	go func() {
		second, err := bolt.Open(t.Context(), o)
		if err == nil {
			err = second.Close()
		}
		opened <- err
	}()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Errorf("second: %v", err)
	}
}

func TestOpenGivesUpWithItsContext(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir(), LockTimeout: time.Hour}
	open(t, o)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := bolt.Open(ctx, o); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want context.DeadlineExceeded", err)
	}
}

func TestOpenToleratesAStaleHolder(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir(), Command: "obzvon run"}
	stale, err := json.Marshal(bolt.Holder{PID: 1, Command: "killed", Host: "elsewhere"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(o.Dir, "holder.json"), stale, 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, o)
	_, err = bolt.Open(t.Context(), o)
	if err == nil || strings.Contains(err.Error(), "killed") || !strings.Contains(err.Error(), "obzvon run") {
		t.Errorf("error %v, want one that names the present holder", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	setFormat := func(format string) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			t.Helper()
			edit(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("format"), []byte(format)) })
		}
	}
	for _, file := range []struct{ name, advice string }{{"registry.db", "pulled anew"}, {"state.db", "restore a backup"}} {
		for name, tt := range map[string]struct {
			spoil func(t *testing.T, path string)
			want  error
			says  string
		}{
			"a newer format":  {setFormat("9"), bolt.ErrFormat, "newer version"},
			"no format":       {setFormat("x"), bolt.ErrDamaged, file.advice},
			"text":            {overwrite(0, strings.Repeat("not a store ", 4000)), bolt.ErrDamaged, file.advice},
			"a cut file":      {cut(3 * 4096), bolt.ErrDamaged, file.advice},
			"a few bytes":     {cut(100), bolt.ErrDamaged, file.advice},
			"a page of zeros": {overwrite(2*4096, strings.Repeat("\x00", 1<<20)), bolt.ErrDamaged, file.advice},
			"a lost bucket":   {func(t *testing.T, path string) { t.Helper(); edit(t, path, loseBuckets) }, bolt.ErrDamaged, "lacks"},
			"another program's": {func(t *testing.T, path string) {
				t.Helper()
				edit(t, path, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("meta")) })
			}, bolt.ErrDamaged, "not a file of this program"},
		} {
			t.Run(file.name+" "+name, func(t *testing.T) {
				o := bolt.Options{Dir: t.TempDir()}
				s, err := bolt.Open(t.Context(), o)
				if err != nil {
					t.Fatal(err)
				}
				work(t, s)
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				tt.spoil(t, filepath.Join(o.Dir, file.name))
				for range 2 { // the first attempt must not hold a lock
					s, err = bolt.Open(t.Context(), o)
					if err == nil {
						t.Fatal("opened", s.Close())
					}
					if !errors.Is(err, tt.want) || !strings.Contains(fmt.Sprint(err), tt.says) || !strings.Contains(err.Error(), file.name) {
						t.Errorf("error %v, want %v that says %q", err, tt.want, tt.says)
					}
				}
			})
		}
	}
}

func TestOpenAnEmptyFile(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	for _, name := range []string{"state.db", "registry.db"} {
		if err := os.WriteFile(filepath.Join(o.Dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	open(t, o)
}

func TestOpenPlainSystemErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"no folder": "", "a file": file, "below a file": filepath.Join(file, "x")} {
		if _, err := bolt.Open(t.Context(), bolt.Options{Dir: dir}); err == nil || errors.Is(err, bolt.ErrDamaged) {
			t.Errorf("%s: error %v, want one of the system", name, err)
		}
	}
}

func loseBuckets(tx *bbolt.Tx) error {
	for _, name := range []string{"stops", "rows"} {
		if tx.Bucket([]byte(name)) != nil {
			return tx.DeleteBucket([]byte(name))
		}
	}
	return errors.New("nothing to lose")
}

func edit(t *testing.T, path string, fn func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(fn), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func cut(size int64) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		t.Helper()
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
	}
}

// overwrite writes into a file without making it longer.
func overwrite(at int64, text string) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		copy(data[at:], text)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
