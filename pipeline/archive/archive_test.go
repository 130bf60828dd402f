package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"obzvon/pipeline"
)

func open(data []byte, limits Limits) (*Archive, error) {
	return Open(bytes.NewReader(data), int64(len(data)), limits)
}

func mustOpen(t *testing.T, data []byte, limits Limits) []Member {
	t.Helper()
	a, err := open(data, limits)
	if err != nil {
		t.Fatal(err)
	}
	return a.Members()
}

func content(m Member) (string, error) {
	r, err := m.Open()
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(r)
	return string(b), errors.Join(err, r.Close())
}

func TestReadsWhatOrdinaryProgramsWrite(t *testing.T) {
	want := map[string]string{"b.xml": strings.Repeat("документ ", 5000), "folder/a.xml": "<a/>", "empty.xml": "", "folder/": ""}
	data := standard(t, want, "b.xml", "folder/", "folder/a.xml", "empty.xml")
	members := mustOpen(t, data, Limits{})
	var names []string
	for _, m := range members {
		names = append(names, m.Name)
		got, err := content(m)
		if err != nil || got != want[m.Name] || int64(len(got)) != m.Size {
			t.Errorf("%s: %d bytes of %d, %v", m.Name, len(got), m.Size, err)
		}
	}
	if got := strings.Join(names, " "); got != "b.xml folder/a.xml empty.xml" {
		t.Errorf("members %q", got)
	}
}

func TestMembersAreReadAtTheSameTimeAndAgain(t *testing.T) {
	var entries []entry
	for i := range 20 {
		entries = append(entries, entry{name: fmt.Sprintf("%d.xml", i), data: bytes.Repeat([]byte{byte('a' + i)}, 10_000+i), store: i%5 == 0})
	}
	data, _ := build(t, entries...)
	members := mustOpen(t, data, Limits{})
	var wg sync.WaitGroup
	for range 3 {
		for i, m := range members {
			wg.Go(func() {
				if got, err := content(m); err != nil || got != string(entries[i].data) {
					t.Errorf("%s: %d bytes, %v", m.Name, len(got), err)
				}
			})
		}
	}
	wg.Wait()
}

func TestNamesOfOldRussianPackers(t *testing.T) {
	data, _ := build(t, entry{name: "\x90\xa5\xa5\xe1\xe2\xe0.xml", data: []byte("x")})
	if got := mustOpen(t, data, Limits{})[0].Name; got != "Реестр.xml" {
		t.Errorf("name %q, want code page 866", got)
	}
}

func TestNestedZipStaysClosed(t *testing.T) {
	inner, _ := build(t, entry{name: "x.xml", data: []byte("x")})
	data, _ := build(t, entry{name: "inner.zip", data: inner})
	members := mustOpen(t, data, Limits{})
	if len(members) != 1 || members[0].Name != "inner.zip" {
		t.Fatalf("members %v", members)
	}
	if got, err := content(members[0]); err != nil || got != string(inner) {
		t.Errorf("the inner zip's bytes differ: %v", err)
	}
}

