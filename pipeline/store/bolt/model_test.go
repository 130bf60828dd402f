package bolt_test

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"time"

	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/memory"
	"obzvon/pipeline/store/storetest"
)

// TestAgainstMemory executes random programs on both stores.
func TestAgainstMemory(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for range 12 {
		program := make([]byte, 0, 800)
		for len(program) < cap(program) {
			program = binary.LittleEndian.AppendUint64(program, random.Uint64())
		}
		agree(t, program)
	}
}

func FuzzAgainstMemory(f *testing.F) {
	f.Add([]byte{2, 0, 1, 1, 3, 5, 5, 5})
	f.Add([]byte("commit, replace, join, decide, replace again"))
	f.Fuzz(func(t *testing.T, program []byte) {
		agree(t, program[:min(len(program), 400)])
	})
}

func rest(t *testing.T, s store.Store) string {
	t.Helper()
	out, err := storetest.Rest(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func agree(t *testing.T, program []byte) {
	t.Helper()
	onDisk := open(t, bolt.Options{Dir: t.TempDir(), ReplaceBatch: 2})
	want := memory.New()
	for len(program) > 0 {
		part := program[:min(100, len(program))]
		program = program[len(part):]
		if err := storetest.Execute(t.Context(), onDisk, part); err != nil {
			t.Fatalf("program %v: %v", part, err)
		}
		if err := storetest.Execute(t.Context(), want, part); err != nil {
			t.Fatalf("program %v: in memory: %v", part, err)
		}
		if got, want := dump(t, onDisk)+rest(t, onDisk), dump(t, want)+rest(t, want); got != want {
			t.Fatalf("program %v: on disk\n%s\nin memory\n%s", part, got, want)
		}
	}
}
