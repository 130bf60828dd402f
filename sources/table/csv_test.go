package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
)

// readCSV reads a whole text; rows that are at fault come as their reason.
func readCSV(t testing.TB, text string, enc encoding, delim byte, width int) (rows [][]string, numbers []int64) {
	t.Helper()
	r := newCSVReader(strings.NewReader(text), enc, delim, '\n', width)
	for {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			return rows, numbers
		}
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, rec.row)
		if rec.fault != nil {
			rows = append(rows, []string{"!" + string(rec.fault.reason)})
			continue
		}
		rows = append(rows, rec.cells)
	}
}

func TestCSVRows(t *testing.T) {
	long := strings.Repeat("x", maxLine+1)
	tests := []struct {
		name, text string
		width      int
		want       [][]string
		rows       []int64
	}{
		{"plain", "a;b;c\n1;2;3\n", 3, [][]string{{"a", "b", "c"}, {"1", "2", "3"}}, []int64{1, 2}},
		{"no end of line", "a;b", 2, [][]string{{"a", "b"}}, []int64{1}},
		{"CRLF and blank lines", "a;b\r\n\r\n ; \r\n1;2\r\n", 2, [][]string{{"a", "b"}, {"1", "2"}}, []int64{1, 4}},
		{"quoted", "\"a;b\";\"c\"\"d\"\n", 2, [][]string{{"a;b", `c"d`}}, []int64{1}},
		{"bare quotes in a cell", "ООО \"Ромашка\";Тверь\n", 2, [][]string{{`ООО "Ромашка"`, "Тверь"}}, []int64{1}},
		{"bare quotes in a quoted cell", "\"ООО \"Ромашка\" и К\";Тверь\n", 2, [][]string{{`ООО "Ромашка" и К`, "Тверь"}}, []int64{1}},
		{"bare quotes at the end of a quoted cell", "\"ООО \"Ромашка\"\";Тверь\nb;c\n", 2, [][]string{{`ООО "Ромашка"`, "Тверь"}, {"b", "c"}}, []int64{1, 2}},
		{"line break in a cell", "\"a\nb\";c\nd;e\n", 2, [][]string{{"a\nb", "c"}, {"d", "e"}}, []int64{1, 3}},
		{"unclosed quote", "1;\"ООО Ромашка;Тверь\n2;Лютик;Тула\n3;Астра;Пермь\n", 3, [][]string{{"!format"}, {"2", "Лютик", "Тула"}, {"3", "Астра", "Пермь"}}, []int64{1, 2, 3}},
		{"unclosed quote, later a quoted cell", "1;\"ООО Ромашка;Тверь\n2;\"Лютик\";Тула\n", 3, [][]string{{"!format"}, {"2", "Лютик", "Тула"}}, []int64{1, 2}},
		{"unclosed quote, later a quote at a line's end", "1;\"ООО Ромашка;Тверь\n2;Лютик;Тула\"\n", 3, [][]string{{"!format"}, {"2", "Лютик", `Тула"`}}, []int64{1, 2}},
		{"unclosed quote in the last line", "1;2\n\"3;4", 2, [][]string{{"1", "2"}, {"!format"}}, []int64{1, 2}},
		{"lost opening quote", "1;a\";b\n2;c;d\n", 3, [][]string{{"1", `a"`, "b"}, {"2", "c", "d"}}, []int64{1, 2}},
		{"zero byte", "1;a\x00b\n2;c\n", 2, [][]string{{"!encoding"}, {"2", "c"}}, []int64{1, 2}},
		{"not UTF-8", "1;\xcf\xf0\n2;c\n", 2, [][]string{{"!encoding"}, {"2", "c"}}, []int64{1, 2}},
		{"long line", "1;" + long + "\n2;c\n", 2, [][]string{{"!limit"}, {"2", "c"}}, []int64{1, 2}},
		{"short and long rows", "1;2;3\n1\n1;2;3;4\n", 3, [][]string{{"1", "2", "3"}, {"1"}, {"1", "2", "3", "4"}}, []int64{1, 2, 3}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, numbers := readCSV(t, tt.text, encodingUTF8, ';', tt.width)
			if fmt.Sprint(rows) != fmt.Sprint(tt.want) || !slices.Equal(numbers, tt.rows) {
				t.Errorf("got %q at %v\nwant %q at %v", rows, numbers, tt.want, tt.rows)
			}
		})
	}
}

// A quote that opens on every line must cost neither rows nor much time.
func TestCSVManyUnclosedQuotes(t *testing.T) {
	const n = 3000
	rows, _ := readCSV(t, strings.Repeat("1;\"x;y\n", n), encodingUTF8, ';', 3)
	if len(rows) != n {
		t.Errorf("%d rows of %d", len(rows), n)
	}
}

func TestCSVUsedBytes(t *testing.T) {
	text := "a;b\n" + strings.Repeat("1;2\n", 100)
	r := newCSVReader(strings.NewReader(text), encodingUTF8, ';', '\n', 2)
	for {
		if _, err := r.next(); err != nil {
			break
		}
	}
	if r.done() != int64(len(text)) {
		t.Errorf("%d bytes of %d", r.done(), len(text))
	}
}

var cellPieces = []string{"", "a", "ООО", " ", "\"", "\"\"", ";", ",", "\t", "\n", "Пермь", "\n\n", "'", "ё", "7"}

