package website

import (
	"net/url"
	"strings"
	"testing"
)

func TestWorth(t *testing.T) {
	tests := []struct {
		address string
		want    bool
	}{
		{"/contacts", true},
		{"/contacts/", true},
		{"/o-kompanii/rekvizity.html", true},
		{"/index.php?id=12", true},
		{"/?page_id=7", true},
		{"/zavod-2.0/kontakty", true},
		{"/rekvizity.pdf", false},
		{"/files/kartochka.DOCX", false},
		{"/img/contact.jpg", false},
		{"/contacts/print", false},
		{"/login?back=contacts", false},
		{"/korzina/", false},
		{"/contacts?PHPSESSID=abc", false},
		{"/contacts;jsessionid=1", false},
		{"/contacts?s=0123456789abcdef0123456789abcdef", false},
		{"/contacts?a=1&b=2&c=3&d=4", false},
		{"/contacts?utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d", true},
		{"/contacts/contacts/contacts", false},
		{"/a/b/a/contacts", false},
		{"/1/2/3/4/5/6/contacts", false},
		{"/calendar/2026/11/contacts", false},
		{"/" + strings.Repeat("kontakty-", 60), false},
	}
	for _, tt := range tests {
		u, err := url.Parse("https://vega.example" + tt.address)
		if err != nil {
			t.Fatal(err)
		}
		if got := worth(u); got != tt.want {
			t.Errorf("%s: %v", tt.address, got)
		}
	}
	for _, s := range []string{"ftp://vega.example/contacts", "mailto:a@vega.example", "https://u:p@vega.example/contacts", "javascript:void(0)"} {
		if u, err := url.Parse(s); err == nil && worth(u) {
			t.Errorf("%s is worth a visit", s)
		}
	}
}

func TestCanonical(t *testing.T) {
	for _, same := range [][]string{
		{"https://vega.example/contacts", "http://www.vega.example/contacts/", "https://VEGA.example/Contacts#map", "https://vega.example/contacts?utm_source=x", "https://vega.example/contacts/index.html"},
		{"https://vega.example", "https://vega.example/", "https://vega.example/index.php", "https://vega.example/?yclid=1"},
		{"https://vega.example/?a=1&b=2", "https://vega.example/?b=2&a=1"},
	} {
		var first string
		for i, s := range same {
			u, err := url.Parse(s)
			if err != nil {
				t.Fatal(err)
			}
			if got := canonical(u); i == 0 {
				first = got
			} else if got != first {
				t.Errorf("%s is %q, want %q", s, got, first)
			}
		}
	}
	a, _ := url.Parse("https://vega.example/?id=1")
	b, _ := url.Parse("https://vega.example/?id=2")
	if canonical(a) == canonical(b) {
		t.Error("two pages are one")
	}
}

// FuzzAddress: no address makes the reader stumble, what is worth a visit
// stays within bounds, and canonical spelling is the same for the same text.
func FuzzAddress(f *testing.F) {
	f.Add("/contacts?utm_source=1&id=2")
	f.Add("//vega.example/%D0%BA/../index.html")
	f.Add("/a/b/a/b;x=1?sid=1#f")
	base := &url.URL{Scheme: "https", Host: "vega.example"}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := base.Parse(s)
		if err != nil {
			return
		}
		key := canonical(u)
		if worth(u) && (len(u.String()) > maxAddress || strings.Count(u.Path, "/") > maxSegments+1) {
			t.Errorf("%q is worth a visit", s)
		}
		topicOf(s, s, u)
		if again, err := url.Parse(u.String()); err == nil && canonical(again) != key {
			t.Errorf("%q is %q, written again %q", s, key, canonical(again))
		}
	})
}
