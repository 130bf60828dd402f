package manager

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/web/page"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// monday is the day of the fake list.
var monday = company.NewDate(2026, time.November, 23)

// evil is what must be shown and never run.
const evil = `ООО «Ёж»<script>alert(1)</script>"><img src=x onerror=alert(1)>`

// fake is a Desk with a list of two managers, and the journal of its changes.
type fake struct {
	sheet   *Sheet
	card    *Card
	answer  *Answer
	taken   *Taken
	refuse  error // of Take
	none    bool  // there is no list at all
	owns    bool
	entries []Entry
	brought []string
	notes   []page.Note
	noteErr error
	mu      sync.Mutex
}

// inn makes a valid ten-digit number.
func inn(n int) company.INN {
	for last := range 10 {
		if v, err := company.ParseINN(fmt.Sprintf("7799%05d%d", n, last)); err == nil {
			return v
		}
	}
	panic("no check digit fits")
}

func newFake(rows int) *fake {
	f := &fake{sheet: &Sheet{Day: monday, Manager: Manager{"anna", "Анна"}, Managers: []Manager{{"anna", "Анна"}, {"oleg", "Олег"}}}, owns: true}
	states := []pipeline.RowState{pipeline.RowOverdue, pipeline.RowPromised, pipeline.RowAgain, pipeline.RowClient, pipeline.RowNew, pipeline.RowPlain}
	for i := range rows {
		r := Row{Row: pipeline.Row{
			Number: i + 1, INN: inn(i), Company: fmt.Sprintf("ООО «Пример-%d»", i), City: "Пермь", Priority: i%3 + 1, State: states[i%len(states)],
			CallWindow: "09:00–13:00", Phone: "+7 907 000-00-01", PhoneLink: "+79070000001", Hook: "Что меняете?\nSKF 6205", ManagerID: "anna", Manager: "Анна",
			LastResult: "Недозвон 20.11", Segment: "Сервисы", Why: "близко",
		}}
		f.sheet.Rows = append(f.sheet.Rows, r)
	}
	f.sheet.Tally.Rows = rows
	f.taken = &Taken{Company: "ООО «Пример»", Outcome: funnel.NoAnswer, Next: funnel.BandRetry, Day: monday + 1}
	f.card = &Card{}
	if rows > 0 {
		f.card.Row = f.sheet.Rows[0].Row
	}
	f.answer = &Answer{}
	return f
}

func (f *fake) Days(context.Context) ([]company.Date, company.Date, error) {
	if f.none {
		return nil, 0, nil
	}
	var days []company.Date
	for d := monday - 50; d <= monday; d++ {
		days = append(days, d)
	}
	return days, monday, nil
}

func (f *fake) Sheet(_ context.Context, day company.Date, id string) (*Sheet, error) {
	switch {
	case day != monday:
		return nil, ErrNoList
	case id != "" && !slices.ContainsFunc(f.sheet.Managers, func(m Manager) bool { return m.ID == id }):
		return nil, ErrNoManager
	}
	s := *f.sheet
	if id == "oleg" {
		s.Manager, s.Rows = f.sheet.Managers[1], nil
	}
	return &s, nil
}

func (f *fake) Past(_ context.Context, days []company.Date, _ string) ([]PastDay, error) {
	var out []PastDay
	for _, d := range days {
		out = append(out, PastDay{Day: d, Tally: Tally{Rows: 40, Dialled: 30, Answered: 20, Interest: 5}})
	}
	return out, nil
}

func (f *fake) Workbook(_ context.Context, day company.Date, id string) (*File, error) {
	if day != monday {
		return nil, ErrNoList
	}
	return &File{Name: "call-list-" + day.String() + "-" + id + "-ОБРАЗЕЦ.xlsx", Data: []byte("PK book of " + id), Rows: len(f.sheet.Rows)}, nil
}

func (f *fake) Book(ctx context.Context, day company.Date, _ Who) (*File, error) {
	return f.Workbook(ctx, day, "all")
}

func (f *fake) Lock(file *File, password string) error {
	if len(password) < 8 {
		return ErrPassword
	}
	file.Data = []byte("locked")
	return nil
}

func (f *fake) Guide(day company.Date) Guide {
	return Guide{Script: [][2]string{{"1. Кто решает", "Спросите"}}, Leads: map[string]string{funnel.CallBack: "Попросили перезвонить."}, NextDay: day + 1}
}

