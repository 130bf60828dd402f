package xlsx_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/company"
	"obzvon/pipeline/exporttest"
)

// Each company that a listing may be has a row of its own, with its own
// «Решение», and comes back as that company's.
func TestReviewHasARowForEachCompany(t *testing.T) {
	book := short(false)
	book.Review = append(book.Review[:1:1], exporttest.Book().Review[2]) // of one company, and of two
	book.Review[0].Candidates[0].Address, book.Review[0].Candidates[0].Phone, book.Review[0].Candidates[0].Site = "", "", ""
	two := book.Review[1]
	path := write(t, book)[0].Path
	got := rows(t, open(t, path), xlsx.SheetReview)
	if len(got) != 4 {
		t.Fatalf("%d rows of one company and of two: %q", len(got)-1, got)
	}
	at := func(row int, title string) string { return got[row][slices.Index(got[0], title)] }
	if at(1, "Адрес, телефон, сайт компании") != "не известны" || strings.Contains(at(1, "Возможная компания"), "вариант") {
		t.Errorf("row of one company: %q", got[1])
	}
	for i, c := range two.Candidates {
		row := 2 + i
		if at(row, "Название") != two.Name || at(row, "Ключ записи") != two.Source+" "+two.Key || at(row, "ИНН кандидата") != string(c.INN) ||
			at(row, "Различается") != c.Differs || at(row, "Совпадает") != c.Agrees || !strings.HasPrefix(at(row, "Адрес, телефон, сайт компании"), c.Address+"\n"+c.Phone) {
			t.Errorf("row of %s: %q", c.INN, got[row])
		}
		if text := at(row, "Возможная компания"); !strings.HasPrefix(text, c.Name+", ИНН "+string(c.INN)+", 49") || !strings.HasSuffix(text, "\nвариант "+string(rune('1'+i))+" из 2") {
			t.Errorf("company %q", text)
		}
	}
	back, err := returned(t, path, func(f *excelize.File, cell func(string, int) string) {
		for row, word := range map[int]string{3: "нет", 4: "да"} {
			if err := f.SetCellStr(xlsx.SheetReview, cell("Решение", row), word); err != nil {
				t.Fatal(err)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []xlsx.Decision{
		{Row: 3, Source: two.Source, Key: two.Key, INNs: []company.INN{two.Candidates[0].INN}},
		{Row: 4, Source: two.Source, Key: two.Key, Same: true, INNs: []company.INN{two.Candidates[1].INN}},
	}
	if !slices.EqualFunc(back.Decisions, want, func(a, b xlsx.Decision) bool {
		return a.Row == b.Row && a.Source == b.Source && a.Key == b.Key && a.Same == b.Same && slices.Equal(a.INNs, b.INNs)
	}) {
		t.Errorf("decisions %+v, want %+v", back.Decisions, want)
	}
}
