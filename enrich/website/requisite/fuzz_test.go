package requisite_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/enrich/website/requisite"
	"obzvon/pipeline/company"
)

func FuzzRead(f *testing.F) {
	f.Add(fill(`<p>ООО «Вега» ИНН/КПП {ИНН}/590201001 ОГРН {ОГРН}</p><p>Адрес: г. Пермь, ул. Садовая, 5</p>`))
	f.Add(fill(`<table><tr><td>ИНН</td><td>{ИНН12}</td></tr></table><footer>© ИП Вихров П. И., "Вега" «</footer>`))
	f.Add(`<script type="application/ld+json">{"taxID":7,"address":[{"streetAddress":"x"}],"legalName":["ООО"]}</script>`)
	f.Add("<p>ООО \"\xd0 Торговый “Дом\" ул. \u0130 5 ИНН</p><p>д. 7</p>")
	f.Fuzz(func(t *testing.T, body string) {
		p, err := page.Parse(&url.URL{Scheme: "https", Host: "vega.example"}, []byte(body), "text/html; charset=utf-8")
		if err != nil {
			return
		}
		var found finding.Page
		requisite.Read(p, &found)
		for _, v := range found.INNs {
			if got, err := company.ParseINN(v); err != nil || string(got) != v {
				t.Errorf("ИНН %q: %v", v, err)
			}
		}
		for _, v := range found.OGRNs {
			if got, err := company.ParseOGRN(v); err != nil || string(got) != v {
				t.Errorf("ОГРН %q: %v", v, err)
			}
		}
		for _, v := range found.KPPs {
			if got, err := company.ParseKPP(v); err != nil || string(got) != v {
				t.Errorf("КПП %q: %v", v, err)
			}
		}
		for _, v := range found.Names {
			if n := company.ParseName(v); n.Form == "" || n.Core == "" {
				t.Errorf("%q is no legal name", v)
			}
		}
		for _, list := range [][]string{found.INNs, found.OGRNs, found.KPPs, found.Names, found.Addresses} {
			seen := map[string]bool{}
			for _, v := range list {
				if seen[v] || v == "" || !utf8.ValidString(v) || strings.ContainsAny(v, "\n\t") || strings.TrimSpace(v) != v {
					t.Errorf("not a tidy list: %q", list)
				}
				seen[v] = true
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	usual := `<title>Вега</title><nav>` + strings.Repeat(`<a href="/x">Подшипники шариковые</a>`, 200) + `</nav>` +
		strings.Repeat(`<p>Поставляем подшипники качения для сельхозтехники, станков и автомобилей со склада в день заказа.</p>`, 100) +
		fill(`<footer>© ООО «Вега», ИНН {ИНН}, ОГРН {ОГРН}, 614000, г. Пермь, ул. Садовая, д. 5, офис 12</footer>`)
	hardest := strings.Repeat(fill(`<p>ООО «Вега» ИНН {ИНН} ул. Садовая, 5 ИНН КПП ОГРН ООО ИП ул. пр. 7</p>`), 2000)
	for _, bb := range []struct{ name, body string }{{"usual", usual}, {"hardest", hardest}} {
		b.Run(bb.name, func(b *testing.B) {
			p, err := page.Parse(&url.URL{Scheme: "https", Host: "vega.example"}, []byte(bb.body), "")
			if err != nil {
				b.Fatal(err)
			}
			var f finding.Page
			b.ReportAllocs()
			for b.Loop() {
				requisite.Read(p, &f)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
