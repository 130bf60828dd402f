package bolt_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

// TestCompactOpen: an open store is rewritten beside readers and writers, holds what
// it held, and nobody else gets it meanwhile or afterwards.
func TestCompactOpen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("renames no open file")
	}
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	workOnDoomed(t, s)
	want := holdings(t, s)
	const secret = "79070001122"
	if _, err := s.AddStops(t.Context(), []store.Stop{{Kind: store.StopPhone, Value: secret, Reason: "refused"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveStop(t.Context(), store.StopPhone, secret, "refused"); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var beside sync.WaitGroup
	for range 4 {
		beside.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if got := holdings(t, s); got != want {
					t.Error("readers see something else")
					return
				}
			}
		})
	}
	beside.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			if _, err := s.AddStops(t.Context(), nil); err != nil {
				t.Error(err)
				return
			}
			if _, err := bolt.Open(t.Context(), o); !errors.Is(err, bolt.ErrLocked) {
				t.Errorf("somebody else opened it: %v", err)
				return
			}
		}
	})
	for range 5 {
		sizes, err := s.Compact(t.Context())
		if err != nil || sizes.After == 0 || sizes.After > sizes.Before || sizes.StateAfter == 0 || sizes.StateAfter > sizes.StateBefore {
			t.Errorf("%+v, %v", sizes, err)
		}
	}
	close(done)
	beside.Wait()
	for _, name := range []string{"state.db", "registry.db"} {
		data, err := os.ReadFile(filepath.Join(o.Dir, name))
		if err != nil || bytes.Contains(data, []byte(secret)) {
			t.Errorf("%s still holds what was erased: %v", name, err)
		}
	}
	closeStore(t, s)
	s = open(t, o)
	if got := holdings(t, s); got != want {
		t.Error("it holds something else afterwards")
	}
	closeStore(t, s)
}
