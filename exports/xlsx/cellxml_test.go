package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// throughExcelize is a row as excelize's stream writer writes it, unpinned.
func throughExcelize(t testing.TB, row int, values []any, height float64) string {
	t.Helper()
	f := excelize.NewFile()
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	stream, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.SetRow(at(1, row), values, excelize.RowOpts{Height: height}); err != nil {
		t.Fatal(err)
	}
	if err := stream.Flush(); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(&file) })
	if _, err := f.WriteToBuffer(); err != nil {
		t.Fatal(err)
	}
	zr, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	r, err := zr.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	_, rows, _ := strings.Cut(string(body), "<sheetData>")
	rows, _, _ = strings.Cut(rows, rowsEnd)
	return strings.ReplaceAll(rows, rowPin, "")
}

func ours(t testing.TB, row int, styles []int, values []any, height float64) string {
	t.Helper()
	dst, letters := appendRow(nil, row, height), columnNames(len(values))
	for i, v := range values {
		var err error
		if dst, err = appendCell(dst, letters[i], row, styles[i], v); err != nil {
			t.Fatal(err)
		}
	}
	return string(dst) + rowEnd
}

// TestCellsAreThoseOfExcelize: byte for byte.
func TestCellsAreThoseOfExcelize(t *testing.T) {
	values := []any{
		nil, 0, -7, 1234567, int64(9_000_000_000), 11.227, 0.1, 1e21, -0.5, "Компания", `ООО "А" & <Б> 'В'`, "=1+1", " край", "край\n", "две\nстроки",
		"_x0041_", "a_x005F_b", "_xZZZZ_ _x004_", "_", "😀", "\u00a0", cutMark,
		time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 2, 28, 12, 0, 0, 0, time.FixedZone("MSK", 3*60*60)),
		strings.Repeat("x", 40), "last",
	}
	for _, height := range []float64{0, 15, 37.5} {
		styles, cells := make([]int, len(values)), make([]any, len(values))
		for i, v := range values {
			styles[i] = i % 3
			if _, ok := v.(time.Time); ok {
				styles[i] = 2 // without a style excelize makes one
			}
			cells[i] = excelize.Cell{StyleID: styles[i], Value: v}
		}
		if got, want := ours(t, 1048575, styles, values, height), throughExcelize(t, 1048575, cells, height); got != want {
			t.Errorf("height %v:\n got %s\nwant %s", height, got, want)
		}
	}
	if _, err := appendCell(nil, "A", 1, 0, struct{}{}); err == nil {
		t.Error("a value of no known type was written")
	}
}

// TestCodedTextStaysText: no text is read as the code of a character, and none
// that overlaps with one.
func TestCodedTextStaysText(t *testing.T) {
	for in, want := range map[string]string{
		"_x0041_x0042_": "_x005F_x0041_x005F_x0042_",
		"_x005F_x0041_": "_x005F_x005F_x005F_x0041_",
		"_xd800_":       "_x005F_xd800_",
		"_x+041_":       "_x+041_",
	} {
		if got := string(appendText(nil, in)); got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
}

// FuzzTexts: any text, once clean, is written as excelize writes it.
func FuzzTexts(f *testing.F) {
	for _, s := range []string{"ООО «Ромашка»", "a<b>&\"'", " \n", "\t\r\x00", "_y", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := cleanValue(s)
		if text, ok := v.(string); !ok || text == "" || strings.Contains(text, "_x") {
			return // TestCodedTextStaysText
		}
		if got, want := ours(t, 2, []int{1}, []any{v}, 15), throughExcelize(t, 2, []any{excelize.Cell{StyleID: 1, Value: v}}, 15); got != want {
			t.Errorf("%q:\n got %s\nwant %s", s, got, want)
		}
	})
}

// TestBulkKeepsOrder: every row once and in order, however many writers.
func TestBulkKeepsOrder(t *testing.T) {
	number := func() rowWriter {
		return func(dst []byte, i int) ([]byte, error) { return fmt.Appendln(dst, i), nil }
	}
	for _, n := range []int{1, pieceRows - 1, pieceRows, pieceRows + 1, 5*pieceRows*bulkWriters + 3} {
		var want, got bytes.Buffer
		for i := range n {
			fmt.Fprintln(&want, i)
		}
		if err := (&bulk{ctx: t.Context(), rows: n, writer: number}).writeTo(&got); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%d rows: %v, %d bytes of %d", n, err, got.Len(), want.Len())
		}
	}
}

// TestBulkEndsOnErrors: of a row, of the file, and when it is stopped.
func TestBulkEndsOnErrors(t *testing.T) {
	const rows = 20 * pieceRows * bulkWriters
	at := func(bad int) func() rowWriter {
		return func() rowWriter {
			return func(dst []byte, i int) ([]byte, error) {
				if i == bad {
					return nil, errRow
				}
				return append(dst, 'x'), nil
			}
		}
	}
	for _, bad := range []int{0, 7 * pieceRows, rows - 1} {
		if err := (&bulk{ctx: t.Context(), rows: rows, writer: at(bad)}).writeTo(io.Discard); !errors.Is(err, errRow) {
			t.Errorf("row %d: %v", bad, err)
		}
	}
	if err := (&bulk{ctx: t.Context(), rows: rows, writer: at(-1)}).writeTo(full{}); !errors.Is(err, errFull) {
		t.Errorf("full disk: %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := (&bulk{ctx: stopped, rows: rows, writer: at(-1)}).writeTo(io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

var errRow = errors.New("bad row")
