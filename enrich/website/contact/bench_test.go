package contact

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/pipeline/realfiles"
)

// BenchmarkRead compares what reading the contacts costs with what parsing the
// same real pages costs: "ratio" is the former over the latter.
func BenchmarkRead(b *testing.B) {
	u := &url.URL{Scheme: "https", Host: "site.example"}
	var bodies [][]byte
	var pages []*page.Page
	size := 0
	for _, pattern := range []string{"*.html", "*/*.html"} {
		names, err := filepath.Glob(filepath.Join(realfiles.Path(b, "sites"), pattern))
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range names {
			body, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			p, err := page.Parse(u, body, "")
			if err != nil {
				b.Fatal(err)
			}
			bodies, pages, size = append(bodies, body), append(pages, p), size+len(body)
		}
	}
	var parse, contacts time.Duration
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, body := range bodies {
				if _, err := page.Parse(u, body, ""); err != nil {
					b.Fatal(err)
				}
			}
		}
		parse = b.Elapsed() / time.Duration(b.N)
		b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
	})
	b.Run("contacts", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, p := range pages {
				var f finding.Page
				Read(p, &f)
			}
		}
		contacts = b.Elapsed() / time.Duration(b.N)
		b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
		if parse > 0 {
			b.ReportMetric(float64(contacts)/float64(parse), "ratio")
		}
	})
}

// BenchmarkCostly shows what a page costs that is made to cost; the rates of
// all of them should be of one order.
func BenchmarkCostly(b *testing.B) {
	for _, s := range costly {
		b.Run(s, func(b *testing.B) {
			html := longLines(s, 1<<20)
			b.ReportAllocs()
			b.SetBytes(int64(len(html)))
			for b.Loop() {
				read(b, html)
			}
		})
	}
}

// longLines repeats a text up to a size, in the longest lines that are read.
func longLines(s string, size int) string {
	line := "<p>" + strings.Repeat(s, maxLine/max(1, len(s))) + "</p>"
	return strings.Repeat(line, size/len(line)+1)
}
