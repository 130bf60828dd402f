package xlsx_test

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/intake/heading"
)

func put32(at int, v uint32) func([]byte) []byte {
	return func(b []byte) []byte {
		binary.LittleEndian.PutUint32(b[at:], v)
		return b
	}
}

// info changes the text that tells how a file is encrypted.
func info(from, to string) func(*box) {
	return func(b *box) { b.streams[0] = bytes.ReplaceAll(b.streams[0], []byte(from), []byte(to)) }
}

// TestHostileLocks: numbers that would cost time, memory or a panic are refused
// before anything is done by them.
func TestHostileLocks(t *testing.T) {
	quick := agile{password, sha1.New, "SHA1", 16, 7}
	book := issuedBytes(t)
	tests := []struct {
		name   string
		change func(*box)
		want   error
	}{
		{"a million and one rounds", info(`spinCount="7"`, `spinCount="1000001"`), xlsx.ErrScheme},
		{"rounds below none", info(`spinCount="7"`, `spinCount="-1"`), xlsx.ErrScheme},
		{"rounds beyond numbers", info(`spinCount="7"`, `spinCount="99999999999999999999"`), pipeline.ErrDamaged},
		{"another cipher", info(`"AES"`, `"DES"`), xlsx.ErrScheme},
		{"another chaining", info("ChainingModeCBC", "ChainingModeCFB"), xlsx.ErrScheme},
		{"another hash", info(`"SHA1"`, `"MD4"`), xlsx.ErrScheme},
		{"blocks of none", info(`blockSize="16"`, `blockSize="0"`), xlsx.ErrScheme},
		{"a key of gigabytes", info(`keyBits="128"`, `keyBits="17179869184"`), xlsx.ErrScheme},
		{"a key that is shorter than said", info(`keyBits="128"`, `keyBits="256"`), pipeline.ErrDamaged},
		{"a hash that is shorter than said", info(`hashSize="20"`, `hashSize="64"`), pipeline.ErrDamaged},
		{"no salt", info(`saltValue="MDEyMzQ1Njc4OWFiY2RlZg=="`, `saltValue=""`), pipeline.ErrDamaged},
		{"no base64", info(`saltValue="MDEy`, `saltValue="!!!!`), pipeline.ErrDamaged},
		{"no key under a password", info("keyEncryptor/password", "keyEncryptor/certificate"), xlsx.ErrScheme},
		{"no key at all", info("encryptedKey ", "lockedKey "), xlsx.ErrScheme},
		{"no XML", func(b *box) { b.streams[0] = b.streams[0][:200] }, pipeline.ErrDamaged},
		{"nothing said", func(b *box) { b.streams[0] = b.streams[0][:7] }, pipeline.ErrDamaged},
		{"extensible", func(b *box) { copy(b.streams[0], "\x03\x00\x03\x00") }, xlsx.ErrScheme},
		{"too much said", func(b *box) { b.streams[0] = append(b.streams[0], make([]byte, 70_000)...) }, pipeline.ErrTooLarge},
		{"no package", func(b *box) { b.names[1] = "Package" }, pipeline.ErrDamaged},
		{"two packages", func(b *box) {
			b.names, b.streams = append(b.names, b.names[1]), append(b.streams, b.streams[1])
		}, pipeline.ErrDamaged},
		{"a package of another length", func(b *box) { binary.LittleEndian.PutUint64(b.streams[1], 1<<63) }, pipeline.ErrDamaged},
		{"a package cut off", func(b *box) { b.streams[1] = b.streams[1][:5000] }, pipeline.ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := quick.box(book)
			tt.change(&b)
			data := append(b.bytes(), encodedName()...) // known as locked whatever its streams are called
			lockedRefusal(t, data, password, tt.want, "файл")
		})
	}
}

// TestHostileStandard does the same for the encryption of 2007.
func TestHostileStandard(t *testing.T) {
	locked, err := xlsx.Encrypt(issuedBytes(t), password)
	must(t, err)
	at := bytes.Index(locked, []byte("\x03\x00\x02\x00\x24\x00\x00\x00\xa4\x00\x00\x00"))
	if at < 0 {
		t.Fatal("no word of the encryption")
	}
	for _, tt := range []struct {
		name   string
		change func([]byte) []byte
		want   error
	}{
		{"a header of gigabytes", put32(at+8, 0xFFFFFFFF), pipeline.ErrDamaged},
		{"a header of none", put32(at+8, 0), pipeline.ErrDamaged},
		{"RC4", put32(at+12+8, 0x6801), xlsx.ErrScheme},
		{"a key of no length", put32(at+12+16, 0), xlsx.ErrScheme},
		{"a long key", put32(at+12+16, 4096), xlsx.ErrScheme},
		{"another verifier", put32(at+12+0xa4+20, 0), xlsx.ErrPassword},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lockedRefusal(t, tt.change(bytes.Clone(locked)), password, tt.want, "файл")
		})
	}
}

