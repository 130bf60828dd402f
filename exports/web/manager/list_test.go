package manager

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

func TestListWithAnyRows(t *testing.T) {
	for _, rows := range []int{0, 1, 1000} {
		s := open(t, newFake(rows))
		doc := s.get(anna, "/lists")
		if n := doc.Find("#calls tbody tr").Length(); n != rows {
			t.Errorf("%d rows of %d", n, rows)
		}
		if rows == 0 {
			if text := words(doc.Find("main")); !strings.Contains(text, "не осталось строк") {
				t.Errorf("no rows: %q", text)
			}
			continue
		}
		first := doc.Find("#calls tbody tr").First()
		if href, _ := first.Find("a.tel").Attr("href"); href != "tel:+79070000001" {
			t.Errorf("the phone leads to %q", href)
		}
		if href, _ := first.Find(".c-co a").Attr("href"); href != "/companies/"+string(inn(0))+"?day=2026-11-23" {
			t.Errorf("the company leads to %q", href)
		}
		if main := doc.Find("a.btn.main").First(); words(main) != "Скачать список" {
			t.Errorf("the page begins with %q", words(main))
		}
	}
}

// The results stand in the order of the drop-down: one is saved by the second
// click, or opens a form of its own.
func TestResultsToChoose(t *testing.T) {
	s := open(t, newFake(1))
	var titles []string
	s.get(anna, "/lists").Find("details.pick form > button, details.pick form > a").Each(func(i int, o *goquery.Selection) {
		titles = append(titles, strings.TrimSuffix(words(o), "…"))
		href, link := o.Attr("href")
		if value, _ := o.Attr("value"); !link && value != funnel.Outcomes()[i] {
			t.Errorf("%s sends %q", titles[i], value)
		}
		if link && i < len(funnel.Outcomes()) && href != fmt.Sprintf("/lists/2026-11-23/rows/%s?o=%d", inn(0), i+1) {
			t.Errorf("%s leads to %q", titles[i], href)
		}
		if link != asksMore(titles[i]) && titles[i] != "С комментарием" {
			t.Errorf("%s: a link is %v", titles[i], link)
		}
	})
	if !slices.Equal(titles, append(funnel.Outcomes(), "С комментарием")) {
		t.Errorf("offered are %q", titles)
	}
	for i, o := range funnel.Outcomes() {
		doc := s.get(anna, fmt.Sprintf("/lists/2026-11-23/rows/%s?o=%d", inn(0), i+1))
		if got := words(doc.Find("select[name=outcome] option[selected]")); got != o {
			t.Errorf("the form of %s offers %q", o, got)
		}
	}
}

func TestDueAndProgress(t *testing.T) {
	f := newFake(6) // one of each state
	f.sheet.Rows[0].Result = &Result{Outcome: funnel.CallBack, Next: monday + 2, At: 11 * 60, Comment: "просил в среду", Amount: 0}
	f.sheet.Rows[3].Result = &Result{Comment: "только дописано"}
	f.sheet.Tally = Tally{Rows: 6, Dialled: 1, Answered: 1, Interest: 0}
	f.sheet.Withdrawn = 2
	f.sheet.Stopped = []Row{{Row: f.sheet.Rows[5].Row, Result: &Result{Outcome: funnel.DoNotCall}}}
	f.sheet.Stopped[0].INN = inn(9)
	doc := open(t, f).get(anna, "/lists")
	var left []string
	doc.Find(".stats.due .stat b").Each(func(_ int, b *goquery.Selection) { left = append(left, words(b)) })
	if !slices.Equal(left, []string{"1", "2", "2", "1 из 6"}) {
		t.Errorf("left are %q", left)
	}
	if !doc.Find(".bar i").HasClass("w-15") {
		t.Error("the bar is not a sixth")
	}
	done := doc.Find("#r-" + string(inn(0)))
	if !done.HasClass("done") || words(done.Find(".said")) != "Перезвонить на 25 ноября в 11:00 МСК, просил в среду" {
		t.Errorf("a row with a result shows %q", words(done.Find(".said")))
	}
	for i, want := range []string{"yes", "no", "no", "no"} {
		if got, _ := doc.Find("#r-" + string(inn(i))).Attr("data-done"); got != want {
			t.Errorf("row %d: done is %q, want %q", i, got, want)
		}
	}
	if text := words(doc.Find("main")); !strings.Contains(text, "Снято стоп-листом: 2 компании") {
		t.Errorf("nothing is said of the rows that are gone: %q", text)
	}
	if link, _ := doc.Find("details.note a").Attr("href"); link != "/companies/"+string(inn(9))+"?day=2026-11-23" || doc.Find("#r-"+string(inn(9))).Length() != 0 {
		t.Errorf("a row that was stopped by its result is mended at %q", link)
	}
}

