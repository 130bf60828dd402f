package web

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzInside: whatever a link to the login page says, nobody is sent elsewhere.
func FuzzInside(f *testing.F) {
	for _, s := range []string{"/list?day=1", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/%2F/evil.example", ""} {
		f.Add(s)
	}
	here, err := url.Parse("http://127.0.0.1:8080/login")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		to := inside(s)
		// As browsers read it: "\" is "/", tabs and line breaks are nothing.
		plain := strings.NewReplacer("\\", "/", "\t", "", "\r", "", "\n", "").Replace(to)
		u, err := here.Parse(plain)
		if err == nil && (u.Host != here.Host || u.Scheme != here.Scheme) {
			t.Errorf("%q leads to %q", s, u)
		}
	})
}
