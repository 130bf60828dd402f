package main

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// filled is a workbook with cells written into rows of «Обзвон»: row, title and
// value by turns.
func (o *office) filled(data []byte, password string, cells ...string) string {
	o.Helper()
	f := openBook(o.T, data, password)
	head, err := f.GetRows(xlsx.SheetCalls)
	if err != nil {
		o.Fatal(err)
	}
	for i := 0; i+2 < len(cells); i += 3 {
		row, err := strconv.Atoi(cells[i])
		if err != nil {
			o.Fatal(err)
		}
		name, err := excelize.CoordinatesToCellName(slices.Index(head[0], cells[i+1])+1, row)
		if err == nil {
			err = f.SetCellStr(xlsx.SheetCalls, name, cells[i+2])
		}
		if err != nil {
			o.Fatal(err)
		}
	}
	saved := o.house.night.Clock().Add(time.Hour).UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Modified: saved}); err != nil {
		o.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: password}); err != nil {
		o.Fatal(err)
	}
	return out.String()
}

// A filled list is answered row by row: what was taken, what was not understood and
// why; the same file again changes nothing.
func TestUploadIsAnsweredRowByRow(t *testing.T) {
	o := openOffice(t)
	anna, rows := o.as("anna"), o.rowsOf("anna")
	_, data := anna.download(http.MethodGet, "/lists/2026-11-23/file", nil)
	file := o.filled(data, "", "2", "Результат", funnel.Interest, "2", "Комментарий", "6205", "3", "Результат", "Может быть",
		"4", "Результат", funnel.DoNotCall, "5", "Телефон", "звоните утром", "5", "Результат", funnel.NoAnswer, "6", "ЛПР", "Образцов Пётр")
	page := anna.upload(http.StatusOK, "", "вечер.xlsx", file)
	want := [][]string{ // what a person has to mend comes first
		{"3", rows[1].Row.Company, "Может быть", "не взято", "не из списка"},
		{"5", rows[3].Row.Company, funnel.NoAnswer, "записано", "не телефон"},
		{"2", rows[0].Row.Company, funnel.Interest, "записано"},
		{"4", rows[2].Row.Company, funnel.DoNotCall, "записано"},
		{"6", rows[4].Row.Company, "", "звонок не засчитан"},
	}
	lines := page.Find("table.lines tbody tr")
	if lines.Length() != len(want) {
		t.Fatalf("%d lines, want %d: %s", lines.Length(), len(want), words(page.Find("main")))
	}
	for i, parts := range want {
		text := words(lines.Eq(i))
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("row %s is told as %q, without %q", parts[0], text, part)
			}
		}
	}
	if text := words(page.Find("section.brought")); !strings.Contains(text, "новых 4") || !strings.Contains(text, "Не понято: 1 строка") || !strings.Contains(text, "В стоп-лист внесены: ИНН "+string(rows[2].Row.INN)) {
		t.Errorf("the file is told as %q", text)
	}
	again := anna.upload(http.StatusOK, "", "вечер (2).xlsx", file)
	if text := words(again.Find("table.lines tbody tr").Last()); !strings.Contains(text, "было раньше") {
		t.Errorf("the same file again: %q", text)
	}
	if n := len(o.results(rows[0].Row.INN)); n != 1 {
		t.Errorf("%d results", n)
	}
	if got := o.results(rows[0].Row.INN)[0]; got.By != "anna-login" || got.FileName != "вечер.xlsx" {
		t.Errorf("%+v", got)
	}
}

// unlisted are companies that stand on no list.
func (o *office) unlisted(n int) (out []company.INN) {
	o.Helper()
	list, err := o.house.listOf(o.Context(), o.day)
	if err != nil {
		o.Fatal(err)
	}
	all, err := o.house.store.Dossiers(o.Context(), "", 1000)
	if err != nil {
		o.Fatal(err)
	}
	for _, d := range all {
		if !slices.ContainsFunc(list.Rows, func(e calllist.Entry) bool { return e.Row.INN == d.INN }) && len(out) < n {
			out = append(out, d.INN)
		}
	}
	if len(out) < n {
		o.Fatalf("%d companies stand on no list, want %d", len(out), n)
	}
	return out
}

