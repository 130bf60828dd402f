package archive

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
)

// counting counts what is read and fails from a place on, if that is not 0.
type counting struct {
	r    io.ReaderAt
	n    int64
	fail int64
}

var errDisk = errors.New("the disk is gone")

func (c *counting) ReadAt(b []byte, off int64) (int, error) {
	if c.fail > 0 && off+int64(len(b)) > c.fail {
		return 0, errDisk
	}
	n, err := c.r.ReadAt(b, off)
	c.n += int64(n)
	return n, err
}

func digest(t *testing.T, data []byte) []byte {
	t.Helper()
	sum, ok, err := DirectoryDigest(bytes.NewReader(data), int64(len(data)))
	if err != nil || !ok || len(sum) == 0 {
		t.Fatalf("%x, %t, %v", sum, ok, err)
	}
	return sum
}

func TestDirectoryDigest(t *testing.T) {
	a, b := []byte("one and two"), []byte("three")
	data, _ := build(t, entry{name: "1.xml", data: a}, entry{name: "2.xml", data: b})
	sum := digest(t, data)
	if !bytes.Equal(sum, digest(t, slices.Clone(data))) {
		t.Error("equal files have different digests")
	}
	for name, other := range map[string][]entry{
		"another content": {{name: "1.xml", data: []byte("one and six")}, {name: "2.xml", data: b}},
		"another name":    {{name: "3.xml", data: a}, {name: "2.xml", data: b}},
		"another order":   {{name: "2.xml", data: b}, {name: "1.xml", data: a}},
		"one less":        {{name: "1.xml", data: a}},
		"stored":          {{name: "1.xml", data: a, store: true}, {name: "2.xml", data: b}},
	} {
		if changed, _ := build(t, other...); bytes.Equal(sum, digest(t, changed)) {
			t.Errorf("%s: the same digest", name)
		}
	}
}

// A release has gigabytes of members and a megabyte of directory.
func TestDirectoryDigestReadsNoMembers(t *testing.T) {
	big := make([]byte, 4<<20)
	data, start := build(t, entry{name: "1.xml", data: big, store: true})
	r := &counting{r: bytes.NewReader(data)}
	if _, ok, err := DirectoryDigest(r, int64(len(data))); !ok || err != nil {
		t.Fatalf("%t, %v", ok, err)
	}
	if limit := int64(SniffLen+2*(len(data)-start)) + endLen + commentMax; r.n > limit {
		t.Errorf("%d bytes read, want at most %d", r.n, limit)
	}
}

func TestDirectoryDigestOfWhatIsNoZip(t *testing.T) {
	data, start := build(t, entry{name: "1.xml", data: []byte("one")})
	spoiled := slices.Clone(data)
	spoiled[start] = 'X'
	for name, content := range map[string][]byte{
		"nothing":            {},
		"XML":                []byte("<Файл/>"),
		"a page":             []byte("<!DOCTYPE html><html></html>"),
		"cut off":            data[:len(data)-5],
		"a broken directory": spoiled,
	} {
		if sum, ok, err := DirectoryDigest(bytes.NewReader(content), int64(len(content))); ok || err != nil || sum != nil {
			t.Errorf("%s: %x, %t, %v", name, sum, ok, err)
		}
	}
}

func TestDirectoryDigestOfAFileThatCannotBeRead(t *testing.T) {
	data, start := build(t, entry{name: "1.xml", data: []byte("one")})
	for _, from := range []int64{1, int64(start) + 1} {
		r := &counting{r: bytes.NewReader(data), fail: from}
		if _, ok, err := DirectoryDigest(r, int64(len(data))); ok || !errors.Is(err, errDisk) {
			t.Errorf("from byte %d: %t, %v", from, ok, err)
		}
	}
}

func FuzzDirectoryDigest(f *testing.F) {
	data, _ := build(f, entry{name: "1.xml", data: []byte("one")})
	f.Add(data)
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sum, ok, err := DirectoryDigest(bytes.NewReader(data), int64(len(data)))
		if err != nil || ok != (len(sum) == 32) {
			t.Errorf("%x, %t, %v", sum, ok, err)
		}
		// What can be opened has a digest, so that nothing is read twice.
		if _, err := Open(bytes.NewReader(data), int64(len(data)), Limits{}); err == nil && !ok {
			t.Error("opens, yet has no digest")
		}
	})
}
