package memory_test

import (
	"testing"

	"go.uber.org/goleak"

	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
	"obzvon/pipeline/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		s := memory.New()
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
		return s
	})
}
