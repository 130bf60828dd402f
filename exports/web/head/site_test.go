package head_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/web/head"
	"obzvon/exports/web/page"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/plan"
)

var moscow = time.FixedZone("MSK", 3*3600)

// now is a Monday.
var now = time.Date(2026, time.November, 23, 10, 0, 0, 0, moscow)

// desk is a desk of figures that a test sets. It tells what was asked of it.
type desk struct {
	report   *plan.Report
	team     head.Team
	found    head.Found
	settled  []head.Firm
	move     head.Move
	targets  head.TargetList
	refuse   error
	changes  []string
	searches []string
	plans    int
}

func (d *desk) Plan(_ context.Context, until company.Date) (*plan.Report, error) {
	d.plans++
	r := *d.report
	r.Until = until
	return &r, d.refuse
}

func (d *desk) Draw(c *pipeline.Chart) ([]byte, error) {
	return []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>" + c.ID + "</title></svg>"), nil
}

func (d *desk) Team(context.Context, company.Date) (head.Team, error) { return d.team, nil }

func (d *desk) Managers(context.Context) ([]head.Manager, error) {
	return []head.Manager{{ID: "anna", Name: "Анна"}, {ID: "boris", Name: "Борис"}}, nil
}

func (d *desk) Search(_ context.Context, q string, all bool) (head.Found, error) {
	if all {
		q += " everywhere"
	}
	d.searches = append(d.searches, q)
	return d.found, nil
}

func (d *desk) Settled(context.Context) ([]head.Firm, error) { return d.settled, nil }

func (d *desk) did(words ...string) error {
	if d.refuse == nil {
		d.changes = append(d.changes, strings.Join(words, " "))
	}
	return d.refuse
}

func (d *desk) Assign(_ context.Context, who string, inn company.INN, manager string, pin bool) error {
	verb := "give"
	if pin {
		verb = "pin"
	}
	return d.did(who, verb, string(inn), manager)
}

func (d *desk) Free(_ context.Context, who string, inn company.INN) error {
	return d.did(who, "free", string(inn))
}

func (d *desk) Count(_ context.Context, from, to string) (head.Move, error) {
	m := d.move
	m.From.ID, m.To.ID = from, to
	return m, d.refuse
}

func (d *desk) MoveAll(_ context.Context, who string, m head.Move, pinned bool) error {
	with := "without"
	if pinned {
		with = "with"
	}
	return d.did(who, "move", m.From.ID, m.To.ID, with, "pins")
}

func (d *desk) Targets(context.Context) (head.TargetList, error) { return d.targets, nil }

func (d *desk) AddTarget(_ context.Context, who string, inn company.INN) error {
	return d.did(who, "add", string(inn))
}

func (d *desk) ReleaseTarget(_ context.Context, who string, inn company.INN) error {
	return d.did(who, "release", string(inn))
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
	broken  bool // a page may fail
}

func open(t *testing.T, d *desk) *site {
	t.Helper()
	s := &site{T: t, desk: d, notes: &notes{}, roles: []page.Role{page.Head}}
	kit := &page.Kit{Audit: s.notes, Now: func() time.Time { return now }, Zone: moscow, Brand: "Подшипники"}
	section, err := head.New(kit, d)
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
			u := page.User{Name: "olga", Roles: s.roles}
			if !u.Has(r.Roles...) {
				http.Error(w, "not his role", http.StatusForbidden)
				return
			}
			s.answer(w, r.Handle(w, req.WithContext(page.WithUser(req.Context(), u))))
		})
	}
	s.handler = mux
	return s
}

func (s *site) answer(w http.ResponseWriter, err error) {
	var p *page.Problem
	if errors.As(err, &p) {
		http.Error(w, p.Text, p.Status)
	} else if err != nil {
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

const (
	inn     = "7701000001"
	hostile = `<script>alert(1)</script>`
)
