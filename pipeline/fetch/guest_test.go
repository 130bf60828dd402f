package fetch_test

import (
	"errors"
	"io"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// stay is a web with a guest in it, by a clock that waits for nobody.
type stay struct {
	*fetchtest.Web
	clock  *fetchtest.Clock
	guest  *fetch.Guest
	client *http.Client
}

func visit(t testing.TB, change ...func(*fetch.Options, *fetch.GuestOptions)) *stay {
	t.Helper()
	s := &stay{clock: fetchtest.NewClock()}
	s.Web = fetchtest.NewWeb(t, fetchtest.WebOptions{Now: s.clock.Now})
	o := fetch.Options{Version: "1.2", Contact: "obzvon@example.org", Allow: s.Allow(), Clock: s.clock}
	g := s.Guest(fetch.GuestOptions{})
	for _, f := range change {
		f(&o, &g)
	}
	c := fetch.New(o)
	s.guest = c.Guest(g)
	s.client = &http.Client{Transport: s.guest, CheckRedirect: fetch.CheckRedirect(5)}
	t.Cleanup(s.guest.Close)
	return s
}

// byTheWall makes a guest live by the wall's clock, with short limits.
func byTheWall(o *fetch.Options, g *fetch.GuestOptions) {
	o.Clock = nil
	g.Timeout, g.Total = 2*time.Second, 4*time.Second
}

func (s *stay) get(t testing.TB, url string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

const firm = "firm0001.example"

func page(text string) map[string]fetchtest.File {
	return map[string]fetchtest.File{"/": {Content: []byte(text), ETag: `"1"`}}
}

func TestGuestOutcomes(t *testing.T) {
	long := string(make([]byte, 300<<10))
	private := func(w *fetchtest.Web) http.Handler {
		return fetchtest.Do(fetchtest.Redirect("http://"+w.Forbidden().String()+"/"), fetchtest.File{})
	}
	html := fetchtest.File{Content: []byte("<html>" + long)}
	for name, c := range map[string]struct {
		site   fetchtest.Site
		answer func(*fetchtest.Web) http.Handler
		url    string
		want   string
		is     error
	}{
		"page":            {site: fetchtest.Site{Pages: page("x")}},
		"page by https":   {site: fetchtest.Site{Pages: page("x")}, url: "https://" + firm + "/"},
		"packed page":     {site: fetchtest.Site{Pages: page("x"), Gzip: true}},
		"chain of 5":      {site: fetchtest.Site{Handler: fetchtest.Chain(5, fetchtest.Text("text/html", "x"))}},
		"untold type":     {site: fetchtest.Site{Handler: fetchtest.Text("", "<!DOCTYPE html><html>x")}},
		"404":             {want: "status_404"},
		"410":             {site: fetchtest.Site{Handler: fetchtest.Do(fetchtest.Status(410, ""), fetchtest.File{})}, want: "status_410"},
		"300":             {site: fetchtest.Site{Handler: fetchtest.Do(fetchtest.Status(300, ""), fetchtest.File{})}, want: "status_300"},
		"500":             {site: fetchtest.Site{Handler: fetchtest.Do(fetchtest.Status(500, ""), fetchtest.File{}), Robots: fetchtest.Robots("")}, want: "status_5xx"},
		"429":             {site: fetchtest.Site{Handler: fetchtest.Do(fetchtest.Status(429, "10"), fetchtest.File{}), Robots: fetchtest.Robots("")}, want: "status_429"},
		"hang":            {site: fetchtest.Site{Handler: fetchtest.Hang(), Robots: fetchtest.Robots("")}, want: "timeout", is: fetch.ErrTimeout},
		"drip":            {site: fetchtest.Site{Handler: fetchtest.SlowDrip(1000, 20*time.Millisecond), Robots: fetchtest.Robots("")}, want: "timeout", is: fetch.ErrTimeout},
		"robots hangs":    {site: fetchtest.Site{Robots: fetchtest.Hang()}, want: "timeout", is: fetch.ErrRobotsLater},
		"robots 500":      {site: fetchtest.Site{Robots: fetchtest.Do(fetchtest.Status(500, ""), fetchtest.File{})}, want: "robots_later", is: fetch.ErrRobotsLater},
		"robots":          {site: fetchtest.Site{Robots: fetchtest.Robots("User-agent: *\nDisallow: /")}, want: "robots", is: fetch.ErrRobots},
		"crawl delay":     {site: fetchtest.Site{Robots: fetchtest.Robots("User-agent: *\nCrawl-delay: 120")}, want: "crawl_delay", is: fetch.ErrCrawlDelay},
		"bomb":            {site: fetchtest.Site{Handler: fetchtest.Do(fetchtest.Bomb(64<<20), fetchtest.File{}), Robots: fetchtest.Robots("")}, want: "too_large"},
		"huge":            {site: fetchtest.Site{Handler: fetchtest.Huge(16<<20, false), Robots: fetchtest.Robots("")}, want: "too_large"},
		"huge, announced": {site: fetchtest.Site{Handler: fetchtest.Huge(16<<20, true), Robots: fetchtest.Robots("")}, want: "too_large"},
		"picture":         {site: fetchtest.Site{Handler: fetchtest.Text("image/png", "x")}, want: "content", is: fetch.ErrContent},
		"untold picture":  {site: fetchtest.Site{Handler: fetchtest.Text("", "\x89PNG\x0d\x0a\x1a\x0a")}, want: "content", is: fetch.ErrContent},
		"circle":          {site: fetchtest.Site{Handler: fetchtest.Circle(), Robots: fetchtest.Robots("")}, want: "redirect", is: fetch.ErrRedirect},
		"chain of 6":      {site: fetchtest.Site{Handler: fetchtest.Chain(6, fetchtest.Text("text/html", "x")), Robots: fetchtest.Robots("")}, want: "redirect", is: fetch.ErrRedirect},
		"to mail":         {site: fetchtest.Site{Handler: fetchtest.Do(fetchtest.Redirect("mailto:a@b.example"), fetchtest.File{}), Robots: fetchtest.Robots("")}, want: "redirect"},
		"to nowhere":      {site: fetchtest.Site{Handler: fetchtest.Do(fetchtest.Redirect(""), fetchtest.File{}), Robots: fetchtest.Robots("")}, want: "redirect"},
		"private":         {site: fetchtest.Site{Robots: fetchtest.Robots("")}, answer: private, want: "blocked", is: fetch.ErrBlocked},
		"metadata":        {site: fetchtest.Site{Handler: fetchtest.Do(fetchtest.Redirect("http://169.254.169.254/latest/"), fetchtest.File{}), Robots: fetchtest.Robots("")}, want: "blocked"},
		"cut":             {site: fetchtest.Site{Handler: fetchtest.Do(fetchtest.Cut(1000), html), Robots: fetchtest.Robots("")}, want: "broken", is: fetch.ErrTruncated},
		"reset":           {site: fetchtest.Site{Handler: fetchtest.Reset(), Robots: fetchtest.Robots("")}, want: "broken"},
		"no HTTP":         {site: fetchtest.Site{Handler: fetchtest.Garbage(), Robots: fetchtest.Robots("")}, want: "broken"},
		"untrusted":       {site: fetchtest.Site{Pages: page("x"), Certificate: fetchtest.Untrusted}, url: "https://" + firm + "/", want: "certificate", is: fetch.ErrCertificate},
		"expired":         {site: fetchtest.Site{Pages: page("x"), Certificate: fetchtest.Expired}, url: "https://" + firm + "/", want: "certificate", is: fetch.ErrCertificate},
		"other's":         {site: fetchtest.Site{Pages: page("x"), Certificate: fetchtest.OtherHost}, url: "https://" + firm + "/", want: "certificate", is: fetch.ErrRobotsLater},
		"dead":            {site: fetchtest.Site{Dead: true}, want: "refused", is: fetch.ErrUnreachable},
		"no such name":    {url: "http://nobody.example/", want: "dns", is: fetch.ErrName},
		"no http":         {url: "ftp://firm0001.example/", want: "url", is: fetch.ErrURL},
		"port 0":          {url: "http://firm0001.example:0/", want: "url", is: fetch.ErrURL},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := visit(t, byTheWall)
			if c.answer != nil {
				c.site.Handler = c.answer(s.Web)
			}
			s.Put(firm, c.site)
			url := c.url
			if url == "" {
				url = fetchtest.URL(firm, "/")
			}
			body, err := s.get(t, url)
			if got := fetch.Outcome(err); got != c.want {
				t.Errorf("%q, want %q: %v", got, c.want, err)
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("%v is not %v", err, c.is)
			}
			if err == nil && body == "" {
				t.Error("an empty page")
			}
			if s.Trespasses() > 0 {
				t.Error("a forbidden address was asked")
			}
			if n := s.MostAtOnce(firm); n > 1 {
				t.Errorf("%d requests at once", n)
			}
		})
	}
}

