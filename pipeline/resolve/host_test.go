package resolve

import (
	"math/rand/v2"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

func checkHost(t *testing.T, address string) {
	t.Helper()
	site, err := company.ParseSite(address)
	if err != nil {
		return
	}
	if !sieveOf(spaceDomain, "vega.ru", site.Domain).host(address) {
		t.Errorf("%q is dismissed, though %q is listed", address, site.Domain)
	}
}

func TestSieveDismissesNoListedDomain(t *testing.T) {
	parts := []string{
		"http://", "https://", "HTTP://", "//", "www.", "shop.", "vega", "VEGA", "вега", "xn--80adjurfhd.", "xn--", "-", ".", "..", ".ru", ".RU", ".рф",
		".xn--p1ai", ".spb.ru", ".com", ":8080", "/", "/a.b.ru", "?q=a.ru", "#x.ru", "%D0%B2", "@", "&nbsp;", " ", "\t", "_", "。", "Ｖ", "ß",
	}
	rng := rand.New(rand.NewPCG(31, 32))
	read := 0
	for range 100_000 {
		var b strings.Builder
		for range 1 + rng.IntN(6) {
			b.WriteString(parts[rng.IntN(len(parts))])
		}
		checkHost(t, b.String())
		if _, err := company.ParseSite(b.String()); err == nil {
			read++
		}
	}
	if read < 1500 {
		t.Errorf("only %d addresses are sites: they show little", read)
	}
}

func FuzzSieveHost(f *testing.F) {
	f.Add("https://www.Vega-Plus.ru/a?b=c.d")
	f.Add("завод.рф")
	f.Add("mail.vega.spb.ru.")
	f.Fuzz(func(t *testing.T, address string) { checkHost(t, address) })
}

func TestSieveHost(t *testing.T) {
	s := sieveOf(spaceDomain, "vega.ru", "спб.рф", "klen.spb.ru")
	for address, want := range map[string]bool{
		"https://vega.ru": true, "http://shop.VEGA.ru:80/x": true, "mail.vega.ru": true, "vega.ru.": true,
		"klen.spb.ru": true, "https://пусто.рф": true, "xn--80a.ru": true, "a%2eru": true, // not plain
		"https://notvega.ru": false, "vega.ru.com": false, "spb.ru": false, "https://vega.com/vega": false, "": false,
	} {
		if got := s.host(address); got != want {
			t.Errorf("%q passes: %v, want %v", address, got, want)
		}
	}
}
