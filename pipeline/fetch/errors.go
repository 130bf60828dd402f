package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrURL         = errors.New("not an address that can be fetched")
	ErrBlocked     = errors.New("address not allowed")
	ErrRedirect    = errors.New("redirect not followed")
	ErrCertificate = errors.New("certificate not accepted")
	ErrTimeout     = errors.New("no answer in time")
	ErrTruncated   = errors.New("connection ended early")
	ErrNoSpace     = errors.New("not enough space on the disk")
	ErrTurn        = errors.New("the host's next turn has not come") // in a Wait only
)

// StatusError is an answer that is neither content nor "not modified".
type StatusError struct {
	Code       int
	RetryAfter time.Duration // how long the server asked to wait; 0 = it did not
}

func (e *StatusError) Error() string {
	text := strings.TrimSpace(fmt.Sprintf("the server answered %d %s", e.Code, http.StatusText(e.Code)))
	if e.RetryAfter > 0 {
		text += fmt.Sprintf(", and to ask again in %s", e.RetryAfter)
	}
	return text
}

// BlockedError names an address that must not be asked. It is ErrBlocked.
type BlockedError struct {
	Address string
	Why     string
}

func (e *BlockedError) Error() string {
	text := fmt.Sprintf("%v: %s is %s", ErrBlocked, e.Address, e.Why)
	if advice := e.Advice(); advice != "" {
		text += "; to allow it: " + advice
	}
	return text
}

// Advice is the line of config that would allow the address.
func (e *BlockedError) Advice() string {
	a, err := netip.ParseAddr(e.Address)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("fetch.allow_prefixes: [%q]", netip.PrefixFrom(a, a.BitLen()))
}

// Is makes errors.Is(err, ErrBlocked) hold.
func (e *BlockedError) Is(target error) bool { return target == ErrBlocked }

// Show writes a URL without what may be secret in it: user, password, query.
func Show(u *url.URL) string {
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if u.RawQuery != "" {
		return shown.String() + "?…"
	}
	return shown.String()
}

// parse reads an http or https address. Its error does not repeat the text.
func parse(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Opaque != "" || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("%w: want http:// or https:// and a host", ErrURL)
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// plain puts an error of the transport in words.
func plain(err error) error {
	invalid := (*tls.CertificateVerificationError)(nil)
	if !errors.As(err, &invalid) {
		return err
	}
	return fmt.Errorf("%w: %s: %w", ErrCertificate, certificateWords(invalid.Err), invalid.Err)
}

func certificateWords(err error) string {
	wrong := x509.CertificateInvalidError{}
	switch {
	case errors.As(err, new(x509.UnknownAuthorityError)):
		return "it is signed by an authority that this machine does not know; sites of the Russian state use their own, whose root certificate must be put among those of the system"
	case errors.As(err, new(x509.HostnameError)):
		return "it is made out for other hosts"
	case errors.As(err, &wrong) && wrong.Reason == x509.Expired:
		return "it has expired, or the clock of this machine is wrong"
	default:
		return "it is not valid"
	}
}
