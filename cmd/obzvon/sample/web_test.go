package sample_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"obzvon/cmd/obzvon/sample"
)

func TestWeb(t *testing.T) {
	web, err := sample.NewWeb()
	if err != nil {
		t.Fatal(err)
	}
	get := func(url, since string) (answer, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if since != "" {
			req.Header.Set("If-Modified-Since", since)
		}
		resp, err := web.RoundTrip(req)
		if err != nil {
			return answer{}, err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		return answer{resp.StatusCode, resp.Header, string(body)}, err
	}
	const host = "http://www.alyy-mayak-shinomontazh.example"
	a, err := get(host+"/ru/kontaktnaya-informatsiya", "")
	if err != nil || a.code != http.StatusOK || !strings.Contains(a.body, "закупок") || a.header.Get("Content-Type") != "text/html" {
		t.Fatalf("%v, %+v", err, a)
	}
	if a, err = get(host+"/ru/kontaktnaya-informatsiya", a.header.Get("Last-Modified")); err != nil || a.code != http.StatusNotModified || a.body != "" {
		t.Errorf("asked again: %v, %+v", err, a)
	}
	if a, err = get(host+"/../nothing", ""); err != nil || a.code != http.StatusNotFound {
		t.Errorf("a page that is not there: %v, %+v", err, a)
	}
	var dns *net.DNSError
	if _, err = get("http://nobody.example/", ""); !errors.As(err, &dns) || !dns.IsNotFound {
		t.Errorf("a host that does not exist: %v", err)
	}
}

type answer struct {
	code   int
	header http.Header
	body   string
}
