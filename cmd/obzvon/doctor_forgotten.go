package main

import (
	"context"
	"errors"

	"obzvon/pipeline/erasure"
	"obzvon/pipeline/store"
)

// forgottenKey tells whether what was forgotten can still be told from anything
// else: nothing is said where nothing was forgotten.
func forgottenKey(ctx context.Context, s store.Erasure, dir string) []finding {
	f := finding{What: "forgotten", Detail: "what was forgotten is not taken in again; its key is in no backup"}
	digests, err := s.Forgotten(ctx)
	if err == nil && len(digests) == 0 {
		return nil
	}
	var key *erasure.Key
	if err == nil {
		key, err = erasure.ReadKey(dir)
	}
	if err == nil {
		_, err = erasure.New(key, digests)
	}
	switch {
	case err == nil:
		f.OK = true
	case errors.Is(err, erasure.ErrKey):
		f.Detail, f.Advice = err.Error(), "put your copy of the key back; if there is none: obzvon forget --key-lost, and forget anew"
	default:
		f.Detail, f.Advice = err.Error(), "restore a backup, and put your copy of the key back"
	}
	return []finding{f}
}
