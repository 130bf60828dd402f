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
	get := func(url, since string) (*http.Response, string, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if since != "" {
			req.Header.Set("If-Modified-Since", since)
		}
		resp, err := web.RoundTrip(req)
		if err != nil {
			return nil, "", err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		return resp, string(body), err
	}
	const host = "http://www.alyy-mayak-shinomontazh.example"
	resp, body, err := get(host+"/ru/kontaktnaya-informatsiya", "")
	if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(body, "закупок") || resp.Header.Get("Content-Type") != "text/html" {
		t.Fatalf("%v, %+v", err, resp)
	}
	if resp, body, err = get(host+"/ru/kontaktnaya-informatsiya", resp.Header.Get("Last-Modified")); err != nil || resp.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("asked again: %v, %+v", err, resp)
	}
	if resp, _, err = get(host+"/../nothing", ""); err != nil || resp.StatusCode != http.StatusNotFound {
		t.Errorf("a page that is not there: %v, %+v", err, resp)
	}
	var dns *net.DNSError
	if _, _, err = get("http://nobody.example/", ""); !errors.As(err, &dns) || !dns.IsNotFound {
		t.Errorf("a host that does not exist: %v", err)
	}
}