func randomRows(r *rand.Rand) [][]string {
	width := 1 + r.IntN(5)
	rows := make([][]string, 1+r.IntN(8))
	for i := range rows {
		rows[i] = make([]string, width)
		rows[i][r.IntN(width)] = "x"
		for j := range rows[i] {
			for range r.IntN(4) {
				rows[i][j] += cellPieces[r.IntN(len(cellPieces))]
			}
		}
	}
	return rows
}

// Whatever encoding/csv writes comes back as it was: no row lost, none made.
func TestCSVReadsWhatEncodingCSVWrites(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	for _, delim := range []rune{';', ',', '\t'} {
		for range 2000 {
			rows := randomRows(r)
			got, _ := readCSV(t, string(encodeCSV(t, rows, delim, false)), encodingUTF8, byte(delim), len(rows[0]))
			if !slices.EqualFunc(rows, got, slices.Equal) {
				t.Fatalf("wrote %q\nread  %q", rows, got)
			}
		}
	}
}

func TestFindDelimiter(t *testing.T) {
	for text, want := range map[string]byte{
		"a;b;c\n1;2,5;3,7\n":   ';',
		"a,b,c\n\"x;y\",2,3\n": ',',
		"Рубрики,Адрес\nСТО; Мойка; Шины,Пермь\nСТО,Тула\n": ',',
		"a\tb\n1,2\t3;4\n": '\t',
		"Выгрузка, 2026\n\nИНН;Имя;Тел\n1;2;3\n4;5;6\n": ';',
		"одно слово\n": ';',
	} {
		if got := findDelimiter([]byte(text), '\n'); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestEncodingOf(t *testing.T) {
	russian := "ООО «Ромашка» — № 5; Тверь, улица Ёлочная\n"
	tests := []struct {
		name string
		data []byte
		want encoding
		fail bool
	}{
		{"ASCII", []byte("a;b\n"), encodingUTF8, false},
		{"UTF-8", []byte(russian), encodingUTF8, false},
		{"windows-1251", to1251(t, []byte(russian)), encoding1251, false},
		{"UTF-8 with one wrong byte", []byte(strings.Repeat(russian, 5) + "\xcf\n"), encodingUTF8, false},
		{"code page 866", []byte("\x8e\x8e\x8e \x90\xae\xac\xa0\xe8\xaa\xa0 \xaf\xe0\xa8\xa2\xa5\xe2"), 0, true},
		{"rubbish", []byte("\x80\x81\x82\x83\x90\x91\x9a\x9b\x9c"), 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := takeCensus(bytes.NewReader(tt.data))
			if err != nil {
				t.Fatal(err)
			}
			got, err := encodingOf(c)
			if (err != nil) != tt.fail || err == nil && got != tt.want {
				t.Errorf("%v, %v", got, err)
			}
			if tt.fail && !errors.Is(err, pipeline.ErrUnknownForm) {
				t.Errorf("%v", err)
			}
		})
	}
}

// A character on the border of two chunks is not a damaged one.
func TestCensusAcrossChunks(t *testing.T) {
	text := "x" + strings.Repeat("щ", 100_000)
	c, err := takeCensus(strings.NewReader(text))
	if err != nil || c.invalid != 0 || c.multi != 100_000 {
		t.Errorf("%+v, %v", c, err)
	}
}

// FuzzCSVReader: every line of the input is in exactly one row or is blank,
// rows come in order, and what encoding/csv can read strictly is not lost.
func FuzzCSVReader(f *testing.F) {
	for _, s := range []string{"a;b\n1;2\n", "\"a\nb\";c\n", "1;\"x\n2;y\n", "\x00;\xff\r\n\"\"\"\n", ";;;\n", "\"a\"b;\"c\"\"\"\n"} {
		f.Add([]byte(s), byte(';'), uint8(2))
	}
	f.Fuzz(func(t *testing.T, data []byte, delim byte, width uint8) {
		if !slices.Contains([]byte{';', ',', '\t'}, delim) {
			return
		}
		r := newCSVReader(bytes.NewReader(data), encodingUTF8, delim, '\n', int(width%8))
		var last int64
		covered := int64(0)
		for {
			rec, err := r.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if rec.row <= last {
				t.Fatalf("row %d after %d", rec.row, last)
			}
			last = rec.row
			covered += 1 + int64(strings.Count(rec.raw, "\n"))
			if rec.fault == nil && rec.blank() {
				t.Fatal("a blank row was yielded")
			}
			if text := rec.text(); len(text) > pipeline.RawLimit {
				t.Fatalf("raw of %d bytes", len(text))
			}
		}
		if covered < nonBlank(data, delim) {
			t.Fatalf("%d lines in rows, %d lines have text", covered, nonBlank(data, delim))
		}
		if r.done() != int64(len(data)) {
			t.Fatalf("%d bytes used of %d", r.done(), len(data))
		}
	})
}

// nonBlank counts lines that hold more than space, delimiters and quotes.
func nonBlank(data []byte, delim byte) int64 {
	var n int64
	for line := range bytes.SplitSeq(data, []byte{'\n'}) {
		if bytes.ContainsFunc(line, func(r rune) bool {
			return r > ' ' && r != rune(delim) && r != '"' && r != '\u00a0' && r != '\u0085' && !isSpace(r)
		}) {
			n++
		}
	}
	return n
}

func isSpace(r rune) bool { return strings.TrimSpace(string(r)) == "" }
