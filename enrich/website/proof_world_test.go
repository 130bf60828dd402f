package website

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// kind is what a host of the local web is like.
type kind struct {
	name    string
	share   int    // of a hundred
	outcome string // of its visit
	asks    int    // requests of one visit at most, robots.txt included; 0 = those of a good site
	waits   bool   // for an answer that does not come
	make    func(i int) fetchtest.Site
	more    func(w *fetchtest.Web, name string, i int) // puts up what else there is
	leads   string                                     // the name, but for the host's own, that must have been looked up
}

// inside is a name in the house, under the host's own, that a host leads to.
const inside = "intra."

// goodAsks are robots.txt, the home page, contacts and requisites, for each of
// the two schemes at worst.
const goodAsks = 8

// kinds of hosts: from the first ones contacts are to be had, from the others
// nothing, each for its own reason.
func kinds(forbidden netip.Addr, deaf func(w *fetchtest.Web, name string, i int)) []kind {
	home := func(h http.Handler) func(int) fetchtest.Site {
		return func(int) fetchtest.Site {
			return fetchtest.Site{Handler: h, Robots: fetchtest.Robots("User-agent: *\nDisallow: /admin\n")}
		}
	}
	lie := func(answers ...[]netip.Addr) func(*fetchtest.Web, string, int) {
		return func(w *fetchtest.Web, name string, _ int) { w.Lie(name, answers...) }
	}
	into := func(w *fetchtest.Web, name string, _ int) { w.Lie(inside+name, []netip.Addr{forbidden}) }
	to := func(url string) func(int) fetchtest.Site {
		return home(fetchtest.Do(fetchtest.Redirect(url), fetchtest.File{}))
	}
	return []kind{
		{name: "good", share: 34, make: goodSite},
		{name: "packed", share: 5, make: func(i int) fetchtest.Site { s := goodSite(i); s.Gzip = true; return s }},
		{name: "windows-1251", share: 5, make: oldSite},
		{name: "slow", share: 5, make: func(i int) fetchtest.Site { s := goodSite(i); s.Latency = 40 * time.Millisecond; return s }},
		{name: "bad certificate", share: 5, make: func(i int) fetchtest.Site { s := goodSite(i); s.Certificate = fetchtest.Untrusted; return s }},
		{name: "expired, sent on to it", share: 1, outcome: "certificate", asks: 2, make: func(i int) fetchtest.Site { return expired(i) }},
		{name: "expired, www good", share: 1, make: func(i int) fetchtest.Site { return expired(i) }, more: func(w *fetchtest.Web, name string, i int) {
			w.Put("www."+name, goodSite(i))
		}},
		{name: "behind redirects", share: 5, asks: goodAsks + 6, make: func(i int) fetchtest.Site {
			s := goodSite(i)
			s.Handler = fetchtest.Chain(3, fetchtest.Text("text/html", string(s.Pages["/"].Content)))
			delete(s.Pages, "/")
			return s
		}},
		{name: "forbids", share: 3, outcome: "robots", asks: 1, make: func(i int) fetchtest.Site {
			s := goodSite(i)
			s.Robots = fetchtest.Robots("User-agent: *\nDisallow: /\n")
			return s
		}},
		{name: "robots broken", share: 3, outcome: "robots_later", asks: 1, make: func(i int) fetchtest.Site {
			s := goodSite(i)
			s.Robots = fetchtest.Do(fetchtest.Status(500, ""), fetchtest.File{})
			return s
		}},
		{name: "busy", share: 3, outcome: "status_5xx", asks: 2, make: home(fetchtest.Do(fetchtest.Status(503, "3600"), fetchtest.File{}))},
		{name: "missing", share: 3, outcome: "status_404", asks: 2, make: home(nil)},
		{name: "no such name", share: 3, outcome: "dns", make: goodSite, more: lie(nil)},
		{name: "dead", share: 2, outcome: "refused", make: func(int) fetchtest.Site { return fetchtest.Site{Dead: true} }},
		{name: "443 dropped, 80 good", share: 1, waits: true, make: goodSite, more: deaf},
		{name: "silent", share: 1, outcome: "timeout", asks: 4, waits: true, make: home(fetchtest.Hang())},
		{name: "breaks off", share: 2, outcome: "broken", asks: 4, make: home(fetchtest.Garbage())},
		{name: "circle", share: 2, outcome: "redirect", asks: 8, make: home(fetchtest.Circle())},
		{name: "endless", share: 2, outcome: noContacts, asks: 10, make: home(fetchtest.Trap(30))},
		{name: "huge", share: 2, outcome: "too_large", asks: 2, make: home(fetchtest.Huge(64<<20, false))},
		{name: "huge, told", share: 1, outcome: "too_large", asks: 2, make: home(fetchtest.Huge(64<<20, true))},
		{name: "bomb", share: 2, outcome: "too_large", asks: 2, make: home(fetchtest.Do(fetchtest.Bomb(256<<20), fetchtest.File{}))},
		{name: "picture", share: 1, outcome: "content", asks: 2, make: home(fetchtest.Text("image/png", "\x89PNG"))},
		{name: "inside by name", share: 2, outcome: "blocked", make: goodSite, more: lie([]netip.Addr{forbidden})},
		{name: "metadata by name", share: 1, outcome: "blocked", make: goodSite, more: lie([]netip.Addr{netip.MustParseAddr("169.254.169.254")})},
		{name: "inside by redirect", share: 1, outcome: "redirect", asks: 4, make: to("http://" + forbidden.String() + "/contacts")},
		{name: "inside by a redirect to a name", share: 1, outcome: "blocked", asks: 2, make: home(onward), more: into, leads: inside},
		{name: "inside by a page's redirect to a name", share: 1, asks: goodAsks + 2, make: func(i int) fetchtest.Site {
			s := goodSite(i)
			delete(s.Pages, "/rekvizity.html")
			s.Pages["/"] = htmlOf(i, `<a href="/kontakty/">Контакты</a> <a href="/rekvizity.html">Реквизиты</a> <a href="/about">О компании</a>`)
			s.Pages["/about"] = htmlOf(i, `<p>ООО «Вега», ИНН `+string(vega)+`</p>`)
			s.Handler = onward
			return s
		}, more: into, leads: inside},
		{name: "inside by robots.txt sent to a name", share: 1, outcome: "blocked", asks: 1, make: func(i int) fetchtest.Site {
			s := goodSite(i)
			s.Robots = onward
			return s
		}, more: into, leads: inside},
		{name: "into a house of many", share: 1, outcome: onShared, asks: 2, make: to("https://vk.com/vega")},
	}
}

