package analyst

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"obzvon/config"
	"obzvon/exports/web/page"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// fakeDesk answers with what it was given.
type fakeDesk struct {
	weights    *Weights
	preview    *Preview
	outcomes   *Outcomes
	matches    *Matches
	decided    *Decided
	quarantine []Quarantine
	rejects    *Rejects
	sources    *Sources
	source     *SourceCard
	firm       *Firm
	err        error // of everything but Weights

	trials   []Trial
	changes  []config.Numbers
	verdicts []Verdict
}

func (d *fakeDesk) Weights(context.Context) (*Weights, error) { return d.weights, nil }
func (d *fakeDesk) Preview(_ context.Context, t Trial) (*Preview, error) {
	d.trials = append(d.trials, t)
	return d.preview, d.err
}

func (d *fakeDesk) File(_ context.Context, n config.Numbers) ([]byte, error) {
	d.changes = append(d.changes, n)
	return []byte("schema_version: 1\n"), d.err
}
func (d *fakeDesk) Outcomes(context.Context) (*Outcomes, error) { return d.outcomes, d.err }
func (d *fakeDesk) Matches(context.Context, int, int) (*Matches, error) {
	return d.matches, d.err
}

func (d *fakeDesk) Decided(context.Context, int, int) (*Decided, error) { return d.decided, d.err }
func (d *fakeDesk) Decide(_ context.Context, v Verdict) error {
	d.verdicts = append(d.verdicts, v)
	return d.err
}
func (d *fakeDesk) Quarantine(context.Context) ([]Quarantine, error) { return d.quarantine, d.err }
func (d *fakeDesk) Rejects(context.Context, string, string, int, int) (*Rejects, error) {
	return d.rejects, d.err
}
func (d *fakeDesk) Sources(context.Context) (*Sources, error)           { return d.sources, d.err }
func (d *fakeDesk) Source(context.Context, string) (*SourceCard, error) { return d.source, d.err }
func (d *fakeDesk) Firm(context.Context, company.INN) (*Firm, error)    { return d.firm, d.err }
func (d *fakeDesk) Note(context.Context, page.Note) error               { return nil }
func emptyDesk() *fakeDesk {
	return &fakeDesk{
		weights: twoSegments(), preview: &Preview{}, outcomes: &Outcomes{NeedAnswered: 400, NeedInterested: 40, Window: 30},
		matches: &Matches{Pages: Pages{Page: 1, Size: 10}}, decided: &Decided{Pages: Pages{Page: 1, Size: 10}},
		rejects: &Rejects{Pages: Pages{Page: 1, Size: 10}}, sources: &Sources{}, source: &SourceCard{}, firm: &Firm{},
	}
}

func twoSegments() *Weights {
	return &Weights{
		Hash: "0123abcd", Scored: true, Bands: make([]Band, 10), Signals: []string{"phone", "season", "age"},
		Segments: []Segment{{ID: "a", Title: "Автосервисы", Priority: 1, Season: []int{3, 4}}, {ID: "b", Title: "Заводы", Priority: 2}},
		Groups: []Group{
			{ID: "reach", Title: "Связь", Cap: 60, Signals: []Signal{{ID: "phone", Title: "Телефон", Points: 6}, {ID: "age", Title: "Возраст", Points: 4, Unknown: 0.4}}},
			{ID: "time", Title: "Время", Cap: 40, Signals: []Signal{{ID: "season", Title: "Сезон", Points: 4}}},
		},
		Ladders: map[string][]float64{"age": {0, 0.5, 1}},
	}
}

// browser asks the pages as a person with a role.
type browser struct {
	*testing.T

	desk  *fakeDesk
	mux   *http.ServeMux
	notes []page.Note
	audit error
}

func (b *browser) Note(_ context.Context, n page.Note) error {
	b.notes = append(b.notes, n)
	return b.audit
}

func open(t *testing.T, desk *fakeDesk) *browser {
	t.Helper()
	b := &browser{T: t, desk: desk, mux: http.NewServeMux()}
	kit := &page.Kit{Audit: b, Now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }, Zone: time.UTC, Brand: "Продавец"}
	section, err := New(kit, desk)
	if err != nil {
		t.Fatal(err)
	}
	if err := kit.Prepare([]page.Section{section}); err != nil {
		t.Fatal(err)
	}
	for _, route := range section.Routes {
		b.mux.HandleFunc(route.Pattern, func(w http.ResponseWriter, r *http.Request) {
			err := route.Handle(w, r)
			var p *page.Problem
			switch {
			case errors.As(err, &p):
				http.Error(w, p.Text, p.Status)
			case err != nil:
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		})
	}
	return b
}

