package webhook

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"time"
)

// Waits takes the place of the hook's waiting between two tries.
func (h *Hook) Waits(wait func(ctx context.Context, d time.Duration) error) { h.wait = wait }

// Wait is how a hook waits.
func Wait(ctx context.Context, d time.Duration) error { return wait(ctx, d) }

// Trust makes the hook believe the certificates of a test.
func (h *Hook) Trust(roots *x509.CertPool) {
	h.client.Transport.(*http.Transport).TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
}

// Limit shortens a try.
func (h *Hook) Limit(d time.Duration) { h.client.Timeout = d }
