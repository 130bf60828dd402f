package company

import (
	"errors"
	"strings"
	"testing"
)

func TestParseSite(t *testing.T) {
	tests := []struct {
		in, url, host, domain string
		shared                bool
	}{
		{"zavod.ru", "http://zavod.ru", "zavod.ru", "zavod.ru", false},
		{"https://www.Zavod.RU/", "https://www.zavod.ru", "zavod.ru", "zavod.ru", false},
		{"http://shop.zavod.ru/about?id=1", "http://shop.zavod.ru/about?id=1", "shop.zavod.ru", "zavod.ru", false},
		{"http://шашлыксервис.рф", "http://шашлыксервис.рф", "шашлыксервис.рф", "шашлыксервис.рф", false},
		{"http://xn--80aegj1b.xn--p1ai/o-nas", "http://завод.рф/o-nas", "завод.рф", "завод.рф", false},
		{"http://kfc.ru/?utm_source=2gis_mgcom&utm_medium=x", "http://kfc.ru", "kfc.ru", "kfc.ru", false},
		{"http://zavod.ru/p?a=1&utm_source=x&b=2&yclid=9#top", "http://zavod.ru/p?a=1&b=2", "zavod.ru", "zavod.ru", false},
		{"//zavod.ru", "http://zavod.ru", "zavod.ru", "zavod.ru", false},
		{"zavod.ru:8080/x", "http://zavod.ru:8080/x", "zavod.ru", "zavod.ru", false},
		{"zavod.spb.ru", "http://zavod.spb.ru", "zavod.spb.ru", "zavod.spb.ru", false},
		{"http://link.2gis.ru/1.2/abc", "http://link.2gis.ru/1.2/abc", "link.2gis.ru", "2gis.ru", true},
		{"https://vk.com/zavod", "https://vk.com/zavod", "vk.com", "vk.com", true},
		{"t.me/zavod", "http://t.me/zavod", "t.me", "t.me", true},
		{"http://zavod.tilda.ws", "http://zavod.tilda.ws", "zavod.tilda.ws", "tilda.ws", true},
		{"http://zavod.onelink.me/YlkM?pid=2GIS", "http://zavod.onelink.me/YlkM?pid=2GIS", "zavod.onelink.me", "onelink.me", true},
	}
	for _, tt := range tests {
		got, err := ParseSite(tt.in)
		want := Site{URL: tt.url, Host: tt.host, Domain: tt.domain, Shared: tt.shared}
		if err != nil || got != want {
			t.Errorf("ParseSite(%q) = %+v, %v; want %+v", tt.in, got, err, want)
		}
	}
}

func TestParseSiteRefuses(t *testing.T) {
	for _, s := range []string{
		"", " ", "нет", "zavod", "tel:+74951234567", "mailto:info@zavod.ru", "info@zavod.ru", "ftp://zavod.ru", "javascript:alert(1)",
		"http://127.0.0.1/", "http://[::1]/", "http://user:pass@zavod.ru", "zavod.ru zavod2.ru", "http://", "price.pdfx", "http://ru", "-", "+7 495 123-45-67",
		"ООО.Ромашка", strings.Repeat("a", 3000) + ".ru",
	} {
		if got, err := ParseSite(s); !errors.Is(err, ErrSite) {
			t.Errorf("ParseSite(%q) = %+v, %v; want ErrSite", s, got, err)
		}
	}
}

func TestSitesOfDirectoryExport(t *testing.T) {
	n, shared, cyrillic := 0, 0, 0
	for _, name := range []string{"2gis/parser2gis-export-krasnoyarsk-a.csv", "2gis/parser2gis-export-krasnoyarsk-edge.csv"} {
		for _, row := range readSample(t, name) {
			for _, col := range []string{"Веб-сайт 1", "Веб-сайт 2"} {
				if row[col] == "" {
					continue
				}
				n++
				site, err := ParseSite(row[col])
				if err != nil {
					t.Errorf("%q: %v", row[col], err)
					continue
				}
				if strings.Contains(site.URL, "?utm_") || strings.Contains(site.URL, "&utm_") {
					t.Errorf("%q keeps its marks: %q", row[col], site.URL)
				}
				if site.Shared {
					shared++
				}
				if strings.HasSuffix(site.Domain, ".рф") {
					cyrillic++
				}
			}
		}
	}
	if n < 150 || shared == 0 || cyrillic == 0 {
		t.Errorf("%d sites, %d shared, %d Cyrillic: the sample has more", n, shared, cyrillic)
	}
}

func FuzzParseSite(f *testing.F) {
	for _, s := range []string{"http://шашлыксервис.рф/?utm_source=x&a=%d0", "https://www.zavod.ru:8080/a b", "link.2gis.ru/x", "http://xn--80aegj1b.xn--p1ai", "//z.ru", "http://z.ru/%zz", "www.www.ru", "https://www.avto-servis59.ru/a/b.html?c=1", "http://a.github.io", "http://z.example", "http://z--a.ru"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		site, err := ParseSite(s)
		if host, ok := SiteHost(s); ok != (err == nil) || host != site.Host {
			t.Fatalf("host of %q is %q (%v), parsed %q, %v", s, host, ok, site.Host, err)
		}
		if err != nil {
			if !errors.Is(err, ErrSite) || site != (Site{}) {
				t.Fatalf("ParseSite(%q) = %+v, %v", s, site, err)
			}
			return
		}
		if !strings.HasPrefix(site.URL, "http://") && !strings.HasPrefix(site.URL, "https://") {
			t.Fatalf("%q: scheme of %q", s, site.URL)
		}
		if site.Host != site.Domain && !strings.HasSuffix(site.Host, "."+site.Domain) {
			t.Fatalf("%q: host %q is not under %q", s, site.Host, site.Domain)
		}
		again, err := ParseSite(site.URL)
		if err != nil || again != site {
			t.Fatalf("%q gives %+v, whose address gives %+v, %v", s, site, again, err)
		}
	})
}

func TestSiteHostReadsUsualAddressesAtOnce(t *testing.T) {
	for value, want := range map[string]string{
		"https://obrazec-ural.ru": "obrazec-ural.ru", "http://www.shop.z.ru/a/?b=c_d&e": "shop.z.ru", "https://z59.example/": "z59.example",
	} {
		if got, ok := plainHost(value); !ok || got != want {
			t.Errorf("host of %q is %q, %v", value, got, ok)
		}
		if s, err := ParseSite(value); err != nil || s.Host != want {
			t.Errorf("ParseSite(%q) = %+v, %v", value, s, err)
		}
	}
}