func (b *browser) send(r *http.Request, role page.Role) (*goquery.Document, *httptest.ResponseRecorder) {
	b.Helper()
	r = r.WithContext(page.WithUser(r.Context(), page.User{Name: "vera", Roles: []page.Role{role}}))
	w := httptest.NewRecorder()
	b.mux.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		b.Fatal(err)
	}
	return doc, w
}

func (b *browser) get(path string) (*goquery.Document, *httptest.ResponseRecorder) {
	b.Helper()
	return b.send(httptest.NewRequest(http.MethodGet, path, nil), page.Analyst)
}

func (b *browser) post(path string, form url.Values, headers ...string) (*goquery.Document, *httptest.ResponseRecorder) {
	b.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return b.send(r, page.Analyst)
}

const (
	script = `<script>alert(1)</script>`
	someOf = company.INN("5400104500")
)

// crowdedDesk has n of everything, each named by a stranger.
func crowdedDesk(n int) *fakeDesk {
	d := emptyDesk()
	d.weights.Segments[0].Title = script
	movers := make([]Mover, n)
	for i := range movers {
		movers[i] = Mover{INN: someOf, Name: script, Town: script, Why: []string{script}, From: Place{1, i + 1, 50000}, To: Place{Priority: 2, Points: 60000}}
	}
	d.preview = &Preview{Up: 1, Movers: movers, Tops: []TopMove{{Title: "Первые", EnteredAll: n, Entered: movers}}, NewCodes: []string{script}}
	d.preview.Before.Bands[3], d.preview.After.Bands[4] = 7, 7
	for i := range n {
		c := Candidate{INN: someOf, Card: Card{Name: script, Site: "javascript:alert(1)"}, Agrees: []Piece{{Title: script, Ours: script}}, Differ: []Piece{{Title: script, Theirs: script}}}
		d.matches.Rows = append(d.matches.Rows, Match{Source: "gis", Key: script, Listing: Card{Name: script, Address: script}, Why: script, Candidates: []Candidate{c, c}})
		d.decided.Rows = append(d.decided.Rows, Decision{Source: "gis", Key: script, Name: script, INN: someOf, Company: script, Same: i%2 == 0, By: "vera"})
		d.quarantine = append(d.quarantine, Quarantine{Source: fmt.Sprint("s", i), Title: script, Total: n, Reasons: []ReasonCount{{pipeline.ReasonINN, n}}})
		d.rejects.Rows = append(d.rejects.Rows, pipeline.Reject{Unit: script, Row: int64(i), Reason: pipeline.ReasonINN, Detail: `"3812000000": checksum`, Raw: script + " 8 907 000-00-01 a@b.example ИП Образцов П. О."})
		d.sources.Read = append(d.sources.Read, Source{Name: fmt.Sprint("s", i), Title: script, Needs: []string{script}, Age: 3})
		d.sources.Offers = append(d.sources.Offers, Offer{script, script, script})
		d.source.Runs = append(d.source.Runs, SourceRun{Day: 20000, State: State{script, "good"}})
		d.firm.Facts = append(d.firm.Facts, Fact{Title: script, Value: script})
		d.firm.Groups = append(d.firm.Groups, FirmGroup{Title: script, Lines: []FirmLine{{Title: script, Points: -1500, Evidence: script}}})
	}
	d.firm.Name, d.firm.Lead, d.source.TermsURL = script, true, "javascript:alert(1)"
	d.matches.Pages.Total = n
	return d
}

func everyPage() []string {
	return []string{
		"/weights", "/weights/outcomes", "/matches", "/matches/decided", "/rejects", "/rejects/gis", "/rejects/gis?reason=inn",
		"/sources", "/sources/gis", "/firms/" + string(someOf),
	}
}

