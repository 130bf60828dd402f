package operator_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/web/operator"
	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
)

var moscow = time.FixedZone("MSK", 3*3600)

// now is a Monday.
var now = time.Date(2026, time.November, 23, 10, 0, 0, 0, moscow)

const (
	inn     = "7701000001"
	hostile = `<script>alert(1)</script>`
)

// desk stands behind all ports. It tells what was done.
type desk struct {
	mu      sync.Mutex
	status  operator.Status
	watch   chan operator.Status // closed = the server ends
	watched chan struct{}        // closed when a watcher has gone
	runs    []operator.Run
	report  operator.Report
	health  operator.Checkup
	people  []operator.Person
	stops   operator.StopPage
	added   operator.Added
	removed operator.Removed
	erasure operator.Erasure
	entries []operator.Entry
	asked   []string
	changes []string
	refuse  error
}

func (d *desk) did(words ...string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refuse == nil {
		d.changes = append(d.changes, strings.Join(words, " "))
	}
	return d.refuse
}

type night struct{ *desk }

func (d night) Now(context.Context) (operator.Status, error) { return d.status, nil }

func (d night) Watch(ctx context.Context) iter.Seq[operator.Status] {
	return func(yield func(operator.Status) bool) {
		defer close(d.watched)
		for {
			select {
			case <-ctx.Done():
				return
			case s, ok := <-d.watch:
				if !ok || !yield(s) {
					return
				}
			}
		}
	}
}

func (d night) Sources(context.Context) ([]operator.Source, error) {
	return []operator.Source{{Name: "gis", Title: "2ГИС"}, {Name: "rsmp", Title: "Реестр МСП"}}, nil
}

func (d night) Start(_ context.Context, who string, o operator.Order) error {
	return d.did(who, "starts", o.Day.String(), strings.Join(o.Only, ","), strconv.FormatBool(o.SkipEnrich))
}

func (d night) Stop(_ context.Context, who string) (bool, error) {
	return d.status.Running != nil, d.did(who, "stops")
}

func (d night) Runs(context.Context) ([]operator.Run, error) { return d.runs, nil }

func (d night) Run(_ context.Context, day company.Date) (operator.Report, error) {
	if day != d.report.Day {
		return operator.Report{}, operator.ErrNoRun
	}
	return d.report, nil
}

type health struct{ *desk }

func (d health) Look(context.Context) (operator.Checkup, error) { return d.health, nil }

type people struct{ *desk }

func (d people) All(context.Context) ([]operator.Person, error) { return d.people, nil }
func (d people) Managers() []operator.Manager {
	return []operator.Manager{{ID: "anna", Name: "Анна"}}
}

func (d people) Add(_ context.Context, who string, p operator.NewPerson) (string, error) {
	return "one-time-password", d.did(who, "adds", p.Name, p.Title, strings.Join(p.Roles, ","), p.Manager)
}

func (d people) SetRoles(_ context.Context, who, name string, roles []string, manager string) error {
	return d.did(who, "roles", name, strings.Join(roles, ","), manager)
}

func (d people) Block(_ context.Context, who, name string, blocked bool) error {
	return d.did(who, "blocks", name, strconv.FormatBool(blocked))
}

func (d people) Renew(_ context.Context, who, name string) (string, error) {
	return "one-time-password", d.did(who, "renews", name)
}

func (d people) Remove(_ context.Context, who, name string) error {
	return d.did(who, "removes", name)
}

func (d people) EndLogins(_ context.Context, who, name string) (int, error) {
	return 2, d.did(who, "ends", name)
}

type stops struct{ *desk }

func (d stops) Reasons() []operator.Reason {
	return []operator.Reason{{ID: "refused", Title: "просили не звонить"}, {ID: "client", Title: "уже наш клиент"}}
}

func (d stops) List(_ context.Context, words string, _ int) (operator.StopPage, error) {
	d.asked = append(d.asked, words)
	return d.stops, nil
}

func (d stops) Add(_ context.Context, who string, text io.Reader, reason, note string) (operator.Added, error) {
	data, err := io.ReadAll(text)
	if err != nil {
		return operator.Added{}, err
	}
	return d.added, d.did(who, "adds", string(data), reason, note)
}

func (d stops) Remove(_ context.Context, who string, e operator.StopID, phones bool) (operator.Removed, error) {
	return d.removed, d.did(who, "removes", e.Kind, e.Value, e.Reason, strconv.FormatBool(phones))
}

