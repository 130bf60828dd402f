package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// Resolver finds the addresses of a name. *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// system asks the machine's resolver for whole names only: the search domains
// of this house are none of a stranger's.
type system struct{ resolver *net.Resolver }

func newSystem() system { return system{&net.Resolver{PreferGo: true}} }

func (s system) LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error) {
	return s.resolver.LookupNetIP(ctx, network, strings.TrimSuffix(host, ".")+".")
}

// hostOf writes the host of a URL in the one way by which it is known:
// lower-case, in punycode, without a last dot.
func hostOf(host string) (string, error) {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if !isASCII(host) {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return "", fmt.Errorf("%w: the host's name: %w", ErrURL, err)
		}
		host = ascii
	}
	const longest = 253 // RFC 1035, section 2.3.4, less the length octets
	if host == "" || len(host) > longest {
		return "", fmt.Errorf("%w: the host's name has %d bytes", ErrURL, len(host))
	}
	return host, nil
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

// literal reads a host written as an address; invalid = it is a name. Other
// spellings of an address, like 127.1 and 0x7f000001, which some resolvers and
// proxies read, are refused: what ends in a number is no name (WHATWG URL,
// "ends in a number").
func literal(host string) (netip.Addr, error) {
	if digit(host[0]) || strings.Contains(host, ":") {
		if addr, err := netip.ParseAddr(host); err == nil && addr.Zone() == "" {
			return addr.Unmap(), nil
		}
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	hex := strings.HasPrefix(last, "0x") && strings.Trim(last[2:], "0123456789abcdef") == ""
	if hex || strings.Trim(last, "0123456789") == "" || strings.ContainsAny(host, ":%") {
		return netip.Addr{}, fmt.Errorf("%w: %s is an address in a spelling that is not accepted", ErrBlocked, host)
	}
	return netip.Addr{}, nil
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// resolve finds the addresses of a request's host, every one of them such as
// may be asked, the one that answered last first. None and no error: the name
// is not ours to resolve.
func (g *Guest) resolve(ctx context.Context, r *request, last netip.Addr) ([]netip.Addr, error) {
	if r.literal.IsValid() {
		return []netip.Addr{r.literal}, nil
	}
	if g.resolver == nil {
		return nil, nil
	}
	found, err := g.resolver.LookupNetIP(ctx, "ip", r.host)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, fmt.Errorf("%w: %w", ErrName, context.Cause(ctx))
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrName, err)
	case len(found) == 0:
		return nil, fmt.Errorf("%w: %s has no address", ErrName, r.host)
	}
	addrs := make([]netip.Addr, len(found))
	for i, a := range found {
		if err := g.guard.check(a); err != nil {
			return nil, fmt.Errorf("%s: %w", r.host, err)
		}
		addrs[i] = a.WithZone("").Unmap()
	}
	if i := slices.Index(addrs, last); i > 0 {
		addrs[0], addrs[i] = addrs[i], addrs[0]
	}
	return addrs, nil
}