// TestHostileBoxes: a compound file that lies about itself.
func TestHostileBoxes(t *testing.T) {
	good := agile{password, sha256.New, "SHA256", 16, 1}.lock(issuedBytes(t))
	word := func(at int) int { return int(binary.LittleEndian.Uint32(good[at:])) }
	table := (word(76) + 1) * boxSector
	directory := (word(48) + 1) * boxSector
	tests := []struct {
		name   string
		change func([]byte) []byte
		want   error
	}{
		{"sectors of another size", func(b []byte) []byte { b[30] = 30; return b }, pipeline.ErrDamaged},
		{"tables without number", put32(44, 0xFFFFFFFF), pipeline.ErrDamaged},
		{"more tables than the header has", put32(44, 110), pipeline.ErrDamaged},
		{"a table beyond the end", put32(76, 0xFFFFFFF0), pipeline.ErrDamaged},
		{"a directory beyond the end", put32(48, 0x00FFFFFF), pipeline.ErrDamaged},
		{"a directory that is none", put32(48, 0xFFFFFFFE), pipeline.ErrDamaged},
		{"a directory that turns back", put32(table, 0), pipeline.ErrTooLarge},
		{"a package that turns back", put32(table+4*int(binary.LittleEndian.Uint32(good[directory+2*128+116:])), 0), nil},
		{"a stream of gigabytes", put32(directory+2*128+120, 0x7FFFFFFF), pipeline.ErrTooLarge},
		{"a stream longer than the file", put32(directory+2*128+120, uint32(len(good)+boxSector)), pipeline.ErrDamaged},
		{"a short stream beyond its table", put32(directory+1*128+116, 500), pipeline.ErrDamaged},
		{"no mini stream", put32(directory+116, 0xFFFFFFFE), pipeline.ErrDamaged},
		{"a mini table without number", put32(64, 0xFFFFFFFF), pipeline.ErrDamaged},
		{"a header alone", func(b []byte) []byte { return b[:100] }, pipeline.ErrDamaged},
		{"cut in the middle", func(b []byte) []byte { return b[:len(b)/2] }, pipeline.ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := append(tt.change(bytes.Clone(good)), encodedName()...)
			got, err := readLocked(data, password)
			var r *heading.Refusal
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) || !errors.As(err, &r) {
				t.Errorf("read %+v, error %v; want %v", got, err, tt.want)
			}
		})
	}
}

// zeros is a file of zeros with a beginning, of any length.
type zeros struct{ head []byte }

func (z zeros) ReadAt(p []byte, off int64) (int, error) {
	clear(p)
	if off < int64(len(z.head)) {
		copy(p, z.head[off:])
	}
	return len(p), nil
}

// TestTooLargeToUnlock: size comes first.
func TestTooLargeToUnlock(t *testing.T) {
	head := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 504)...)
	_, err := xlsx.Read(xlsx.Input{Content: zeros{append(head, encodedName()...)}, Size: 65 << 20, Password: "a"})
	var r *heading.Refusal
	if !errors.Is(err, pipeline.ErrTooLarge) || !errors.As(err, &r) {
		t.Errorf("error %v", err)
	}
	broken := errors.New("disk")
	_, err = xlsx.Read(xlsx.Input{Content: breaks{bytes.NewReader(agile{password, sha1.New, "SHA1", 16, 1}.lock(issuedBytes(t))), broken, new(int)}, Size: 30_000, Password: password})
	if !errors.Is(err, broken) || errors.As(err, &r) {
		t.Errorf("error %v", err)
	}
}

// breaks fails once somebody reads single sectors.
type breaks struct {
	io.ReaderAt
	err   error
	reads *int
}

func (b breaks) ReadAt(p []byte, off int64) (int, error) {
	if len(p) == boxSector {
		if *b.reads++; *b.reads > 3 {
			return 0, b.err
		}
	}
	return b.ReaderAt.ReadAt(p, off)
}

// FuzzUnlock: whatever the bytes, there is an answer or a refusal in words.
func FuzzUnlock(f *testing.F) {
	small := raw{sheet: sheetOf(`<c r="B2" t="str"><v>да</v></c>`), more: map[string]string{"pad.bin": noise(4096)}}.bytes(f)
	f.Add(agile{"a", sha1.New, "SHA1", 16, 1}.lock(small))
	f.Add(agile{"a", sha256.New, "SHA256", 32, 1}.lock(small))
	locked, err := xlsx.Encrypt(small, "a")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(locked)
	f.Fuzz(func(t *testing.T, data []byte) {
		if archive.Sniff(data) != archive.FormOLE {
			t.Skip()
		}
		if manySpins(data) {
			t.Skip("slow, and allowed")
		}
		got, err := readLocked(data, "a")
		var r *heading.Refusal
		if err != nil {
			if !errors.As(err, &r) || r.Advice == "" {
				t.Fatalf("refused without advice: %v", err)
			}
			return
		}
		sound(t, got)
	})
}

// manySpins tells a number of rounds that is allowed and takes a fuzzer's time.
func manySpins(data []byte) bool {
	_, rest, _ := bytes.Cut(data, []byte("spinCount="))
	digits := bytes.Trim(rest[:min(len(rest), 12)], "\"'")
	digits = digits[:len(digits)-len(bytes.TrimLeft(digits, "0123456789"))]
	return len(digits) >= 5 && len(digits) <= 7
}
