package manager

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/web/page"
	"obzvon/pipeline/funnel"
)

func rowAddress(n int) string { return "/lists/2026-11-23/rows/" + string(inn(n)) }

// What the form sends reaches the desk, and the browser goes back to the row.
func TestEntryReachesTheDesk(t *testing.T) {
	f := newFake(2)
	s := open(t, f)
	w := s.post(anna, rowAddress(1), url.Values{
		"outcome": {funnel.CallBack}, "token": {"t1"}, "next": {"2026-11-25"}, "hour": {"11:00"}, "comment": {" просил в среду "}, "amount": {"100"},
		"phone": {"+7 907 000-00-09"}, "person": {"Образцов"}, "post": {"снабженец"}, "email": {"a@b.example"}, "consent": {"да"}, "consent_by": {"инженер"}, "consent_day": {"2026-11-23"},
	})
	want := Entry{
		Day: monday, INN: inn(1), Manager: "anna", Token: "t1", Outcome: funnel.CallBack, Next: "2026-11-25 11:00", Comment: "просил в среду\nСогласие: инженер, 23.11.2026",
		Consent: "да", Amount: "100", Phone: "+7 907 000-00-09", Person: "Образцов", Post: "снабженец", Email: "a@b.example",
	}
	if len(f.entries) != 1 || f.entries[0] != want {
		t.Fatalf("the desk got %+v", f.entries)
	}
	if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || to != "/lists/2026-11-23#r-"+string(inn(1)) {
		t.Errorf("%d to %q", w.Code, to)
	}
	if n := f.notes[0]; n.Action != "result" || n.What != "2026-11-23" || n.Rows != 1 {
		t.Errorf("noted %+v", n)
	}
	if to := s.post(anna, rowAddress(1), url.Values{"outcome": {funnel.NoAnswer}, "from": {"card"}, "quick": {"1"}}).Header().Get("Location"); to != "/companies/"+string(inn(1))+"?day=2026-11-23" {
		t.Errorf("from the card to %q", to)
	}
	if last := f.entries[1]; !last.Keep || last.Outcome != funnel.NoAnswer {
		t.Errorf("the second click sends %+v", last)
	}
	if to := s.post(boss, rowAddress(1), url.Values{"outcome": {funnel.NoAnswer}}).Header().Get("Location"); to != "/lists/2026-11-23?manager=anna#r-"+string(inn(1)) {
		t.Errorf("the head goes to %q", to)
	}
	if last := f.entries[2]; last.Manager != "anna" {
		t.Errorf("the head's entry is %+v", last)
	}
}

// What was not taken is shown with what was typed; nothing is taken that is not
// noted, nor of a row that is another's.
func TestEntryIsRefused(t *testing.T) {
	f := newFake(2)
	s := open(t, f)
	f.refuse = &RefusedError{Texts: []string{"сумма не понята"}}
	w := s.post(anna, rowAddress(0), url.Values{"outcome": {funnel.Trial}, "amount": {"много"}, "token": {"old"}})
	doc := s.read(w)
	if amount, _ := doc.Find("input[name=amount]").Attr("value"); w.Code != http.StatusUnprocessableEntity || amount != "много" || words(doc.Find(".note.bad")) != "сумма не понята" {
		t.Errorf("%d: %s", w.Code, words(doc.Find("main")))
	}
	if token, _ := doc.Find("input[name=token]").Attr("value"); token == "old" || token == "" {
		t.Errorf("the form has the token %q", token)
	}
	if !f.notes[len(f.notes)-1].Refused {
		t.Error("the refusal was not noted")
	}
	f.refuse = ErrNoRow // taken away while the form was filled in
	if w := s.post(anna, rowAddress(0), url.Values{"outcome": {funnel.NoAnswer}}); w.Code != http.StatusNotFound || !f.notes[len(f.notes)-1].Refused {
		t.Errorf("a row that has gone: %d, noted %+v", w.Code, f.notes[len(f.notes)-1])
	}
	f.refuse, f.entries = nil, nil
	f.sheet.Rows[1].ManagerID = "oleg"
	for _, form := range []url.Values{{"outcome": {funnel.NoAnswer}}, {"outcome": {funnel.NoAnswer}, "manager": {"oleg"}}} {
		if w := s.post(anna, rowAddress(1), form); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("another's row: %d", w.Code)
		}
	}
	if w := s.post(anna, rowAddress(5), nil); w.Code != http.StatusNotFound {
		t.Errorf("a row that is not there: %d", w.Code)
	}
	if w := s.post(anna, rowAddress(0), url.Values{"comment": {strings.Repeat("x", formMost)}}); w.Code == http.StatusSeeOther {
		t.Error("a form of any size is taken")
	}
	f.noteErr = errors.New("the disk is full")
	if w := s.post(anna, rowAddress(0), url.Values{"outcome": {funnel.NoAnswer}}); w.Code != http.StatusInternalServerError {
		t.Errorf("without a note: %d", w.Code)
	}
	if len(f.entries) != 0 {
		t.Errorf("the desk got %+v", f.entries)
	}
}