// Every page stands with nothing, one and very many rows; what strangers named
// stays text; and no page changes anything.
func TestEveryPage(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		b := open(t, crowdedDesk(n))
		if n == 0 {
			b = open(t, emptyDesk())
		}
		for _, path := range everyPage() {
			doc, w := b.get(path)
			if w.Code != http.StatusOK || doc.Find("h1").Length() != 1 {
				t.Fatalf("%d rows, %s: status %d, %s", n, path, w.Code, w.Body.String()[:min(400, w.Body.Len())])
			}
			b.plain(path, doc)
		}
		doc, w := b.post("/weights/preview", url.Values{"p.season": {"9"}})
		if w.Code != http.StatusOK {
			t.Fatalf("preview: %d", w.Code)
		}
		b.plain("preview", doc)
		if len(b.desk.verdicts)+len(b.desk.changes)+len(b.notes) != 0 {
			t.Error("looking at pages changed something")
		}
	}
}

// plain holds a page to what the content security policy wants of it.
func (b *browser) plain(path string, doc *goquery.Document) {
	b.Helper()
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		if src, _ := s.Attr("src"); !strings.HasPrefix(src, "/static/") || s.Text() != "" {
			b.Errorf("%s: a script that is not ours: %q %q", path, src, s.Text())
		}
	})
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
				b.Errorf("%s: <%s %s=%q>", path, s.Nodes[0].Data, a.Key, a.Val)
			}
		}
	})
	doc.Find("form").Each(func(_ int, s *goquery.Selection) {
		if method, _ := s.Attr("method"); !strings.EqualFold(method, "post") {
			b.Errorf("%s: a form that is sent by %q", path, method)
		}
	})
}

func TestRejectsAreMasked(t *testing.T) {
	b := open(t, crowdedDesk(1))
	doc, _ := b.get("/rejects/gis")
	text := doc.Find("main").Text()
	for _, never := range []string{"907", "@", "Образцов", "3812000000"} {
		if strings.Contains(text, never) {
			t.Errorf("the page holds %q:\n%s", never, text)
		}
	}
	for _, want := range []string{hiddenPhone, hiddenMail, hiddenName, "«3812…»: не сходится контрольная сумма"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
}

func TestDecide(t *testing.T) {
	for name, tt := range map[string]struct {
		form   url.Values
		err    error
		status int
		want   string // of the verdict
	}{
		"yes":           {url.Values{"source": {"gis"}, "key": {"7"}, "inn": {string(someOf)}, "word": {"yes"}}, nil, http.StatusSeeOther, "{gis 7 [5400104500] true vera}"},
		"none":          {url.Values{"source": {"gis"}, "key": {"7"}, "inn": {string(someOf), string(someOf)}, "word": {"no"}}, nil, http.StatusSeeOther, "{gis 7 [5400104500 5400104500] false vera}"},
		"two at once":   {url.Values{"source": {"gis"}, "key": {"7"}, "inn": {string(someOf), string(someOf)}, "word": {"yes"}}, nil, http.StatusBadRequest, ""},
		"no word":       {url.Values{"source": {"gis"}, "key": {"7"}, "inn": {string(someOf)}}, nil, http.StatusBadRequest, ""},
		"no listing":    {url.Values{"inn": {string(someOf)}, "word": {"no"}}, nil, http.StatusBadRequest, ""},
		"a wrong ИНН":   {url.Values{"source": {"gis"}, "key": {"7"}, "inn": {"5400104501"}, "word": {"no"}}, nil, http.StatusBadRequest, ""},
		"gone":          {url.Values{"source": {"gis"}, "key": {"7"}, "inn": {string(someOf)}, "word": {"no"}}, ErrNone, http.StatusNotFound, "{gis 7 [5400104500] false vera}"},
		"names its ИНН": {url.Values{"source": {"gis"}, "key": {"7"}, "inn": {string(someOf)}, "word": {"no"}}, ErrSettled, http.StatusConflict, "{gis 7 [5400104500] false vera}"},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, emptyDesk())
			b.desk.err = tt.err
			_, w := b.post("/matches/decide", tt.form)
			got := ""
			if len(b.desk.verdicts) > 0 {
				got = fmt.Sprint(b.desk.verdicts[0])
			}
			if w.Code != tt.status || got != tt.want {
				t.Errorf("status %d, verdict %q, want %d, %q", w.Code, got, tt.status, tt.want)
			}
			want := 0 // notes: of what is asked for, and that it was not done
			if tt.want != "" {
				want++
			}
			if tt.err != nil {
				want++
			}
			if n := len(b.notes); n != want || tt.err != nil && !b.notes[n-1].Refused {
				t.Errorf("noted %+v, want %d", b.notes, want)
			}
		})
	}
}

