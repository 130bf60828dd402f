package company

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Site is a company's place on the web.
type Site struct {
	URL    string // with scheme, without marks of advertising: "https://завод.рф/about"
	Host   string // lower case, Unicode, without "www."
	Domain string // the part that is registered: "завод.рф"
	Shared bool   // many firms live under this host: it identifies nobody
}

// ErrSite is returned for a text that is no address of a site.
var ErrSite = errors.New("not a site")

// Bounds in bytes: of an address, and of what an error shows of it.
const (
	maxSite      = 2000
	maxSiteShown = 80
)

// ParseSite reads an address with or without a scheme. Marks that
// advertisers put behind the address (utm_…, yclid) are dropped. Mail and phone
// links, bare words, numeric hosts and other schemes are no sites.
func ParseSite(s string) (Site, error) {
	raw := strings.TrimSpace(cellCleaner.Replace(s))
	shown, _ := cutAt(s, maxSiteShown)
	fail := func(why string) (Site, error) { return Site{}, fmt.Errorf("%q: %w: %s", shown, ErrSite, why) }
	if raw == "" || len(raw) > maxSite || strings.ContainsAny(raw, " \n\r\\<>\"") {
		return fail("empty, too long or several words")
	}
	low := strings.ToLower(raw)
	switch {
	case strings.HasPrefix(low, "http://"), strings.HasPrefix(low, "https://"):
	case strings.HasPrefix(low, "//"):
		raw = "http:" + raw
	default:
		raw = "http://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil {
		return fail("no address")
	}
	if u.User != nil {
		return fail("it names a user")
	}
	host, ok := hostName(u.Hostname())
	if !ok {
		return fail("no host")
	}
	host = strings.TrimPrefix(host, "www.")
	domain, ok := registrable(host)
	if !ok {
		return fail("no domain under a public suffix")
	}
	site := Site{Host: host, Domain: domain}
	site.Shared = SharedHost(host)
	site.URL = siteURL(u)
	return site, nil
}

// siteURL writes the address for people: Unicode host, no fragment, no marks,
// no lone slash.
func siteURL(u *url.URL) string {
	host, _ := hostName(u.Hostname())
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	path := u.EscapedPath()
	if path == "/" {
		path = ""
	}
	out := strings.ToLower(u.Scheme) + "://" + host + path
	if q := dropMarks(u.RawQuery); q != "" {
		out += "?" + q
	}
	return out
}

// dropMarks leaves out the parameters by which advertisers count visits, and
// keeps the rest byte for byte.
func dropMarks(query string) string {
	var keep []string
	for p := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(strings.ToLower(p), "=")
		if p == "" || strings.HasPrefix(name, "utm_") || slices.Contains(adMarks, name) {
			continue
		}
		keep = append(keep, p)
	}
	return strings.Join(keep, "&")
}

var adMarks = []string{"yclid", "gclid", "fbclid", "ysclid", "_openstat", "from", "ref", "roistat", "rs", "calltouch_tm", "erid"}

// reservedTop is kept by RFC 2606 for examples: sample data lives there.
const reservedTop = "example"

// registrable returns the domain that somebody registered, in Unicode form.
func registrable(host string) (string, bool) {
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil {
		return "", false
	}
	suffix, icann := publicsuffix.PublicSuffix(ascii)
	if !icann && !strings.Contains(suffix, ".") && suffix != reservedTop {
		return "", false // a top that nobody runs: a file name, a word
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(ascii)
	if err != nil {
		return "", false
	}
	u, err := idna.Lookup.ToUnicode(d)
	return u, err == nil
}
