package website

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// benchPages is how many pages of 8 KB a site of the benchmarks has; all are
// wanted by a visit.
const benchPages = 10

// benchWeb is a quiet web of sites whose pages all may hold contacts.
func benchWeb(b *testing.B, hosts int, latency time.Duration) (*fetchtest.Web, []pipeline.Ask) {
	b.Helper()
	web := fetchtest.NewWeb(b, fetchtest.WebOptions{Quiet: true})
	asks := make([]pipeline.Ask, hosts)
	for i := range asks {
		name := fetchtest.Name(i)
		web.Put(name, fetchtest.Site{Pages: benchSite(i), Latency: latency, Robots: fetchtest.Robots("User-agent: *\nDisallow: /bitrix/\n")})
		m := memory{Version: decoder, Site: siteMemory{Home: fetchtest.URL(name, "/")}}
		packed, err := m.pack()
		if err != nil {
			b.Fatal(err)
		}
		asks[i] = pipeline.Ask{ID: name, Company: firm(vega, "site="+fetchtest.URL(name, "")), Memory: packed}
	}
	return web, asks
}

func benchSite(i int) map[string]fetchtest.File {
	var links strings.Builder
	for j := 1; j < benchPages; j++ {
		fmt.Fprintf(&links, `<li><a href="/kontakty%d">Контакты филиала %d</a></li>`, j, j)
	}
	for j := range 40 {
		fmt.Fprintf(&links, `<li><a href="/catalog/%d">Подшипники серии %d</a></li>`, j, j)
	}
	out := map[string]fetchtest.File{}
	for j := range benchPages {
		path, text := fmt.Sprintf("/kontakty%d", j), strings.Repeat(padding, 30)
		if j == 0 {
			path = "/"
		}
		text = fmt.Sprintf(`<!DOCTYPE html><html><head><title>Завод %d</title></head><body><ul>%s</ul><div>%s</div><p>Тел. %s, snab%d@zavod%d.ru</p></body></html>`,
			j, links.String(), text, phoneOf(i+j), j, i)
		out[path] = fetchtest.File{Content: []byte(text)}
	}
	return out
}

// fetchOnly brings all pages of all sites, so many sites at once, and looks at
// none.
func fetchOnly(ctx context.Context, rt http.RoundTripper, asks []pipeline.Ask, atOnce int) error {
	places := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed error
	for _, a := range asks {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			for j := range benchPages {
				path := fmt.Sprintf("/kontakty%d", j)
				if j == 0 {
					path = "/"
				}
				if err := fetchOne(ctx, rt, fetchtest.URL(a.ID, path)); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return failed
}

func fetchOne(ctx context.Context, rt http.RoundTripper, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

var (
	plainPhone = regexp.MustCompile(`(?:\+7|8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}`)
	plainMail  = regexp.MustCompile(`[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}`)
)

// plainColly is what one would write with colly and nothing else: links of
// contacts are followed, two expressions look for numbers and addresses.
func plainColly(rt http.RoundTripper, asks []pipeline.Ask, atOnce int) (pages int, err error) {
	c := colly.NewCollector(colly.Async(true), colly.MaxDepth(2))
	c.WithTransport(rt)
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: atOnce}); err != nil {
		return 0, err
	}
	var mu sync.Mutex
	c.OnHTML("a[href]", func(e *colly.HTMLElement) {
		if strings.Contains(e.Text, "Контакты") {
			_ = e.Request.Visit(e.Attr("href")) // visited before is an error too
		}
	})
	c.OnResponse(func(r *colly.Response) {
		mu.Lock()
		defer mu.Unlock()
		pages++
	})
	c.OnScraped(func(r *colly.Response) {
		_, _ = plainPhone.FindAll(r.Body, -1), plainMail.FindAll(r.Body, -1)
	})
	for _, a := range asks {
		if err := c.Visit(fetchtest.URL(a.ID, "/")); err != nil {
			return 0, err
		}
	}
	c.Wait()
	return pages, nil
}

// BenchmarkCrawl brings the same sites by the enricher, by fetching alone and
// by plain colly, in turns: pages a second of each, and how much longer than
// fetching alone the others take. At a latency the part of concurrency ÷
// latency that is reached counts.
func BenchmarkCrawl(b *testing.B) {
	for _, bb := range []struct {
		name    string
		hosts   int
		atOnce  int
		latency time.Duration
	}{
		{"loopback", 512, 64, 0},
		{"100ms", 2048, 256, 100 * time.Millisecond},
	} {
		b.Run(bb.name, func(b *testing.B) {
			web, asks := benchWeb(b, bb.hosts, bb.latency)
			guest := benchGuest(b, web, bb.atOnce)
			bare := web.Transport()
			bare.MaxIdleConns, bare.MaxIdleConnsPerHost = 2*bb.atOnce, 1
			b.Cleanup(bare.CloseIdleConnections)
			o := Defaults()
			o.Pages, o.AtOnce = benchPages, bb.atOnce
			e, err := New("website", guest, o)
			if err != nil {
				b.Fatal(err)
			}
			var took [3]time.Duration
			requests := 0
			b.ReportAllocs()
			for b.Loop() {
				began := time.Now()
				before := web.Count()
				for _, err := range e.Enrich(b.Context(), pipeline.Task{Now: night}, slices.Values(asks)) {
					if err != nil {
						b.Fatal(err)
					}
				}
				took[0] += time.Since(began)
				requests += web.Count() - before

				began = time.Now()
				if err := fetchOnly(b.Context(), bare, asks, bb.atOnce); err != nil {
					b.Fatal(err)
				}
				took[1] += time.Since(began)
				bare.CloseIdleConnections()

				began = time.Now()
				if pages, err := plainColly(bare, asks, bb.atOnce); err != nil || pages != bb.hosts*benchPages {
					b.Fatalf("colly: %d pages, %v", pages, err)
				}
				took[2] += time.Since(began)
				bare.CloseIdleConnections()
			}
			pages := float64(b.N * bb.hosts * benchPages)
			for i, name := range []string{"enricher", "fetch", "colly"} {
				b.ReportMetric(pages/took[i].Seconds(), name+"-pages/s")
			}
			b.ReportMetric(took[0].Seconds()/took[1].Seconds(), "enricher/fetch")
			b.ReportMetric(took[2].Seconds()/took[1].Seconds(), "colly/fetch")
			if want := b.N * bb.hosts * benchPages; requests < want {
				b.Errorf("%d requests, want %d pages and robots.txt", requests, want)
			}
			if bb.latency > 0 {
				limit := float64(bb.atOnce) / bb.latency.Seconds()
				b.ReportMetric(float64(requests)/took[0].Seconds()/limit, "of-limit")
			}
		})
	}
}

func benchGuest(b *testing.B, web *fetchtest.Web, idle int) *fetch.Guest {
	b.Helper()
	c := fetch.New(fetch.Options{Allow: web.Allow()})
	g := c.Guest(web.Guest(fetch.GuestOptions{Pace: -1, AddressPace: -1, Idle: 2 * idle}))
	b.Cleanup(func() { g.Close(); c.Close() })
	return g
}