// What cannot be noted is not done.
func TestNothingIsDoneUnnoted(t *testing.T) {
	b := open(t, emptyDesk())
	b.audit = errors.New("the disk is full")
	_, w := b.post("/matches/decide", url.Values{"source": {"gis"}, "key": {"7"}, "inn": {string(someOf)}, "word": {"yes"}})
	if w.Code != http.StatusInternalServerError || len(b.desk.verdicts) > 0 {
		t.Errorf("status %d, %d verdicts", w.Code, len(b.desk.verdicts))
	}
	if _, w := b.post("/weights/file", url.Values{"p.season": {"5"}}); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "schema_version") {
		t.Errorf("status %d: %s", w.Code, w.Body.String())
	}
}

func TestHeadsOnlyLook(t *testing.T) {
	b := open(t, crowdedDesk(1))
	for _, path := range []string{"/weights", "/matches", "/matches/decided"} {
		doc, _ := b.send(httptest.NewRequest(http.MethodGet, path, nil), page.Head)
		if doc.Find(`[action="/matches/decide"], [formaction="/weights/file"]`).Length() > 0 {
			t.Errorf("%s offers a head what he may not do", path)
		}
	}
	section, err := New(&page.Kit{}, b.desk)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range section.Routes {
		boss, caller := page.User{Roles: []page.Role{page.Head}}, page.User{Roles: []page.Role{page.Manager}}
		changes := r.Pattern == "POST /matches/decide" || r.Pattern == "POST /weights/file"
		if boss.Has(r.Roles...) == changes || caller.Has(r.Roles...) {
			t.Errorf("%s is for %v", r.Pattern, r.Roles)
		}
	}
}

func TestMissing(t *testing.T) {
	b := open(t, emptyDesk())
	b.desk.err = ErrNone
	for _, path := range []string{"/firms/5400104500", "/firms/1", "/sources/moon", "/rejects/moon"} {
		if _, w := b.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
	if _, w := open(t, emptyDesk()).get("/weights?from=outcomes"); w.Code != http.StatusNotFound {
		t.Errorf("suggestions that there are none of: status %d", w.Code)
	}
}

// upload sends a file.
func (b *browser) upload(name string, text []byte) (*goquery.Document, *httptest.ResponseRecorder) {
	b.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	if name != "" {
		f, err := m.CreateFormFile("file", name)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.Write(text); err != nil {
			b.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/weights/preview?file=1", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return b.send(r, page.Analyst)
}

func TestUpload(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // what a large file leaves there, the frame of all pages removes
	b := open(t, emptyDesk())
	doc, w := b.upload(`..\..\мой <b>.yaml`, []byte("schema_version: 1\n"))
	if w.Code != http.StatusOK || len(b.desk.trials) != 1 || string(b.desk.trials[0].Sent) != "schema_version: 1\n" {
		t.Fatalf("status %d, tried %+v", w.Code, b.desk.trials)
	}
	if text := doc.Find("#result h2").First().Text(); !strings.Contains(text, "мой <b>.yaml") || strings.Contains(text, "/") {
		t.Errorf("the head is %q", text)
	}
	_, wrong := config.ParseSegments("мой.yaml", []byte("schema_version: 1\nmoon: 1\nphases: 3\n"))
	b.desk.err = fmt.Errorf("preview: %w", wrong)
	doc, w = b.upload("мой.yaml", []byte("x"))
	text := doc.Find("#result").Text()
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(text, "строка 2") || !strings.Contains(text, "строка 3") || !strings.Contains(text, "moon") {
		t.Errorf("status %d: %s", w.Code, text)
	}
	if _, w := b.upload("", nil); w.Code != http.StatusBadRequest {
		t.Errorf("without a file: %d", w.Code)
	}
	if _, w := b.upload("big.yaml", bytes.Repeat([]byte("#"), sentMost+1)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a large file: %d", w.Code)
	}
	b.desk.err = ErrUnscored
	if _, w := b.upload("мой.yaml", []byte("x")); w.Code != http.StatusConflict {
		t.Errorf("before the first night: %d", w.Code)
	}
}
