package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"obzvon/config"
)

// certify writes a certificate of a name with its key into a folder.
func certify(t *testing.T, dir, name string, at time.Time) config.Web {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(at.Unix()), Subject: pkix.Name{CommonName: name}, DNSNames: []string{"obzvon.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	cert, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	web := config.Web{Listen: "127.0.0.1:0", TLSCert: filepath.Join(dir, "cert.pem"), TLSKey: filepath.Join(dir, "key.pem")}
	for path, block := range map[string]*pem.Block{web.TLSCert: {Type: "CERTIFICATE", Bytes: cert}, web.TLSKey: {Type: "EC PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return web
}

// served runs a door until the test ends.
func served(t *testing.T, web config.Web, pages http.HandlerFunc) *door {
	t.Helper()
	d, err := newDoor(web, pages, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := d.close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// shake asks for the name in the certificate.
func shake(t *testing.T, d *door, most uint16) (string, error) {
	t.Helper()
	c, err := tls.Dial("tcp", d.listener.Addr().String(), &tls.Config{InsecureSkipVerify: true, MaxVersion: most}) // it is compared here
	if err != nil {
		return "", err
	}
	defer func() { _ = c.Close() }() // nothing was written
	return c.ConnectionState().PeerCertificates[0].Subject.CommonName, nil
}

// A certificate that is renewed is taken without a restart; a broken one leaves the
// last in force.
func TestDoorRenewsItsCertificate(t *testing.T) {
	dir, at := t.TempDir(), time.Now().Add(-time.Hour)
	d := served(t, certify(t, dir, "first", at), func(http.ResponseWriter, *http.Request) {})
	want := func(name string) {
		t.Helper()
		if got, err := shake(t, d, 0); got != name || err != nil {
			t.Errorf("certificate of %q, %v; want %q", got, err, name)
		}
	}
	want("first")
	certify(t, dir, "second", at.Add(time.Minute))
	want("second")
	if err := os.WriteFile(filepath.Join(dir, "key.pem"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	want("second")
	if err := os.Remove(filepath.Join(dir, "cert.pem")); err != nil {
		t.Fatal(err)
	}
	want("second")
	certify(t, dir, "third", at.Add(2*time.Minute))
	want("third")
	if _, err := shake(t, d, tls.VersionTLS11); err == nil {
		t.Error("TLS 1.1 was taken")
	}
}

func TestDoorWithoutCertificate(t *testing.T) {
	dir := t.TempDir()
	web := config.Web{Listen: "127.0.0.1:0", TLSCert: filepath.Join(dir, "cert.pem"), TLSKey: filepath.Join(dir, "key.pem")}
	if d, err := newDoor(web, http.NotFoundHandler(), slog.New(slog.DiscardHandler)); err == nil {
		t.Errorf("opened without a certificate: %v", d.close())
	}
}

// Requests in hand are answered when the server ends; one that hangs is cut.
func TestDoorLetsRequestsEnd(t *testing.T) {
	for _, hangs := range []bool{false, true} {
		inside, free := make(chan struct{}), make(chan struct{})
		d, err := newDoor(config.Web{Listen: "127.0.0.1:0"}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(inside)
			select {
			case <-free:
				w.WriteHeader(http.StatusTeapot)
			case <-r.Context().Done():
			}
		}), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		if hangs {
			d.leave = 50 * time.Millisecond
		}
		ctx, stop := context.WithCancel(t.Context())
		ended, answer := make(chan error, 1), make(chan int, 1)
		go func() { ended <- d.serve(ctx) }()
		go func() {
			resp, err := http.Get(d.address())
			if err != nil {
				answer <- 0
				return
			}
			answer <- resp.StatusCode
			_ = resp.Body.Close() // it is empty
		}()
		<-inside
		stop()
		if !hangs {
			close(free)
		}
		if err := <-ended; err != nil {
			t.Errorf("hangs %v: ended with %v", hangs, err)
		}
		if got := <-answer; (got == http.StatusTeapot) == hangs {
			t.Errorf("hangs %v: answered %d", hangs, got)
		}
		if err := d.close(); err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	}
}

func TestWelcome(t *testing.T) {
	dir := t.TempDir()
	secure := certify(t, dir, "any", time.Now())
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		web        config.Web
		begins, in string
	}{
		{config.Web{Listen: "127.0.0.1:0"}, "open http://127.0.0.1:", "docs/operations.md"},
		{config.Web{Listen: "[::1]:0"}, "open http://[::1]:", "this machine only"},
		{config.Web{Listen: ":0"}, "open http://" + host + ":", "without TLS"},
		{config.Web{Listen: ":0", PublicURL: "https://obzvon.example"}, "open https://obzvon.example/", ""},
		{config.Web{Listen: "127.0.0.1:0", PublicURL: "https://obzvon.example"}, "open https://obzvon.example/", ""},
		{config.Web{Listen: "127.0.0.1:0", TLSCert: secure.TLSCert, TLSKey: secure.TLSKey}, "open https://127.0.0.1:", "this machine only"},
		{config.Web{Listen: "0.0.0.0:0", TLSCert: secure.TLSCert, TLSKey: secure.TLSKey}, "open https://" + host + ":", ""},
	} {
		d, err := newDoor(c.web, http.NotFoundHandler(), slog.New(slog.DiscardHandler))
		if err != nil {
			if strings.HasPrefix(c.web.Listen, "[::1]") {
				continue // a machine without IPv6
			}
			t.Fatal(err)
		}
		line := d.welcome()
		if !strings.HasPrefix(line, c.begins) || !strings.Contains(line, c.in) || c.in == "" && strings.Contains(line, "(") || strings.Contains(line, "\n") {
			t.Errorf("%+v: %q", c.web, line)
		}
		if err := d.close(); err != nil {
			t.Error(err)
		}
	}
}
