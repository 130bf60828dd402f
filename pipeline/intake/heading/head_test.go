package heading_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/intake/heading"
)

// lines makes rows of cells parted by "|", numbered from 1; blank rows are none.
func lines(rows ...string) (out []heading.Line) {
	for i, row := range rows {
		if l, problem := heading.NewLine(i+1, strings.Split(row, "|")); problem == nil && len(l.Cells) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// TestTitles: what people call the columns.
func TestTitles(t *testing.T) {
	tests := []struct{ written, want string }{
		{"ИНН", "ИНН"},
		{" инн:", "ИНН"},
		{"И Н Н", "И Н Н"},
		{"ИHH", "ИНН"},
		{"ИНН компании", "ИНН"},
		{"INN", "ИНН"},
		{"Контактный телефон", "Телефон"},
		{"ТЕЛЕФОН\n(основной)", "Телефон"},
		{"Телефон директора", "Телефон директора"},
		{"Тел.", "Телефон"},
		{"Телефон 2", "Другие телефоны"},
		{"Название", "Компания"},
		{"Наименование организации", "Компания"},
		{"Контрагент", "Компания"},
		{"Итог звонка", "Результат"},
		{"Статус", "Результат"},
		{"Дата звонка", "Дата"},
		{"Ответственный", "Менеджер"},
		{"Откуда", "Источник"},
		{"Примечание", "Комментарий"},
		{"Сумма, руб.", "Сумма (₽)"},
		{"Сумма заказа", "Сумма (₽)"},
		{"Сумма ₽", "Сумма (₽)"},
		{"email", "E-mail"},
		{"Эл. почта", "E-mail"},
		{"Электронная почта", "E-mail"},
		{"Контактное лицо", "ЛПР"},
		{"Ф.И.О.", "ЛПР"},
		{"Должность", "Должность ЛПР"},
		{"Населённый пункт", "Город"},
		{"Дата следующего контакта", "Следующий контакт"},
		{"Согласие на обработку персональных данных", "Согласие"},
		{"Любимый цвет", "Любимый цвет"},
	}
	for _, tt := range tests {
		h := heading.FindHead(lines(tt.written+"|Сайт"), []string{"Сайт"})
		if got := h.Titles(); !slices.Equal(got, []string{tt.want, "Сайт"}) {
			t.Errorf("%q is read as %q, want %q", tt.written, got, tt.want)
		}
	}
}

func TestFindHead(t *testing.T) {
	tests := []struct {
		name     string
		rows     []string
		row      int
		titles   string
		problems int
	}{
		{"in the first row", []string{"ИНН|Компания", "1|а"}, 1, "ИНН|Компания", 0},
		{"below a title and a blank row", []string{"Клиенты на 23.11.2026", "", "Телефон", "Название|ИНН|Город", "а|1|б"}, 4, "Компания|ИНН|Город", 0},
		{"synonyms give way", []string{"Название|Компания|Наименование"}, 1, "Название|Компания|Наименование", 0},
		{"the first of synonyms", []string{"Мобильный телефон|Рабочий телефон|ИНН"}, 1, "Телефон|Рабочий телефон|ИНН", 0},
		{"a title twice", []string{"ИНН|Результат|результат"}, 1, "ИНН|Результат|результат", 1},
		{"an unknown title twice", []string{"ИНН|Цвет|Цвет|Цвет"}, 1, "ИНН|Цвет|Цвет (2)|Цвет (3)", 0},
		{"columns without a title", []string{"ИНН||Город"}, 1, "ИНН|Город", 0},
		{"none", []string{"а|б", "в|г"}, 0, "", 0},
		{"too far down", slices.Concat(slices.Repeat([]string{"а"}, 30), []string{"ИНН"}), 0, "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := heading.FindHead(lines(tt.rows...), nil)
			if got := strings.Join(h.Titles(), "|"); h.Row != tt.row || got != tt.titles || len(h.Problems) != tt.problems {
				t.Errorf("row %d, titles %q, problems %v; want %d, %q", h.Row, got, h.Problems, tt.row, tt.titles)
			}
		})
	}
}

func TestRows(t *testing.T) {
	in := lines("ИНН||Город", "1|x|Пермь", "", "|y|")
	h, err := heading.Plain(in)
	if err != nil {
		t.Fatal(err)
	}
	want := []pipeline.ReturnedRow{
		{Row: 2, Cells: map[string]string{"ИНН": "1", "столбец B": "x", "Город": "Пермь"}},
		{Row: 4, Cells: map[string]string{"столбец B": "y"}},
	}
	if got := h.Rows(in); !slices.EqualFunc(got, want, equalRows) {
		t.Errorf("rows %+v, want %+v", got, want)
	}
}

func equalRows(a, b pipeline.ReturnedRow) bool {
	return a.Row == b.Row && maps.Equal(a.Cells, b.Cells) && maps.Equal(a.Dates, b.Dates)
}

func TestPlainRefuses(t *testing.T) {
	tests := []struct {
		name  string
		rows  []string
		want  error
		words string
	}{
		{"no company", []string{"Название|Город", "а|б"}, heading.ErrNoColumns, "Найдены: «Компания», «Город»"},
		{"no header", []string{"7707083893|а"}, heading.ErrNoColumns, "«ИНН» или «Телефон»"},
		{"nothing", nil, heading.ErrNoColumns, "«ИНН» или «Телефон»"},
		{"no rows", []string{"ИНН"}, heading.ErrEmpty, "ни одной строки"},
		{"many columns", []string{"Компания|" + strings.Repeat("Цвет|", 30), "а"}, heading.ErrNoColumns, "и другие"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := heading.Plain(lines(tt.rows...))
			var r *heading.Refusal
			if !errors.Is(err, tt.want) || !errors.As(err, &r) || !strings.Contains(r.Advice, tt.words) {
				t.Errorf("error %v, want %v with %q", err, tt.want, tt.words)
			}
		})
	}
}

func TestLetters(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := heading.Letters(column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
}

// TestSynonyms: each title and each synonym stands for one column only, in the
// form in which titles are compared.
func TestSynonyms(t *testing.T) {
	seen := map[string]string{}
	for title, list := range heading.Synonyms() {
		if !slices.Contains(heading.Titles(), title) {
			t.Errorf("%q is no title", title)
		}
		for _, s := range append(list, heading.Fold(title)) {
			if s != heading.Fold(s) {
				t.Errorf("%q of %q is not folded: %q", s, title, heading.Fold(s))
			}
			if before, ok := seen[s]; ok {
				t.Errorf("%q stands for %q and %q", s, before, title)
			}
			seen[s] = title
		}
	}
}