func TestWhatWasTakenIsSaid(t *testing.T) {
	taken := func(change func(*Taken)) *Taken {
		out := &Taken{Company: "ООО «Пример»", Outcome: funnel.CallBack, Next: funnel.BandAgreed, Day: monday + 2, At: 11 * 60}
		change(out)
		return out
	}
	tests := map[string]*Taken{
		"ООО «Пример»: «Перезвонить», перезвонить 25 ноября в 11:00 МСК.": taken(func(*Taken) {}),
		"ООО «Пример»: «Не звонить», больше не звоним: компания и 2 её номера в стоп-листе.": taken(func(t *Taken) {
			t.Outcome, t.Next, t.Numbers, t.Stopped = funnel.DoNotCall, funnel.BandOut, 2, true
		}),
		"ООО «Пример»: «Не звонить», больше не звоним: компания в стоп-листе.": taken(func(t *Taken) { t.Outcome, t.Next, t.Stopped = funnel.DoNotCall, funnel.BandOut, true }),
		"ООО «Пример»: записано без результата. телефон учтён.":                taken(func(t *Taken) { t.Outcome, t.Remarks = "", []string{"телефон учтён"} }),
		"ООО «Пример»: «Перезвонить», перезвонить 25 ноября в 11:00 МСК. Не понято: «Телефон»; «E-mail».": taken(func(t *Taken) {
			t.Unread = []string{"«Телефон»", "«E-mail»"}
		}),
		"ООО «Пример»: «Перезвонить», перезвонить 25 ноября в 11:00 МСК. Но в файле, сохранённом позже (вечер.xlsx), записано другое: действует он. Исправьте файл и загрузите его.": taken(func(t *Taken) {
			t.Beaten = "вечер.xlsx"
		}),
	}
	for want, given := range tests {
		if got := strings.ReplaceAll(takenText(given, monday), "\u00a0", " "); got != want {
			t.Errorf("said\n%q, want\n%q", got, want)
		}
	}
	if n := utf8.RuneCountInString(takenText(taken(func(t *Taken) { t.Remarks = []string{strings.Repeat("слово ", 1000)} }), monday)); n > flashMost+1 {
		t.Errorf("%d letters do not fit a cookie", n)
	}
}

