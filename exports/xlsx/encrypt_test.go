package xlsx_test

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/intake/heading"
)

const password = "Тайна 7"

// issuedBytes is a manager's workbook as it is issued.
func issuedBytes(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(write(t, short(false))[1].Path)
	must(t, err)
	return data
}

func readLocked(data []byte, password string) (*xlsx.Returned, error) {
	return xlsx.Read(xlsx.Input{Name: "a.xlsx", Content: bytes.NewReader(data), Size: int64(len(data)), Password: password})
}

// lockedRefusal asserts that the file is refused with the error and with words.
func lockedRefusal(t *testing.T, data []byte, password string, want error, words string) {
	t.Helper()
	got, err := readLocked(data, password)
	if !errors.Is(err, want) {
		t.Fatalf("read %+v, error %v; want %v", got, err, want)
	}
	var r *heading.Refusal
	if !errors.As(err, &r) || !strings.Contains(r.Advice, words) {
		t.Errorf("advice of %v: want %q", err, words)
	}
	if password != "" && strings.Contains(err.Error(), password) {
		t.Errorf("the error names the password: %v", err)
	}
}

// TestEncrypt: under its password a workbook is what it was, for us and for another
// reader; under none and another one it is refused in words.
func TestEncrypt(t *testing.T) {
	plain := issuedBytes(t)
	for _, password := range []string{password, "a", strings.Repeat("я", 255), "🔑"} {
		locked, err := xlsx.Encrypt(plain, password)
		must(t, err)
		want, err := readBytes(plain)
		must(t, err)
		got, err := readLocked(locked, password)
		must(t, err)
		if len(got.Sheet.Rows) != len(want.Sheet.Rows) || got.Sheet.List == nil || got.Sheet.List.ID != want.Sheet.List.ID {
			t.Errorf("read %+v, want %+v", got.Sheet, want.Sheet)
		}
		if got.Sheet.Digest == want.Sheet.Digest {
			t.Error("the digest is not of the file that was brought")
		}
		other, err := excelize.OpenReader(bytes.NewReader(locked), excelize.Options{Password: password})
		must(t, err)
		if names := other.GetSheetList(); !slices.Contains(names, xlsx.SheetCalls) {
			t.Errorf("sheets %v", names)
		}
		closed(t, other)
		lockedRefusal(t, locked, "", xlsx.ErrEncrypted, "файл закрыт паролем")
		lockedRefusal(t, locked, password+"!", xlsx.ErrPassword, "пароль к файлу не подходит")
	}
}

// TestEncryptLarge: a workbook whose table of sectors does not fit in the header.
func TestEncryptLarge(t *testing.T) {
	sheet := raw{sheet: sheetOf(`<c r="B2" t="str"><v>да</v></c>`), more: map[string]string{"docProps/custom.bin": noise(8 << 20)}}
	locked, err := xlsx.Encrypt(sheet.bytes(t), password)
	must(t, err)
	got, err := readLocked(locked, password)
	must(t, err)
	if len(locked) < 8<<20 || len(got.Sheet.Rows) != 1 {
		t.Errorf("%d bytes, rows %+v", len(locked), got.Sheet.Rows)
	}
}

// noise is text that does not deflate.
func noise(n int) string {
	var b strings.Builder
	for i := uint32(0); b.Len() < n; i++ {
		sum := sha256.Sum256(binary.LittleEndian.AppendUint32(nil, i))
		b.Write(sum[:])
	}
	return b.String()
}

func TestEncryptRefuses(t *testing.T) {
	plain := issuedBytes(t)
	before := slices.Clone(plain)
	for _, password := range []string{"", strings.Repeat("а", 256), strings.Repeat("🔑", 128)} {
		if _, err := xlsx.Encrypt(plain, password); !errors.Is(err, xlsx.ErrPasswordForm) {
			t.Errorf("%d bytes of password: error %v", len(password), err)
		}
	}
	if _, err := xlsx.Encrypt(plain[:4000], password); !errors.Is(err, xlsx.ErrNoTable) {
		t.Errorf("error %v", err)
	}
	_, err := xlsx.Encrypt(plain[:5001:len(plain)], password)
	must(t, err)
	if !bytes.Equal(plain, before) {
		t.Error("the workbook was changed")
	}
}

// TestAgile: what Excel writes since 2010, with each hash.
func TestAgile(t *testing.T) {
	plain := issuedBytes(t)
	for _, a := range []agile{
		{password, sha1.New, "SHA1", 16, 1000},
		{password, sha256.New, "SHA-256", 24, 10},
		{password, sha512.New384, "SHA384", 32, 0},
		{password, sha512.New, "SHA512", 32, 100_000},
	} {
		locked := a.lock(plain)
		got, err := readLocked(locked, password)
		if err != nil {
			t.Errorf("%s: %v", a.name, err)
			continue
		}
		if len(got.Sheet.Rows) == 0 || got.Sheet.List == nil {
			t.Errorf("%s: read %+v", a.name, got.Sheet)
		}
		lockedRefusal(t, locked, "тайна 7", xlsx.ErrPassword, "не подходит")
	}
}

// TestInsideLocked: what is under the password is judged like any other file.
func TestInsideLocked(t *testing.T) {
	quick := agile{password, sha256.New, "SHA256", 16, 1}
	twice := quick.lock(quick.lock(issuedBytes(t)))
	lockedRefusal(t, twice, password, xlsx.ErrEncrypted, "закрыт паролем")
	lockedRefusal(t, quick.lock(append([]byte("%PDF-1.7"), make([]byte, 5000)...)), password, xlsx.ErrNoTable, "не таблица")
	lockedRefusal(t, quick.lock(bytes.Repeat([]byte(" "), 5000)), password, pipeline.ErrEmpty, "пуст")
	got, err := readLocked(issuedBytes(t), password)
	must(t, err)
	if len(got.Sheet.Rows) == 0 {
		t.Error("an open file is read without its password too")
	}
}