// What companies are called and managers write is text, and nothing else.
func TestHostileTexts(t *testing.T) {
	f := newFake(1)
	r := &f.sheet.Rows[0]
	r.Company, r.City, r.Phone, r.OtherPhones, r.Person, r.Post, r.Hook, r.LastResult, r.CallWindow = evil, evil, evil, evil, evil, evil, evil+"\n"+evil, evil, evil
	r.PhoneLink, r.Email = `"><script>`, evil
	r.Result = &Result{Outcome: funnel.Interest, Comment: evil, Person: evil, Post: evil, Phone: evil, Email: evil, File: evil}
	f.sheet.Managers[0].Name = evil
	f.card = hostileCard()
	f.answer = hostileAnswer()
	s := open(t, f)
	pages := map[string]*goquery.Document{
		"list": s.get(boss, "/lists"), "form": s.get(anna, "/lists/2026-11-23/rows/"+string(inn(0))), "card": s.get(anna, "/companies/"+string(inn(0))),
		"part": s.get(anna, "/lists/2026-11-23/rows/"+string(inn(0))+"?part=1"), "upload": s.upload(anna, "", evil, "x"),
	}
	for name, doc := range pages {
		if !strings.Contains(doc.Text(), "<script>alert(1)</script>") {
			t.Errorf("%s does not show what it was given", name)
		}
		for _, bad := range []string{"main script", "main img", "dialog script"} {
			if doc.Find(bad).Length() > 0 {
				t.Errorf("%s has %s", name, bad)
			}
		}
		doc.Find("*").Each(func(_ int, e *goquery.Selection) {
			for _, a := range e.Nodes[0].Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%s: <%s %s=%q>", name, goquery.NodeName(e), a.Key, a.Val)
				}
			}
		})
		doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			if href, _ := a.Attr("href"); strings.Contains(strings.ToLower(href), "javascript:") {
				t.Errorf("%s links to %q", name, href)
			}
		})
	}
}

// A manager has his own list, the head any; one who is both begins with his own.
func TestWhoseList(t *testing.T) {
	f := newFake(1)
	s := open(t, f)
	tests := []struct {
		user page.User
		to   string
		code int
		sees string
	}{
		{anna, "/lists", http.StatusOK, "anna"},
		{anna, "/lists?manager=anna", http.StatusOK, "anna"},
		{anna, "/lists?manager=oleg", http.StatusForbidden, ""},
		{anna, "/lists/2026-11-23/file?manager=oleg", http.StatusForbidden, ""},
		{anna, "/lists/past?manager=oleg", http.StatusForbidden, ""},
		{boss, "/lists", http.StatusOK, "anna"},
		{boss, "/lists?manager=oleg", http.StatusOK, "oleg"},
		{boss, "/lists?manager=stranger", http.StatusNotFound, ""},
		{both, "/lists", http.StatusOK, "oleg"},
		{both, "/lists?manager=anna", http.StatusOK, "anna"},
		{lost, "/lists", http.StatusForbidden, ""},
		{lost, "/lists/2026-11-23/file", http.StatusForbidden, ""},
		{lost, "/upload", http.StatusForbidden, ""},
		{anna, "/lists/2026-11-24", http.StatusNotFound, ""},
		{anna, "/lists/2026-11-24/file", http.StatusNotFound, ""},
		{anna, "/lists/yesterday", http.StatusNotFound, ""},
		{anna, "/companies/1234567890", http.StatusNotFound, ""},
		{anna, "/companies/" + string(inn(7)), http.StatusNotFound, ""},
	}
	for _, test := range tests {
		w := s.do(test.user, http.MethodGet, test.to, "", nil)
		if w.Code != test.code {
			t.Errorf("%s, %s: %d, want %d", test.user.Name, test.to, w.Code, test.code)
			continue
		}
		if test.sees != "" && s.read(w).Find(".get input[name=manager]").AttrOr("value", "") != test.sees {
			t.Errorf("%s, %s: not the list of %s", test.user.Name, test.to, test.sees)
		}
	}
	other := page.User{Name: "new", Roles: []page.Role{page.Manager}, Manager: "new"}
	if text := words(s.get(other, "/lists").Find("main")); !strings.Contains(text, "у вас нет списка") {
		t.Errorf("who is not on the list reads %q", text)
	}
	f.none = true
	if text := words(s.get(anna, "/lists").Find("main")); !strings.Contains(text, "Списка ещё нет") {
		t.Errorf("before the first list: %q", text)
	}
	s.get(boss, "/lists/past")
}

