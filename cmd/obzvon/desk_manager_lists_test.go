package main

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// download gets a file, and holds it to what a download must be.
func (r *reader) download(method, to string, form url.Values) (name string, data []byte) {
	r.Helper()
	noted := len(r.downloads())
	answer, data := r.ask(method, to, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != xlsxType {
		r.Fatalf("%s: %s, %s", to, answer.Status, answer.Header.Get("Content-Type"))
	}
	if now := r.downloads(); len(now) != noted+1 {
		r.Errorf("%s was not noted", to)
	}
	_, encoded, _ := strings.Cut(answer.Header.Get("Content-Disposition"), "filename*=UTF-8''")
	name, err := url.PathUnescape(encoded)
	if err != nil || name == "" {
		r.Fatalf("disposition %q", answer.Header.Get("Content-Disposition"))
	}
	return name, data
}

func (o *office) downloads() (out []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, n := range o.notes {
		if n.Action == "download" {
			out = append(out, n.What)
		}
	}
	return out
}

// sheetOf are the cells of a sheet of a workbook in memory.
func sheetOf(t *testing.T, data []byte, sheet string) [][]string {
	t.Helper()
	rows, err := openBook(t, data, "").GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// openBook reads a workbook in memory.
func openBook(t *testing.T, data []byte, password string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return f
}

// What a manager downloads is byte for byte what the night has written for him, the
// hidden sheet included.
func TestDownloadIsTheNightsWorkbook(t *testing.T) {
	o := openOffice(t)
	for who, asks := range map[string]*reader{"anna": o.as("anna"), "oleg": o.as("head")} {
		to := "/lists/2026-11-23/file"
		if who == "oleg" {
			to += "?manager=oleg"
		}
		name, data := asks.download(http.MethodGet, to, nil)
		if want := "call-list-2026-11-23-" + who + "-ОБРАЗЕЦ.xlsx"; name != want {
			t.Errorf("%s is called %q", want, name)
		}
		wrote, err := os.ReadFile(filepath.Join(o.house.dir, "lists", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, wrote) {
			t.Errorf("%s: %d bytes, the night wrote %d others", name, len(data), len(wrote))
		}
	}
}

// The whole book is made anew without freezing anything, and not beside a night.
func TestHeadGetsTheWholeBook(t *testing.T) {
	o := openOffice(t)
	head := o.as("head")
	name, data := head.download(http.MethodPost, "/lists/2026-11-23/book", nil)
	if name != "call-list-2026-11-23-ОБРАЗЕЦ.xlsx" {
		t.Errorf("called %q", name)
	}
	wrote, err := os.ReadFile(filepath.Join(o.house.dir, "lists", name))
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range []string{xlsx.SheetCalls, "Приоритет 1", xlsx.SheetTargets, xlsx.SheetReview, xlsx.SheetGuide, xlsx.SheetIssued} {
		got, want := sheetOf(t, data, sheet), sheetOf(t, wrote, sheet)
		if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Errorf("%s: %d rows, the night wrote %d others", sheet, len(got), len(want))
		}
	}
	o.as("anna").post("/lists/2026-11-23/book", nil, http.StatusForbidden)
	head.post("/lists/2026-11-24/book", nil, http.StatusNotFound)
	if days, err := o.house.store.ListDays(t.Context()); err != nil || len(days) != 1 {
		t.Errorf("lists of %v, %v: a download has issued one", days, err)
	}
	leave, err := o.gate.Enter(t.Context(), gate.Pass{Kind: gate.Night, What: "run", Who: "the clock"})
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	if text := words(head.post("/lists/2026-11-23/book", nil, http.StatusConflict).Find("main")); !strings.Contains(text, "через несколько минут") {
		t.Errorf("busy is said as %q", text)
	}
}

func TestLockedWorkbook(t *testing.T) {
	o := openOffice(t)
	anna := o.as("anna")
	_, data := anna.download(http.MethodPost, "/lists/2026-11-23/file", url.Values{"password": {"шестерёнка-6205"}})
	if bytes.HasPrefix(data, []byte("PK")) {
		t.Fatal("the file is a plain zip")
	}
	_, plain := anna.download(http.MethodGet, "/lists/2026-11-23/file", nil)
	rows, err := openBook(t, data, "шестерёнка-6205").GetRows(xlsx.SheetCalls)
	if err != nil || !slices.EqualFunc(rows, sheetOf(t, plain, xlsx.SheetCalls), slices.Equal[[]string]) {
		t.Errorf("the locked list is another one: %v", err)
	}
	for _, weak := range []string{"", "short", strings.Repeat("long", 100)} {
		anna.post("/lists/2026-11-23/file", url.Values{"password": {weak}}, http.StatusBadRequest)
	}
}

// Whoever the stop list names meanwhile is gone from the page and the download, by
// a number that is on no list, too.
func TestStopListHoldsAtEachLook(t *testing.T) {
	o := openOffice(t)
	anna, rows := o.as("anna"), o.rowsOf("anna")
	by := map[store.StopKind]store.Stop{
		store.StopINN:   {Kind: store.StopINN, Value: string(rows[0].Row.INN)},
		store.StopPhone: {Kind: store.StopPhone, Value: rows[1].Phones[0]},
	}
	gone := 0
	for _, s := range by {
		s.Reason, s.At, s.By = calllist.StopRefused, time.Now(), "test"
		if _, err := o.house.store.AddStops(t.Context(), []store.Stop{s}); err != nil {
			t.Fatal(err)
		}
		gone++
		page := anna.get("/lists/2026-11-23", http.StatusOK)
		if n := page.Find("#calls tbody tr").Length(); n != len(rows)-gone {
			t.Errorf("%d rows are shown, want %d", n, len(rows)-gone)
		}
		_, data := anna.download(http.MethodGet, "/lists/2026-11-23/file", nil)
		if n := len(sheetOf(t, data, xlsx.SheetCalls)) - 1; n != len(rows)-gone {
			t.Errorf("%d rows are downloaded, want %d", n, len(rows)-gone)
		}
	}
	card := anna.get("/companies/"+string(rows[0].Row.INN), http.StatusOK)
	if card.Find("a.tel").Length() != 0 || !strings.Contains(words(card.Find("main")), "Не звонить") {
		t.Error("the card of a stopped company offers numbers")
	}
	for i, stopped := range []bool{true, true, false} {
		row := &rows[i].Row
		html, err := anna.get("/lists/2026-11-23/rows/"+string(row.INN), http.StatusOK).Html()
		if offers := strings.Contains(html, row.PhoneLink) || strings.Contains(html, row.Phone); err != nil || offers == stopped {
			t.Errorf("row %d, stopped: %v, its form offers the number: %v, %v", i, stopped, offers, err)
		}
	}
}

// A manager sees what is his, and nothing of another.
func TestOtherManagersListIsClosed(t *testing.T) {
	o := openOffice(t)
	anna, theirs, own := o.as("anna"), o.rowsOf("oleg")[0].Row.INN, o.rowsOf("anna")[0].Row.INN
	for _, to := range []string{
		"/lists?manager=oleg", "/lists/2026-11-23?manager=oleg", "/lists/2026-11-23/file?manager=oleg", "/lists/past?manager=oleg",
		"/companies/" + string(theirs), "/lists/2026-11-23/rows/" + string(theirs) + "?manager=oleg",
	} {
		before := o.refusals()
		if page := anna.get(to, http.StatusForbidden); strings.Contains(page.Text(), string(theirs)) {
			t.Errorf("%s tells of the company", to)
		}
		if o.refusals() == before {
			t.Errorf("%s: the refusal was not noted", to)
		}
	}
	row := "/lists/2026-11-23/rows/" + string(theirs)
	anna.get(row, http.StatusNotFound)
	anna.post(row, url.Values{"outcome": {"Интерес"}}, http.StatusNotFound)
	anna.post(row, url.Values{"outcome": {"Интерес"}, "manager": {"oleg"}}, http.StatusForbidden)
	if got := o.results(theirs); len(got) != 0 {
		t.Errorf("a stranger has put down %+v", got)
	}
	o.as("nobody").get("/lists", http.StatusForbidden)
	o.as("nobody").get("/upload", http.StatusForbidden)
	for _, who := range []string{"anna", "head"} {
		o.as(who).get("/companies/"+string(own), http.StatusOK)
	}
	o.as("head").get("/companies/"+string(theirs), http.StatusOK)
	head := o.as("head").get("/lists?manager=oleg", http.StatusOK)
	if got := head.Find("select[name=manager] option[selected]").Text(); got != "Олег" {
		t.Errorf("the head asked for oleg and sees %q", got)
	}
}

func (o *office) refusals() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, note := range o.notes {
		if note.Refused {
			n++
		}
	}
	return n
}

// stateCount is how much there is of what people can change.
type stateCount struct{ results, stops, marks, lists int }

func (o *office) state() (c stateCount) {
	o.Helper()
	ctx := o.Context()
	results, err := o.house.store.ResultsAfter(ctx, store.ResultKey{}, 1000)
	if err != nil {
		o.Fatal(err)
	}
	stops, err := o.house.store.StopList(ctx)
	if err != nil {
		o.Fatal(err)
	}
	marks, err := o.house.store.Marks(ctx)
	if err != nil {
		o.Fatal(err)
	}
	days, err := o.house.store.ListDays(ctx)
	if err != nil {
		o.Fatal(err)
	}
	return stateCount{len(results), len(stops), len(marks), len(days)}
}

// Which day is shown: today's list, else the next one, else the last.
func TestDayThatIsShown(t *testing.T) {
	o := openOffice(t)
	anna := o.as("anna")
	for _, today := range []company.Date{o.day - 3, o.day, o.day + 30} {
		o.house.night.Clock = func() time.Time { return today.Time().Add(9 * time.Hour) }
		if title := words(anna.get("/lists", http.StatusOK).Find("h1")); !strings.Contains(title, "23 ноября 2026") {
			t.Errorf("on %s %q is shown", today, title)
		}
	}
	anna.get("/lists/2026-11-25", http.StatusNotFound)
	anna.get("/lists/tomorrow", http.StatusNotFound)
}
