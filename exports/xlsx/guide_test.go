package xlsx_test

import (
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/exporttest"
)

// What to do with «На проверку» stands where that sheet is.
func TestGuideTellsOfDecisionsInTheWholeBook(t *testing.T) {
	for _, a := range write(t, exporttest.Book()) {
		var topics []string
		for _, row := range rows(t, open(t, a.Path), "Как заполнять") {
			if len(row) > 0 {
				topics = append(topics, row[0])
			}
		}
		if got, want := slices.Contains(topics, "Столбец «Решение» на листе «На проверку»"), a.Manager == ""; got != want {
			t.Errorf("%q: decisions told: %v", a.Manager, got)
		}
		for _, colour := range []string{"Просрочено", "Обещано на сегодня", "Повторный звонок", "Клиент", "Новая компания"} {
			if !slices.Contains(topics, colour) {
				t.Errorf("%q: colour %q is not told", a.Manager, colour)
			}
		}
	}
}

func TestTargetsShowWhatIsKnown(t *testing.T) {
	book := exporttest.Book()
	table := rows(t, open(t, write(t, book)[0].Path), "ТОП-20")
	for title, want := range map[string]string{
		"Контакты": book.Targets[0].Contacts, "Вероятное оборудование, подшипники (ГОСТ)": book.Targets[0].Equipment,
		"Последний разговор": book.Targets[0].LastTalk,
	} {
		at := slices.Index(table[0], title)
		if at < 0 || want == "" || strings.ReplaceAll(table[1][at], "\r\n", "\n") != want {
			t.Errorf("%s: column %d of %q", title, at, table[1])
		}
		if at >= 9 {
			t.Errorf("%s is not printed", title)
		}
	}
}