func (f *fake) Take(_ context.Context, _ Who, e Entry) (*Taken, error) {
	f.entries = append(f.entries, e)
	if f.refuse != nil {
		return nil, f.refuse
	}
	return f.taken, nil
}

func (f *fake) Most() int64 { return 1 << 20 }

func (f *fake) Bring(_ context.Context, _ Who, files []Upload, password string) (*Answer, error) {
	for _, u := range files {
		data, err := io.ReadAll(io.NewSectionReader(u.Content, 0, u.Size))
		if err != nil {
			return nil, err
		}
		f.brought = append(f.brought, u.Name+"|"+string(data)+"|"+password)
	}
	return f.answer, nil
}

func (f *fake) Owns(context.Context, string, company.INN) (bool, error) { return f.owns, nil }

func (f *fake) Card(_ context.Context, of company.INN, _ company.Date) (*Card, error) {
	if of != f.card.Row.INN {
		return nil, ErrNoCompany
	}
	return f.card, nil
}

func (f *fake) RowOf(_ context.Context, day company.Date, of company.INN) (*Row, error) {
	if day != monday {
		return nil, ErrNoList
	}
	for i := range f.sheet.Rows {
		if f.sheet.Rows[i].INN == of {
			return &f.sheet.Rows[i], nil
		}
	}
	return nil, ErrNoRow
}

// Note implements page.Audit.
func (f *fake) Note(_ context.Context, n page.Note) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.notes = append(f.notes, n)
	return f.noteErr
}

var (
	anna = page.User{Name: "anna-login", Roles: []page.Role{page.Manager}, Manager: "anna"}
	boss = page.User{Name: "boss", Roles: []page.Role{page.Head}}
	both = page.User{Name: "chief", Roles: []page.Role{page.Head, page.Manager}, Manager: "oleg"}
	lost = page.User{Name: "lost", Roles: []page.Role{page.Manager}}
)

// site is the section under a plain mux.
type site struct {
	*fake

	t   testing.TB
	mux *http.ServeMux
	err error // of the last request
}

func open(t testing.TB, f *fake) *site {
	t.Helper()
	zone := time.FixedZone("МСК", 3*60*60)
	kit := &page.Kit{Audit: f, Now: func() time.Time { return monday.In(zone).Add(9 * time.Hour) }, Zone: zone, Brand: "Подшипники"}
	section, err := New(kit, f)
	if err == nil {
		err = kit.Prepare([]page.Section{section})
	}
	if err != nil {
		t.Fatal(err)
	}
	s := &site{fake: f, t: t, mux: http.NewServeMux()}
	for _, route := range section.Routes {
		s.mux.HandleFunc(route.Pattern, func(w http.ResponseWriter, r *http.Request) {
			if !page.UserOf(r).Has(route.Roles...) {
				t.Fatalf("%s: the frame would have refused", route.Pattern)
			}
			if route.Body > 0 {
				r.Body = http.MaxBytesReader(w, r.Body, route.Body)
			}
			if s.err = route.Handle(w, r); s.err != nil {
				http.Error(w, s.err.Error(), problemOf(s.err).Status)
			}
		})
	}
	return s
}

func problemOf(err error) *page.Problem {
	if p, ok := err.(*page.Problem); ok { //nolint:errorlint // pages return it bare
		return p
	}
	return &page.Problem{Status: http.StatusInternalServerError, Text: err.Error()}
}

func (s *site) do(u page.User, method, to, kind string, body io.Reader) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequestWithContext(page.WithUser(s.t.Context(), u), method, to, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	w := httptest.NewRecorder()
	s.err = nil
	s.mux.ServeHTTP(w, r)
	return w
}

func (s *site) get(u page.User, to string) *goquery.Document {
	s.t.Helper()
	w := s.do(u, http.MethodGet, to, "", nil)
	if w.Code != http.StatusOK {
		s.t.Fatalf("%s: %d %s", to, w.Code, w.Body)
	}
	return s.read(w)
}

func (s *site) read(w *httptest.ResponseRecorder) *goquery.Document {
	s.t.Helper()
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return doc
}

func (s *site) post(u page.User, to string, form url.Values) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.do(u, http.MethodPost, to, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// words is the text of a selection in one line.
func words(s *goquery.Selection) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s.Text()), " "), "\u00a0", " ")
}
