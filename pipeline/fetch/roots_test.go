package fetch_test

import (
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// TestRoots: an authority that the operator names is believed, and nobody else's.
func TestRoots(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "page") }))
	defer server.Close()
	own := x509.NewCertPool()
	own.AddCert(server.Certificate())
	for name, c := range map[string]struct {
		roots *x509.CertPool
		want  error
	}{
		"named":   {own, nil},
		"another": {x509.NewCertPool(), fetch.ErrCertificate},
		"none":    {nil, fetch.ErrCertificate},
	} {
		t.Run(name, func(t *testing.T) {
			client := fetch.New(fetch.Options{Version: "test", Allow: fetchtest.Loopback(), Roots: c.roots, Clock: fetchtest.NewClock()})
			defer client.Close()
			page, err := client.Get(t.Context(), server.URL, fetch.PageOptions{})
			if !errors.Is(err, c.want) || c.want == nil && string(page.Body) != "page" {
				t.Errorf("got %q, %v, want %v", page.Body, err, c.want)
			}
		})
	}
}
