package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/exports/web/page"
)

// house is a server with one page of each kind, and what it noted.
type house struct {
	*httptest.Server
	mu    sync.Mutex
	notes []page.Note
	door  *oneDoor
}

func (h *house) Note(_ context.Context, n page.Note) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.notes = append(h.notes, n)
	return nil
}

func (h *house) noted(action string) (found []page.Note) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, n := range h.notes {
		if n.Action == action {
			found = append(found, n)
		}
	}
	return found
}

// oneDoor lets one person in.
type oneDoor struct {
	user  page.User
	over  bool
	slow  time.Duration
	weak  string
	fault error
}

const rightPassword = "подшипник-6205"

func (d *oneDoor) Login(_ context.Context, name, password string, _ Caller) (string, page.User, error) {
	switch {
	case d.slow > 0:
		return "", page.User{}, &SlowDown{Account: name, Wait: d.slow}
	case name != d.user.Name:
		return "", page.User{}, &WrongError{}
	case password != rightPassword:
		return "", page.User{}, &WrongError{Account: name}
	}
	return "token", d.user, nil
}

func (d *oneDoor) Who(_ context.Context, token string) (page.User, error) {
	if d.fault != nil {
		return page.User{}, d.fault
	}
	if token != "token" || d.over {
		return page.User{}, ErrExpired
	}
	return d.user, nil
}

func (d *oneDoor) Logout(context.Context, string) error { d.over = true; return nil }

func (d *oneDoor) Change(_ context.Context, _, old, _ string) (string, error) {
	switch {
	case d.weak != "":
		return "", &WeakError{Text: d.weak}
	case old != rightPassword:
		return "", &WrongError{Account: d.user.Name}
	}
	d.user.OneTime = false
	return "token", nil
}

func open(t *testing.T, change func(*Options)) *house {
	t.Helper()
	h := &house{door: &oneDoor{user: page.User{Name: "anna", Roles: []page.Role{page.Manager}}}}
	said := func(text string) page.Handler {
		return func(w http.ResponseWriter, _ *http.Request) error { _, err := io.WriteString(w, text); return err }
	}
	o := Options{
		Kit:  &page.Kit{Audit: h, Now: time.Now, Zone: time.UTC, Brand: "Подшипники"},
		Door: h.door, Log: slog.New(slog.DiscardHandler), Idle: time.Hour,
		Sections: []page.Section{{Name: "test", Links: []page.Link{{Title: "Список", Href: "/list", Roles: []page.Role{page.Manager}}}, Routes: []page.Route{
			{Pattern: "GET /list", Roles: []page.Role{page.Manager, page.Head}, Handle: said("the list")},
			{Pattern: "GET /head", Roles: []page.Role{page.Head}, Handle: said("the plan")},
			{Pattern: "POST /list", Roles: []page.Role{page.Manager}, Body: 1000, Handle: func(w http.ResponseWriter, r *http.Request) error {
				if err := r.ParseForm(); err != nil {
					return err
				}
				return said("taken")(w, r)
			}},
			{Pattern: "GET /broken", Handle: func(http.ResponseWriter, *http.Request) error { panic("a page breaks") }},
			{Pattern: "GET /failed", Handle: func(http.ResponseWriter, *http.Request) error { return errors.New("secret inside") }},
		}}},
	}
	if change != nil {
		change(&o)
	}
	handler, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	h.Server = httptest.NewServer(handler)
	t.Cleanup(h.Close)
	h.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return h
}

// answer is a response whose body has been read.
type answer struct {
	StatusCode int
	Header     http.Header
	cookies    []*http.Cookie
}

func (a answer) Cookies() []*http.Cookie { return a.cookies }

// ask makes one request; "token" in cookie logs in.
func (h *house) ask(t *testing.T, method, path, cookie string, form url.Values, head ...string) (answer, string) {
	t.Helper()
	if form == nil {
		return h.send(t, method, path, cookie, nil, head...)
	}
	return h.send(t, method, path, cookie, strings.NewReader(form.Encode()), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, head...)...)
}

// send is ask with any body.
func (h *house) send(t *testing.T, method, path, cookie string, body io.Reader, head ...string) (answer, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, h.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	if cookie != "" {
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: cookie}) //nolint:gosec // a request's cookie has no flags
	}
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == "Host" {
			r.Host = head[i+1]
		}
		r.Header.Set(head[i], head[i+1])
	}
	resp, err := h.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, resp.Cookies()}, string(text)
}