const padding = "<p>Подшипники качения, корпуса, смазки и уплотнения со склада и под заказ.</p>\n"

func phoneOf(i int) string { return fmt.Sprintf("+7907%03d%04d", 120+i/10000, i%10000) }

func goodSite(i int) fetchtest.Site {
	p := phoneOf(i)
	page := func(s string) fetchtest.File { return htmlOf(i, s) }
	return fetchtest.Site{
		Robots: fetchtest.Robots("User-agent: *\nDisallow: /admin\n"),
		Pages: map[string]fetchtest.File{
			"/":               page(`<ul><li><a href="/catalog">Каталог</a><li><a href="/kontakty/">Контакты</a><li><a href="/rekvizity.html">Реквизиты</a></ul>`),
			"/kontakty/":      page(`<h1>Контакты</h1><p>Отдел снабжения: <a href="tel:` + p + `">` + p + `</a></p>`),
			"/rekvizity.html": page(`<h1>Реквизиты</h1><p>ООО «Вега», ИНН ` + string(vega) + `</p>`),
		},
	}
}

// htmlOf is a page of a host.
func htmlOf(i int, s string) fetchtest.File {
	return fetchtest.File{
		Content: []byte("<!DOCTYPE html><html><head><title>Завод</title></head><body>" + s + strings.Repeat(padding, 20) + "</body></html>"),
		ETag:    fmt.Sprintf(`"%d-%d"`, i, len(s)),
	}
}