// A manager brings his own list and nothing else; the head brings all.
func TestUploadOfOthers(t *testing.T) {
	o := openOffice(t)
	anna, head := o.as("anna"), o.as("head")
	own, theirs := o.rowsOf("anna"), o.rowsOf("oleg")
	_, oleg := head.download(http.MethodGet, "/lists/2026-11-23/file?manager=oleg", nil)
	_, whole := head.download(http.MethodPost, "/lists/2026-11-23/book", nil)
	_, mine := anna.download(http.MethodGet, "/lists/2026-11-23/file", nil)
	files := map[string]struct{ name, content string }{
		"это список другого менеджера": {"oleg.xlsx", o.filled(oleg, "", "2", "Результат", funnel.Interest)},
		"это общая книга":              {"книга.xlsx", o.filled(whole, "", "2", "Результат", funnel.Interest)},
		"это не выданный список":       {"клиенты.csv", "ИНН;Результат\n" + string(theirs[1].Row.INN) + ";" + funnel.Contract + "\n"},
	}
	before := o.state()
	for why, f := range files {
		page := anna.upload(http.StatusOK, "", f.name, f.content)
		if text := words(page.Find(".note.bad")); !strings.Contains(text, why) {
			t.Errorf("%s: said %q", f.name, text)
		}
	}
	// A row of another's, put into one's own file, is not taken either.
	unlisted := o.unlisted(2)
	kept, free := unlisted[0], unlisted[1]
	given := store.Mark{INN: kept, Kind: store.MarkManager, Value: "oleg", At: time.Now(), By: "boss"}
	if err := o.house.store.PutMarks(t.Context(), []store.Mark{given}); err != nil {
		t.Fatal(err)
	}
	before.marks++
	number, err := strconv.ParseFloat(string(theirs[3].Row.INN), 64)
	if err != nil {
		t.Fatal(err)
	}
	forged := o.filled(mine, "", "2", "Результат", funnel.NoAnswer, "3", "ИНН", string(theirs[0].Row.INN), "3", "Результат", funnel.DoNotCall,
		"4", "ИНН", "", "4", "Телефон", theirs[2].Phones[0], "4", "Другие телефоны", "", "4", "Результат", funnel.DoNotCall,
		"5", "ИНН", strconv.FormatFloat(number, 'E', -1, 64), "5", "Телефон", "", "5", "Другие телефоны", "", "5", "Результат", funnel.DoNotCall,
		"6", "ИНН", string(kept), "6", "Телефон", "", "6", "Другие телефоны", "", "6", "Результат", funnel.DoNotCall,
		"7", "ИНН", string(free), "7", "Телефон", "", "7", "Другие телефоны", "", "7", "Результат", funnel.NoAnswer)
	page := anna.upload(http.StatusOK, "", "свой.xlsx", forged)
	if n := strings.Count(page.Find("table.lines").Text(), "эта компания в списке другого менеджера"); n != 3 {
		t.Errorf("%d rows were refused, want 3: %s", n, words(page.Find("table.lines")))
	}
	if !strings.Contains(page.Find("table.lines").Text(), "эту компанию ведёт другой менеджер") || len(o.results(kept)) != 0 {
		t.Errorf("a row of a company that is another's: %s", words(page.Find("table.lines")))
	}
	anna.get("/companies/"+string(kept), http.StatusForbidden)
	if len(o.results(free)) != 1 {
		t.Error("a company that is nobody's cannot be added")
	}
	if after := o.state(); after.results != before.results+2 || after.stops != 0 || after.marks != before.marks {
		t.Errorf("the state was %+v and is %+v", before, after)
	}
	if len(o.results(own[0].Row.INN)) != 1 {
		t.Error("the manager's own row was not taken")
	}
	for why, f := range files {
		page := head.upload(http.StatusOK, "", f.name, f.content)
		if page.Find(".note.bad").Length() != 0 {
			t.Errorf("%s is refused to the head: %s", why, words(page.Find(".note.bad")))
		}
	}
	if got := o.results(theirs[0].Row.INN); len(got) == 0 || got[0].Manager != "oleg" || got[0].By != "boss" {
		t.Errorf("%+v", got)
	}
}