func TestWhoMaySeeWhat(t *testing.T) {
	h := open(t, nil)
	for _, c := range []struct {
		name, method, path, cookie string
		form                       url.Values
		head                       []string
		status                     int
		says, to                   string
	}{
		{name: "a stranger is sent to log in", method: "GET", path: "/list?day=1", status: 303, to: "/login?to=%2Flist%3Fday%3D1"},
		{name: "a stranger at the door", method: "GET", path: "/", status: 303, to: "/login"},
		{name: "a wrong token is none", method: "GET", path: "/list", cookie: "x", status: 303, to: "/login?to=%2Flist"},
		{name: "a stranger's script", method: "GET", path: "/list", head: []string{"Accept", "application/json"}, status: 401, says: "Вход закончился"},
		{name: "the list", method: "GET", path: "/list", cookie: "token", status: 200, says: "the list"},
		{name: "home", method: "GET", path: "/", cookie: "token", status: 303, to: "/list"},
		{name: "another role's page", method: "GET", path: "/head", cookie: "token", status: 403, says: "нет среди ваших"},
		{name: "no such page", method: "GET", path: "/nowhere", cookie: "token", status: 404, says: "Такой страницы нет"},
		{name: "a page that breaks", method: "GET", path: "/broken", cookie: "token", status: 500, says: "Ошибка у нас"},
		{name: "a page that fails", method: "GET", path: "/failed", cookie: "token", status: 500, says: "Ошибка у нас"},
		{name: "a change", method: "POST", path: "/list", cookie: "token", form: url.Values{"a": {"b"}}, status: 200, says: "taken"},
		{name: "a change from elsewhere", method: "POST", path: "/list", cookie: "token", form: url.Values{}, head: []string{"Sec-Fetch-Site", "cross-site"}, status: 403, says: "с чужой страницы"},
		{name: "a change by another origin", method: "POST", path: "/list", cookie: "token", form: url.Values{}, head: []string{"Origin", "https://evil.example"}, status: 403, says: "с чужой страницы"},
		{name: "too much", method: "POST", path: "/list", cookie: "token", form: url.Values{"a": {strings.Repeat("b", 2000)}}, status: 413, says: "не больше"},
		{name: "health", method: "GET", path: "/healthz", status: 200, says: "ok"},
		{name: "robots", method: "GET", path: "/robots.txt", status: 200, says: "Disallow: /"},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp, text := h.ask(t, c.method, c.path, c.cookie, c.form, c.head...)
			if resp.StatusCode != c.status || !strings.Contains(text, c.says) {
				t.Errorf("got %d and %.300q, want %d with %q", resp.StatusCode, text, c.status, c.says)
			}
			if to := resp.Header.Get("Location"); to != c.to {
				t.Errorf("sent to %q, want %q", to, c.to)
			}
			if strings.Contains(text, "secret") || strings.Contains(text, "breaks") {
				t.Errorf("shows the inside: %.300q", text)
			}
			if got := resp.Header.Get("Content-Security-Policy"); !strings.Contains(got, "script-src 'self';") || strings.Contains(got, "unsafe") {
				t.Errorf("policy %q", got)
			}
			if c.path != "/robots.txt" && resp.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("may be cached: %q", resp.Header.Get("Cache-Control"))
			}
		})
	}
	if n := len(h.noted("forged request")); n != 2 {
		t.Errorf("%d forged requests noted, want 2", n)
	}
	if n := h.noted("page"); len(n) != 1 || !n[0].Refused || n[0].Account != "anna" || n[0].What != "GET /head" {
		t.Errorf("refusals noted: %+v", n)
	}
}