// TestRefusedAtOnce holds what Open must not accept.
func TestRefusedAtOnce(t *testing.T) {
	two, dir := build(t, entry{name: "a.xml", data: []byte("aaaa")}, entry{name: "b.xml", data: []byte("bbbb")})
	named := func(name string) []byte { b, _ := build(t, entry{name: name, data: []byte("x")}); return b }
	overlap, _ := build(t, entry{name: "a.xml", data: []byte("a")}, entry{name: "b.xml", data: []byte("a"), at: 1})
	noHead, _ := build(t, entry{name: "a.xml", data: []byte("a")}, entry{name: "b.xml", data: []byte("b"), badHead: true})
	moved := bytes.Replace(two, endRecord(2, len(two)-dir-endLen, dir), endRecord(2, len(two)-dir-endLen, dir-1), 1)
	fewer := bytes.Replace(two, endRecord(2, len(two)-dir-endLen, dir), endRecord(1, len(two)-dir-endLen, dir), 1)
	more := bytes.Replace(two, endRecord(2, len(two)-dir-endLen, dir), endRecord(3, len(two)-dir-endLen, dir), 1)
	disk := bytes.Clone(two)
	disk[len(two)-endLen+4] = 1
	broken := bytes.Clone(two)
	broken[dir+directoryLen+len("a.xml")] = 'X'
	for _, c := range []struct {
		name   string
		data   []byte
		limits Limits
		want   error
		words  string
	}{
		{"empty file", nil, Limits{}, pipeline.ErrEmpty, "empty"},
		{"HTML page", []byte("<!DOCTYPE html><html><body>502</body></html>"), Limits{}, pipeline.ErrUnknownForm, "an HTML page"},
		{"old workbook", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)), Limits{}, pipeline.ErrUnknownForm, ".xls"},
		{"XML", []byte(`<?xml version="1.0"?><Файл/>`), Limits{}, pipeline.ErrUnknownForm, "an XML document"},
		{"gzip", []byte("\x1f\x8b\x08\x00"), Limits{}, pipeline.ErrUnknownForm, "gzip"},
		{"truncated in the directory", two[:len(two)-endLen-5], Limits{}, pipeline.ErrDamaged, "cut off"},
		{"truncated in the data", two[:dir/2], Limits{}, pipeline.ErrDamaged, "cut off"},
		{"only a signature", []byte("PK\x03\x04"), Limits{}, pipeline.ErrDamaged, "cut off"},
		{"bytes in front", append([]byte("PK\x03\x04junk"), two...), Limits{}, pipeline.ErrDamaged, "not where the end record says"},
		{"directory elsewhere", moved, Limits{}, pipeline.ErrDamaged, "not where the end record says"},
		{"more members than declared", fewer, Limits{}, pipeline.ErrDamaged, "after 1 of 1"},
		{"fewer members than declared", more, Limits{}, pipeline.ErrDamaged, "3 members declared, 2 listed"},
		{"broken directory", broken, Limits{}, pipeline.ErrDamaged, "broken list"},
		{"part of a split zip", disk, Limits{}, pipeline.ErrUnknownForm, "split"},
		{"too many members", two, Limits{Members: 1}, pipeline.ErrTooLarge, "2 members declared, 1 allowed"},
		{"too large together", two, Limits{Total: 7}, pipeline.ErrTooLarge, "7 bytes"},
		{"no local header", noHead, Limits{}, pipeline.ErrDamaged, "local header"},
		{"members share bytes", overlap, Limits{}, ErrOverlap, "a.xml"},
		{"path out", named("../../etc/passwd"), Limits{}, ErrName, "etc/passwd"},
		{"path out in the middle", named("a/../../b.xml"), Limits{}, ErrName, "b.xml"},
		{"absolute", named("/etc/passwd"), Limits{}, ErrName, "/etc"},
		{"drive", named(`C:x.xml`), Limits{}, ErrName, "C:"},
		{"backslashes", named(`..\x.xml`), Limits{}, ErrName, "x.xml"},
		{"zero byte", named("a\x00.xml"), Limits{}, ErrName, ".xml"},
		{"no name", named(""), Limits{}, ErrName, ""},
		{"dot", named("."), Limits{}, ErrName, "."},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := open(c.data, c.limits)
			if !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if (errors.Is(c.want, ErrName) || errors.Is(c.want, ErrOverlap)) && !errors.Is(err, pipeline.ErrDamaged) {
				t.Errorf("error %v is not %v", err, pipeline.ErrDamaged)
			}
			if !strings.Contains(err.Error(), c.words) {
				t.Errorf("error %q does not say %q", err, c.words)
			}
		})
	}
}

// TestEveryTruncationIsSeen cuts a zip at every byte.
func TestEveryTruncationIsSeen(t *testing.T) {
	data, _ := build(t, entry{name: "a.xml", data: bytes.Repeat([]byte("abc"), 40)}, entry{name: "b.xml", data: []byte("b"), store: true})
	for n := 1; n < len(data); n++ {
		_, err := open(data[:n], Limits{})
		want := pipeline.ErrDamaged
		if n < len(localSignature) {
			want = pipeline.ErrUnknownForm
		}
		if !errors.Is(err, want) {
			t.Fatalf("cut to %d of %d bytes: %v, want %v", n, len(data), err, want)
		}
	}
}

// TestRefusedWhenRead holds what shows only in a member; the other member
// must not suffer.
func TestRefusedWhenRead(t *testing.T) {
	zero, wrong := uint32(0), uint32(12345)
	text := bytes.Repeat([]byte("0123456789abcdef"), 1000)
	for _, c := range []struct {
		name   string
		bad    entry
		limits Limits
		want   error
		words  string
	}{
		{"checksum", entry{data: text, crc: &wrong}, Limits{}, pipeline.ErrDamaged, "wrong checksum"},
		{"checksum of zero", entry{data: text, crc: &zero}, Limits{}, pipeline.ErrDamaged, "wrong checksum"},
		{"stored, broken byte", entry{data: text, store: true, spoil: true}, Limits{}, pipeline.ErrDamaged, "wrong checksum"},
		{"longer than declared", entry{data: text, size: 100}, Limits{}, pipeline.ErrDamaged, "longer than declared"},
		{"shorter than declared", entry{data: text, size: 16_001}, Limits{}, pipeline.ErrDamaged, "ends 1 bytes early"},
		{"stored of two sizes", entry{data: text, store: true, size: 10}, Limits{}, pipeline.ErrDamaged, "two sizes"},
		{"larger than allowed", entry{data: text}, Limits{Member: 15_999}, pipeline.ErrTooLarge, "16000 bytes"},
		{"bomb", entry{data: make([]byte, 2<<20)}, Limits{}, pipeline.ErrTooLarge, "200 times"},
		{"encrypted", entry{data: text, flags: encrypted}, Limits{}, pipeline.ErrUnknownForm, "encrypted"},
		{"other method", entry{data: text, method: 12}, Limits{}, pipeline.ErrUnknownForm, "method 12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.bad.name = "bad.xml"
			data, _ := build(t, c.bad, entry{name: "good.xml", data: []byte("good")})
			members := mustOpen(t, data, c.limits)
			got, err := content(members[0])
			if !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), c.words) || !strings.Contains(err.Error(), "bad.xml") {
				t.Errorf("error %q does not say %q", err, c.words)
			}
			if int64(len(got)) > members[0].Size {
				t.Errorf("%d bytes came, %d were declared", len(got), members[0].Size)
			}
			if got, err := content(members[1]); got != "good" || err != nil {
				t.Errorf("the good member gives %q, %v", got, err)
			}
		})
	}
}

