package website

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
)

const (
	contactPage = `<html><title>Контакты</title><h1>Контакты</h1><p>Телефон: <a href="tel:+79071230041">+7 907 123-00-41</a></p>
<p>E-mail: <a href="mailto:snab@zavod.ru">snab@zavod.ru</a></p></html>`
	detailsPage = `<html><h1>Реквизиты</h1><p>ООО «Вега»</p><p>ИНН 5902000008</p></html>`
)

func menu(links ...string) string {
	var b strings.Builder
	b.WriteString("<html><title>Завод</title><ul>")
	for _, l := range links {
		href, text, _ := strings.Cut(l, "|")
		b.WriteString(`<li><a href="` + href + `">` + text + `</a></li>`)
	}
	return b.String() + "</ul><p>Подшипники качения всех размеров со склада.</p></html>"
}

func TestVisit(t *testing.T) {
	e, w := at(t, map[string]http.Handler{"vega.example": pages{
		"/":               menu("/catalog|Каталог", "/kontakty|Контакты", "/rekvizity|Реквизиты", "/vakansii|Вакансии", "/price.pdf|Контакты файлом", "https://other.example/contacts|Контакты"),
		"/kontakty":       contactPage,
		"/rekvizity":      detailsPage,
		"/vakansii":       "<html>работа</html>",
		"/catalog":        "<html>каталог</html>",
		"/catalog/search": "<html>поиск</html>",
	}})
	a := ask(t, e, firm(vega, "site=https://www.vega.example/catalog?utm_source=x"), nil)
	o := a.Observation
	if !a.Found || a.Outcome != "" || o.INN != vega || o.Key != "vega.example" || o.Source != "website" {
		t.Fatalf("answer %+v", a)
	}
	for f, want := range map[company.Field]string{
		company.FieldPhone: "+79071230041", company.FieldEmail: "snab@zavod.ru",
		company.FieldSite: "http://vega.example", company.FieldPrintedINN: string(vega),
	} {
		if got := says(o, f); got != want {
			t.Errorf("%s: %q, want %q", f, got, want)
		}
	}
	if want := night.Add(30 * day); !a.Again.Equal(want) {
		t.Errorf("again %s, want %s", a.Again, want)
	}
	if got, want := strings.Join(w.asked(), " "), "http://vega.example/ http://vega.example/kontakty http://vega.example/rekvizity"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
}

// TestOutcomes: why nothing came of a visit, and when to come again.
func TestOutcomes(t *testing.T) {
	tests := []struct {
		name  string
		site  string // of the company
		hosts map[string]http.Handler
		want  string
		days  int
	}{
		{"gone", "vega.example", nil, "dns", 3},
		{"down", "vega.example", map[string]http.Handler{"vega.example": pages{"/": "status 503"}}, "status_5xx", 1},
		{"missing", "vega.example", map[string]http.Handler{"vega.example": pages{}}, "status_404", 3},
		{"forbidden", "vega.example", map[string]http.Handler{"vega.example": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte("User-agent: *\nDisallow: /\n"))
		})}, "robots", 30},
		{"into a house of many", "vega.example", map[string]http.Handler{"vega.example": pages{"/": "-> https://vk.com/vega"}}, onShared, 30},
		{"in circles", "vega.example", map[string]http.Handler{"vega.example": pages{"/": "-> /a", "/a": "-> /b", "/b": "-> /a"}}, redirected, 3},
		{"a picture", "vega.example", map[string]http.Handler{"vega.example": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "image/png")
		})}, "content", 3},
		{"no site of its own", "vk.com/vega", nil, onShared, 30},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, _ := at(t, tt.hosts)
			a := ask(t, e, firm(vega, "site=https://"+tt.site), nil)
			if a.Found || a.Outcome != tt.want || len(a.Observation.Facts) > 0 {
				t.Errorf("found %v, outcome %q, want %q", a.Found, a.Outcome, tt.want)
			}
			if want := night.Add(time.Duration(tt.days) * day); !a.Again.Equal(want) {
				t.Errorf("again %s, want %s", a.Again, want)
			}
		})
	}
}