func TestLogin(t *testing.T) {
	h := open(t, nil)
	try := func(name, password, to string) (answer, string) {
		return h.ask(t, "POST", "/login", "", url.Values{"name": {name}, "password": {password}, "to": {to}})
	}
	resp, text := try("anna", "guess", "/list")
	if resp.StatusCode != 401 || !strings.Contains(text, "не подходят") || len(resp.Cookies()) != 0 {
		t.Errorf("wrong password: %d, %.200q", resp.StatusCode, text)
	}
	_, other := try("boris", "guess", "/list")
	if strings.ReplaceAll(text, "anna", "boris") != other {
		t.Error("the answer tells whether there is such a name")
	}
	if n := h.noted("login"); len(n) != 2 || !n[0].Refused || n[0].Account != "anna" || n[1].Account != "?" {
		t.Errorf("noted %+v: want anna's name, and nobody's for a name that may be a password", n)
	}
	for to, want := range map[string]string{
		"/list": "/list", "": "/", "//evil.example": "/", "https://evil.example": "/", "/\\evil.example": "/", "/\r\nX: y": "/",
	} {
		resp, _ := try(" Anna ", rightPassword, to)
		if got := resp.Header.Get("Location"); resp.StatusCode != 303 || got != want {
			t.Errorf("to %q: sent to %q (%d), want %q", to, got, resp.StatusCode, want)
		}
		c := resp.Cookies()
		if len(c) != 1 || !c[0].HttpOnly || c[0].SameSite != http.SameSiteLaxMode || c[0].Secure || c[0].Path != "/" {
			t.Errorf("cookie %+v", c)
		}
	}
	h.door.slow = 90 * time.Second
	resp, text = try("anna", rightPassword, "/")
	if resp.StatusCode != 429 || resp.Header.Get("Retry-After") != "90" || !strings.Contains(text, "Подождите") {
		t.Errorf("slowed down: %d, Retry-After %q", resp.StatusCode, resp.Header.Get("Retry-After"))
	}
	resp, _ = h.ask(t, "POST", "/logout", "token", url.Values{})
	if resp.StatusCode != 303 || !h.door.over {
		t.Errorf("logout: %d, session over: %v", resp.StatusCode, h.door.over)
	}
}

func TestSecureCookies(t *testing.T) {
	h := open(t, func(o *Options) { o.Kit.Secure = true })
	resp, _ := h.ask(t, "POST", "/login", "", url.Values{"name": {"anna"}, "password": {rightPassword}})
	if c := resp.Cookies(); len(c) != 1 || !c[0].Secure || c[0].Name != "__Host-"+sessionCookie {
		t.Errorf("cookie %+v", c)
	}
	if resp.Header.Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not told to stay with TLS")
	}
}

func TestOneTimePassword(t *testing.T) {
	h := open(t, nil)
	h.door.user.OneTime = true
	resp, _ := h.ask(t, "GET", "/list", "token", nil)
	if resp.Header.Get("Location") != "/password" {
		t.Fatalf("got in with a one-time password: %d", resp.StatusCode)
	}
	change := func(old, fresh, again string) (answer, string) {
		return h.ask(t, "POST", "/password", "token", url.Values{"old": {old}, "fresh": {fresh}, "again": {again}})
	}
	if resp, text := change(rightPassword, "one", "two"); resp.StatusCode != 422 || !strings.Contains(text, "по-разному") {
		t.Errorf("two different ones: %d", resp.StatusCode)
	}
	if resp, text := change("guess", "one", "one"); resp.StatusCode != 422 || !strings.Contains(text, "Прежний пароль не подходит") {
		t.Errorf("wrong old one: %d", resp.StatusCode)
	}
	h.door.weak = "Слишком простой"
	if resp, text := change(rightPassword, "one", "one"); resp.StatusCode != 422 || !strings.Contains(text, "Слишком простой") {
		t.Errorf("weak one: %d", resp.StatusCode)
	}
	h.door.weak = ""
	if resp, _ := change(rightPassword, "one", "one"); resp.StatusCode != 303 {
		t.Errorf("changed: %d", resp.StatusCode)
	}
	if resp, _ := h.ask(t, "GET", "/list", "token", nil); resp.StatusCode != 200 {
		t.Errorf("after the change: %d", resp.StatusCode)
	}
}

