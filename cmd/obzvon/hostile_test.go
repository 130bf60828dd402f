package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"

	"obzvon/cmd/obzvon/sample"
)

// hostile is a zip from a stranger: small on the disk, and much is asked of
// whoever believes it.
type hostile struct {
	name  string
	make  func(t *testing.T, path string)
	words string
}

const hostileMember = "VO_RRMSPSV_0000_9965_20261110_00000000-0000-0000-0000-%012d.xml"

func hostiles() []hostile {
	return []hostile{
		{"bomb", zipBomb, "packed more than 200 times"},
		{"larger than it says", lyingBomb, "longer than declared"},
		{"path outside", pathOutside, "leads outside the archive"},
		{"zip in a zip", nestedZip, "a member that is no .xml is not opened"},
		{"member of 50 GB", hugeMember, "53687091200 bytes inflated"},
		{"ten million members", manyMembers, "10000000 members declared"},
		{"shared bytes", sharedBytes, "members share bytes"},
	}
}

// Zips that were made to do harm are refused with words, cost no memory and no
// other source, neither alone nor beside a sound zip.
func TestHostileZips(t *testing.T) {
	for _, h := range hostiles() {
		t.Run(h.name, func(t *testing.T) {
			dir := t.TempDir()
			in := filepath.Join(dir, "in")
			if err := os.Mkdir(in, 0o700); err != nil {
				t.Fatal(err)
			}
			h.make(t, filepath.Join(in, "a.zip"))
			write(t, filepath.Join(dir, "tab.csv"), []byte("ИНН,Название,Телефон,Город\n7707083893,ООО Пример,8 (907) 000-00-01,Москва\n"))
			write(t, filepath.Join(dir, "obzvon.yaml"), []byte(`schema_version: 1
exports: {xlsx: {enabled: false}}
sources:
  rsmp: {adapter: rsmp, trust: 80, paths: ["in"]}
  tab: {adapter: table, trust: 50, paths: ["tab.csv"], terms_accepted: "2026-11-20"}
`))
			out, peak := watched(t, dir)
			refused(t, out, "failed", h.words)
			data, err := fs.ReadFile(sample.FS(), "rsmp.zip")
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(in, "b.zip"), data)
			out, more := watched(t, dir) // which reads all of it again
			refused(t, out, "incomplete", h.words)
			if !strings.Contains(out, " 410 ") { // the rows of the sound zip
				t.Errorf("what lay beside it was not read: %s", out)
			}
			if peak = max(peak, more); peak > 64<<20 {
				t.Errorf("%d MiB of memory at the peak", peak>>20)
			}
			t.Logf("%d MiB at the peak", peak>>20)
		})
	}
}

// refused holds a run to its words: which source fell short and why, and that
// the other one was read.
func refused(t *testing.T, out, state, words string) {
	t.Helper()
	var line string
	for l := range strings.Lines(out) {
		if strings.HasPrefix(l, "! source rsmp: "+state+": ") {
			line = l
		}
	}
	if !strings.Contains(line, words) || !strings.Contains(line, "a.zip") {
		t.Errorf("want rsmp %s, %q; the operator reads %s", state, words, out)
	}
	if !strings.Contains(out, "\ntab ") || strings.Contains(out, "! source tab") {
		t.Errorf("the other source suffered: %s", out)
	}
}

// watched runs a night in a process of its own and returns what it said and
// the most memory that it had of its own, in bytes; 0 where the system does not tell.
func watched(t *testing.T, dir string) (out string, peak int64) {
	t.Helper()
	cmd := child(t, dir, "--config", "obzvon.yaml")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case err := <-done:
			if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != exitShort {
				t.Errorf("%v, want exit %d: %s", err, exitShort, said.String())
			}
			return said.String(), peak
		default:
			peak = max(peak, ownMemory(cmd.Process.Pid))
		}
	}
}

// ownMemory is the memory of a process that is no file's; 0 = not told.
func ownMemory(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), "RssAnon:")
	var kib int64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		return 0
	}
	return kib << 10
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

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
