package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/web"
	"obzvon/exports/web/operator"
	"obzvon/exports/web/page"
	"obzvon/pipeline/account"
	"obzvon/pipeline/audit"
)

// allPages is an office with every page that there is.
type allPages struct {
	*office

	routes []page.Route
}

func openAll(t *testing.T) *allPages {
	t.Helper()
	all := &allPages{office: openOffice(t)}
	users, err := account.NewUsers(account.Options{Store: all.house.store, Dir: all.house.dir})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{app: inOffice(all.house.dir, io.Discard), gate: all.gate, live: func() *house { return all.house }}
	kit := &page.Kit{Audit: all.office, Now: all.house.night.Clock, Zone: all.house.zone(), Brand: "Подшипники", Sample: true}
	sections, err := d.sections(kit, operatorNeeds{
		keeper: &keeperOf{}, users: users, audit: audit.In(t.TempDir()), notices: func() []operator.Notice { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sections {
		all.routes = append(all.routes, s.Routes...)
	}
	handler, err := web.New(web.Options{Kit: kit, Door: everyDoor{}, Sections: sections, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	all.server = httptest.NewServer(handler)
	t.Cleanup(all.server.Close)
	return all
}

// everyDoor lets in one who may do everything.
type everyDoor struct{ web.Door }

func (everyDoor) Who(_ context.Context, token string) (page.User, error) {
	if token != "anna" {
		return page.User{}, web.ErrExpired
	}
	return page.User{Name: "anna", Manager: "anna", Roles: []page.Role{page.Manager, page.Head, page.Analyst, page.Operator}}, nil
}

// addresses are the routes of a method with something that is there in each place.
func (a *allPages) addresses(method string) (out []string) {
	a.Helper()
	inn := string(a.rowsOf("anna")[0].Row.INN)
	put := strings.NewReplacer("{day}", a.day.String(), "{inn}", inn, "{file}", "funnel.svg", "{name}", "gis", "{source}", "gis")
	for _, r := range a.routes {
		if to, ok := strings.CutPrefix(r.Pattern, method+" "); ok {
			if out = append(out, put.Replace(to)); strings.Contains(out[len(out)-1], "{") {
				a.Fatalf("%s: nothing to put there", r.Pattern)
			}
		}
	}
	return out
}

// kept is what the data folder holds, by file: any transaction changes a store's.
func (a *allPages) kept() map[string][sha256.Size]byte {
	a.Helper()
	out := map[string][sha256.Size]byte{}
	err := filepath.WalkDir(a.house.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		out[path] = sha256.Sum256(data)
		return err
	})
	if err != nil {
		a.Fatal(err)
	}
	return out
}

// No address that is only looked at changes anything, whatever stands behind it, and
// each page keeps to the policy that it is sent with.
func TestLooksChangeNothing(t *testing.T) {
	a := openAll(t)
	anna, inn, before := a.as("anna"), string(a.rowsOf("anna")[0].Row.INN), a.kept()
	more := []string{
		"/lists/" + a.day.String() + "/rows/" + inn + "?o=3&outcome=Интерес&manager=anna", "/lists/" + a.day.String() + "/rows/" + inn + "?part=1",
		"/assignments?q=" + inn, "/assignments?act=free&inn=" + inn, "/assignments/move?from=anna&to=oleg", "/targets?act=add&inn=" + inn,
		"/stops?q=7&text=" + inn + "&reason=refused", "/forget?step=erase&word=забыть&query=" + inn, "/people?act=add&name=eve&role=operator", "/weights?p.fit=1",
	}
	for _, to := range append(a.addresses(http.MethodGet), more...) {
		answer, data := anna.ask(http.MethodGet, to, "", nil)
		kind := answer.Header.Get("Content-Type")
		if answer.StatusCode >= http.StatusInternalServerError || kind == "" {
			t.Errorf("%s: %s, %q", to, answer.Status, kind)
		}
		if got := answer.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s may be kept: %q", to, got)
		}
		if strings.HasPrefix(kind, "text/html") {
			keepsPolicy(t, to, answer.Header.Get("Content-Security-Policy"), data)
		}
	}
	if after := a.kept(); !maps.Equal(after, before) {
		for name := range after {
			if before[name] != after[name] {
				t.Errorf("%s has changed", name)
			}
		}
	}
}

func keepsPolicy(t *testing.T, to, policy string, data []byte) {
	t.Helper()
	if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'; style-src 'self';") || strings.Contains(policy, "unsafe") {
		t.Errorf("%s: policy %q", to, policy)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", to, goquery.NodeName(s), a.Key, a.Val)
			}
		}
	})
	if n := doc.Find("style, script:not([src]), iframe, object, base").Length(); n > 0 {
		t.Errorf("%s: %d elements that the policy forbids", to, n)
	}
	doc.Find("script[src], link[href], img[src], form[action]").Each(func(_ int, s *goquery.Selection) {
		for _, key := range []string{"src", "href", "action"} {
			if v, ok := s.Attr(key); ok && (!strings.HasPrefix(v, "/") || strings.HasPrefix(v, "//")) {
				t.Errorf("%s: %s leads elsewhere: %q", to, goquery.NodeName(s), v)
			}
		}
	})
}

// Whoever is not logged in sees and changes nothing at all.
func TestStrangersGetNothing(t *testing.T) {
	a := openAll(t)
	thief, before := a.as("thief"), a.kept()
	thief.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		addresses := a.addresses(method)
		if len(addresses) < 10 {
			t.Fatalf("%s: only %q", method, addresses)
		}
		for _, to := range addresses {
			answer, data := thief.ask(method, to, "application/x-www-form-urlencoded", strings.NewReader("manager=anna&act=add&text=7707083893&reason=refused"))
			if at := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(at, "/login") || bytes.Contains(data, []byte("+7")) {
				t.Errorf("%s %s: %s to %q", method, to, answer.Status, at)
			}
		}
	}
	if after := a.kept(); !maps.Equal(after, before) {
		t.Error("something was changed")
	}
	if slices.ContainsFunc(a.routes, func(r page.Route) bool { return len(r.Roles) == 0 }) {
		t.Error("a page is for every role: name those that it is for")
	}
}
