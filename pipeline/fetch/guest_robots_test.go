package fetch_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

func status(code int, after string) http.Handler {
	return fetchtest.Do(fetchtest.Status(code, after), fetchtest.File{})
}

func redirect(to string) http.Handler {
	return fetchtest.Do(fetchtest.Redirect(to), fetchtest.File{})
}

// paths are what a host was asked for, in order.
func (s *stay) paths(host string) []string {
	var all []string
	for _, h := range s.HitsOf(host) {
		all = append(all, h.Path)
	}
	return all
}

func TestGuestObeysRobots(t *testing.T) {
	const forbids = "User-agent: *\nDisallow: /"
	for name, c := range map[string]struct {
		robots http.Handler
		want   string
	}{
		"404":                 {status(404, ""), ""},
		"403":                 {status(403, ""), ""},
		"304 unasked":         {status(304, ""), ""},
		"429":                 {status(429, ""), "robots_later"},
		"503":                 {status(503, ""), "robots_later"},
		"reset":               {fetchtest.Reset(), "broken"},
		"cut":                 {fetchtest.Do(fetchtest.Cut(20), fetchtest.File{Content: []byte(forbids + strings.Repeat("#", 5000))}), "broken"},
		"forbids":             {fetchtest.Robots(forbids), "robots"},
		"a page in its place": {fetchtest.Text("text/html", "<html>"), ""},
		"by five hops":        {fetchtest.Chain(5, fetchtest.Robots(forbids)), "robots"},
		"by six hops":         {fetchtest.Chain(6, fetchtest.Robots(forbids)), ""},
		"to metadata":         {redirect("http://169.254.169.254/"), "blocked"},
		"to another host":     {redirect("http://www.example/robots.txt"), "robots"},
		"huge":                {fetchtest.Text("text/plain", forbids+"\n"+strings.Repeat("# x\n", 1<<20)), "robots"},
		"endless":             {fetchtest.Huge(1<<30, true), ""},
		"bomb":                {fetchtest.Do(fetchtest.Bomb(1<<30), fetchtest.File{}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := visit(t)
			h := http.NewServeMux()
			h.Handle("/robots.txt", c.robots)
			for i := range 7 {
				h.Handle("/hop"+strconv.Itoa(i), c.robots)
			}
			s.Put(firm, fetchtest.Site{Pages: page("x"), Handler: h})
			s.Put("www.example", fetchtest.Site{Robots: fetchtest.Robots(forbids), Pages: page("x")})
			_, err := s.get(t, fetchtest.URL(firm, "/"))
			if got := fetch.Outcome(err); got != c.want {
				t.Errorf("%q, want %q: %v", got, c.want, err)
			}
			if at := slices.Index(s.paths(firm), "/"); (at > 0) != (c.want == "") {
				t.Errorf("asked for %q", s.paths(firm))
			}
			for _, h := range s.HitsOf(firm) {
				if h.Header.Get("User-Agent") != "Mozilla/5.0 (compatible; obzvon/1.2; +obzvon@example.org)" {
					t.Errorf("as %q", h.Header.Get("User-Agent"))
				}
			}
		})
	}
}

func TestGuestNamesTheRule(t *testing.T) {
	s := visit(t)
	s.Put(firm, fetchtest.Site{Robots: fetchtest.Robots("User-agent: *\nDisallow: /private"), Pages: page("x")})
	_, err := s.get(t, fetchtest.URL(firm, "/private/a?b"))
	refusal := (*fetch.RobotsError)(nil)
	if !errors.As(err, &refusal) || refusal.Host != firm || refusal.Rule.String() != "Disallow: /private (line 2)" {
		t.Error(err)
	}
	if !strings.Contains(err.Error(), "robots.txt forbids it: firm0001.example: Disallow: /private (line 2)") {
		t.Error(err)
	}
}