// TestEmptied: a site that was read and says nothing any more is found, and says
// where it is and no more; one that could not be read to the end changes nothing.
func TestEmptied(t *testing.T) {
	tests := []struct {
		name  string
		hosts map[string]http.Handler
		found bool
		site  string
		days  int
	}{
		{"emptied", map[string]http.Handler{"vega.example": pages{"/": menu("/a|О нас"), "/a": "<html>Мы есть</html>"}}, true, "http://vega.example", 30},
		{"sold", map[string]http.Handler{"vega.example": pages{"/": "-> http://domains.example/vega"}, "domains.example": pages{"/vega": "<html>Домен продаётся</html>"}}, true, "http://vega.example", 30},
		{"busy", map[string]http.Handler{"vega.example": pages{"/": menu("/kontakty|Контакты"), "/kontakty": "status 500"}}, false, "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			site := vegaSite()
			e, w := at(t, map[string]http.Handler{"vega.example": site})
			c := firm(vega, "site=https://vega.example")
			first := ask(t, e, c, nil)
			w.hosts = tt.hosts
			for _, memory := range [][]byte{nil, first.Memory} {
				if tt.name == "busy" && memory != nil {
					continue // what it said is remembered: TestMissedPage
				}
				a := ask(t, e, c, memory)
				if a.Found != tt.found || a.Outcome != noContacts || says(a.Observation, company.FieldSite) != tt.site || !a.Again.Equal(night.Add(time.Duration(tt.days)*day)) {
					t.Errorf("found %v, outcome %q, again %s, facts %v", a.Found, a.Outcome, a.Again, a.Observation.Facts)
				}
				if tt.found && (len(a.Observation.Facts) != 1 || a.Observation.Key != first.Observation.Key || a.Observation.INN != vega) {
					t.Errorf("observation %+v", a.Observation)
				}
			}
		})
	}
}

// TestAddresses: the home page is found under another scheme, with www, after
// a move, a refresh, in a frame.
func TestAddresses(t *testing.T) {
	full := "<html><p>Тел. +7 907 123-00-41</p></html>"
	tests := []struct {
		name  string
		hosts map[string]http.Handler
		tls   string
		want  string // site
	}{
		{"plain", map[string]http.Handler{"vega.example": pages{"/": full}}, "", "http://vega.example"},
		{"encrypted", map[string]http.Handler{"vega.example": pages{"/": full}}, "vega.example", "https://vega.example"},
		{"www only", map[string]http.Handler{"www.vega.example": pages{"/": full}}, "", "http://www.vega.example"},
		{"moved", map[string]http.Handler{"vega.example": pages{"/": "-> http://vega-group.example/ru/"}, "vega-group.example": pages{"/ru/": full}}, "", "http://vega-group.example"},
		{"refresh", map[string]http.Handler{"vega.example": pages{"/": `<html><head><meta http-equiv="Refresh" content="0; URL='/ru/main.html'"></head></html>`, "/ru/main.html": full}}, "", "http://vega.example"},
		{"frames", map[string]http.Handler{"vega.example": pages{"/": `<html><frameset><frame src="left.htm"><frame src="right.htm"></frameset></html>`, "/left.htm": menu("right.htm|x"), "/right.htm": full}}, "", "http://vega.example"},
		{"base", map[string]http.Handler{"vega.example": pages{"/": `<html><head><base href="/site/"></head><a href="contacts.html">Контакты</a></html>`, "/site/contacts.html": full}}, "", "http://vega.example"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, w := at(t, tt.hosts)
			w.tls[tt.tls] = true
			a := ask(t, e, firm(vega, "site=https://vega.example"), nil)
			if got := says(a.Observation, company.FieldSite); !a.Found || got != tt.want || says(a.Observation, company.FieldPhone) != "+79071230041" {
				t.Errorf("outcome %q, site %q, want %q; asked %q", a.Outcome, got, tt.want, w.asked())
			}
		})
	}
}

// TestCertificate: where the certificate is not accepted and plain requests are
// sent on to it, www is tried, and the certificate is the reason.
func TestCertificate(t *testing.T) {
	secure := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, "https://"+r.Host+r.URL.Path, http.StatusMovedPermanently)
	})
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, "https://"+r.Host, http.StatusMovedPermanently)
	})
	tests := []struct {
		name  string
		hosts map[string]http.Handler
		bad   []string
		want  string // outcome
	}{
		{"no www", map[string]http.Handler{"vega.example": secure}, []string{"vega.example"}, "certificate"},
		{"without a slash", map[string]http.Handler{"vega.example": bare}, []string{"vega.example"}, "certificate"},
		{"www sound", map[string]http.Handler{"vega.example": secure, "www.vega.example": pages{"/": contactPage}}, []string{"vega.example"}, ""},
		{"www likewise", map[string]http.Handler{"vega.example": secure, "www.vega.example": secure}, []string{"vega.example", "www.vega.example"}, "certificate"},
		{"moved to www", map[string]http.Handler{"vega.example": pages{"/": "-> https://www.vega.example/"}, "www.vega.example": secure}, []string{"vega.example", "www.vega.example"}, "certificate"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, w := at(t, tt.hosts)
			for _, host := range tt.bad {
				w.bad[host] = fetch.ErrCertificate
			}
			a := ask(t, e, firm(vega, "site=https://vega.example"), nil)
			if a.Outcome != tt.want || a.Found != (tt.want == "") {
				t.Errorf("outcome %q, want %q; asked %q", a.Outcome, tt.want, w.asked())
			}
		})
	}
}

