package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// say puts a result down as the page does, and gives the word about it.
func (r *reader) say(inn company.INN, form url.Values) string {
	r.Helper()
	page := r.post("/lists/2026-11-23/rows/"+string(inn), form, http.StatusOK)
	return words(page.Find(".note.good[role=status]"))
}

func entry(outcome string, more ...string) url.Values {
	form := url.Values{"outcome": {outcome}, "token": {"form-1"}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

// Each result is taken as a workbook's would be, and the answer says what follows.
func TestResultsAreTaken(t *testing.T) {
	o := openOffice(t)
	anna, rows := o.as("anna"), o.rowsOf("anna")
	tests := []struct {
		form   url.Values
		says   string
		stands store.Result
	}{
		{entry(funnel.NoAnswer, "quick", "1"), "«Недозвон», попробуем ещё раз 24 ноября", store.Result{Outcome: funnel.NoAnswer}},
		{
			entry(funnel.CallBack, "next", "2026-11-25", "hour", "11:00", "comment", "после планёрки"), "перезвонить 25 ноября в 11:00 МСК",
			store.Result{Outcome: funnel.CallBack, Next: o.day + 2, NextAt: 11 * 60, Comment: "после планёрки"},
		},
		{entry(funnel.CallBack), "перезвонить 24 ноября", store.Result{Outcome: funnel.CallBack}},
		{entry(funnel.NotInterested, "quick", "1"), "не беспокоим до 24 мая 2027", store.Result{Outcome: funnel.NotInterested}},
		{entry(funnel.NotOurs, "quick", "1"), "больше не звоним", store.Result{Outcome: funnel.NotOurs}},
		{entry(funnel.Interest, "comment", "6205, 40 шт."), "спросим, что решили, 24 ноября", store.Result{Outcome: funnel.Interest, Comment: "6205, 40 шт."}},
		{entry(funnel.OfferSent, "amount", "12 500"), "спросим, что решили, 26 ноября", store.Result{Outcome: funnel.OfferSent, Amount: 12500}},
		{entry(funnel.Trial, "amount", "9800,50"), "спросим, что решили, 7 декабря", store.Result{Outcome: funnel.Trial, Amount: 9801}},
		{entry(funnel.Contract, "amount", "250000"), "спросим, всё ли в порядке, 24 ноября", store.Result{Outcome: funnel.Contract, Amount: 250000}},
		{
			entry(funnel.NotDecider, "person", "Образцов Пётр", "post", "снабженец", "phone", "+7 907 000-77-77"), "попробуем ещё раз 24 ноября",
			store.Result{Outcome: funnel.NotDecider, Person: "Образцов Пётр", Post: "снабженец", Phones: []string{"+79070007777"}},
		},
		{
			entry(funnel.Interest, "consent", "да", "consent_by", "главный инженер", "consent_day", "2026-11-23", "email", "zakup@firma.example"), "спросим, что решили",
			store.Result{Outcome: funnel.Interest, Comment: "Согласие: главный инженер, 23.11.2026", Consent: store.ConsentGiven, Email: "zakup@firma.example"},
		},
	}
	if len(rows) < len(tests) {
		t.Fatalf("%d rows for %d tests", len(rows), len(tests))
	}
	for i, test := range tests {
		row := rows[i].Row
		if said := anna.say(row.INN, test.form); !strings.Contains(said, test.says) || !strings.HasPrefix(said, row.Company) {
			t.Errorf("%v: said %q, want %q", test.form, said, test.says)
		}
		all := o.results(row.INN)
		if len(all) != 1 {
			t.Fatalf("%v: %d results", test.form, len(all))
		}
		got, want := all[0], test.stands
		if got.Manager != "anna" || got.By != "anna-login" || got.Day != o.day || !strings.HasPrefix(got.File, "web:") || got.Dialled != rows[i].Phones[0] {
			t.Errorf("%v: taken as %+v", test.form, got)
		}
		if got.Outcome != want.Outcome || got.Next != want.Next || got.NextAt != want.NextAt || got.Comment != want.Comment || got.Amount != want.Amount ||
			got.Consent != want.Consent || got.Person != want.Person || got.Post != want.Post || got.Email != want.Email || !slices.Equal(got.Phones, want.Phones) {
			t.Errorf("%v: taken as %+v, want %+v", test.form, got, want)
		}
	}
	page := anna.get("/lists", http.StatusOK)
	if text := words(page.Find(".stat.wide")); !strings.Contains(text, "11 из 12") || !strings.Contains(text, "ответили 10, интерес 5") {
		t.Errorf("progress is %q", text)
	}
	var past []string
	anna.get("/lists/past", http.StatusOK).Find("tbody td.num").Each(func(_ int, cell *goquery.Selection) { past = append(past, words(cell)) })
	if !slices.Equal(past, []string{"12", "11", "10", "5"}) {
		t.Errorf("past lists tell %q", past)
	}
}

// A form that is sent twice counts once; another word replaces the first, also when
// it is the first one again, and also from a form that was open all the time.
func TestEntryIsSentTwiceAndMended(t *testing.T) {
	o := openOffice(t)
	anna, inn := o.as("anna"), o.rowsOf("anna")[0].Row.INN
	stands := func() string {
		list, err := o.house.listOf(t.Context(), o.day)
		if err != nil {
			t.Fatal(err)
		}
		return standingOn(o.results(inn), list.ID).Outcome
	}
	both := sync.WaitGroup{}
	for range 2 {
		both.Go(func() { anna.say(inn, entry(funnel.NoAnswer)) })
	}
	both.Wait()
	if n := len(o.results(inn)); n != 1 {
		t.Fatalf("a double click counts %d times", n)
	}
	lines := 0
	for _, err := range o.house.journal().Read(t.Context()) {
		if lines++; err != nil {
			t.Fatal(err)
		}
	}
	if lines != 1 {
		t.Errorf("the journal has %d lines", lines)
	}
	for _, outcome := range []string{funnel.Interest, funnel.NoAnswer, funnel.NoAnswer, funnel.Interest} {
		anna.say(inn, entry(outcome))
		if got := stands(); got != outcome {
			t.Fatalf("%s was said, %s stands", outcome, got)
		}
	}
	if n := len(o.results(inn)); n != 4 {
		t.Errorf("%d results, want 4", n)
	}
	if page := anna.get("/lists", http.StatusOK); words(page.Find("#r-"+string(inn)+" .said b")) != funnel.Interest {
		t.Errorf("the page shows %q", words(page.Find("#r-"+string(inn)+" .said")))
	}
}

// A result that is only picked keeps what was written beside the one before; a
// mended one shows it.
func TestMendingKeepsWhatWasWritten(t *testing.T) {
	o := openOffice(t)
	anna, inn := o.as("anna"), o.rowsOf("anna")[0].Row.INN
	anna.say(inn, entry(funnel.CallBack, "comment", "просил в среду", "phone", "+7 907 000-77-78", "next", "2026-11-25"))
	form := anna.get("/lists/2026-11-23/rows/"+string(inn), http.StatusOK)
	for name, want := range map[string]string{"next": "2026-11-25", "phone": "+7 907 000-77-78"} {
		if got, _ := form.Find("input[name=" + name + "]").Attr("value"); got != want {
			t.Errorf("%s is shown as %q, want %q", name, got, want)
		}
	}
	anna.say(inn, entry(funnel.NotInterested, "quick", "1"))
	all := o.results(inn)
	last := lastByPage(all, all[0].List)
	if last.Outcome != funnel.NotInterested || last.Comment != "просил в среду" || len(last.Phones) != 1 || last.Next.Known() {
		t.Errorf("%+v", last)
	}
}

// What cannot be understood is said, with what was typed still there; nothing of it
// is taken. A part that was not understood does not cost the rest.
func TestEntryThatIsNotUnderstood(t *testing.T) {
	o := openOffice(t)
	anna, rows := o.as("anna"), o.rowsOf("anna")
	to := "/lists/2026-11-23/rows/" + string(rows[0].Row.INN)
	for _, form := range []url.Values{entry("Может быть"), entry("")} {
		form.Set("token", "t")
		page := anna.post(to, form, http.StatusUnprocessableEntity)
		if words(page.Find(".note.bad")) == "" {
			t.Errorf("%v: nothing is said", form)
		}
	}
	page := anna.post(to, entry("", "next", "2020-01-01", "comment", "…"), http.StatusUnprocessableEntity)
	if text := words(page.Find(".note.bad")); !strings.Contains(text, "раньше самого звонка") {
		t.Errorf("said %q", text)
	}
	if got, _ := page.Find("input[name=next]").Attr("value"); got != "2020-01-01" {
		t.Errorf("what was typed is lost: %q", got)
	}
	if n := len(o.results(rows[0].Row.INN)); n != 0 {
		t.Errorf("%d results were taken", n)
	}
	if said := anna.say(rows[1].Row.INN, entry(funnel.Interest, "phone", "звоните утром")); !strings.Contains(said, "Не понято: «Телефон»") {
		t.Errorf("said %q", said)
	}
	if got := o.results(rows[1].Row.INN); len(got) != 1 || got[0].Outcome != funnel.Interest {
		t.Errorf("%+v", got)
	}
}

// «Не звонить» stops the company and its numbers at once; the card says how a
// mistake is undone, and takes the right result.
func TestDoNotCallStopsAtOnce(t *testing.T) {
	o := openOffice(t)
	anna, row := o.as("anna"), o.rowsOf("anna")[0]
	said := anna.say(row.Row.INN, entry(funnel.DoNotCall, "quick", "1"))
	if !strings.Contains(said, "больше не звоним") || !strings.Contains(said, "в стоп-листе") {
		t.Errorf("said %q", said)
	}
	stops, err := o.house.store.StopList(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	set := calllist.NewStopSet(stops)
	for _, phone := range row.Phones {
		if _, stopped := set.Reason("", []string{phone}, nil, nil); !stopped {
			t.Errorf("%s may still be called", phone)
		}
	}
	if _, stopped := set.Reason(row.Row.INN, nil, nil, nil); !stopped {
		t.Error("the company may still be called")
	}
	if anna.get("/lists", http.StatusOK).Find("#r-"+string(row.Row.INN)).Length() != 0 {
		t.Error("the row is still shown")
	}
	if link, _ := anna.get("/lists", http.StatusOK).Find("details.note a").Attr("href"); link != "/companies/"+string(row.Row.INN)+"?day=2026-11-23" {
		t.Errorf("the way back leads to %q", link)
	}
	_, data := anna.download(http.MethodGet, "/lists/2026-11-23/file", nil)
	for _, cells := range sheetOf(t, data, xlsx.SheetCalls) {
		if slices.Contains(cells, string(row.Row.INN)) {
			t.Error("the row is still downloaded")
		}
	}
	card := anna.get("/companies/"+string(row.Row.INN)+"?day=2026-11-23", http.StatusOK)
	if card.Find("details.pick").Length() != 1 || !strings.Contains(words(card.Find(".note.bad")), "снять запрет") {
		t.Error("the card does not tell how to undo it")
	}
	anna.say(row.Row.INN, entry(funnel.NoAnswer, "from", "card"))
	list, err := o.house.listOf(t.Context(), o.day)
	if err != nil {
		t.Fatal(err)
	}
	if got := standingOn(o.results(row.Row.INN), list.ID).Outcome; got != funnel.NoAnswer {
		t.Errorf("%s stands", got)
	}
}

// A workbook that was saved later stands, and the page says so.
func TestLaterFileBeatsThePage(t *testing.T) {
	o := openOffice(t)
	anna, inn := o.as("anna"), o.rowsOf("anna")[0].Row.INN
	list, err := o.house.listOf(t.Context(), o.day)
	if err != nil {
		t.Fatal(err)
	}
	later := store.Result{
		INN: inn, Day: o.day, List: list.ID, File: "f", FileName: "вечер.xlsx", Outcome: funnel.Interest, Manager: "anna",
		Saved: o.house.night.Clock().Add(time.Hour),
	}
	if _, err := o.house.store.PutResults(t.Context(), []store.Result{later}); err != nil {
		t.Fatal(err)
	}
	if said := anna.say(inn, entry(funnel.NoAnswer)); !strings.Contains(said, "вечер.xlsx") {
		t.Errorf("said %q", said)
	}
}

// What was said on the page makes tomorrow's list.
func TestTomorrowFollowsThePage(t *testing.T) {
	o := openOffice(t)
	anna, rows := o.as("anna"), o.rowsOf("anna")
	anna.say(rows[0].Row.INN, entry(funnel.CallBack, "next", "2026-11-24", "hour", "10:30"))
	anna.say(rows[1].Row.INN, entry(funnel.NotOurs))
	o.house.night.Clock = func() time.Time { return o.day.Time().Add(20 * time.Hour) }
	if _, err := o.house.night.Run(t.Context(), night.Request{Day: o.day + 1, SkipEnrich: true}); err != nil {
		t.Fatal(err)
	}
	page := anna.get("/lists/2026-11-24", http.StatusOK)
	first := page.Find("#calls tbody tr").First()
	if id, _ := first.Attr("id"); id != "r-"+string(rows[0].Row.INN) || !first.HasClass("due") || !strings.Contains(words(first), "в 10:30") {
		t.Errorf("tomorrow begins with %q", words(first))
	}
	if page.Find("#r-"+string(rows[1].Row.INN)).Length() != 0 {
		t.Error("who is no customer is called again")
	}
	if text := words(page.Find(".stat").First()); !strings.HasPrefix(text, "1договорённости") {
		t.Errorf("due is %q", text)
	}
}