// Each hop is asked about anew: at the host it leads to.
func TestGuestObeysRobotsOnRedirects(t *testing.T) {
	s := visit(t)
	s.Put(firm, fetchtest.Site{Handler: redirect("http://www.example/private"), Robots: fetchtest.Robots("")})
	s.Put("www.example", fetchtest.Site{Robots: fetchtest.Robots("User-agent: obzvon\nDisallow: /private"), Handler: redirect("/")})
	if _, err := s.get(t, fetchtest.URL(firm, "/")); fetch.Outcome(err) != "robots" {
		t.Error(err)
	}
	if got := s.paths("www.example"); !slices.Equal(got, []string{"/robots.txt"}) {
		t.Errorf("%q", got)
	}
}

func TestRobotsIsRemembered(t *testing.T) {
	s := visit(t)
	s.Put(firm, fetchtest.Site{Robots: fetchtest.Robots("Sitemap: http://firm0001.example/s.xml"), Pages: page("x")})
	get := func(want ...string) {
		t.Helper()
		s.Forget()
		for _, url := range []string{"http://firm0001.example/", "http://FIRM0001.example:80/", "http://firm0001.example./"} {
			if _, err := s.get(t, url); err != nil {
				t.Error(err)
			}
		}
		if got := s.paths(firm); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	get("/robots.txt", "/", "/", "/")
	s.clock.Advance(23 * time.Hour)
	get("/", "/", "/")
	s.clock.Advance(time.Hour)
	get("/robots.txt", "/", "/", "/")
	u, _ := url.Parse("http://firm0001.example/x")
	if got := s.guest.Sitemaps(u); !slices.Equal(got, []string{"http://firm0001.example/s.xml"}) {
		t.Errorf("%q", got)
	}
	if _, err := s.get(t, "https://firm0001.example/"); err != nil { // another port, another file
		t.Error(err)
	}
	if got := s.paths(firm); !slices.Equal(got, []string{"/robots.txt", "/", "/", "/", "/robots.txt", "/"}) {
		t.Errorf("%q", got)
	}
}

// One that is sent on to https is that of https too.
func TestRobotsByAnotherOriginIsLearned(t *testing.T) {
	s := visit(t)
	s.Put(firm, fetchtest.Site{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.TLS == nil:
			http.Redirect(w, r, "https://firm0001.example"+r.URL.Path, http.StatusMovedPermanently)
		case r.URL.Path == "/robots.txt":
			fetchtest.Robots("User-agent: *\nDisallow: /a").ServeHTTP(w, r)
		default:
			fetchtest.Text("text/html", "x").ServeHTTP(w, r)
		}
	})})
	if _, err := s.get(t, fetchtest.URL(firm, "/")); err != nil {
		t.Error(err)
	}
	if _, err := s.get(t, "https://firm0001.example/a"); fetch.Outcome(err) != "robots" {
		t.Error(err)
	}
	if got := s.paths(firm); !slices.Equal(got, []string{"/robots.txt", "/robots.txt", "/", "/"}) {
		t.Errorf("%q", got)
	}
}

// A host whose robots.txt fails is left alone for a while, not hammered.
func TestRobotsLater(t *testing.T) {
	for after, want := range map[string]time.Duration{"": 15 * time.Minute, "60": 15 * time.Minute, "7200": 2 * time.Hour, "999999": 24 * time.Hour} {
		s := visit(t)
		s.Put(firm, fetchtest.Site{Robots: fetchtest.InTurn(status(503, after), fetchtest.Robots("")), Pages: page("x")})
		began := s.clock.Now()
		for range 3 {
			_, err := s.get(t, fetchtest.URL(firm, "/"))
			later := (*fetch.RobotsLaterError)(nil)
			if !errors.As(err, &later) || !later.Until.Equal(began.Add(want)) {
				t.Errorf("after %q: %v", after, err)
			}
			status := (*fetch.StatusError)(nil)
			if !errors.As(err, &status) || status.Code != 503 {
				t.Error(err)
			}
		}
		if got := s.Count(); got != 1 {
			t.Errorf("%d requests", got)
		}
		s.clock.Advance(want)
		if _, err := s.get(t, fetchtest.URL(firm, "/")); err != nil {
			t.Error(err)
		}
	}
}