// TestRedirects: a page leads on only to what would be asked for as a link, at
// the ports of the web; the home page may move to an address of its own.
func TestRedirects(t *testing.T) {
	for _, tt := range []struct {
		name, home, page string // where they lead
		want             bool
	}{
		{"to a page", "", "/o-nas/kontakty", true},
		{"to a session", "", "/o-nas/kontakty?PHPSESSID=0a1b2c", false},
		{"to a file", "", "/kontakty.pdf", false},
		{"too long", "", "/o-nas/kontakty?x=" + strings.Repeat("y", maxAddress), false},
		{"to another port", "", "http://vega.example:8080/o-nas/kontakty", false},
		{"to the usual port", "", "http://vega.example:80/o-nas/kontakty", true},
		{"the home page to a session", "/o-nas/kontakty?PHPSESSID=0a1b2c", "", true},
		{"the home page too far", "/o-nas/kontakty?x=" + strings.Repeat("y", maxAddress), "", false},
		{"the home page to another port", "http://vega.example:8080/o-nas/kontakty", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			site := pages{"/": menu("/kontakty|Контакты"), "/kontakty": "-> " + tt.page}
			if tt.home != "" {
				site["/"] = "-> " + tt.home
			}
			for _, to := range []string{tt.home, tt.page} {
				if u, err := url.Parse(to); err == nil && to != "" {
					site[u.RequestURI()] = contactPage
				}
			}
			e, w := at(t, map[string]http.Handler{"vega.example": site})
			a := ask(t, e, firm(vega, "site=http://vega.example"), nil)
			if got := says(a.Observation, company.FieldPhone) != ""; got != tt.want {
				t.Errorf("read %v, want %v; outcome %q, asked %q", got, tt.want, a.Outcome, w.asked())
			}
		})
	}
}

// TestDomainOfMail: a firm without a site is looked for at its mail's domain.
func TestDomainOfMail(t *testing.T) {
	e, _ := at(t, map[string]http.Handler{"vega.example": pages{"/": contactPage}})
	for facts, want := range map[string]bool{
		"email=zakup@vega.example": true, "email=vega@mail.ru": false, "site=https://vk.com/vega": false, "phone=+79071230041": false, "site=https://vega.example": true,
	} {
		c := firm(vega, facts)
		if e.Lacks(&c) != want {
			t.Errorf("%s: Lacks is %v", facts, !want)
		}
		if a := ask(t, e, c, nil); a.Found != want {
			t.Errorf("%s: found %v", facts, a.Found)
		}
	}
	own := company.Derive(vega, []company.Observation{{Source: "website", Key: "x", INN: vega, Date: 1, Facts: []company.Fact{{Field: company.FieldSite, Value: "https://vega.example"}}}}, nil)
	if e.Lacks(&own) {
		t.Error("a site that only this enricher knows leads to itself")
	}
}

// TestBounds: pages, depth and bytes of one visit.
func TestBounds(t *testing.T) {
	deep := pages{"/": menu("/kontakty|Контакты")}
	var all []string
	deep["/kontakty"] = menu("/kontakty/1|Контакты филиала")
	deep["/kontakty/1"] = menu("/kontakty/1/2|Контакты склада")
	deep["/kontakty/1/2"] = menu("/kontakty/1/2/3|Контакты цеха")
	wide := pages{}
	for _, c := range "abcdefghijklmnopqrstuvwxyz" {
		all = append(all, "/kontakty/"+string(c)+"|Контакты")
		wide["/kontakty/"+string(c)] = "<html>" + strings.Repeat(string(c), 200_000)
	}
	wide["/"] = menu(all...)
	tests := []struct {
		name   string
		site   pages
		change func(*Options)
		want   int
	}{
		{"depth 0", deep, func(o *Options) { o.Depth = 0 }, 1},
		{"depth 1", deep, func(o *Options) { o.Depth = 1 }, 2},
		{"depth 2", deep, func(o *Options) { o.Depth = 2 }, 3},
		{"pages", wide, func(o *Options) { o.Pages = 5 }, 5},
		{"one page", wide, func(o *Options) { o.Pages = 1 }, 1},
		{"bytes", wide, func(o *Options) { o.Pages, o.MiB = 50, 1 }, 7}, // five whole ones and one cut short after the home page
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, w := at(t, map[string]http.Handler{"vega.example": tt.site}, tt.change)
			ask(t, e, firm(vega, "site=http://vega.example"), nil)
			if got := w.asked(); len(got) != tt.want {
				t.Errorf("%d requests, want %d: %q", len(got), tt.want, got)
			}
		})
	}
}

