package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
)

// raw is a member whose headers may lie.
type raw struct {
	name string
	size uint64 // declared
	data []byte // packed by deflate
	sum  uint32
}

func packed(t *testing.T, data io.Reader) (out []byte, sum uint32) {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	crc := crc32.NewIEEE()
	if _, err := io.Copy(io.MultiWriter(w, crc), data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), crc.Sum32()
}

func writeZip(t *testing.T, path string, members ...raw) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: m.name, Method: zip.Deflate, CRC32: m.sum, UncompressedSize64: m.size, CompressedSize64: uint64(len(m.data)),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(m.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, path, b.Bytes())
}

// registryMember is a sound member of the registry under a name.
func registryMember(t *testing.T, name string) raw {
	t.Helper()
	text := memberText(0)
	data, sum := packed(t, strings.NewReader(text))
	return raw{name, uint64(len(text)), data, sum}
}

const bombSize = 200 << 20

// spaces is a document of the registry that goes on with spaces for ever.
func spaces() io.Reader {
	head := `<?xml version="1.0" encoding="UTF-8"?><Файл ИдФайл="VO_x" ВерсФорм="4.06" ТипИнф="РЕЕСТРМСП" КолДок="1">`
	return io.LimitReader(io.MultiReader(strings.NewReader(head), blank{}), bombSize)
}

type blank struct{}

func (blank) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

func zipBomb(t *testing.T, path string) {
	data, sum := packed(t, spaces())
	writeZip(t, path, raw{fmt.Sprintf(hostileMember, 1), bombSize, data, sum})
}

// lyingBomb declares a size that no ratio gives away.
func lyingBomb(t *testing.T, path string) {
	data, sum := packed(t, spaces())
	writeZip(t, path, raw{fmt.Sprintf(hostileMember, 1), 1 << 20, data, sum})
}

func pathOutside(t *testing.T, path string) {
	writeZip(t, path, registryMember(t, "../../"+fmt.Sprintf(hostileMember, 1)))
}

func nestedZip(t *testing.T, path string) {
	writeZip(t, path, registryMember(t, fmt.Sprintf(hostileMember, 1)))
	inner, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data, sum := packed(t, bytes.NewReader(inner))
	writeZip(t, path, raw{"inner.zip", uint64(len(inner)), data, sum})
}

func hugeMember(t *testing.T, path string) {
	m := registryMember(t, fmt.Sprintf(hostileMember, 1))
	m.size = 50 << 30
	writeZip(t, path, m)
}

// sharedBytes lists one member's bytes twice.
func sharedBytes(t *testing.T, path string) {
	writeZip(t, path, registryMember(t, fmt.Sprintf(hostileMember, 1)), registryMember(t, fmt.Sprintf(hostileMember, 2)))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	second := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[second+42:], 0) // where its local header stands
	write(t, path, data)
}

// manyMembers declares ten million members in a file that has room for them
// and is all holes.
func manyMembers(t *testing.T, path string) {
	const members, entry = 10_000_000, 46
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	at := uint64(entry + members*entry)
	end := binary.LittleEndian.AppendUint64([]byte("PK\x06\x06"), 44)
	end = append(end, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	for _, v := range []uint64{members, members, members * entry, entry} {
		end = binary.LittleEndian.AppendUint64(end, v)
	}
	end = binary.LittleEndian.AppendUint64(append(end, "PK\x06\x07\x00\x00\x00\x00"...), at)
	end = append(end, 1, 0, 0, 0)
	end = append(end, "PK\x05\x06\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00"...)
	_, headErr := f.WriteAt([]byte("PK\x03\x04"), 0)
	_, endErr := f.WriteAt(end, int64(at))
	for _, err := range []error{headErr, endErr, f.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
}