// A form shows what is asked for with its result; the day and the money of another
// one are not carried over.
func TestFormOfAResult(t *testing.T) {
	f := newFake(1)
	f.sheet.Rows[0].Result = &Result{Outcome: funnel.CallBack, Next: monday + 2, At: 15 * 60, Comment: "было", Amount: 5, Consent: "да"}
	s := open(t, f)
	value := func(doc *goquery.Document, name string) string {
		v, _ := doc.Find("[name=" + name + "]").Attr("value")
		return v
	}
	same := s.get(anna, rowAddress(0))
	if value(same, "next") != "2026-11-25" || value(same, "hour") != "15:00" || words(same.Find("textarea")) != "было" || words(same.Find("button.main")) != "Исправить" {
		t.Errorf("what stands is shown as %s", words(same.Find("form.entry")))
	}
	if text := words(same.Find("[data-lead]")); text != "Попросили перезвонить." {
		t.Errorf("it leads to %q", text)
	}
	other := s.get(anna, rowAddress(0)+"?o=10") // «Тестовая партия»
	if value(other, "next") != "" || value(other, "amount") != "" || words(other.Find("textarea")) != "было" {
		t.Errorf("another result keeps %q, %q", value(other, "next"), value(other, "amount"))
	}
	if same.Find("form.entry > .row input[name=next]").Length() != 1 || other.Find("form.entry > label input[name=amount]").Length() != 1 {
		t.Error("what is asked for is hidden")
	}
	for _, doc := range []*goquery.Document{same, other} {
		for _, name := range []string{"outcome", "next", "hour", "amount", "comment", "person", "post", "phone", "email", "consent", "consent_by", "consent_day", "token"} {
			if n := doc.Find("form.entry [name=" + name + "]").Length(); n != 1 {
				t.Errorf("%d fields %s", n, name)
			}
		}
	}
	part := s.do(anna, http.MethodGet, rowAddress(0)+"?o=3&part=1", "", nil).Body.String()
	if strings.Contains(part, "<html") || !strings.Contains(part, "<form") {
		t.Errorf("a part is %q", part)
	}
	if len(f.entries) != 0 {
		t.Error("a form that is shown puts something down")
	}
}