// TestAllLeadHome: requests that only lead to a page read before count too.
func TestAllLeadHome(t *testing.T) {
	site := pages{}
	var links []string
	for i := range 30 {
		path := fmt.Sprintf("/kontakty-%d", i)
		links = append(links, path+"|Контакты")
		site[path] = "-> /"
	}
	site["/"] = menu(links...)
	e, w := at(t, map[string]http.Handler{"vega.example": site})
	ask(t, e, firm(vega, "site=http://vega.example"), nil)
	if got := len(w.asked()); got != Defaults().Pages {
		t.Errorf("%d requests, want %d", got, Defaults().Pages)
	}
}

// TestEndless: a site that makes new addresses for ever is left after the
// pages of one visit, and a page under two addresses counts once.
func TestEndless(t *testing.T) {
	n := 0
	e, w := at(t, map[string]http.Handler{"vega.example": http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(rw, r)
			return
		}
		n++
		rw.Header().Set("Content-Type", "text/html")
		_, _ = rw.Write([]byte(menu(r.URL.Path+"contacts/|Контакты", "/contacts"+strings.Repeat("x", n)+"|Контакты", "?contacts="+strings.Repeat("y", n)+"|Контакты")))
	})})
	a := ask(t, e, firm(vega, "site=http://vega.example"), nil)
	if a.Outcome != noContacts {
		t.Errorf("outcome %q", a.Outcome)
	}
	if got := len(w.asked()); got != Defaults().Pages {
		t.Errorf("%d requests, want %d", got, Defaults().Pages)
	}
}

// TestEnough: what is known already is not looked for on pages of little
// promise.
func TestEnough(t *testing.T) {
	home := menu("/kontakty|Контакты", "/about|О компании", "/policy|Политика конфиденциальности", "/jobs|Вакансии", "/filialy|Филиалы")
	e, w := at(t, map[string]http.Handler{"vega.example": pages{
		"/": home, "/kontakty": contactPage + detailsPage + "<p>Отдел снабжения: +7 907 123-00-42</p>",
		"/about": "<html>о</html>", "/policy": "<html>п</html>", "/jobs": "<html>в</html>", "/filialy": "<html>ф</html>",
	}})
	ask(t, e, firm(vega, "site=http://vega.example"), nil)
	for _, s := range w.asked() {
		if strings.HasSuffix(s, "/policy") || strings.HasSuffix(s, "/jobs") || strings.HasSuffix(s, "/filialy") {
			t.Errorf("asked %s though contacts and ИНН are known", s)
		}
	}
	bare, w := at(t, map[string]http.Handler{"vega.example": pages{"/": home, "/kontakty": "<html>форма</html>", "/about": "<html>о</html>", "/policy": detailsPage, "/jobs": contactPage, "/filialy": "<html>ф</html>"}})
	if a := ask(t, bare, firm(vega, "site=http://vega.example"), nil); says(a.Observation, company.FieldPhone) == "" || says(a.Observation, company.FieldPrintedINN) == "" {
		t.Errorf("found %v; asked %q", a.Observation.Facts, w.asked())
	}
}

