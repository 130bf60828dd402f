package bolt_test

import (
	"context"
	"testing"

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
