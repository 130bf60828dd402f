package xlsx

import (
	"net/url"
	"strings"
	"testing"
)

func TestLinks(t *testing.T) {
	tests := []struct {
		name     string
		link     func(string) string
		in, want string
	}{
		{"phone", telLink, "+79070000001", "tel:+79070000001"},
		{"extension", telLink, "+79070000001;ext=12", "tel:+79070000001;ext=12"},
		{"phone in words", telLink, "+7 907 000-00-01", ""},
		{"formula", telLink, "=1+1", ""},
		{"mail", mailLink, "zakupki@firma.example", "mailto:zakupki@firma.example"},
		{"first mail", mailLink, "a@firma.example; b@firma.example", "mailto:a@firma.example"},
		{"cyrillic mail host", mailLink, "info@пример.испытание", "mailto:info@xn--e1afmkfd.xn--80akhbyknj4f"},
		{"mail with a query", mailLink, "a?bcc=evil@firma.example", ""},
		{"mail with a percent sign", mailLink, "a%0d@firma.example", ""},
		{"no mail", mailLink, "нет почты", ""},
		{"site", siteLink, "https://firma.example/a?b=c", "https://firma.example/a?b=c"},
		{"cyrillic site", siteLink, "http://пример.испытание/контакты", "http://xn--e1afmkfd.xn--80akhbyknj4f/%D0%BA%D0%BE%D0%BD%D1%82%D0%B0%D0%BA%D1%82%D1%8B"},
		{"spaces in the query", siteLink, "http://firma.example/?q=a b", "http://firma.example/?q=a+b"},
		{"script", siteLink, "javascript:alert(1)", ""},
		{"file", siteLink, "file:///etc/passwd", ""},
		{"password", siteLink, "http://u:p@firma.example/", ""},
		{"no scheme", siteLink, "firma.example", ""},
		{"no dot", siteLink, "http://localhost/", ""},
		{"too long", siteLink, "http://firma.example/" + strings.Repeat("a", targetLimit), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.link(test.in); got != test.want {
				t.Errorf("link of %q = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

// FuzzLinks: whatever the text, a link is a URI of a known scheme in ASCII,
// short enough for Excel, with nothing in it that could end an address.
func FuzzLinks(f *testing.F) {
	for _, s := range []string{"+79070000001", "a@b.example", "http://пример.испытание/?а=б#в", "javascript:1", "http://[::1]:80/", "http://a.b:x/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for scheme, got := range map[string]string{"tel": telLink(s), "mailto": mailLink(s), "http": siteLink(s)} {
			if got == "" {
				continue
			}
			u, err := url.Parse(got)
			if err != nil || strings.TrimSuffix(u.Scheme, "s") != scheme {
				t.Fatalf("%q became %q: %v", s, got, err)
			}
			if len(got) > targetLimit {
				t.Fatalf("%d bytes", len(got))
			}
			for _, r := range got {
				if r <= ' ' || r > '~' || strings.ContainsRune(`"<>\^`+"`{|}", r) && scheme == "http" {
					t.Fatalf("%q holds %q", got, r)
				}
			}
		}
	})
}