func TestGuestKnowsNoOtherWayToAnAddress(t *testing.T) {
	s := visit(t)
	for _, url := range []string{
		"http://127.0.0.1/", "http://localhost/", "http://LOCALHOST./", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:a9fe:a9fe]/",
		"http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f000001/", "http://[fe80::1%25eth0]/",
		"http://169.254.169.254/", "http://10.0.0.1:8080/", "https://192.168.0.1/", "http://[64:ff9b::7f00:1]/", "http://0/",
	} {
		_, err := s.get(t, url)
		if fetch.Outcome(err) != "blocked" {
			t.Errorf("%s: %v", url, err)
		}
	}
	for name, answers := range map[string][]string{
		"one":    {"10.0.0.1"},
		"mapped": {"::ffff:169.254.169.254"},
		"among":  {"127.100.1.1", "192.168.1.1"},
		"6to4":   {"2002:7f00:1::1"},
	} {
		var addrs []netip.Addr
		for _, a := range answers {
			addrs = append(addrs, netip.MustParseAddr(a))
		}
		s.Put(name+".example", fetchtest.Site{Pages: page("x")})
		s.Lie(name+".example", addrs)
		if _, err := s.get(t, fetchtest.URL(name+".example", "/")); fetch.Outcome(err) != "blocked" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := s.Count(); n > 0 {
		t.Errorf("%d requests", n)
	}
}
