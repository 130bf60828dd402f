package fetch_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// benchWeb is a quiet web of hosts with pages of 8 KB.
func benchWeb(b *testing.B, hosts int, latency time.Duration) *fetchtest.Web {
	b.Helper()
	web := fetchtest.NewWeb(b, fetchtest.WebOptions{Quiet: true})
	text := []byte("<!DOCTYPE html><html><body>" + strings.Repeat("<p>подшипник 6205</p>\n", 300) + "</body></html>")
	for i := range hosts {
		web.Put(fetchtest.Name(i), fetchtest.Site{
			Pages: map[string]fetchtest.File{"/": {Content: text}}, Robots: fetchtest.Robots("User-agent: *\nDisallow: /bitrix/\n"), Latency: latency,
		})
	}
	return web
}

func benchGuest(b *testing.B, web *fetchtest.Web) *fetch.Guest {
	b.Helper()
	c := fetch.New(fetch.Options{Allow: web.Allow()})
	g := c.Guest(web.Guest(fetch.GuestOptions{Idle: 1024}))
	b.Cleanup(g.Close)
	return g
}

func ask(ctx context.Context, rt http.RoundTripper, url string) error {
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

// BenchmarkGuest asks one page of 8 KB after another, by a guest and by a bare
// transport in turns: "ratio" is how much longer the guest takes.
func BenchmarkGuest(b *testing.B) {
	const hosts = 64
	web := benchWeb(b, hosts, 0)
	guest, bare := benchGuest(b, web), web.Transport()
	bare.MaxIdleConnsPerHost = 1
	b.Cleanup(bare.CloseIdleConnections)
	var took [2]time.Duration
	var urls []string
	for i := range hosts {
		urls = append(urls, fetchtest.URL(fetchtest.Name(i), "/"))
		for _, rt := range []http.RoundTripper{guest, bare} {
			if err := ask(b.Context(), rt, urls[i]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		for which, rt := range []http.RoundTripper{guest, bare} {
			began := time.Now()
			if err := ask(b.Context(), rt, urls[i%hosts]); err != nil {
				b.Fatal(err)
			}
			took[which] += time.Since(began)
		}
	}
	b.ReportMetric(took[0].Seconds()/took[1].Seconds(), "ratio")
	b.ReportMetric(took[0].Seconds()*1e6/float64(b.N), "guest-µs")
	b.ReportMetric(took[1].Seconds()*1e6/float64(b.N), "bare-µs")
}

// BenchmarkOneRequest counts what one request allocates, by each.
func BenchmarkOneRequest(b *testing.B) {
	web := benchWeb(b, 1, 0)
	for name, rt := range map[string]http.RoundTripper{"guest": benchGuest(b, web), "bare": web.Transport()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := ask(b.Context(), rt, fetchtest.URL(fetchtest.Name(0), "/")); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}

// BenchmarkManyHosts asks 256 hosts at once that answer after 100 ms, ten pages
// of each and its robots.txt: "of-limit" is the part of concurrency ÷ latency
// that is reached.
func BenchmarkManyHosts(b *testing.B) {
	const hosts, pages, latency = 256, 10, 100 * time.Millisecond
	web := benchWeb(b, hosts, latency)
	bare := web.Transport()
	b.Cleanup(bare.CloseIdleConnections)
	for name, rt := range map[string]http.RoundTripper{"guest": benchGuest(b, web), "bare": bare} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			web.Forget()
			for b.Loop() {
				var wg sync.WaitGroup
				for i := range hosts {
					wg.Go(func() {
						for range pages {
							if err := ask(b.Context(), rt, fetchtest.URL(fetchtest.Name(i), "/")); err != nil {
								b.Error(err)
							}
						}
					})
				}
				wg.Wait()
			}
			rate := float64(web.Count()) / b.Elapsed().Seconds()
			b.ReportMetric(rate, "requests/s")
			b.ReportMetric(rate/(hosts/latency.Seconds()), "of-limit")
		})
	}
}