// TestSitemap: where the home page leads nowhere the map of the site does.
func TestSitemap(t *testing.T) {
	index := `<?xml version="1.0"?><sitemapindex><sitemap><loc>http://vega.example/pages.xml</loc></sitemap><sitemap><loc>http://other.example/x.xml</loc></sitemap></sitemapindex>`
	list := `<?xml version="1.0"?><urlset><url><loc>http://vega.example/catalog/1</loc></url><url><loc> http://vega.example/kontakty </loc></url><url><loc>http://other.example/kontakty</loc></url></urlset>`
	for name, robots := range map[string]string{
		"named": "User-agent: *\nDisallow: /x\nSitemap: /maps/packed.xml.gz\nSitemap: /maps/all.xml\n", "usual": "", "moved": "",
	} {
		t.Run(name, func(t *testing.T) {
			site := pages{"/": "<html><canvas></canvas></html>", "/kontakty": contactPage, "/pages.xml": list, "/maps/all.xml": index, "/sitemap.xml": list}
			if robots != "" {
				site["/robots.txt"] = robots
				delete(site, "/sitemap.xml")
			}
			if name == "moved" {
				site["/sitemap.xml"], site["/wp-sitemap.xml"] = "-> /wp-sitemap.xml", list
			}
			e, w := at(t, map[string]http.Handler{"vega.example": site})
			if a := ask(t, e, firm(vega, "site=http://vega.example"), nil); says(a.Observation, company.FieldPhone) == "" {
				t.Errorf("nothing found; asked %q", w.asked())
			}
			if asked := w.asked(); slices.ContainsFunc(asked, func(s string) bool { return strings.HasSuffix(s, ".gz") }) {
				t.Errorf("asked %q: nothing packed can be read", asked)
			}
		})
	}
}

// TestWhose: what is printed decides whose the site is.
func TestWhose(t *testing.T) {
	print := func(numbers string) map[string]http.Handler {
		return map[string]http.Handler{"vega.example": pages{"/": contactPage + "<p>ООО «Вега» " + numbers + "</p>"}}
	}
	tests := []struct {
		name    string
		inn     company.INN
		numbers string
		want    string // ИНН of the observation
		printed string
		outcome string
	}{
		{"its own", vega, "ИНН 5902000008", string(vega), "5902000008", ""},
		{"none", vega, "", string(vega), "", ""},
		{"another's", vega, "ИНН 5902000015", "", "5902000015", otherINN},
		{"its own among others", vega, "ИНН 5902000008, АО «Альтаир» ИНН 5902000015", string(vega), "5902000008", ""},
		{"a listing's", "", "ИНН 5902000015", "", "5902000015", ""},
		{"a listing's without", "", "", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, _ := at(t, print(tt.numbers))
			a := ask(t, e, firm(tt.inn, "site=http://vega.example"), nil)
			o := a.Observation
			if !a.Found || string(o.INN) != tt.want || a.Outcome != tt.outcome || says(o, company.FieldPrintedINN) != tt.printed {
				t.Errorf("ИНН %q, printed %q, outcome %q", o.INN, says(o, company.FieldPrintedINN), a.Outcome)
			}
			if o.Key != "vega.example" {
				t.Errorf("key %q: what a site says stands once, whosever it is", o.Key)
			}
		})
	}
}

// TestCookies: what one visit was given is not shown in another.
func TestCookies(t *testing.T) {
	var got []string
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		got = append(got, r.URL.Path+" "+r.Header.Get("Cookie"))
		http.SetCookie(w, &http.Cookie{Name: "s", Value: "1"})
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/" {
			_, _ = w.Write([]byte(menu("/kontakty|Контакты")))
			return
		}
		_, _ = w.Write([]byte(contactPage))
	})
	e, _ := at(t, map[string]http.Handler{"vega.example": h})
	c := firm(vega, "site=http://vega.example")
	ask(t, e, c, nil)
	ask(t, e, c, nil)
	want := []string{"/ ", "/kontakty s=1", "/ ", "/kontakty s=1"}
	if !slices.Equal(got, want) {
		t.Errorf("cookies %q, want %q", got, want)
	}
}

// TestEnvironment: colly's own variables have no say.
func TestEnvironment(t *testing.T) {
	t.Setenv("COLLY_MAX_BODY_SIZE", "10")
	t.Setenv("COLLY_MAX_REQUESTS", "1")
	t.Setenv("COLLY_DISALLOWED_DOMAINS", "vega.example")
	t.Setenv("COLLY_CACHE_DIR", t.TempDir())
	e, w := at(t, map[string]http.Handler{"vega.example": pages{"/": menu("/kontakty|Контакты"), "/kontakty": contactPage}})
	if a := ask(t, e, firm(vega, "site=http://vega.example"), nil); !a.Found || a.Outcome != "" {
		t.Errorf("outcome %q, asked %q", a.Outcome, w.asked())
	}
}

func TestDescribe(t *testing.T) {
	e, _ := at(t, nil)
	if d := e.Describe(); !d.Metered || d.Kind != pipeline.KindEnrichment || d.Decoder != decoder {
		t.Errorf("descriptor %+v", d)
	}
}
