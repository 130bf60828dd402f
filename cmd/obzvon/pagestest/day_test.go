package pagestest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

const annaPassword = "ролик-и-сепаратор-7"

// TestDay is a manager's day from the login to the next day's list: what was said on
// the page and in the workbook is in it.
func TestDay(t *testing.T) {
	boss := open(t, wide)
	s := start(t)
	boss.enter(s, "admin", s.password)
	boss.visit(s.address + "/night")
	boss.see(`#now .badge.good`) // the first list is made; the page tells by itself
	s.command(t, annaPassword+"\n", "user", "add", "anna", "--title", "Анна", "--role", "manager", "--manager", "manager-1", "--password-stdin")

	anna := open(t, wide)
	anna.enter(s, "anna", annaPassword)
	anna.see(`table.calls`)
	anna.shoot("list-wide")
	day := dayOf(t, anna)
	rows := look[[]string](anna, `[...document.querySelectorAll("table.calls tbody tr")].map(r => r.id.slice(2))`)
	if len(rows) < 10 {
		t.Fatalf("%d rows on the list", len(rows))
	}
	for words, want := range map[string]int{"": len(rows), "повторный заказ": 0, "такого города нет": 0} { // what each row's buttons say is not searched
		if got := found(anna, words); got != want {
			t.Errorf("%d rows are found by %q, want %d", got, words, want)
		}
	}
	number := look[string](anna, `document.querySelector("table.calls a.tel").getAttribute("href").slice("tel:+7".length)`)
	if got := found(anna, "8"+number); got != 1 {
		t.Errorf("%d rows are found by a phone with 8, want 1", got)
	}
	found(anna, "")
	book := anna.download(`a.btn.main[download]`)
	quiet, again, never := rows[0], rows[1], rows[2]
	if got := innsOf(t, book); strings.Join(got, " ") != strings.Join(rows, " ") {
		t.Errorf("the workbook has %v, the page %v", got, rows)
	}

	anna.click(row(quiet) + ` .pick summary`)
	anna.goes(row(quiet)+` button[value="Недозвон"]`, row(quiet)+` .said`)
	if said := look[string](anna, fmt.Sprintf("document.querySelector(%q).innerText", row(quiet)+" .said")); !strings.Contains(said, "Недозвон") {
		t.Errorf("the row says %q", said)
	}
	anna.shoot("result-wide")

	next := nextDay(t, day)
	fill(t, book, again, map[string]any{"Результат": "Перезвонить", "Следующий контакт": next.Russian() + " 11:00", "Комментарий": "просят позвонить снова"})
	fill(t, book, never, map[string]any{"Результат": "Не звонить"})
	anna.visit(s.address + "/upload")
	anna.do(chromedp.SetUploadFiles(chromedp.CSS(`input[type=file]`), []string{book}))
	anna.goes(`form[enctype] button.main`, `.brought table.lines`)
	anna.shoot("upload-wide")
	if text := anna.main(); !strings.Contains(text, "новых 2") {
		t.Errorf("the answer to the upload is\n%s", text)
	}

	boss.visit(s.address + "/night")
	boss.do(chromedp.SetValue(chromedp.CSS(`form[action="/night/start"] input[name=day]`), next.String()))
	boss.goes(`form[action="/night/start"] button.main`, `#now progress, #now .big`)
	boss.shoot("night-wide")
	boss.see(fmt.Sprintf(`#now a[href="/night/runs/%s"]`, next))

	anna.visit(s.address + "/lists/" + next.String())
	anna.see(`table.calls`)
	anna.shoot("tomorrow-wide")
	tomorrow := look[[]string](anna, `[...document.querySelectorAll("table.calls tbody tr")].map(r => r.id.slice(2))`)
	if len(tomorrow) == 0 || tomorrow[0] != again {
		t.Errorf("the agreed call with %s is not the first of %v", again, tomorrow)
	}
	for _, inn := range tomorrow {
		if inn == never {
			t.Errorf("%s must not be called any more and is on the list", never)
		}
	}
}

// row is the selector of a company's row.
func row(inn string) string { return "#r-" + inn }

// found is how many rows of the list have the words that are searched.
func found(p *tab, words string) int {
	p.Helper()
	return look[int](p, fmt.Sprintf(`(() => {
		const search = document.querySelector('[data-filter="#calls"]');
		search.value = %q;
		search.dispatchEvent(new Event("input"));
		return document.querySelectorAll("table.calls tbody tr:not([hidden])").length;
	})()`, words))
}

// dayOf is the day of the list on the page.
func dayOf(t *testing.T, p *tab) company.Date {
	t.Helper()
	id := look[string](p, `document.querySelector("table.calls").dataset.list`)
	day, err := company.ParseDate(id[:len("2026-11-23")])
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// nextDay is the working day after a day, by the calendar that is built in.
func nextDay(t *testing.T, day company.Date) company.Date {
	t.Helper()
	cfg, _, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return calllist.NewCalendar(cfg.Calendar).Next(day)
}

func innsOf(t *testing.T, path string) []string {
	t.Helper()
	var out []string
	each(t, path, func(_ *excelize.File, column map[string]int, number int, cells []string) {
		if at := column["ИНН"]; at < len(cells) && cells[at] != "" {
			out = append(out, cells[at])
		}
	})
	return out
}

// fill writes into a company's row, as a person does, and saves the file.
func fill(t *testing.T, path, inn string, values map[string]any) {
	t.Helper()
	found := false
	each(t, path, func(f *excelize.File, column map[string]int, number int, cells []string) {
		if at := column["ИНН"]; at >= len(cells) || cells[at] != inn {
			return
		}
		found = true
		for title, v := range values {
			cell, err := excelize.CoordinatesToCellName(column[title]+1, number)
			if err == nil {
				err = f.SetCellValue("Обзвон", cell, v)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		now := time.Now().UTC().Format(time.RFC3339)
		if err := f.SetDocProps(&excelize.DocProperties{Modified: now}); err != nil {
			t.Fatal(err)
		}
		if err := f.Save(); err != nil {
			t.Fatal(err)
		}
	})
	if !found {
		t.Fatalf("%s has no row of %s", filepath.Base(path), inn)
	}
}

// each walks the rows of «Обзвон» below the head.
func each(t *testing.T, path string, use func(f *excelize.File, column map[string]int, number int, cells []string)) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // only the test's folder is at stake
	rows, err := f.GetRows("Обзвон")
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	head := -1
	for i, cells := range rows {
		if head < 0 {
			for at, title := range cells {
				column[title] = at
			}
			if _, ok := column["ИНН"]; ok {
				head = i
			}
			continue
		}
		use(f, column, i+1, cells)
	}
	if head < 0 {
		t.Fatalf("%s has no head", filepath.Base(path))
	}
}
