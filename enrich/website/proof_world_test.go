package website

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
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
	make    func(i int) fetchtest.Site
	lie     func(w *fetchtest.Web, name string)
}

// goodAsks are robots.txt, the home page, contacts and requisites, for each of
// the two schemes at worst.
const goodAsks = 8

// kinds of hosts: from the first ones contacts are to be had, from the others
// nothing, each for its own reason.
func kinds(forbidden netip.Addr) []kind {
	home := func(h http.Handler) func(int) fetchtest.Site {
		return func(int) fetchtest.Site {
			return fetchtest.Site{Handler: h, Robots: fetchtest.Robots("User-agent: *\nDisallow: /admin\n")}
		}
	}
	lie := func(answers ...[]netip.Addr) func(*fetchtest.Web, string) {
		return func(w *fetchtest.Web, name string) { w.Lie(name, answers...) }
	}
	to := func(url string) func(int) fetchtest.Site {
		return home(fetchtest.Do(fetchtest.Redirect(url), fetchtest.File{}))
	}
	return []kind{
		{name: "good", share: 40, make: goodSite},
		{name: "packed", share: 5, make: func(i int) fetchtest.Site { s := goodSite(i); s.Gzip = true; return s }},
		{name: "windows-1251", share: 5, make: oldSite},
		{name: "slow", share: 5, make: func(i int) fetchtest.Site { s := goodSite(i); s.Latency = 40 * time.Millisecond; return s }},
		{name: "bad certificate", share: 5, make: func(i int) fetchtest.Site { s := goodSite(i); s.Certificate = fetchtest.Untrusted; return s }},
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
		{name: "no such name", share: 3, outcome: "dns", make: goodSite, lie: lie(nil)},
		{name: "dead", share: 2, outcome: "refused", make: func(int) fetchtest.Site { return fetchtest.Site{Dead: true} }},
		{name: "silent", share: 1, outcome: "timeout", asks: 4, make: home(fetchtest.Hang())},
		{name: "breaks off", share: 2, outcome: "broken", asks: 4, make: home(fetchtest.Garbage())},
		{name: "circle", share: 2, outcome: "redirect", asks: 8, make: home(fetchtest.Circle())},
		{name: "endless", share: 2, outcome: noContacts, asks: 10, make: home(fetchtest.Trap(30))},
		{name: "huge", share: 2, outcome: "too_large", asks: 2, make: home(fetchtest.Huge(64<<20, false))},
		{name: "huge, told", share: 1, outcome: "too_large", asks: 2, make: home(fetchtest.Huge(64<<20, true))},
		{name: "bomb", share: 2, outcome: "too_large", asks: 2, make: home(fetchtest.Do(fetchtest.Bomb(256<<20), fetchtest.File{}))},
		{name: "picture", share: 1, outcome: "content", asks: 2, make: home(fetchtest.Text("image/png", "\x89PNG"))},
		{name: "inside by name", share: 2, outcome: "blocked", make: goodSite, lie: lie([]netip.Addr{forbidden})},
		{name: "metadata by name", share: 1, outcome: "blocked", make: goodSite, lie: lie([]netip.Addr{netip.MustParseAddr("169.254.169.254")})},
		{name: "inside by redirect", share: 1, outcome: "redirect", asks: 4, make: to("http://" + forbidden.String() + "/contacts")},
		{name: "into a house of many", share: 1, outcome: onShared, asks: 2, make: to("https://vk.com/vega")},
	}
}

const padding = "<p>Подшипники качения, корпуса, смазки и уплотнения со склада и под заказ.</p>\n"

func phoneOf(i int) string { return fmt.Sprintf("+7907%03d%04d", 120+i/10000, i%10000) }

func goodSite(i int) fetchtest.Site {
	p := phoneOf(i)
	body := strings.Repeat(padding, 20)
	page := func(s string) fetchtest.File {
		return fetchtest.File{Content: []byte("<!DOCTYPE html><html><head><title>Завод</title></head><body>" + s + body + "</body></html>"), ETag: fmt.Sprintf(`"%d-%d"`, i, len(s))}
	}
	return fetchtest.Site{
		Robots: fetchtest.Robots("User-agent: *\nDisallow: /admin\n"),
		Pages: map[string]fetchtest.File{
			"/":               page(`<ul><li><a href="/catalog">Каталог</a><li><a href="/kontakty/">Контакты</a><li><a href="/rekvizity.html">Реквизиты</a></ul>`),
			"/kontakty/":      page(`<h1>Контакты</h1><p>Отдел снабжения: <a href="tel:` + p + `">` + p + `</a></p>`),
			"/rekvizity.html": page(`<h1>Реквизиты</h1><p>ООО «Вега», ИНН ` + string(vega) + `</p>`),
		},
	}
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
	all := kinds(web.Forbidden())
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
		if k.lie != nil {
			k.lie(web, h.name)
		}
		hosts[i] = h
	}
	return web, hosts
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
