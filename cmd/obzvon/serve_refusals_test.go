package main

import (
	"bytes"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/exports/web"
	"obzvon/exports/web/page"
	"obzvon/pipeline/account"
	"obzvon/pipeline/audit"
	"obzvon/pipeline/funnel"
)

// guarded is an office whose doors are real: accounts with passwords, logins that
// end, an audit that is written.
type guarded struct {
	*office

	users *account.Users
	log   *audit.Folder

	clock sync.Mutex
	at    time.Time
}

const (
	idleOf = 12 * time.Hour
	mostOf = 7 * 24 * time.Hour
)

func passwordOf(name string) string { return "подшипник-6205-" + name }

func guard(t *testing.T) *guarded {
	t.Helper()
	g := &guarded{office: openOffice(t), at: officeDay.Time().Add(9 * time.Hour)}
	g.log = g.house.audit
	users, err := account.NewUsers(account.Options{Store: g.house.store, Now: g.now, Cost: account.Cost{Memory: 8, Passes: 1, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	g.users = users
	for _, n := range []account.New{
		{Name: "anna", Roles: []string{"manager"}, Manager: "anna"}, {Name: "oleg", Roles: []string{"manager"}, Manager: "oleg"}, {Name: "boss", Roles: []string{"head", "operator"}},
	} {
		n.Password = passwordOf(n.Name)
		if _, err := users.Add(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	d := &desk{app: inOffice(g.house.dir, io.Discard), gate: g.gate, live: func() *house { return g.house }}
	kit := &page.Kit{Audit: newPageAudit(g.log, g.now, func() {}), Now: g.now, Zone: g.house.zone(), Brand: "Подшипники", Sample: true}
	section, err := d.managerSection(kit)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := web.New(web.Options{
		Kit: kit, Door: pageDoor{account.NewDoor(users, idleOf, mostOf), users}, Sections: []page.Section{section},
		Log: slog.New(slog.DiscardHandler), Idle: mostOf, Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, // not where this test comes from
	})
	if err != nil {
		t.Fatal(err)
	}
	g.server = httptest.NewServer(handler)
	t.Cleanup(g.server.Close)
	return g
}

func (g *guarded) now() time.Time {
	g.clock.Lock()
	defer g.clock.Unlock()
	return g.at
}

func (g *guarded) pass(d time.Duration) {
	g.clock.Lock()
	defer g.clock.Unlock()
	g.at = g.at.Add(d)
}

// stranger is a browser that nobody is logged in with, and that follows no redirect.
func (g *guarded) stranger() *reader {
	g.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		g.Fatal(err)
	}
	return &reader{g.office, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (g *guarded) login(name string) *reader {
	g.Helper()
	r := g.stranger()
	if got := r.try(name, passwordOf(name)); got != http.StatusSeeOther {
		g.Fatalf("%s is let in with %d", name, got)
	}
	return r
}

// try logs in and gives the status.
func (r *reader) try(name, password string, head ...string) int {
	r.Helper()
	status, _ := r.send(http.MethodPost, "/login", strings.NewReader(url.Values{"name": {name}, "password": {password}}.Encode()), head...)
	return status
}

// send sends a form as a browser of our own pages would, unless head says otherwise.
func (r *reader) send(method, to string, body io.Reader, head ...string) (int, http.Header) {
	r.Helper()
	req, err := http.NewRequestWithContext(r.Context(), method, r.server.URL+to, body)
	if err != nil {
		r.Fatal(err)
	}
	for i := 0; i+1 < len(head); i += 2 {
		req.Header.Set(head[i], head[i+1])
	}
	if req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := r.client.Do(req)
	if err != nil {
		r.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		r.Fatal(err)
	}
	return answer.StatusCode, answer.Header
}

// audited are the lines of an action, the newest first.
func (g *guarded) audited(actions ...audit.Action) []audit.Entry {
	g.Helper()
	lines, err := g.log.Last(g.Context(), 1000, audit.Filter{Actions: actions})
	if err != nil {
		g.Fatal(err)
	}
	return lines
}

// Wrong passwords slow down whoever guesses, by account and by address, and an
// address that nobody vouches for is not believed.
func TestWrongPasswordManyTimes(t *testing.T) {
	g := guard(t)
	const free = 5 // as pipeline/account has it
	thief := g.stranger()
	for i := range free {
		if got := thief.try("anna", "guess", "X-Forwarded-For", "203.0.113."+strconv.Itoa(i)); got != http.StatusUnauthorized {
			t.Fatalf("guess %d: %d", i, got)
		}
	}
	for name, password := range map[string]string{"anna": passwordOf("anna"), "oleg": passwordOf("oleg"), "nobody": "guess"} {
		status, head := thief.send(http.MethodPost, "/login", strings.NewReader(url.Values{"name": {name}, "password": {password}}.Encode()), "X-Forwarded-For", "203.0.113.99")
		if status != http.StatusTooManyRequests || head.Get("Retry-After") == "" || head.Get("Set-Cookie") != "" {
			t.Errorf("%s after the guesses: %d, Retry-After %q", name, status, head.Get("Retry-After"))
		}
	}
	lines := g.audited(audit.Login)
	if len(lines) != free+3 {
		t.Fatalf("%d lines in the audit, want %d", len(lines), free+3)
	}
	for _, l := range lines {
		if !l.Refused || l.Address != "127.0.0.1" || l.Who != "anna" && l.Who != "oleg" && l.Who != "?" {
			t.Errorf("noted %+v", l)
		}
	}
	g.pass(time.Minute)
	if got := g.stranger().try("anna", passwordOf("anna")); got != http.StatusSeeOther {
		t.Errorf("the right password a minute later: %d", got)
	}
	if last := g.audited(audit.Login)[0]; last.Refused || last.Who != "anna" {
		t.Errorf("noted %+v", last)
	}
}

// A page of another site can do nothing with the login of who looks at it.
func TestForgedPostDoesNothing(t *testing.T) {
	g := guard(t)
	anna, own := g.login("anna"), g.rowsOf("anna")[0].Row.INN
	to := "/lists/" + g.day.String() + "/rows/" + string(own)
	form := url.Values{"outcome": {funnel.DoNotCall}, "token": {"1"}}.Encode()
	before := g.state()
	for _, head := range [][]string{
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"},
		{"Origin", "https://evil.example"},
		{"Origin", "null"},
		{"Origin", strings.Replace(g.server.URL, "127.0.0.1", "127.0.0.2", 1)},
	} {
		for _, to := range []string{to, "/logout", "/password", "/upload"} {
			if status, _ := anna.send(http.MethodPost, to, strings.NewReader(form), head...); status != http.StatusForbidden {
				t.Errorf("%s with %s: %d", to, head, status)
			}
		}
		if status, head := g.stranger().send(http.MethodPost, "/login", strings.NewReader(url.Values{"name": {"oleg"}, "password": {passwordOf("oleg")}}.Encode()), head...); status != http.StatusForbidden || head.Get("Set-Cookie") != "" {
			t.Errorf("a forged login: %d", status)
		}
	}
	if after := g.state(); after != before {
		t.Errorf("the state was %+v and is %+v", before, after)
	}
	if n := len(g.audited("forged request")); n != 25 {
		t.Errorf("%d forged requests in the audit, want 25", n)
	}
	if status, _ := anna.send(http.MethodPost, to, strings.NewReader(form), "Origin", g.server.URL); status != http.StatusSeeOther || len(g.results(own)) != 1 {
		t.Errorf("our own page: %d", status)
	}
}

// Logins end: by time, by logging out, and whenever the account changes.
func TestEndedLoginIsNone(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *guarded, *reader){
		"idle": func(_ *testing.T, g *guarded, _ *reader) { g.pass(idleOf) },
		"used for too long": func(t *testing.T, g *guarded, r *reader) {
			for range mostOf / (idleOf / 2) {
				g.pass(idleOf / 2)
				_, _ = r.send(http.MethodGet, "/lists", nil)
			}
		},
		"logged out": func(t *testing.T, _ *guarded, r *reader) {
			at := mustParse(t, r.server.URL)
			kept := r.client.Jar.Cookies(at)
			if status, _ := r.send(http.MethodPost, "/logout", nil); status != http.StatusSeeOther {
				t.Errorf("logout: %d", status)
			}
			r.client.Jar.SetCookies(at, kept) // a thief has copied it
		},
		"blocked": func(t *testing.T, g *guarded, _ *reader) {
			must(t, g.users.SetBlocked(t.Context(), "anna", true, "boss"))
		},
		"another role": func(t *testing.T, g *guarded, _ *reader) {
			must(t, g.users.SetRoles(t.Context(), "anna", []string{"analyst"}, "", "boss"))
		},
		"another manager": func(t *testing.T, g *guarded, _ *reader) {
			must(t, g.users.SetRoles(t.Context(), "anna", []string{"manager"}, "oleg", "boss"))
		},
		"another password": func(t *testing.T, g *guarded, _ *reader) {
			_, err := g.users.SetPassword(t.Context(), "anna", "", "boss")
			must(t, err)
		},
		"removed": func(t *testing.T, g *guarded, _ *reader) { must(t, g.users.Remove(t.Context(), "anna")) },
	} {
		t.Run(name, func(t *testing.T) {
			g := guard(t)
			anna, own := g.login("anna"), g.rowsOf("anna")[0].Row.INN
			if status, _ := anna.send(http.MethodGet, "/lists", nil); status != http.StatusOK {
				t.Fatalf("before: %d", status)
			}
			end(t, g, anna)
			list, row := "/lists/"+g.day.String(), "/lists/"+g.day.String()+"/rows/"+string(own)
			for _, to := range []string{"/lists", list + "/file", row, "/companies/" + string(own)} {
				if status, head := anna.send(http.MethodGet, to, nil); status != http.StatusSeeOther || head.Get("Location") != "/login?to="+url.QueryEscape(to) {
					t.Errorf("%s: %d to %q", to, status, head.Get("Location"))
				}
			}
			form := url.Values{"outcome": {funnel.NoAnswer}, "manager": {"anna"}, "token": {"1"}}.Encode()
			if status, head := anna.send(http.MethodPost, row, strings.NewReader(form)); status != http.StatusSeeOther || head.Get("Location") != "/login?lost=1" {
				t.Errorf("a result: %d to %q", status, head.Get("Location"))
			}
			if got := g.results(own); len(got) != 0 {
				t.Errorf("a result was taken: %+v", got)
			}
		})
	}
}

// What the browser had before a login is not what it has afterwards: nobody can plant
// a token and wait.
func TestLoginGivesAnotherToken(t *testing.T) {
	g := guard(t)
	anna, at := g.stranger(), mustParse(t, g.server.URL)
	planted := strings.Repeat("A", 43)
	anna.client.Jar.SetCookies(at, []*http.Cookie{{Name: "obzvon", Value: planted, Path: "/"}})
	if got := anna.try("anna", passwordOf("anna")); got != http.StatusSeeOther {
		t.Fatal(got)
	}
	thief := g.stranger()
	thief.client.Jar.SetCookies(at, []*http.Cookie{{Name: "obzvon", Value: planted, Path: "/"}})
	if status, _ := thief.send(http.MethodGet, "/lists", nil); status != http.StatusSeeOther {
		t.Errorf("the planted token opens the list: %d", status)
	}
}

// An upload whose size nobody tells is cut where it is too large, and leaves nothing.
func TestTooLargeUpload(t *testing.T) {
	left := t.TempDir()
	g := guard(t)
	anna, before := g.login("anna"), g.state()
	t.Setenv("TMPDIR", left)
	var head bytes.Buffer
	form := multipart.NewWriter(&head)
	if _, err := form.CreateFormFile("files", "list.xlsx"); err != nil {
		t.Fatal(err)
	}
	endless := io.MultiReader(&head, zeros{})
	if status, _ := anna.send(http.MethodPost, "/upload", endless, "Content-Type", form.FormDataContentType()); status != http.StatusRequestEntityTooLarge {
		t.Errorf("an upload without an end: %d", status)
	}
	if lines := g.audited(audit.Upload); len(lines) != 1 || !lines[0].Refused || lines[0].Who != "anna" || lines[0].What != "too large" {
		t.Errorf("noted %+v", lines)
	}
	g.server.Close() // what was sent is removed after the answer
	if files, err := os.ReadDir(left); err != nil || len(files) > 0 {
		t.Errorf("%d files are left, %v", len(files), err)
	}
	if after := g.state(); after != before {
		t.Errorf("the state was %+v and is %+v", before, after)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Every download, upload and result stands in the audit with who, from where and rows.
func TestAuditTells(t *testing.T) {
	g := guard(t)
	anna, own := g.login("anna"), g.rowsOf("anna")
	_, data := anna.ask(http.MethodGet, "/lists/"+g.day.String()+"/file", "", nil)
	anna.upload(http.StatusOK, "", "Ivanov Ivan.xlsx", g.filled(data, "", "2", "Результат", funnel.NoAnswer))
	anna.upload(http.StatusOK, "", "шум.xlsx", "noise")
	if status, _ := anna.send(http.MethodPost, "/lists/"+g.day.String()+"/rows/"+string(own[1].Row.INN), strings.NewReader("outcome="+url.QueryEscape(funnel.NoAnswer))); status != http.StatusSeeOther {
		t.Fatalf("a result: %d", status)
	}
	if status, _ := anna.send(http.MethodPost, "/logout", nil); status != http.StatusSeeOther {
		t.Fatal(status)
	}
	all := g.audited()
	list := "call-list-2026-11-23-anna-sample.xlsx"
	want := []audit.Entry{
		{Action: audit.Logout},
		{Action: audit.Result, What: "2026-11-23", Rows: 1},
		{Action: audit.Upload, What: "file", Refused: true},
		{Action: audit.Upload, What: "file"},
		{Action: audit.TakenIn, What: "file ", Rows: 1},
		{Action: audit.Upload, What: "file"},
		{Action: audit.Download, What: list, Rows: len(own)},
		{Action: audit.Login},
	}
	if len(all) != len(want) {
		t.Fatalf("%d lines, want %d: %+v", len(all), len(want), all)
	}
	for i, w := range want {
		w.At, w.Who, w.Address = g.now(), "anna", "127.0.0.1"
		if got := all[i]; strings.HasPrefix(got.What, "file ") && w.What == "file " && len(got.What) == len("file ")+16 {
			w.What = got.What
		}
		if all[i] != w {
			t.Errorf("line %d is %+v, want %+v", i, all[i], w)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	return u
}
