package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/web"
	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// study is the analyst's pages over the sample after one night.
type study struct {
	*testing.T

	house  *house
	desk   *analystDesk
	server *httptest.Server

	mu    sync.Mutex
	notes []page.Note
}

// studyDay is the day of the list.
var studyDay = company.NewDate(2026, time.November, 23)

func openStudy(t *testing.T, nights bool) *study {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "obzvon.yaml")
	if err := os.WriteFile(path, []byte("schema_version: 1\nenrich: {website: {enabled: false}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{io: streams{out: io.Discard, err: io.Discard}, environ: []string{"OBZVON_DATA_DIR=" + dir}, configPath: path, quiet: true}
	if nights {
		if code := a.execute(t.Context(), []string{"--quiet", "--config", path, "run", "--date", studyDay.String()}); code != exitDone {
			t.Fatalf("the sample's night ended with %d", code)
		}
	}
	h, err := a.open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	h.night.Clock = func() time.Time { return studyDay.Time().Add(5 * time.Hour) }
	d := &desk{app: a, gate: gate.New(time.Now), live: func() *house { return h }}
	s := &study{T: t, house: h, desk: &analystDesk{desk: d}}
	kit := &page.Kit{Audit: s, Now: h.night.Clock, Zone: h.zone(), Brand: "Подшипники", Sample: true}
	section, err := d.analystSection(kit)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := web.New(web.Options{
		Kit: kit, Door: studyDoor{}, Sections: []page.Section{section}, Log: slog.New(slog.DiscardHandler), Idle: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(handler)
	t.Cleanup(s.server.Close)
	return s
}

// Note implements page.Audit.
func (s *study) Note(_ context.Context, n page.Note) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes = append(s.notes, n)
	return nil
}

// studyDoor lets in whoever names his role.
type studyDoor struct{ web.Door }

func (studyDoor) Who(_ context.Context, token string) (page.User, error) {
	return page.User{Name: token + "-login", Roles: []page.Role{page.Role(token)}}, nil
}

// studyAnswer is a response that has been read.
type studyAnswer struct {
	StatusCode int
	Header     http.Header
	Body       *bytes.Reader
	Path       string // that was asked for
}

func (s *study) ask(method, path string, form url.Values) studyAnswer {
	s.Helper()
	req, err := http.NewRequestWithContext(s.Context(), method, s.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.AddCookie(&http.Cookie{Name: "obzvon", Value: "analyst"})
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	return studyAnswer{res.StatusCode, res.Header, bytes.NewReader(text), path}
}

func (s *study) page(path string) *goquery.Document {
	s.Helper()
	return s.read(s.ask(http.MethodGet, path, nil), http.StatusOK)
}

func (s *study) read(res studyAnswer, status int) *goquery.Document {
	s.Helper()
	doc, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	if res.StatusCode != status {
		s.Fatalf("%s: status %d, want %d: %s", res.Path, res.StatusCode, status, strings.TrimSpace(doc.Find("main").Text()))
	}
	return doc
}

// secrets are what no page may show: every number that can be dialled, mailbox and
// name of a person that the store holds.
func (s *study) secrets() (digits map[string]bool, texts []string) {
	digits = map[string]bool{}
	people := map[string]bool{}
	note := func(o *company.Observation) {
		for _, f := range o.Facts {
			if p, ok := company.PhoneFromValue(f.Value); ok {
				digits[strings.TrimPrefix(p.E164, "+7")] = true
			}
			if strings.Contains(f.Value, "@") || store.NamesPerson(f) {
				people[f.Value] = true
			}
			if o.INN != "" && isSole(o.INN) && (f.Field == company.FieldNameFull || f.Field == company.FieldNameShort) {
				words := strings.Fields(f.Value)
				people[strings.Join(words[max(0, len(words)-2):], " ")] = true
			}
		}
	}
	seen := 0
	for after := company.INN(""); ; {
		dossiers, err := s.house.store.Dossiers(s.Context(), after, 1000)
		if err != nil {
			s.Fatal(err)
		}
		for _, d := range dossiers {
			seen++
			for i := range d.Observations {
				note(&d.Observations[i])
			}
			after = d.INN
		}
		if len(dossiers) < 1000 {
			break
		}
	}
	listings, err := s.house.store.WithoutINN(s.Context(), store.ObservationID{}, 100000)
	if err != nil {
		s.Fatal(err)
	}
	for i := range listings {
		note(&listings[i])
	}
	if len(digits) < 100 || len(people) < 50 || seen < 100 {
		s.Fatalf("%d companies, %d numbers, %d persons and mailboxes: too few to test with", seen, len(digits), len(people))
	}
	for p := range people {
		texts = append(texts, strings.ToLower(p))
	}
	return digits, texts
}

var (
	anyNumber = regexp.MustCompile(`\+?\d[\d \x{a0}()–-]{5,}\d`)
	notDigit  = regexp.MustCompile(`\D`)
)

// TestAnalystSeesNobody walks every page over the sample: no number that can be
// dialled, no mailbox, no name of a person stands on any of them.
func TestAnalystSeesNobody(t *testing.T) {
	s := openStudy(t, true)
	digits, people := s.secrets()
	todo := []string{"/weights", "/weights/outcomes", "/matches", "/matches/decided", "/rejects", "/sources"}
	for after := company.INN(""); len(todo) < 150; {
		some, err := s.house.store.Dossiers(t.Context(), after, 20)
		if err != nil {
			t.Fatal(err)
		}
		if len(some) == 0 {
			break
		}
		for _, d := range some {
			if isSole(d.INN) || len(d.Joins) > 0 || d.INN[3] == '0' {
				todo = append(todo, "/firms/"+string(d.INN))
			}
			after = d.INN
		}
	}
	done, firms := map[string]bool{}, 0
	for len(todo) > 0 {
		path := todo[0]
		if todo = todo[1:]; done[path] {
			continue
		}
		done[path] = true
		doc := s.page(path)
		s.holdsNobody(path, doc, digits, people)
		doc.Find("main a[href]").Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			switch {
			case strings.HasPrefix(href, "/firms/"):
				if firms++; firms < 100 {
					todo = append(todo, href)
				}
			case strings.HasPrefix(href, "/"):
				todo = append(todo, href)
			}
		})
	}
	form := url.Values{"p.season": {"30"}, "p.headcount": {"0"}, "r.industry": {"1"}, "m.mining": {"0", "11"}}
	s.holdsNobody("preview", s.read(s.ask(http.MethodPost, "/weights/preview", form), http.StatusOK), digits, people)
	if len(done) < 60 {
		t.Errorf("only %d pages were walked", len(done))
	}
}

func (s *study) holdsNobody(path string, doc *goquery.Document, digits map[string]bool, people []string) {
	s.Helper()
	html, err := doc.Find("main").Html()
	if err != nil {
		s.Fatal(err)
	}
	if strings.Contains(html, "@") {
		at := strings.Index(html, "@")
		s.Errorf("%s holds a mailbox: %q", path, html[max(0, at-40):min(len(html), at+40)])
	}
	for _, run := range anyNumber.FindAllString(html, -1) {
		bare := notDigit.ReplaceAllString(run, "")
		for i := 0; i+10 <= len(bare); i++ {
			if digits[bare[i:i+10]] && len(bare) != 10 && (len(bare) != 12 || i >= 2) {
				s.Errorf("%s holds a number: %q", path, run)
			}
			if len(bare) == 10 && digits[bare] {
				if _, err := company.ParseINN(bare); err != nil {
					s.Errorf("%s holds a number: %q", path, run)
				}
			}
		}
	}
	low := strings.ToLower(doc.Find("main").Text())
	if strings.Contains(low, "звонит ") {
		s.Errorf("%s says who calls", path)
	}
	for _, p := range people {
		if strings.Contains(low, p) {
			s.Errorf("%s names %q", path, p)
		}
	}
}

// Everything is there on a fresh machine too, where no night has been.
func TestAnalystBeforeTheFirstNight(t *testing.T) {
	s := openStudy(t, false)
	for _, path := range []string{"/weights", "/weights/outcomes", "/matches", "/matches/decided", "/rejects", "/sources", "/sources/gis"} {
		s.page(path)
	}
	doc := s.read(s.ask(http.MethodPost, "/weights/preview", url.Values{"p.season": {"9"}}), http.StatusConflict)
	if text := doc.Find("main").Text(); !strings.Contains(text, "ноч") {
		t.Errorf("it does not say that a night must come first: %q", text)
	}
	s.read(s.ask(http.MethodGet, "/firms/7707000003", nil), http.StatusNotFound)
}

// The rows to decide are those of «На проверку», and a decision takes one away until
// it is taken back.
func TestAnalystDecides(t *testing.T) {
	s := openStudy(t, true)
	run, err := s.house.store.Run(t.Context(), studyDay)
	if err != nil {
		t.Fatal(err)
	}
	report := night.Report{}
	if err := jsonInto(run.Report, &report); err != nil {
		t.Fatal(err)
	}
	m, err := s.desk.Matches(t.Context(), 1, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if m.Pages.Total != report.ReviewTotal || len(m.Rows) != report.ReviewTotal || report.ReviewTotal == 0 {
		t.Fatalf("%d rows of %d, the night left %d", len(m.Rows), m.Pages.Total, report.ReviewTotal)
	}
	several := slices.IndexFunc(m.Rows, func(r analystMatch) bool { return len(r.Candidates) > 1 })
	if several < 0 {
		t.Fatal("the sample has no listing with several candidates")
	}
	row := m.Rows[several]
	form := url.Values{"source": {row.Source}, "key": {row.Key}, "inn": {string(row.Candidates[0].INN)}, "word": {"no"}}
	if res := s.ask(http.MethodPost, "/matches/decide", form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", res.StatusCode)
	}
	left := s.row(row.Source, row.Key)
	if left == nil || len(left.Candidates) != len(row.Candidates)-1 || left.Candidates[0].INN == row.Candidates[0].INN {
		t.Fatalf("after a no the row is %+v", left)
	}
	form["inn"] = []string{string(row.Candidates[1].INN)}
	form["word"] = []string{"yes"}
	s.ask(http.MethodPost, "/matches/decide", form)
	if left := s.row(row.Source, row.Key); left != nil {
		t.Errorf("after a yes the row is there: %+v", left)
	}
	decided, err := s.desk.Decided(t.Context(), 1, 10)
	if err != nil || len(decided.Rows) != 2 || decided.Rows[0].By != "analyst-login" {
		t.Fatalf("decided: %+v (%v)", decided, err)
	}
	form["word"] = []string{"no"}
	form["to"] = []string{"decided"}
	if res := s.ask(http.MethodPost, "/matches/decide", form); res.Header.Get("Location") != "/matches/decided" {
		t.Errorf("sent to %q", res.Header.Get("Location"))
	}
	if decided, err = s.desk.Decided(t.Context(), 1, 10); err != nil || slices.ContainsFunc(decided.Rows, func(d analystDecision) bool { return d.Same }) {
		t.Errorf("taken back it is %+v (%v)", decided.Rows, err)
	}
	form["key"] = []string{"nosuch"}
	if res := s.ask(http.MethodPost, "/matches/decide", form); res.StatusCode != http.StatusNotFound {
		t.Errorf("a listing that is not there: %d", res.StatusCode)
	}
	journal, err := os.ReadFile(filepath.Join(s.house.dir, "journal.jsonl"))
	if err == nil && !strings.Contains(string(journal), "analyst-login") {
		t.Error("the journal does not say who decided")
	}
}

func (s *study) row(source, key string) *analystMatch {
	s.Helper()
	m, err := s.desk.Matches(s.Context(), 1, 1000)
	if err != nil {
		s.Fatal(err)
	}
	if i := slices.IndexFunc(m.Rows, func(r analystMatch) bool { return r.Source == source && r.Key == key }); i >= 0 {
		return &m.Rows[i]
	}
	return nil
}