func TestRatioIsAllowedBelowTheFloor(t *testing.T) {
	data, _ := build(t, entry{name: "a.xml", data: make([]byte, ratioFloor)})
	if _, err := content(mustOpen(t, data, Limits{})[0]); err != nil {
		t.Error(err)
	}
}

func TestReadAfterCloseFails(t *testing.T) {
	data, _ := build(t, entry{name: "a.xml", data: []byte("abc")})
	r, err := mustOpen(t, data, Limits{})[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.Close(), r.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(make([]byte, 1)); err == nil {
		t.Error("reading went on after Close")
	}
}

// TestTenMillionMembersCostNothing declares ten million members in a zip64
// that has room for them, and once more in a file of a hundred bytes.
func TestTenMillionMembersCostNothing(t *testing.T) {
	const members = 10_000_000
	size := int64(members * directoryLen)
	large := &sparse{size: size + directoryLen, tail: endRecord64(members, uint64(size), directoryLen, uint64(size+directoryLen))}
	small := append([]byte(localSignature+strings.Repeat("x", 64)), endRecord64(members, 68, 0, 68)...)
	for name, in := range map[string]io.ReaderAt{"large": large, "small": bytes.NewReader(small)} {
		n := int64(len(small))
		if name == "large" {
			n = large.size + int64(len(large.tail))
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Open(in, n, Limits{})
		runtime.ReadMemStats(&after)
		if !errors.Is(err, pipeline.ErrTooLarge) {
			t.Errorf("%s: %v, want %v", name, err, pipeline.ErrTooLarge)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
			t.Errorf("%s: %d bytes allocated, want less than 1 MiB", name, grown)
		}
	}
}

// TestHiddenMembersCostNothing declares few members over a directory of many,
// which archive/zip alone would all read: it compares the low 16 bits only.
func TestHiddenMembersCostNothing(t *testing.T) {
	const members = 1<<16*10 + 2
	size := int64(members * directoryLen)
	in := &sparse{size: size + directoryLen, tail: endRecord(2, int(size), directoryLen)}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Open(in, in.size+int64(len(in.tail)), Limits{})
	runtime.ReadMemStats(&after)
	if !errors.Is(err, pipeline.ErrDamaged) {
		t.Errorf("%v, want %v", err, pipeline.ErrDamaged)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
		t.Errorf("%d bytes allocated, want less than 1 MiB", grown)
	}
}

// sparse is a file of a local header, then directory headers without names,
// then a tail.
type sparse struct {
	size int64 // without the tail
	tail []byte
}

func (s *sparse) ReadAt(b []byte, off int64) (int, error) {
	for i := range b {
		at := off + int64(i)
		switch in := at % directoryLen; {
		case at >= s.size+int64(len(s.tail)):
			return i, io.EOF
		case at >= s.size:
			b[i] = s.tail[at-s.size]
		case at < int64(len(localSignature)):
			b[i] = localSignature[at]
		case at >= directoryLen && in < int64(len(directorySignature)):
			b[i] = directorySignature[in]
		default:
			b[i] = 0
		}
	}
	return len(b), nil
}

func TestZip64(t *testing.T) {
	data, dir := build(t, entry{name: "a.xml", data: []byte("abc")})
	at := len(data) - endLen
	data = append(data[:at:at], endRecord64(1, uint64(at-dir), uint64(dir), uint64(at))...)
	if got, err := content(mustOpen(t, data, Limits{})[0]); got != "abc" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestCommentAndWhatLooksLikeAnEnd(t *testing.T) {
	data, _ := build(t, entry{name: "a.xml", data: []byte("before " + endSignature + " after"), store: true})
	comment := "from " + endSignature[:3] + " someone"
	data[len(data)-2] = byte(len(comment))
	data = append(data, comment...)
	if got, err := content(mustOpen(t, data, Limits{})[0]); !strings.HasPrefix(got, "before") || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// TestFailingDisk tells a disk that fails from a file that is damaged.
func TestFailingDisk(t *testing.T) {
	_, err := Open(failing{}, 100, Limits{})
	if !errors.Is(err, iotest.ErrTimeout) || errors.Is(err, pipeline.ErrDamaged) {
		t.Errorf("error %v", err)
	}
}

type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, iotest.ErrTimeout }