// A locked file is read with its password, and refused in words without.
func TestUploadOfLockedFile(t *testing.T) {
	o := openOffice(t)
	anna, inn := o.as("anna"), o.rowsOf("anna")[0].Row.INN
	_, data := anna.download(http.MethodPost, "/lists/2026-11-23/file", url.Values{"password": {"подшипник-6205"}})
	file := o.filled(data, "подшипник-6205", "2", "Результат", funnel.Interest)
	for _, password := range []string{"", "другой-пароль"} {
		if text := words(anna.upload(http.StatusOK, password, "список.xlsx", file).Find(".note.bad")); !strings.Contains(text, "пароль") {
			t.Errorf("with password %q: %q", password, text)
		}
	}
	page := anna.upload(http.StatusOK, "подшипник-6205", "список.xlsx", file)
	if text := words(page.Find("table.lines")); !strings.Contains(text, "записано") {
		t.Errorf("told as %q", words(page.Find("main")))
	}
	if len(o.results(inn)) != 1 {
		t.Error("not taken")
	}
}

// What is no list is refused in words, whatever it is, and costs nobody the page.
func TestHostileUploads(t *testing.T) {
	o := openOffice(t)
	anna := o.as("anna")
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "../../../etc/passwd"} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(bytes.Repeat([]byte("<a>"), 8<<20/3))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	_, data := anna.download(http.MethodGet, "/lists/2026-11-23/file", nil)
	before := o.state()
	for name, content := range map[string]string{
		"пусто.xlsx": "", "шум.xlsx": "PK\x03\x04 nothing", "бомба.xlsx": bomb.String(), "обрыв.xlsx": string(data[:len(data)/2]),
		`..\..\..\windows\<script>alert(1)</script>.xlsx`: "\x00\x01\x02",
	} {
		page := anna.upload(http.StatusOK, "", name, content)
		if text := words(page.Find(".note.bad")); !strings.Contains(text, "Файл не взят") {
			t.Errorf("%s: %q", name, words(page.Find("main")))
		}
		if page.Find("main script").Length() != 0 {
			t.Errorf("%s stands on the page as a script", name)
		}
	}
	if text := words(anna.upload(http.StatusUnprocessableEntity, "").Find(".note.bad")); !strings.Contains(text, "Файл не выбран") {
		t.Errorf("no file: %q", text)
	}
	large := strings.Repeat("x", (o.house.config.Web.UploadMiB+2)<<20)
	if text := words(anna.upload(http.StatusRequestEntityTooLarge, "", "большой.xlsx", large).Find(".note.bad")); !strings.Contains(text, "не больше") {
		t.Errorf("too large: %q", text)
	}
	if after := o.state(); after != before {
		t.Errorf("the state was %+v and is %+v", before, after)
	}
}

// A number that is stopped for one company's sake is another's, too: the answer
// names it.
func TestUploadNamesOthersStopped(t *testing.T) {
	o := openOffice(t)
	anna, rows := o.as("anna"), o.rowsOf("anna")
	list, err := o.house.night.Stopped(t.Context(), nil)
	if err != nil || len(list) != 0 {
		t.Fatal(list, err)
	}
	_, data := anna.download(http.MethodGet, "/lists/2026-11-23/file", nil)
	shared := o.sharedNumber(rows[0].Row.INN)
	file := o.filled(data, "", "2", "Телефон", shared.phone, "2", "Результат", funnel.DoNotCall)
	page := anna.upload(http.StatusOK, "", "список.xlsx", file)
	if text := words(page.Find(".note.warn")); !strings.Contains(text, string(shared.inn)) {
		t.Errorf("ИНН %s, which has %s, is not named: %q", shared.inn, shared.phone, text)
	}
}

type number struct {
	inn   company.INN
	phone string
}

// sharedNumber is a number of a company other than the given one.
func (o *office) sharedNumber(than company.INN) number {
	o.Helper()
	for _, e := range o.rowsOf("oleg") {
		if e.Row.INN != than {
			return number{e.Row.INN, e.Phones[0]}
		}
	}
	o.Fatal("there is none")
	return number{}
}
