package heading_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"obzvon/pipeline"
	"obzvon/pipeline/intake/heading"
)

// cut writes the rows of a text as «row: cell|cell».
func cut(t *testing.T, data []byte) []string {
	t.Helper()
	lines, problems, err := heading.Text(data)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range lines {
		row := []string{fmt.Sprint(l.Number, ":")}
		for _, c := range l.Cells {
			row = append(row, heading.Letters(c.Column)+"="+c.Text)
		}
		out = append(out, strings.Join(row, " "))
	}
	for _, p := range problems {
		out = append(out, fmt.Sprint(p.Row, "! ", p.Text))
	}
	return out
}

func TestText(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"semicolons", "ИНН;Компания\n1;а\n", []string{"1: A=ИНН B=Компания", "2: A=1 B=а"}},
		{"commas", "ИНН,Компания\r\n1,\"а; б; в\"\r\n", []string{"1: A=ИНН B=Компания", "2: A=1 B=а; б; в"}},
		{"tabs", "ИНН\tКомпания\n1\tа, б\n", []string{"1: A=ИНН B=Компания", "2: A=1 B=а, б"}},
		{"the sign is told", "sep=,\nИНН,Компания\n1,а;б;в\n", []string{"2: A=ИНН B=Компания", "3: A=1 B=а;б;в"}},
		{"old line ends", "ИНН;Город\r1;а\r", []string{"1: A=ИНН B=Город", "2: A=1 B=а"}},
		{"one column", "ИНН\n1\n2", []string{"1: A=ИНН", "2: A=1", "3: A=2"}},
		{"blank rows and cells", "ИНН;;Город\n\n;;\n1;;а\n", []string{"1: A=ИНН C=Город", "4: A=1 C=а"}},
		{"quotes", "ИНН;Компания\n1;\"ООО \"\"Ромашка\"\"\"\n", []string{"1: A=ИНН B=Компания", "2: A=1 B=ООО \"Ромашка\""}},
		{"a row over lines", "ИНН;Комментарий;Город\n1;\"а\nб;\nв\";г\n2;д;е\n", []string{"1: A=ИНН B=Комментарий C=Город", "2: A=1 B=а\nб;\nв C=г", "5: A=2 B=д C=е"}},
		{"quotes not doubled", "ИНН;Компания;Город\n1;\"ООО \"Ромашка\"\";Тверь\n2;б;в\n", []string{"1: A=ИНН B=Компания C=Город", "2: A=1 B=ООО \"Ромашка\" C=Тверь", "3: A=2 B=б C=в"}},
		{"a quote never closed", "ИНН;Компания\n1;\"а\n2;б\n3;в\n", []string{"1: A=ИНН B=Компания", "2: A=1 B=\"а", "3: A=2 B=б", "4: A=3 B=в"}},
		{"inches", "ИНН;Комментарий\n1;труба 3\"\n2;труба 4\"\n", []string{"1: A=ИНН B=Комментарий", "2: A=1 B=труба 3\"", "3: A=2 B=труба 4\""}},
		{"a title above", "Клиенты; 2026\nИНН;Город;Телефон\n1;а;б\n", []string{"1: A=Клиенты B= 2026", "2: A=ИНН B=Город C=Телефон", "3: A=1 B=а C=б"}},
		{"a cell too long", "ИНН;Город\n1;" + strings.Repeat("я", heading.CellRunes+1) + "\n2;б", []string{
			"1: A=ИНН B=Город", "3: A=2 B=б", "2! в ячейке столбца B больше 32767 знаков: сократите текст и загрузите файл снова",
		}},
		{"columns too many", "ИНН;Город\n1" + strings.Repeat(";", heading.Columns) + "а\n", []string{"1: A=ИНН B=Город", "2! столбцов больше 16384: удалите лишние"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := cut(t, []byte(tt.text)); !slices.Equal(got, tt.want) {
				t.Errorf("rows %q, want %q", got, tt.want)
			}
		})
	}
}

