package evidence

import (
	"testing"

	"obzvon/pipeline/company"
)

const (
	benchListing = "brand=Уралтехника, магазин подшипников|region=59|city=Пермь|address=Ленина, 12|phone=+73422000001|phone=+79070000001|" +
		"site=https://uraltehnika.example|email=info@uraltehnika.example"
	benchRegistry = `full=ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "УРАЛТЕХНИКА-СЕРВИС"|short=ООО "УРАЛТЕХНИКА-СЕРВИС"|region=59|city=Пермь`
)

func BenchmarkListing(b *testing.B) {
	m, o := testModel(), obs(benchListing)
	b.ReportAllocs()
	for b.Loop() {
		m.Listing(&o)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "listings/s")
}

func BenchmarkFirm(b *testing.B) {
	m, o := testModel(), obs(benchRegistry)
	own := []company.Observation{o}
	b.ReportAllocs()
	for b.Loop() {
		m.Firm(validRegistry, own)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "firms/s")
	b.ReportMetric(float64(len(m.Firm(validRegistry, own).Tokens())), "tokens")
}

const validRegistry = company.INN("5900000019")

func BenchmarkWeigh(b *testing.B) {
	m := testModel()
	listing := listingOf(m, benchListing)
	for _, one := range []struct{ what, firm string }{
		{"registry", benchRegistry},
		{"unlike", `full=ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ТОРГОВЫЙ ДОМ БЕЛОЗОР"|short=ООО "ТД БЕЛОЗОР"|region=59|city=Кунгур`},
		{"whole", benchRegistry + "|phone=+73422000001|site=https://uraltehnika.example|address=614000, г. Пермь, ул. Ленина, д. 12"},
	} {
		b.Run(one.what, func(b *testing.B) {
			firm := firmOf(m, validRegistry, one.firm)
			b.ReportAllocs()
			for b.Loop() {
				m.Weigh(listing, firm, only)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pairs/s")
		})
	}
}

func BenchmarkGrown(b *testing.B) {
	m := testModel()
	listing, firm := listingOf(m, benchListing), firmOf(m, validRegistry, benchRegistry)
	b.ReportAllocs()
	for b.Loop() {
		m.Grown(firm, listing)
	}
}
