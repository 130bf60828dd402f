package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/web"
	"obzvon/exports/web/page"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

// office is the managers' pages over a store with the list of one day, made of the
// sample.
type office struct {
	*testing.T

	house  *house
	gate   *gate.Gate
	day    company.Date
	server *httptest.Server

	mu    sync.Mutex
	notes []page.Note
}

// Two managers who share the sample.
const twoManagers = `schema_version: 1
managers:
  - {id: "anna", name: "Анна", dials: 12, from: "09:00", until: "18:00", role: acquisition}
  - {id: "oleg", name: "Олег", dials: 12, from: "09:00", until: "18:00", role: acquisition}
enrich: {website: {enabled: false}}
`

// officeDay is that of its list, a Monday.
var officeDay = company.NewDate(2026, time.November, 23)

// officeNight are the files that the sample's night leaves, by their paths. It is
// run once for all tests.
var officeNight = sync.OnceValues(func() (left map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "office")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.WriteFile(filepath.Join(dir, "obzvon.yaml"), []byte(twoManagers), 0o600); err != nil {
		return nil, err
	}
	var said bytes.Buffer
	a := inOffice(dir, &said)
	if code := a.execute(context.Background(), []string{"--quiet", "--config", a.configPath, "run", "--date", officeDay.String()}); code != exitDone {
		return nil, fmt.Errorf("the sample's night ended with %d: %s", code, said.String())
	}
	left = map[string][]byte{}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err == nil {
			left[name], err = os.ReadFile(path)
		}
		return err
	})
	return left, err
})

// inOffice is the program with its data in a folder.
func inOffice(dir string, says io.Writer) *app {
	return &app{
		io: streams{out: says, err: says}, environ: []string{"OBZVON_DATA_DIR=" + dir}, configPath: filepath.Join(dir, "obzvon.yaml"), quiet: true,
	}
}

func openOffice(t *testing.T) *office {
	t.Helper()
	left, err := officeNight()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range left {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	a := inOffice(dir, io.Discard)
	o := &office{T: t, gate: gate.New(time.Now), day: officeDay}
	if o.house, err = a.open(t.Context(), "test"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.house.Close(); err != nil {
			t.Error(err)
		}
	})
	o.house.night.Clock = func() time.Time { return o.day.Time().Add(9 * time.Hour) }
	d := &desk{app: a, gate: o.gate, live: func() *house { return o.house }}
	kit := &page.Kit{Audit: o, Now: o.house.night.Clock, Zone: o.house.zone(), Brand: "Подшипники", Sample: true}
	section, err := d.managerSection(kit)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := web.New(web.Options{Kit: kit, Door: nameDoor{}, Sections: []page.Section{section}, Log: slog.New(slog.DiscardHandler), Idle: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	o.server = httptest.NewServer(handler)
	t.Cleanup(o.server.Close)
	return o
}

// Note implements page.Audit.
func (o *office) Note(_ context.Context, n page.Note) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.notes = append(o.notes, n)
	return nil
}

// nameDoor lets in whoever names a manager, or the head.
type nameDoor struct{ web.Door }

func (nameDoor) Who(_ context.Context, token string) (page.User, error) {
	switch token {
	case "head":
		return page.User{Name: "boss", Roles: []page.Role{page.Head}}, nil
	case "anna", "oleg":
		return page.User{Name: token + "-login", Roles: []page.Role{page.Manager}, Manager: token}, nil
	case "nobody":
		return page.User{Name: "nobody", Roles: []page.Role{page.Manager}}, nil
	}
	return page.User{}, web.ErrExpired
}

// reader is somebody with a browser.
type reader struct {
	*office

	client *http.Client
}

func (o *office) as(name string) *reader {
	jar, err := cookiejar.New(nil)
	if err != nil {
		o.Fatal(err)
	}
	at, err := url.Parse(o.server.URL)
	if err != nil {
		o.Fatal(err)
	}
	jar.SetCookies(at, []*http.Cookie{{Name: "obzvon", Value: name, Path: "/"}})
	return &reader{o, &http.Client{Jar: jar}}
}

// ask sends a request and gives the status and what came.
// readerAnswer is the head of a response whose body has been read.
type readerAnswer struct {
	StatusCode int
	Status     string
	Header     http.Header
}

func (r *reader) ask(method, to, kind string, body io.Reader) (readerAnswer, []byte) {
	r.Helper()
	req, err := http.NewRequestWithContext(r.Context(), method, r.server.URL+to, body)
	if err != nil {
		r.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	answer, err := r.client.Do(req)
	if err != nil {
		r.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		r.Fatal(err)
	}
	return readerAnswer{answer.StatusCode, answer.Status, answer.Header}, data
}

func (r *reader) get(to string, want int) *goquery.Document {
	r.Helper()
	answer, data := r.ask(http.MethodGet, to, "", nil)
	return r.page(answer, data, to, want)
}

func (r *reader) post(to string, form url.Values, want int) *goquery.Document {
	r.Helper()
	answer, data := r.ask(http.MethodPost, to, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	return r.page(answer, data, to, want)
}

func (r *reader) page(answer readerAnswer, data []byte, to string, want int) *goquery.Document {
	r.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(data))
	if err != nil {
		r.Fatal(err)
	}
	if answer.StatusCode != want {
		r.Fatalf("%s: %s, want %d: %s", to, answer.Status, want, words(doc.Find("main")))
	}
	return doc
}

// upload brings files in, given as name and content by turns.
func (r *reader) upload(want int, password string, files ...string) *goquery.Document {
	r.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(files); i += 2 {
		part, err := form.CreateFormFile("files", files[i])
		if err == nil {
			_, err = io.WriteString(part, files[i+1])
		}
		if err != nil {
			r.Fatal(err)
		}
	}
	if err := form.WriteField("password", password); err != nil {
		r.Fatal(err)
	}
	if err := form.Close(); err != nil {
		r.Fatal(err)
	}
	answer, data := r.ask(http.MethodPost, "/upload", form.FormDataContentType(), &body)
	return r.page(answer, data, "/upload", want)
}

// words is the text of a selection in one line.
func words(s *goquery.Selection) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s.Text()), " "), "\u00a0", " ")
}

// rowsOf are a manager's rows of the frozen list.
func (o *office) rowsOf(id string) []calllist.Entry {
	o.Helper()
	list, err := o.house.listOf(o.Context(), o.day)
	if err != nil {
		o.Fatal(err)
	}
	var out []calllist.Entry
	for _, e := range list.Rows {
		if e.Row.ManagerID == id {
			out = append(out, e)
		}
	}
	if len(out) < 3 {
		o.Fatalf("%s has %d rows", id, len(out))
	}
	return out
}

func (o *office) results(inn company.INN) []store.Result {
	o.Helper()
	all, err := o.house.store.Results(o.Context(), inn)
	if err != nil {
		o.Fatal(err)
	}
	return all
}
