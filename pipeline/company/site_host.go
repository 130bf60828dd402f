package company

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// SiteHost gives the Host of ParseSite for the value of a site fact. Usual
// addresses, which are canonical and of plain letters, it reads without taking
// them apart.
func SiteHost(value string) (host string, ok bool) {
	if host, ok = plainHost(value); ok {
		return host, true
	}
	s, err := ParseSite(value)
	return s.Host, err == nil
}

// plainHost reads an address in lower case without a port. What it reads
// ParseSite would read the same.
func plainHost(value string) (string, bool) {
	rest, ok := strings.CutPrefix(value, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(value, "http://"); !ok {
			return "", false
		}
	}
	host := rest
	if end := strings.IndexAny(rest, "/?"); end >= 0 {
		host = rest[:end]
		if !plainPath(rest[end:]) {
			return "", false
		}
	}
	if len(value) > maxSite || !plainLabels(host) {
		return "", false
	}
	host = strings.TrimPrefix(host, "www.")
	suffix, icann := publicsuffix.PublicSuffix(host)
	if !icann && suffix != reservedTop || len(host) <= len(suffix) {
		return "", false
	}
	return host, true
}

func plainPath(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
		case c == '/' || c == '?' || c == '-' || c == '_' || c == '.' || c == '=' || c == '&':
		default:
			return false
		}
	}
	return true
}

// plainLabels tells two or more labels of lower-case letters, digits and
// single hyphens inside, the last one of letters.
func plainLabels(host string) bool {
	if len(host) > 253 {
		return false
	}
	start := 0
	for i := range len(host) {
		switch c := host[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		case i == start || i+1 == len(host) || host[i-1] == '-':
			return false
		case c == '.' && i-start <= 63:
			start = i + 1
		case c != '-':
			return false
		}
	}
	top := host[start:]
	return start > 0 && len(top) >= 2 && len(top) <= 63 && strings.Trim(top, "0123456789-") == top
}