func TestHostsAndAddresses(t *testing.T) {
	var seen string
	h := open(t, func(o *Options) {
		o.Hosts = []string{"127.0.0.1", "localhost"}
		o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}
		o.Healthy = func(r *http.Request) error { seen = page.AddressOf(r); return nil }
	})
	if resp, _ := h.ask(t, "GET", "/healthz", "", nil, "Host", "evil.example"); resp.StatusCode != 421 {
		t.Errorf("a stranger's name: %d", resp.StatusCode)
	}
	if resp, _ := h.ask(t, "GET", "/healthz", "", nil, "Host", "localhost:8080"); resp.StatusCode != 200 {
		t.Errorf("our own name: %d", resp.StatusCode)
	}
	for forwarded, want := range map[string]string{
		"":                          "127.0.0.1",
		"203.0.113.9":               "203.0.113.9",
		"198.51.100.1, 203.0.113.9": "203.0.113.9", // the browser may have written the first
		"203.0.113.9, 10.1.2.3":     "203.0.113.9",
		"nonsense":                  "127.0.0.1",
		"::ffff:203.0.113.9":        "203.0.113.9",
	} {
		h.ask(t, "GET", "/healthz", "", nil, "X-Forwarded-For", forwarded)
		if seen != want {
			t.Errorf("X-Forwarded-For %q: %q, want %q", forwarded, seen, want)
		}
	}
}

func TestAssets(t *testing.T) {
	h := open(t, nil)
	_, text := h.ask(t, "GET", "/login", "", nil)
	at := strings.Index(text, page.StaticPrefix)
	if at < 0 {
		t.Fatalf("no asset on the page: %.300q", text)
	}
	path, _, _ := strings.Cut(text[at:], `"`)
	resp, body := h.ask(t, "GET", path, "", nil)
	if resp.StatusCode != 200 || body == "" || !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %d, %q", path, resp.StatusCode, resp.Header.Get("Cache-Control"))
	}
	for _, odd := range []string{"/static/", "/static/../kit.go", "/static/000000000000/style.css", "/static/x"} {
		if resp, _ := h.ask(t, "GET", odd, "", nil); resp.StatusCode == 200 {
			t.Errorf("%s is served", odd)
		}
	}
}

// What a page leaves of an upload on the disk goes with the answer.
func TestUploadsLeaveNothing(t *testing.T) {
	left := t.TempDir()
	t.Setenv("TMPDIR", left)
	files := func() (n int) {
		all, err := os.ReadDir(left)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	h := open(t, func(o *Options) {
		o.Sections[0].Routes = append(o.Sections[0].Routes, page.Route{Pattern: "POST /file", Body: 1 << 20, Handle: func(_ http.ResponseWriter, r *http.Request) error {
			if err := r.ParseMultipartForm(1); err != nil {
				return err
			}
			if files() == 0 {
				return errors.New("the file is not on the disk")
			}
			return page.TooLarge("Слишком большой.", nil)
		}})
	})
	var body strings.Builder
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "list.xlsx")
	if err == nil {
		_, err = io.WriteString(part, strings.Repeat("x", 1<<16))
	}
	if err := errors.Join(err, form.Close()); err != nil {
		t.Fatal(err)
	}
	resp, text := h.send(t, "POST", "/file", "token", strings.NewReader(body.String()), "Content-Type", form.FormDataContentType())
	if resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Fatalf("got %d, %.300q", resp.StatusCode, text)
	}
	h.Close() // the answer comes before the end of its handler
	if n := files(); n > 0 {
		t.Errorf("%d files stay of an upload", n)
	}
}

func TestStoreFault(t *testing.T) {
	h := open(t, nil)
	h.door.fault = errors.New("the store is closed")
	if resp, text := h.ask(t, "GET", "/list", "token", nil); resp.StatusCode != 500 || strings.Contains(text, "store") {
		t.Errorf("got %d, %.200q", resp.StatusCode, text)
	}
}

// TestLostChange: whoever sends a form after the login has ended is told that it was
// not taken, and comes back to the page of the form, never to another site's.
func TestLostChange(t *testing.T) {
	h := open(t, nil)
	for referer, to := range map[string]string{
		h.URL + "/list?day=1": "/login?lost=1&to=%2Flist%3Fday%3D1", "https://evil.example/list": "/login?lost=1", "": "/login?lost=1", "://": "/login?lost=1",
	} {
		resp, _ := h.ask(t, "POST", "/list", "ended", url.Values{"a": {"b"}}, "Referer", referer)
		if got := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || got != to {
			t.Errorf("from %q: %d to %q, want %q", referer, resp.StatusCode, got, to)
		}
		if _, text := h.ask(t, "GET", to, "", nil); !strings.Contains(text, "отправленное не записано") {
			t.Errorf("from %q: the login says %.500q", referer, text)
		}
	}
}
