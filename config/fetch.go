package config

import (
	"errors"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Fetch says how the program behaves as a guest on other people's servers.
type Fetch struct {
	Contact       string        `mapstructure:"contact"`        // e-mail or address of a page; part of the User-Agent
	Timeout       time.Duration `mapstructure:"timeout"`        // longest wait for an answer or for its next bytes
	Pace          time.Duration `mapstructure:"pace"`           // least time between two requests to one host
	Proxy         string        `mapstructure:"proxy"`          // "" = none, whatever the environment says
	AllowPrefixes []Prefix      `mapstructure:"allow_prefixes"` // addresses that may be fetched although private
	CAFile        string        `mapstructure:"ca_file"`        // PEM of authorities believed beside the machine's
}

// ProxyURL returns the proxy, nil = none; validation has checked it.
func (f Fetch) ProxyURL() *url.URL {
	u, err := url.Parse(f.Proxy)
	if f.Proxy == "" || err != nil {
		return nil
	}
	return u
}

// Prefixes returns the allowed prefixes.
func (f Fetch) Prefixes() []netip.Prefix {
	out := make([]netip.Prefix, len(f.AllowPrefixes))
	for i, p := range f.AllowPrefixes {
		out[i] = p.Prefix
	}
	return out
}

// Prefix is a range of addresses written as CIDR.
type Prefix struct{ netip.Prefix }

// UnmarshalText reads a CIDR whose address is the first of the range: another
// one is a slip of the pen that would allow more than was meant.
func (p *Prefix) UnmarshalText(b []byte) error {
	v, err := netip.ParsePrefix(string(b))
	if err != nil || v.Addr() != v.Masked().Addr() || v.Addr().Is4In6() {
		return errors.New(`want a range of addresses as CIDR such as "10.1.2.0/24"`)
	}
	p.Prefix = v
	return nil
}

func (c *checker) fetch(f *Fetch) {
	c.need(f.Contact == "" || contactForm(f.Contact), "fetch.contact", f.Contact, "want an e-mail address, or the address of a page that begins with https://")
	c.need(f.Timeout >= time.Second && f.Timeout <= 10*time.Minute, "fetch.timeout", f.Timeout, "want a duration from 1s to 10m")
	c.need(f.Pace >= 0 && f.Pace <= time.Hour, "fetch.pace", f.Pace, "want a duration from 0s to 1h")
	if !proxyForm(f.Proxy) {
		// Its value may carry a password and is not shown.
		c.fail("fetch.proxy", "", `want an address such as http://10.1.2.3:3128; http, https and socks5 are known`)
	}
}

// contactForm tells what may stand in a header between brackets.
func contactForm(s string) bool {
	for _, r := range s {
		if r <= ' ' || r > '~' || strings.ContainsRune(`();\"<>`, r) {
			return false
		}
	}
	if u, err := url.Parse(s); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
		return u.Hostname() != "" && u.User == nil
	}
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

func proxyForm(s string) bool {
	if s == "" {
		return true
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	return u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "socks5"
}
