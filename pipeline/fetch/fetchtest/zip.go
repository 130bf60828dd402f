package fetchtest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"obzvon/pipeline/fetch/disk"
)

// Zip makes an archive of so many members of so many bytes each. The same seed
// gives the same archive.
func Zip(t testing.TB, seed uint64, members, size int) []byte {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 0))
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range members {
		f, err := w.Create(fmt.Sprintf("VO_%03d.xml", i))
		if err != nil {
			t.Fatal(err)
		}
		content := make([]byte, size)
		for j := range content {
			content[j] = "<>/\"= АБВ0123456789"[random.IntN(19)]
		}
		if _, err := f.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ErrKilled is what a disk answers once it is dead.
var ErrKilled = errors.New("killed")

// Killed makes a disk that dies before its n-th change, counted from 0, and
// tells whether it has. Nothing is changed after that, as after SIGKILL.
func Killed(n int) (d disk.Disk, dead func() bool) {
	var mu sync.Mutex
	left := n
	d.Before = func(string) error {
		mu.Lock()
		defer mu.Unlock()
		if left <= 0 {
			left = -1
			return ErrKilled
		}
		left--
		return nil
	}
	return d, func() bool {
		mu.Lock()
		defer mu.Unlock()
		return left < 0
	}
}