// A download is noted before it goes out, and does not go out otherwise.
func TestDownloads(t *testing.T) {
	f := newFake(3)
	s := open(t, f)
	w := s.do(anna, http.MethodGet, "/lists/2026-11-23/file", "", nil)
	if w.Body.String() != "PK book of anna" {
		t.Errorf("got %q", w.Body)
	}
	want := `attachment; filename="call-list-2026-11-23-anna-SAMPLE.xlsx"; filename*=UTF-8''call-list-2026-11-23-anna-%D0%9E%D0%91%D0%A0%D0%90%D0%97%D0%95%D0%A6.xlsx`
	if got := w.Header().Get("Content-Disposition"); got != want {
		t.Errorf("disposition %s", got)
	}
	if n := f.notes[len(f.notes)-1]; n.Action != "download" || n.Rows != 3 || n.Account != "anna-login" || n.What != "call-list-2026-11-23-anna-sample.xlsx" {
		t.Errorf("noted %+v", n)
	}
	if w := s.post(anna, "/lists/2026-11-23/file", url.Values{"password": {"long enough"}}); w.Body.String() != "locked" {
		t.Errorf("with a password: %q", w.Body)
	}
	if w := s.post(anna, "/lists/2026-11-23/file", url.Values{"password": {"short"}}); w.Code != http.StatusBadRequest {
		t.Errorf("a short password: %d", w.Code)
	}
	if w := s.post(boss, "/lists/2026-11-23/book", nil); w.Body.String() != "PK book of all" {
		t.Errorf("the whole book: %q", w.Body)
	}
	if w := s.post(boss, "/lists/2026-11-23/book", url.Values{"password": {"long enough"}}); w.Body.String() != "locked" {
		t.Errorf("the whole book with a password: %q", w.Body)
	}
	f.noteErr = errors.New("the disk is full")
	for _, w := range []*httptest.ResponseRecorder{s.do(anna, http.MethodGet, "/lists/2026-11-23/file", "", nil), s.post(boss, "/lists/2026-11-23/book", nil)} {
		if w.Code != http.StatusInternalServerError || w.Header().Get("Content-Disposition") != "" {
			t.Errorf("a download that is not noted: %d", w.Code)
		}
	}
}

func TestPastLists(t *testing.T) {
	s := open(t, newFake(1))
	doc := s.get(anna, "/lists/past")
	rows := doc.Find("tbody tr")
	if rows.Length() != pastMost || !strings.HasPrefix(words(rows.First()), "23 ноября 2026") {
		t.Fatalf("%d lists, the first %q", rows.Length(), words(rows.First()))
	}
	older, _ := doc.Find("p > a.btn").Attr("href")
	if want := "/lists/past?before=" + (monday - pastMost + 1).String(); older != want {
		t.Errorf("older ones are at %q, want %q", older, want)
	}
	doc = s.get(anna, older)
	if n := doc.Find("tbody tr").Length(); n != 51-pastMost || doc.Find("p > a.btn").Length() != 0 {
		t.Errorf("%d older lists", n)
	}
	file, _ := s.get(boss, "/lists/past?manager=oleg").Find("tbody a.btn").First().Attr("href")
	if file != "/lists/2026-11-23/file?manager=oleg" {
		t.Errorf("the head downloads %q", file)
	}
}

func TestNextIsSaidInWords(t *testing.T) {
	tests := []struct {
		band funnel.Band
		day  company.Date
		at   int
		want string
	}{
		{funnel.BandNew, 0, 0, "ещё не звонили"},
		{funnel.BandAgreed, monday + 2, 11 * 60, "перезвонить 25 ноября в 11:00 МСК"},
		{funnel.BandRetry, monday + 1, 0, "попробуем ещё раз 24 ноября"},
		{funnel.BandFollow, monday + 1, 0, "спросим, что решили, 24 ноября"},
		{funnel.BandTrial, monday + 14, 0, "спросим, что решили, 7 декабря"},
		{funnel.BandOnboarding, monday + 1, 0, "спросим, всё ли в порядке, 24 ноября"},
		{funnel.BandRest, monday + 182, 0, "не беспокоим до 24 мая 2027"},
		{funnel.BandStuck, 0, 0, "дальше решает руководитель"},
		{funnel.BandNoNumber, 0, 0, "другого номера нет: компания уйдёт руководителю на проверку"},
		{funnel.BandOut, 0, 0, "больше не звоним"},
		{funnel.BandClient, 0, 0, "клиент, звонок пока не назначен"},
		{funnel.BandClient, monday + 3, 0, "следующий звонок 26 ноября"},
	}
	for _, test := range tests {
		if got := strings.ReplaceAll(nextText(test.band, test.day, test.at, monday), "\u00a0", " "); got != test.want {
			t.Errorf("%v: %q, want %q", test.band, got, test.want)
		}
	}
}

// BenchmarkList shows a list of a thousand rows.
func BenchmarkList(b *testing.B) {
	f := newFake(1000)
	s := open(b, f)
	for b.Loop() {
		if w := s.do(anna, http.MethodGet, "/lists", "", nil); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
