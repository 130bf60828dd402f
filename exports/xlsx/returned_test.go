package xlsx_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// filled writes the short book, lets edit change it and gives it back.
func filled(t *testing.T, edit func(*excelize.File, func(title string, row int) string)) (*xlsx.Returned, error) {
	t.Helper()
	return returned(t, write(t, short(false))[0].Path, edit)
}

func returned(t *testing.T, path string, edit func(*excelize.File, func(title string, row int) string)) (*xlsx.Returned, error) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, f)
	rows, err := f.GetRows(xlsx.SheetReview)
	if err != nil && edit != nil {
		t.Fatal(err)
	}
	if edit != nil {
		edit(f, func(title string, row int) string {
			column := slices.Index(rows[0], title) + 1
			name, err := excelize.CoordinatesToCellName(column, row)
			if err != nil {
				t.Fatalf("no column %q: %v", title, err)
			}
			return name
		})
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return readBytes(b.Bytes())
}

func TestDecisions(t *testing.T) {
	book := short(false)
	one := book.Review[0]
	tests := []struct {
		name string
		set  map[string]string // title to value of row 2
		want string
	}{
		{"nothing decided", nil, "blank 2"},
		{"yes", map[string]string{"Решение": "да"}, fmt.Sprintf("2 %s %s true [%s] blank 1", one.Source, one.Key, one.Candidates[0].INN)},
		{"no, in capitals", map[string]string{"Решение": " НЕТ "}, fmt.Sprintf("2 %s %s false [%s] blank 1", one.Source, one.Key, one.Candidates[0].INN)},
		{"another company", map[string]string{"Решение": "да", "ИНН кандидата": "5902000008"}, fmt.Sprintf("2 %s %s true [5902000008] blank 1", one.Source, one.Key)},
		{
			"none of several",
			map[string]string{"Решение": "нет", "ИНН кандидата": "", "Возможная компания": "ООО «А» (Пермь), ИНН 5902000008, 97 %; за: телефон; против: ОГРН 1, ИНН 7707083893\nООО «Б», ИНН 5902000015, 2 %"},
			fmt.Sprintf("2 %s %s false [5902000008 5902000015] blank 1", one.Source, one.Key),
		},
		{
			"which of several",
			map[string]string{"Решение": "да", "ИНН кандидата": "", "Возможная компания": "ООО «А» (Пермь), ИНН 5902000008, 97 %; за: телефон; против: ОГРН 1, ИНН 7707083893\nООО «Б», ИНН 5902000015, 2 %"},
			"problem 2 несколько blank 1",
		},
		{"a number as editors save it", map[string]string{"Решение": "да", "ИНН кандидата": "5.902000008E9"}, fmt.Sprintf("2 %s %s true [5902000008] blank 1", one.Source, one.Key)},
		{"a wrong digit", map[string]string{"Решение": "да", "ИНН кандидата": "5902000009"}, "problem 2 ошибкой blank 1"},
		{"another word", map[string]string{"Решение": "наверное"}, "problem 2 «да» или «нет» blank 1"},
		{"the key is gone", map[string]string{"Решение": "да", "Ключ записи": ""}, "problem 2 скопируйте blank 1"},
		{"nobody named", map[string]string{"Решение": "нет", "ИНН кандидата": "", "Возможная компания": ""}, "problem 2 впишите blank 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := filled(t, func(f *excelize.File, cell func(string, int) string) {
				for title, value := range tt.set {
					if err := f.SetCellStr(xlsx.SheetReview, cell(title, 2), value); err != nil {
						t.Fatal(err)
					}
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if l := got.Sheet.List; l.Day != book.Date || l.ID != book.ListID || l.Version != book.Version || l.Sample {
				t.Errorf("list %+v", l)
			}
			compareReturned(t, got, tt.want)
		})
	}
}

func compareReturned(t *testing.T, got *xlsx.Returned, want string) {
	t.Helper()
	var b strings.Builder
	for _, d := range got.Decisions {
		fmt.Fprintf(&b, "%d %s %s %v %v ", d.Row, d.Source, d.Key, d.Same, d.INNs)
	}
	rest := want
	for _, p := range got.Problems {
		prefix := fmt.Sprintf("problem %d ", p.Row)
		words, ok := strings.CutPrefix(rest, prefix)
		expected, after, _ := strings.Cut(words, " blank")
		if !ok || !strings.Contains(p.Text, expected) {
			t.Errorf("problem %+v, want %q", p, want)
		}
		rest = "blank" + after
	}
	fmt.Fprintf(&b, "blank %d", got.Blank)
	if b.String() != rest {
		t.Errorf("read %q, want %q", b.String(), rest)
	}
}

// Rows may be sorted, columns moved, an ИНН become a number.
func TestDecisionsMoved(t *testing.T) {
	got, err := filled(t, func(f *excelize.File, cell func(string, int) string) {
		for _, err := range []error{
			f.SetCellStr(xlsx.SheetReview, cell("Решение", 3), "да"),
			f.SetCellInt(xlsx.SheetReview, cell("ИНН кандидата", 3), 5902000008),
			f.RemoveRow(xlsx.SheetReview, 2),
			f.InsertCols(xlsx.SheetReview, "A", 2),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Decisions) != 1 || !slices.Equal(got.Decisions[0].INNs, []company.INN{"5902000008"}) || got.Decisions[0].Key != short(false).Review[1].Key {
		t.Errorf("decisions %+v", got.Decisions)
	}
}

func TestDecisionsRefuses(t *testing.T) {
	manager := write(t, short(false))[1].Path
	if got, err := returned(t, manager, nil); err != nil || len(got.Decisions) != 0 || len(got.Sheet.Rows) == 0 {
		t.Errorf("a manager's workbook: %+v, %v", got, err)
	}
	foreign := excelize.NewFile()
	defer closed(t, foreign)
	var b bytes.Buffer
	if err := foreign.Write(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := readBytes(b.Bytes()); !errors.Is(err, xlsx.ErrNotOurs) {
		t.Errorf("a foreign workbook: %v", err)
	}
	for name, tt := range map[string]struct {
		data []byte
		want error
	}{
		"empty": {nil, pipeline.ErrEmpty}, "text": {[]byte("Решение;да\n"), pipeline.ErrUnknownForm}, "half": {half(t, manager), pipeline.ErrDamaged},
	} {
		if _, err := readBytes(tt.data); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := filled(t, func(f *excelize.File, cell func(string, int) string) {
		if err := f.SetCellStr(xlsx.SheetReview, cell("Решение", 1), "Решения"); err != nil {
			t.Fatal(err)
		}
	}); !errors.Is(err, pipeline.ErrUnknownForm) {
		t.Errorf("a renamed column: %v", err)
	}
}

func closed(t *testing.T, f *excelize.File) {
	t.Helper()
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

func half(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data[:len(data)/2]
}
