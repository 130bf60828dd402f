package fetchtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"
)

// Certificate is what a host shows by https.
type Certificate int

// Certificates. A guest that has its options from Web.Guest believes Good.
const (
	Good      Certificate = iota
	Untrusted             // signed by nobody known
	Expired
	OtherHost // made out for another name
)

// authority signs the certificates of a web.
type authority struct {
	key    *ecdsa.PrivateKey
	cert   *x509.Certificate
	mu     sync.Mutex
	signed map[string]*tls.Certificate
}

func newAuthority(t testing.TB) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := template("Web of tests")
	c.IsCA, c.BasicConstraintsValid, c.KeyUsage = true, true, x509.KeyUsageCertSign
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{key: key, cert: cert, signed: map[string]*tls.Certificate{}}
}

func template(name string) *x509.Certificate {
	now := time.Now()
	return &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-48 * time.Hour), NotAfter: now.Add(48 * time.Hour),
	}
}

func (a *authority) roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return pool
}

// certificate is shown to who asks for a name.
func (w *Web) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	name := strings.ToLower(hello.ServerName)
	w.mu.Lock()
	s := w.sites[name]
	w.mu.Unlock()
	if s == nil {
		return nil, fmt.Errorf("no host %q", name)
	}
	return w.authority.sign(name, s.Certificate)
}

func (a *authority) sign(name string, kind Certificate) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id := fmt.Sprint(int(kind), name)
	if c := a.signed[id]; c != nil {
		return c, nil
	}
	t, parent := template(name), a.cert
	t.DNSNames = []string{name}
	switch kind {
	case Untrusted:
		parent = t
	case Expired:
		t.NotAfter = time.Now().Add(-24 * time.Hour)
	case OtherHost:
		t.DNSNames = []string{"other.example"}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, parent, &a.key.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	c := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: a.key}
	a.signed[id] = c
	return c, nil
}
