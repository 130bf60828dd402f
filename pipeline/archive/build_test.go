package archive

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"

	"github.com/klauspost/compress/flate"
)

// entry is one member of a zip made by hand, so that its headers can lie.
type entry struct {
	name    string
	data    []byte
	store   bool
	method  uint16 // instead of deflate
	flags   uint16
	size    int64   // declared instead of the real one; 0 = the real one
	crc     *uint32 // declared instead of the real one
	spoil   bool    // break a byte of the packed data
	at      int     // 1 + index of the entry whose local header the directory names; 0 = its own
	badHead bool    // no local header where it should be
}

// build writes a zip. It returns the bytes and where the directory begins.
func build(t testing.TB, entries ...entry) ([]byte, int) {
	t.Helper()
	var out, dir bytes.Buffer
	var offsets []int
	for _, e := range entries {
		offsets = append(offsets, out.Len())
		packed, method := e.data, uint16(0)
		if !e.store {
			packed, method = deflate(t, e.data), 8
		}
		if e.method != 0 {
			method = e.method
		}
		if e.spoil {
			packed = bytes.Clone(packed)
			packed[len(packed)/2] ^= 0x55
		}
		crc := crc32.ChecksumIEEE(e.data)
		if e.crc != nil {
			crc = *e.crc
		}
		size := int64(len(e.data))
		if e.size != 0 {
			size = e.size
		}
		common := binary.LittleEndian.AppendUint16(nil, 20)
		common = binary.LittleEndian.AppendUint16(common, e.flags)
		common = binary.LittleEndian.AppendUint16(common, method)
		common = append(common, 0, 0, 0, 0) // time and date
		common = binary.LittleEndian.AppendUint32(common, crc)
		common = binary.LittleEndian.AppendUint32(common, uint32(len(packed)))
		common = binary.LittleEndian.AppendUint32(common, uint32(size))
		common = binary.LittleEndian.AppendUint16(common, uint16(len(e.name)))
		common = append(common, 0, 0) // extra
		head := localSignature
		if e.badHead {
			head = "XX\x03\x04"
		}
		out.WriteString(head)
		out.Write(common)
		out.WriteString(e.name)
		out.Write(packed)

		offset := offsets[len(offsets)-1]
		if e.at > 0 {
			offset = offsets[e.at-1]
		}
		dir.WriteString(directorySignature + "\x14\x00")
		dir.Write(common)
		dir.Write(make([]byte, 10)) // comment, disk, attributes
		dir.Write(binary.LittleEndian.AppendUint32(nil, uint32(offset)))
		dir.WriteString(e.name)
	}
	start := out.Len()
	out.Write(dir.Bytes())
	out.Write(endRecord(len(entries), dir.Len(), start))
	return out.Bytes(), start
}

func endRecord(members, size, offset int) []byte {
	b := append([]byte(endSignature), 0, 0, 0, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(members))
	b = binary.LittleEndian.AppendUint16(b, uint16(members))
	b = binary.LittleEndian.AppendUint32(b, uint32(size))
	b = binary.LittleEndian.AppendUint32(b, uint32(offset))
	return append(b, 0, 0)
}

// endRecord64 is the zip64 end record, its locator and the old end record
// that sends readers there.
func endRecord64(members, size, offset, at uint64) []byte {
	b := binary.LittleEndian.AppendUint64([]byte(end64Signature), end64Len-12)
	b = append(b, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	for _, v := range []uint64{members, members, size, offset} {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	b = append(b, locatorSignature+"\x00\x00\x00\x00"...)
	b = binary.LittleEndian.AppendUint64(b, at)
	b = append(b, 1, 0, 0, 0)
	return append(b, endRecord(0xffff, 0xffffffff, 0xffffffff)...)
}

func deflate(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// standard writes a zip as ordinary programs do, with data descriptors.
func standard(t testing.TB, members map[string]string, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(members[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
