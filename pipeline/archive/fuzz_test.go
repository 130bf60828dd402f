package archive

import (
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"testing"

	"obzvon/pipeline"
)

// FuzzOpen: whatever the bytes, no panic; every refusal is one of the named
// errors; what is read has the declared size and checksum, and the limits
// hold.
func FuzzOpen(f *testing.F) {
	data, dir := build(f, entry{name: "a.xml", data: bytes.Repeat([]byte("abc"), 40)}, entry{name: "b/c.xml", data: []byte("b"), store: true})
	f.Add(data)
	f.Add(data[:len(data)-3])
	at := len(data) - endLen
	f.Add(append(data[:at:at], endRecord64(2, uint64(at-dir), uint64(dir), uint64(at))...))
	f.Add(standard(f, map[string]string{"x.xml": "<x/>"}, "x.xml"))
	f.Add([]byte("<html>"))
	limits := Limits{Members: 100, Member: 1 << 20, Total: 4 << 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := open(data, limits)
		if err != nil {
			checkNamed(t, err)
			return
		}
		var total int64
		for _, m := range a.Members() {
			if !safeName(m.Name) {
				t.Errorf("name %q", m.Name)
			}
			total += m.Size
			r, err := m.Open()
			if err != nil {
				checkNamed(t, err)
				continue
			}
			sum := crc32.NewIEEE()
			n, err := io.Copy(sum, r)
			switch {
			case n > m.Size || n > limits.Member:
				t.Errorf("%d bytes of %d declared", n, m.Size)
			case err != nil:
				checkNamed(t, err)
			case n != m.Size || sum.Sum32() != m.f.CRC32:
				t.Errorf("%d of %d bytes and checksum %x of %x pass for whole", n, m.Size, sum.Sum32(), m.f.CRC32)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		}
		if len(a.Members()) > limits.Members || total > limits.Total {
			t.Errorf("%d members of %d bytes", len(a.Members()), total)
		}
	})
}

func checkNamed(t *testing.T, err error) {
	t.Helper()
	for _, want := range []error{pipeline.ErrUnknownForm, pipeline.ErrDamaged, pipeline.ErrTooLarge, pipeline.ErrEmpty} {
		if errors.Is(err, want) {
			return
		}
	}
	t.Errorf("error without a name: %v", err)
}
