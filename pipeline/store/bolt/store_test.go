package bolt_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

func TestMain(m *testing.M) {
	if dir := childDir(); dir != "" {
		childMain(dir)
		return
	}
	if job := os.Getenv(jobEnv); job != "" {
		jobMain(job)
		return
	}
	goleak.VerifyTestMain(m)
}

func TestStore(t *testing.T) {
	for name, batch := range map[string]int{"one batch": 0, "many batches": 7} {
		t.Run(name, func(t *testing.T) {
			storetest.Run(t, func(t *testing.T) store.Store {
				return open(t, bolt.Options{Dir: t.TempDir(), ReplaceBatch: batch})
			})
		})
	}
}

// open opens a store that is closed, opened again and checked when the test
// ends, whether or not the test closed it.
func open(t testing.TB, o bolt.Options) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		check(t, o)
	})
	return s
}