func (s *site) upload(u page.User, password string, files ...string) *goquery.Document {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(files); i += 2 {
		part, err := form.CreateFormFile("files", files[i])
		if err == nil {
			_, err = io.WriteString(part, files[i+1])
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	if err := errors.Join(form.WriteField("password", password), form.Close()); err != nil {
		s.t.Fatal(err)
	}
	w := s.do(u, http.MethodPost, "/upload", form.FormDataContentType(), &body)
	if s.err != nil {
		s.t.Logf("upload: %v", s.err)
	}
	return s.read(w)
}

func TestUpload(t *testing.T) {
	f := newFake(1)
	f.answer = &Answer{Next: monday + 1, Conflicts: []string{"два файла"}, Others: []Named{{inn(3), "ООО «Сосед»"}}, Unread: true, Files: []Brought{
		{
			Name: "вечер.xlsx", Digest: strings.Repeat("a1", 32), What: "список на 23.11.2026, Анна", Rows: 4, Taken: 1, Edited: 1, Problems: 1, Untouched: 1, New: 1, Same: 1,
			Notes: []string{"часы спешат"}, Stopped: []string{"ИНН 1"}, Moved: []string{"ИНН 2: теперь звонит Олег"},
			Decisions: &Decided{Remembered: 2, Known: 1, Older: 1, Open: 3, Problems: []string{"строка 9: непонятно"}},
			Lines: []Line{
				{Row: 2, INN: inn(0), Company: "ООО «А»", Outcome: funnel.Interest, State: LineTaken},
				{Row: 3, INN: inn(1), Outcome: funnel.NoAnswer, State: LineSame},
				{Row: 4, Company: "ООО «В»", State: LineEdited, Remarks: []string{"результат не выбран"}},
				{Row: 5, State: LineProblem, Unread: []string{"нет ИНН"}},
			},
		},
		{Name: "чужой.xlsx", Refused: "это список другого менеджера"},
	}}
	s := open(t, f)
	doc := s.upload(anna, "тайна", "C:\\Мои документы\\вечер.xlsx", "first", "чужой.xlsx", "second")
	if len(f.brought) != 2 || f.brought[0] != "вечер.xlsx|first|тайна" {
		t.Fatalf("the desk got %q", f.brought)
	}
	text := words(doc.Find("main"))
	for _, want := range []string{
		"новых 1, изменено 0, без изменений 1", "Не понято: 1 строка", "Не тронуто: 1 строка", "часы спешат", "В стоп-лист внесены: ИНН 1", "теперь звонит Олег",
		"решений записано 2, известно раньше 1, старше действующих 1, осталось решить 3", "строка 9: непонятно", "Файл не взят: это список другого менеджера",
		"записано", "было раньше", "записаны правки", "не взято", "результат не выбран", "нет ИНН", "Расхождение: два файла", "ООО «Сосед»", "Источники здесь ещё не читались", "Список на 24 ноября 2026",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the answer does not say %q: %s", want, text)
		}
	}
	if strings.Contains(text, "тайна") || strings.Contains(doc.Text(), "тайна") {
		t.Error("the password stands on the page")
	}
	var actions []string
	for _, n := range f.notes {
		what := n.Action + " " + n.What
		if n.Refused {
			what += " refused"
		}
		actions = append(actions, what)
	}
	// What a stranger calls his file may name anybody: its digest tells which it was.
	if got := strings.Join(actions, ", "); got != "upload file, upload file, taken in file a1a1a1a1a1a1a1a1, upload file refused" {
		t.Errorf("noted: %s", got)
	}
}

func TestUploadIsRefused(t *testing.T) {
	f := newFake(1)
	s := open(t, f)
	many := make([]string, 2*(filesMost+1))
	for i := range many {
		many[i] = "x"
	}
	for name, text := range map[string]string{
		"none": words(s.upload(anna, "").Find("main")), "many": words(s.upload(anna, "", many...).Find("main")),
		"large": s.upload(anna, "", "x", strings.Repeat("x", 3<<20)).Text(), "nobody's": s.upload(lost, "", "x", "y").Text(),
	} {
		if len(f.brought) != 0 || text == "" {
			t.Errorf("%s: %q was brought, said %q", name, f.brought, text)
		}
	}
	if w := s.do(anna, http.MethodPost, "/upload", "multipart/form-data; boundary=x", strings.NewReader("--x\r\nbroken")); w.Code != http.StatusBadRequest {
		t.Errorf("a broken form: %d", w.Code)
	}
}

func hostileCard() *Card {
	return &Card{
		Row: newFake(1).sheet.Rows[0].Row, Keeper: Manager{"x", evil}, OnList: evil, Phones: []Phone{{evil, `"><script>`, evil}},
		Contacts: []Contact{{Post: evil, Name: evil, Phone: evil, E164: evil, Email: evil, Source: evil}},
		Groups:   []Group{{Title: evil, Reasons: []Reason{{Title: evil, Evidence: evil, Source: evil}}}},
		Calls:    []Call{{Day: monday, Outcome: evil, Comment: evil, Manager: evil, File: evil, Consent: evil}},
		Tenders:  []Tender{{Subject: evil, Page: "javascript:alert(1)", Price: evil, Source: evil}},
		Facts:    []Fact{{Title: evil, Value: evil, Note: evil, Source: evil}}, Others: []Fact{{Title: evil, Value: evil}}, Joined: []Joined{{evil, evil, evil}},
	}
}

func hostileAnswer() *Answer {
	return &Answer{Conflicts: []string{evil}, Others: []Named{{"1", evil}}, Files: []Brought{
		{Name: evil, Refused: evil}, {Name: evil, What: evil, Notes: []string{evil}, Stopped: []string{evil}, Lines: []Line{{Row: 1, Company: evil, Outcome: evil, Unread: []string{evil}, Remarks: []string{evil}}}},
	}}
}

// The card of another's company is closed; that of a company that must not be called
// takes a correction all the same.
func TestCard(t *testing.T) {
	f := newFake(2)
	f.card.Stopped, f.card.NextDay, f.card.Next = "просили не звонить", 0, funnel.BandOut
	s := open(t, f)
	doc := s.get(anna, "/companies/"+string(inn(0))+"?day=2026-11-23")
	if text := words(doc.Find("main")); !strings.Contains(text, "Не звонить: просили не звонить") || !strings.Contains(text, "Номера скрыты") || doc.Find("details.pick").Length() != 1 {
		t.Errorf("a stopped company: %q", text)
	}
	if from, _ := doc.Find("details.pick input[name=from]").Attr("value"); from != "card" {
		t.Errorf("the result goes back to %q", from)
	}
	f.sheet.Rows[0].ManagerID = "oleg"
	if s.get(anna, "/companies/"+string(inn(0))).Find("details.pick").Length() != 0 {
		t.Error("a result may be put down on another's list")
	}
	if s.get(boss, "/companies/"+string(inn(0))).Find("details.pick").Length() != 1 {
		t.Error("the head cannot put down a result")
	}
	f.owns = false
	if w := s.do(anna, http.MethodGet, "/companies/"+string(inn(0)), "", nil); w.Code != http.StatusForbidden || !f.notes[len(f.notes)-1].Refused {
		t.Errorf("another's company: %d", w.Code)
	}
	s.get(boss, "/companies/"+string(inn(0)))
	if w := s.do(boss, http.MethodGet, "/companies/"+string(inn(1)), "", nil); w.Code != http.StatusNotFound {
		t.Errorf("a company that nobody knows: %d", w.Code)
	}
}

// TestCardLeadsOn: from a card to the next row that has no result, then round to the
// top; nowhere when all have one.
func TestCardLeadsOn(t *testing.T) {
	f := newFake(4)
	s := open(t, f)
	next := func() string {
		href, _ := s.get(anna, "/companies/"+string(inn(0))+"?day=2026-11-23").Find(".ways a.right").Attr("href")
		return strings.TrimSuffix(strings.TrimPrefix(href, "/companies/"), "?day=2026-11-23")
	}
	done := &Result{Outcome: funnel.NoAnswer}
	first := slices.IndexFunc(f.sheet.Rows, func(r Row) bool { return r.INN == inn(0) })
	for left := len(f.sheet.Rows) - 1; left > 0; left-- {
		i := (first + len(f.sheet.Rows) - left) % len(f.sheet.Rows)
		if got := next(); got != string(f.sheet.Rows[i].INN) {
			t.Errorf("with %d left, it leads to %q, want %q", left, got, f.sheet.Rows[i].INN)
		}
		f.sheet.Rows[i].Result = done
	}
	if got := next(); got != "" {
		t.Errorf("with nobody left, it leads to %q", got)
	}
}

// FuzzFileName: whatever a browser says a file is called, what is kept of it is a
// short name without a path.
func FuzzFileName(f *testing.F) {
	for _, name := range []string{"список.xlsx", `..\..\x`, "/etc/passwd", "", " ", "..", "a\x00b\u202egnp.exe", strings.Repeat("ы", 300), "\xff\xfe"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		name := fileName(sent)
		if name == "" || name == "." || !utf8.ValidString(name) || utf8.RuneCountInString(name) > 101 || strings.ContainsAny(name, "/\\\r\n\t\x00\u202e") || path.Base(name) != name {
			t.Errorf("%q is kept as %q", sent, name)
		}
	})
}

// FuzzDisposition: no name of a file breaks out of its header.
func FuzzDisposition(f *testing.F) {
	for _, name := range []string{"call-list-2026-11-23-anna-ОБРАЗЕЦ.xlsx", `a"; filename="b`, "x\r\nSet-Cookie: y", ""} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := disposition(name)
		if strings.Count(got, `"`) != 2 || strings.ContainsFunc(got, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q: %q", name, got)
		}
		_, encoded, _ := strings.Cut(got, "filename*=UTF-8''")
		if back, err := url.PathUnescape(encoded); err != nil || back != name || strings.ContainsAny(encoded, ` ";,`) {
			t.Errorf("%q comes back as %q, %v", name, back, err)
		}
	})
}
