package fetch

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"
	"testing"
)

func packed(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, name := range names {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if i > 4 {
			h.Method = zip.Store // packing 65 thousand takes its time
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if len(name) > 0 && name[len(name)-1] != '/' {
			if _, err := f.Write(bytes.Repeat([]byte(name), 5)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestLayoutAgreesWithTheZip holds the places against those that archive/zip
// finds by way of the local headers.
func TestLayoutAgreesWithTheZip(t *testing.T) {
	var many []string
	for i := range 1<<16 + 5 { // more than fit into the plain end record: zip64
		many = append(many, strconv.Itoa(i))
	}
	for _, names := range [][]string{{"a"}, {"a.xml", "d/", "d/b.xml", "ж.xml"}, many} {
		data := packed(t, names...)
		l, err := layoutOf(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		if len(l.members) != len(z.File) || len(l.lostHeaders(bytes.NewReader(data))) != 0 {
			t.Fatalf("%d members of %d, lost %v", len(l.members), len(z.File), l.lostHeaders(bytes.NewReader(data)))
		}
		at := int64(0)
		for i, f := range z.File {
			m := l.members[i]
			offset, err := f.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			if m.name != f.Name || m.from != at || offset <= m.from || m.to < offset+int64(f.CompressedSize64) {
				t.Fatalf("%+v, want %s from %d with data at %d", m, f.Name, at, offset)
			}
			at = m.to
		}
		if at != l.list.from || l.list.to != int64(len(data)) {
			t.Errorf("members end at %d, the list is %+v of %d", at, l.list, len(data))
		}
		if len(names) > 4 {
			continue
		}
		for i := range l.members {
			broken := bytes.Clone(data)
			broken[l.members[i].from] = 'X'
			if lost := l.lostHeaders(bytes.NewReader(broken)); !slices.Equal(lost, []span{l.members[i].span}) {
				t.Errorf("member %d: lost %v", i, lost)
			}
		}
	}
}

// TestFarMember: beyond 4 GiB a place stands in the zip64 field, after the
// sizes that did not fit either.
func TestFarMember(t *testing.T) {
	far := uint64(7 << 32)
	for fit := range 4 {
		entry := make([]byte, listLen)
		binary.LittleEndian.PutUint32(entry[42:], none32)
		var field []byte
		for i, at := range []int{24, 20} {
			if fit&(1<<i) != 0 {
				binary.LittleEndian.PutUint32(entry[at:], none32)
				field = binary.LittleEndian.AppendUint64(field, 5)
			}
		}
		field = binary.LittleEndian.AppendUint64(field, far)
		extra := append([]byte{9, 9, 1, 0, 7, 1, 0, byte(len(field)), 0}, field...)
		if got := headerAt(entry, extra); got != int64(far) {
			t.Errorf("%d, want %d", got, far)
		}
		if got := headerAt(entry, extra[:len(extra)-1]); got != -1 {
			t.Errorf("a field that is cut: %d", got)
		}
	}
}

func TestMerge(t *testing.T) {
	got := merge([]span{{5, 9}, {0, 2}, {2, 3}, {20, 30}, {8, 10}})
	if want := []span{{0, 3}, {5, 10}, {20, 30}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// FuzzLayout: whatever the bytes, places lie inside them and in front of the
// list.
func FuzzLayout(f *testing.F) {
	f.Add(packed(f, "a.xml", "d/", "b.xml"))
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := layoutOf(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		l.lostHeaders(bytes.NewReader(data))
		for _, m := range l.members {
			if m.from < 0 || m.to <= m.from || m.to > l.list.from || l.list.to != int64(len(data)) {
				t.Fatalf("%+v of %+v in %d bytes", m, l.list, len(data))
			}
		}
	})
}

func TestContentRange(t *testing.T) {
	for text, want := range map[string][4]int64{
		"bytes 5-9/10": {5, 9, 10, 1}, "bytes 0-0/*": {0, 0, -1, 1}, "bytes */10": {-1, -1, 10, 1},
		"": {}, "bytes": {}, "bytes 5-9": {}, "bytes 9-5/10": {}, "bytes 5-10/10": {}, "bytes -5/10": {}, "bytes a-b/c": {}, "bytes */*": {}, "items 1-2/3": {},
		"bytes 1-2/-3": {}, "bytes 99999999999999999999-3/4": {},
	} {
		from, to, total, ok := contentRange(text)
		if ok != (want[3] == 1) || ok && [3]int64{from, to, total} != [3]int64(want[:3]) {
			t.Errorf("%q: %d %d %d %t", text, from, to, total, ok)
		}
	}
}

func FuzzContentRange(f *testing.F) {
	f.Add("bytes 5-9/10")
	f.Add("bytes */10")
	f.Fuzz(func(t *testing.T, text string) {
		from, to, total, ok := contentRange(text)
		if ok && (from > to || total >= 0 && to >= total || from < -1) {
			t.Fatalf("%q: %d %d %d", text, from, to, total)
		}
	})
}

func TestTitle(t *testing.T) {
	for page, want := range map[string]string{
		"<html><TITLE> Доступ \n ограничен </title>": ` of the title "Доступ ограничен"`,
		"<title>": "", "<title></title>": "", "no": "", "<title>\xff\xfe</title>": "",
	} {
		if got := titleOf([]byte(page)); got != want {
			t.Errorf("%q: %q, want %q", page, got, want)
		}
	}
}