// TestCharsets: the same table in each charset.
func TestCharsets(t *testing.T) {
	const text = "ИНН;Компания\n1;ООО «Ёлка» № 5 – да\n"
	want := cut(t, []byte(text))
	encoded := map[string]func() ([]byte, error){
		"UTF-8 with its mark": func() ([]byte, error) { return []byte("\ufeff" + text), nil },
		"windows-1251":        func() ([]byte, error) { return charmap.Windows1251.NewEncoder().Bytes([]byte(text)) },
		"UTF-16": func() ([]byte, error) {
			return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
		},
		"UTF-16, big end first": func() ([]byte, error) {
			return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
		},
	}
	for name, encode := range encoded {
		data, err := encode()
		if err != nil {
			t.Fatal(err)
		}
		if got := cut(t, data); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestTextRefuses(t *testing.T) {
	tests := []struct {
		name string
		data []byte
		want error
	}{
		{"no charset", []byte("ИНН;\x98\xff\n"), heading.ErrCharset},
		{"zeros", []byte("ИНН;\x00\n"), heading.ErrCharset},
		{"too long", bytes.Repeat([]byte("a"), heading.TextBytes+1), pipeline.ErrTooLarge},
		{"too many rows", []byte(strings.Repeat("1;2\n", heading.Rows+1)), pipeline.ErrTooLarge},
		{"too many blank rows", bytes.Repeat([]byte("\n"), 2<<20), pipeline.ErrTooLarge},
		{"quotes that never end", []byte("ИНН;Город\n" + strings.Repeat("\"a\n", heading.Rows+1)), pipeline.ErrTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines, _, err := heading.Text(tt.data)
			var r *heading.Refusal
			if !errors.Is(err, tt.want) || !errors.As(err, &r) || r.Advice == "" {
				t.Errorf("%d rows, error %v, want %v", len(lines), err, tt.want)
			}
		})
	}
}

// FuzzText: no line with content is lost. The letters and digits of a text are
// those of its rows, unless a row is named as a problem.
func FuzzText(f *testing.F) {
	f.Add([]byte("ИНН;Компания\n1;\"ООО \"\"А\"\"\"\n"))
	f.Add([]byte("sep=,\nИНН,б\n\"а\nб\",в\n"))
	f.Add([]byte("ИНН\t\"а\n1\t\"б\"в\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, problems, err := heading.Text(data)
		var r *heading.Refusal
		if err != nil {
			if !errors.As(err, &r) || r.Advice == "" {
				t.Fatalf("refused without advice: %v", err)
			}
			return
		}
		var got strings.Builder
		number := 0
		for _, l := range lines {
			if l.Number <= number || len(l.Cells) == 0 || len(lines) > heading.Rows {
				t.Fatalf("row %+v after row %d", l, number)
			}
			number = l.Number
			for i, c := range l.Cells {
				if heading.Blank(c.Text) || i > 0 && c.Column <= l.Cells[i-1].Column {
					t.Fatalf("row %+v", l)
				}
				got.WriteString(c.Text)
			}
		}
		if want, told := string(data), strings.HasPrefix(strings.ToLower(string(data)), "sep="); len(problems) == 0 && !told && utf8.Valid(data) {
			if a, b := signs(got.String()), signs(want); a != b {
				t.Fatalf("rows hold %q, the text %q", a, b)
			}
		}
	})
}

// signs are the letters and digits of a text.
func signs(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'а' && r <= 'я' {
			return r
		}
		return -1
	}, s)
}

// FuzzRightCSV: what a right writer of CSV has written is read back cell by cell.
func FuzzRightCSV(f *testing.F) {
	f.Add("а", "б\"в", "г\nд", uint8(0))
	f.Add(";", ",", "\"\n\"", uint8(1))
	f.Fuzz(func(t *testing.T, a, b, c string, sign uint8) {
		row := []string{"7707083893", line(a), line(b), line(c)}
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.Comma = []rune{';', ',', '\t'}[sign%3]
		for _, r := range [][]string{{"ИНН", "Компания", "Комментарий", "Город"}, row, {"5902000008", "x", "y", "z"}} {
			if err := w.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		if len(text.String()) > 32<<10 || strings.Count(text.String(), "\n") > 50 {
			t.Skip("longer than a row may be")
		}
		lines, problems, err := heading.Text(text.Bytes())
		if err != nil || len(lines) != 3 || len(problems) != 0 {
			t.Fatalf("%q: rows %+v, problems %+v, %v", text.String(), lines, problems, err)
		}
		for column, want := range row {
			if heading.Blank(want) {
				want = ""
			}
			if got := lines[1].Text(column); got != want {
				t.Errorf("%q: cell %d is %q, want %q", text.String(), column, got, want)
			}
		}
	})
}

// line is a text that a CSV can hold as it stands.
func line(s string) string {
	return strings.NewReplacer("\r", "", "\x00", "", "\ufffd", "").Replace(strings.ToValidUTF8(s, ""))
}

func BenchmarkText(b *testing.B) {
	const rows = 20_000
	data := []byte("ИНН;Название;Контактный телефон;Примечание\n" + strings.Repeat("7707083893;\"ООО \"\"Ромашка\"\"\";+7 907 000-00-01;звонить после обеда\n", rows))
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		lines, _, err := heading.Text(data)
		if err != nil || len(lines) != rows+1 {
			b.Fatal(len(lines), err)
		}
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
