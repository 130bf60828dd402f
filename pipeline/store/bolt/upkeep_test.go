package bolt_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

func TestCompact(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir(), Command: "obzvon compact"}
	s := open(t, o)
	work(t, s)
	grow := store.Replacement{Source: "egrul", Day: firstDay, Release: pipeline.Release{Whole: true}}
	for _, n := range []int{20000, 10} {
		_, err := s.Replace(t.Context(), grow, packed(each(n, func(i int) company.Observation {
			o := registered(i, firstDay)
			o.Source = "egrul"
			return o
		})))
		if err != nil {
			t.Fatal(err)
		}
	}
	want := dump(t, s)
	if _, err := bolt.Compact(t.Context(), o); !errors.Is(err, bolt.ErrLocked) {
		t.Errorf("held: error %v, want ErrLocked", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"registry.db.compact", "state.db.compact"} {
		if err := os.WriteFile(filepath.Join(o.Dir, name), []byte("left by a kill"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sizes, err := bolt.Compact(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(o.Dir, "registry.db"))
	if err != nil {
		t.Fatal(err)
	}
	if sizes.After != info.Size() || sizes.After >= sizes.Before || sizes.StateAfter > sizes.StateBefore || sizes.StateAfter == 0 {
		t.Errorf("sizes %+v, the file has %d", sizes, info.Size())
	}
	if got := dump(t, open(t, o)); got != want {
		t.Errorf("compacted store:\n%s\nwant\n%s", got, want)
	}
	for _, name := range []string{"registry.db.compact", "state.db.compact"} {
		if _, err := os.Stat(filepath.Join(o.Dir, name)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("temporary file %s: %v", name, err)
		}
	}
	if info, err := os.Stat(filepath.Join(o.Dir, "state.db")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("state: %v, %v", info, err)
	}
}

func TestCompactNothing(t *testing.T) {
	if _, err := bolt.Compact(t.Context(), bolt.Options{Dir: t.TempDir()}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v, want os.ErrNotExist", err)
	}
}

func TestDropRegistry(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	work(t, s)
	before := dump(t, s)
	if err := s.DropRegistry(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	after := dump(t, s)
	for _, line := range strings.Split(strings.TrimSpace(after), "\n") {
		kind, _, _ := strings.Cut(line, " ")
		switch kind {
		case "decisions", "list", "owners", "stops", "marks", "result", "forgotten":
			if !strings.Contains(before, line+"\n") {
				t.Errorf("state changed: %s", line)
			}
		case "join":
			if !strings.Contains(line, "Manual:true") {
				t.Errorf("a join that nobody confirmed: %s", line)
			}
		case "tag", "note", "since", "index":
			if line != "tag  all true" && line != "index  all true" && line != "note " && line != "since " {
				t.Errorf("left: %s", line)
			}
		default:
			t.Errorf("left: %s", line)
		}
	}
	if !strings.Contains(after, "join ") {
		t.Error("the join that a person confirmed is lost")
	}
	if v, err := s.Visit(t.Context(), "website", "a"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("visit %+v, %v, want none", v, err)
	}
	if n, err := s.Claimed(t.Context(), "website", firstDay); err != nil || n != 0 {
		t.Errorf("%d claimed, %v, want none", n, err)
	}
	if p, err := s.Pull(t.Context(), "2gis"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("pull %+v, %v, want none", p, err)
	}
	work(t, s)
	if got := dump(t, s); got != before {
		t.Errorf("rebuilt store:\n%s\nwant\n%s", got, before)
	}
}

// A kill between the decision and the join leaves them apart; opening mends it.
func TestOpenAppliesDecisions(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	id := store.ObservationID{Source: "2gis", Key: "000007"}
	if err := s.Decide(t.Context(), store.Decision{ID: id, INN: storetest.INN(7), By: "анна"}); err != nil {
		t.Fatal(err)
	}
	want := dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// The registry as it would be had the join not been taken out.
	path := filepath.Join(o.Dir, "registry.db")
	edit(t, path, func(tx *bbolt.Tx) error {
		key := []byte("2gis\x00000007")
		inn := string(storetest.INN(7))
		value := append([]byte{0x93, 0xa0 | byte(len(inn))}, inn...)
		value = append(value, 0xc2, 0x90)
		return errors.Join(tx.Bucket([]byte("joins")).Put(key, value),
			tx.Bucket([]byte("joined")).Put(append([]byte(inn+"\x00"), key...), nil))
	})
	if got := dump(t, open(t, o)); got != want {
		t.Errorf("store:\n%s\nwant\n%s", got, want)
	}
}