// onward sends every request on to a name in the house.
var onward = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "http://"+inside+r.Host+r.URL.Path, http.StatusFound)
})

// expired has an old certificate and sends plain requests on to it.
func expired(i int) fetchtest.Site {
	s := goodSite(i)
	pages := s.Pages
	s.Certificate = fetchtest.Expired
	s.Pages, s.Handler = nil, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS == nil {
			http.Redirect(w, r, "https://"+r.Host+r.URL.Path, http.StatusMovedPermanently)
			return
		}
		_, _ = w.Write(pages["/"].Content)
	})
	return s
}

// oldSite is in windows-1251 and does not say so.
func oldSite(i int) fetchtest.Site {
	s := goodSite(i)
	for path, f := range s.Pages {
		text, err := charmap.Windows1251.NewEncoder().Bytes(f.Content)
		if err != nil {
			panic(err)
		}
		s.Pages[path] = fetchtest.File{Content: text, Type: "text/html"}
	}
	return s
}

// host is one of a local web.
type host struct {
	name string
	kind *kind
	i    int
}

// localWeb puts n hosts of all kinds into a web, mixed.
func localWeb(t testing.TB, o fetchtest.WebOptions, n int) (*fetchtest.Web, []host) {
	t.Helper()
	web := fetchtest.NewWeb(t, o)
	all := kinds(web.Forbidden(), deafPlace(t, web))
	var order []*kind
	for i := range all {
		for range all[i].share {
			order = append(order, &all[i])
		}
	}
	if len(order) != 100 {
		t.Fatalf("the kinds' shares add up to %d", len(order))
	}
	hosts := make([]host, n)
	for i := range hosts {
		k := order[i*37%len(order)]
		h := host{name: fetchtest.Name(i), kind: k, i: i}
		web.Put(h.name, k.make(i))
		if k.more != nil {
			k.more(web, h.name, i)
		}
		hosts[i] = h
	}
	return web, hosts
}

// deafPlace opens an address of a web where connections to the port of https are
// taken and nothing is ever said, as a firewall has it that drops what it does
// not let pass; by http the web answers as everywhere. It returns what moves a
// host there; where the system has no such address hosts stay where they are.
func deafPlace(t testing.TB, web *fetchtest.Web) func(*fetchtest.Web, string, int) {
	t.Helper()
	ports := web.Guest(fetch.GuestOptions{}).Ports
	at := web.Addresses()[0].As4()
	at[2] = 200
	place := netip.AddrFrom4(at)
	plain, err := net.Listen("tcp", netip.AddrPortFrom(place, ports[80]).String())
	if err != nil {
		t.Logf("no host drops https here: %v", err)
		return func(*fetchtest.Web, string, int) {}
	}
	silent, err := net.Listen("tcp", netip.AddrPortFrom(place, ports[443]).String())
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: web, ReadHeaderTimeout: time.Minute}
	var all sync.WaitGroup
	all.Go(func() { _ = server.Serve(plain) }) // ends with the server
	// Nobody accepts: the system takes connections, as many as wait in line.
	t.Cleanup(func() {
		_ = server.Close()
		_ = silent.Close()
		all.Wait()
	})
	return func(w *fetchtest.Web, name string, _ int) { w.Lie(name, []netip.Addr{place}) }
}

// webGuest is a guest of a local web.
func webGuest(t testing.TB, web *fetchtest.Web, o fetch.GuestOptions) *fetch.Guest {
	t.Helper()
	c := fetch.New(fetch.Options{Allow: web.Allow(), Version: "test", Contact: "https://vega.example/bot"})
	g := c.Guest(web.Guest(o))
	t.Cleanup(func() { g.Close(); c.Close() })
	return g
}

// asksOf asks for every host, as a company of its own.
func asksOf(hosts []host) []pipeline.Ask {
	out := make([]pipeline.Ask, len(hosts))
	for i, h := range hosts {
		out[i] = pipeline.Ask{ID: h.name, Company: firm(vega, string(company.FieldSite)+"=https://"+h.name)}
	}
	return out
}