type forget struct{ *desk }

func (d forget) Plan(_ context.Context, query string) (operator.Erasure, error) {
	d.asked = append(d.asked, query)
	return d.erasure, d.refuse
}

func (d forget) Erase(_ context.Context, who, query string, force bool) (operator.Erasure, error) {
	return d.erasure, d.did(who, "erases", query, strconv.FormatBool(force))
}

type audit struct{ *desk }

func (d audit) Actions() []operator.Reason {
	return []operator.Reason{{ID: "login", Title: "вход"}, {ID: "download", Title: "скачивание"}}
}

func (d audit) Last(_ context.Context, f operator.Filter, skip, most int) ([]operator.Entry, error) {
	d.asked = append(d.asked, fmt.Sprintf("%+v %d %d", f, skip, most))
	return d.entries[min(skip, len(d.entries)):min(skip+most, len(d.entries))], nil
}

// notes are the lines of the audit log.
type notes struct {
	lines []page.Note
	fail  error
}

func (n *notes) Note(_ context.Context, line page.Note) error {
	n.lines = append(n.lines, line)
	return n.fail
}

// site is the section under a server's rules, as somebody with roles sees it.
type site struct {
	*testing.T

	handler http.Handler
	desk    *desk
	notes   *notes
	roles   []page.Role
	logged  []string // what a server would log of problems
	broken  bool     // a page may fail
}

func open(t *testing.T, d *desk) *site {
	t.Helper()
	s := &site{T: t, desk: d, notes: &notes{}, roles: []page.Role{page.Operator}}
	kit := &page.Kit{Audit: s.notes, Now: func() time.Time { return now }, Zone: moscow, Brand: "Подшипники"}
	section, err := operator.New(kit, operator.Ports{
		Night: night{d}, Health: health{d}, People: people{d}, Stops: stops{d}, Forget: forget{d}, Audit: audit{d},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := kit.Prepare([]page.Section{section}); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+page.StaticPrefix, kit.ServeStatic)
	for _, r := range section.Routes {
		mux.HandleFunc(r.Pattern, func(w http.ResponseWriter, req *http.Request) {
			u := page.User{Name: "ivan", Roles: s.roles}
			if !u.Has(r.Roles...) {
				http.Error(w, "not his role", http.StatusForbidden)
				return
			}
			req.Body = http.MaxBytesReader(w, req.Body, max(r.Body, 64<<10))
			s.answer(w, r.Handle(w, req.WithContext(page.WithUser(req.Context(), u))))
		})
	}
	s.handler = mux
	return s
}

func (s *site) answer(w http.ResponseWriter, err error) {
	var p *page.Problem
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &p):
		s.logged = append(s.logged, p.Error())
		http.Error(w, p.Text, p.Status)
	case errors.As(err, &large):
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
	case err != nil:
		s.logged = append(s.logged, err.Error())
		if !s.broken {
			s.Errorf("the page failed: %v", err)
		}
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}

func (s *site) do(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

func (s *site) get(path string) *httptest.ResponseRecorder {
	return s.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (s *site) post(path string, fields ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(r)
}

// page is a page that must be shown.
func (s *site) page(path string) *goquery.Document {
	s.Helper()
	w := s.get(path)
	if w.Code != http.StatusOK {
		s.Fatalf("%s: status %d: %s", path, w.Code, w.Body)
	}
	return s.read(w)
}

func (s *site) read(w *httptest.ResponseRecorder) *goquery.Document {
	s.Helper()
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		s.Fatal(err)
	}
	doc.Find("*").Each(func(_ int, n *goquery.Selection) {
		for _, a := range n.Nodes[0].Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				s.Errorf("<%s %s=%q> would be refused by the policy", goquery.NodeName(n), a.Key, a.Val)
			}
		}
	})
	doc.Find("script:not([src]), style").Each(func(_ int, n *goquery.Selection) { s.Errorf("inline: %s", n.Text()) })
	return doc
}

// says that the page holds each of the texts.
func says(t *testing.T, doc *goquery.Document, texts ...string) {
	t.Helper()
	body := strings.Join(strings.Fields(strings.ReplaceAll(doc.Find("main").Text(), "\u00a0", " ")), " ")
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("the page does not say %q:\n%s", text, body)
		}
	}
}
