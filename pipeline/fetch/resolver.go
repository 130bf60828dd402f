package fetch

import (
	"context"
	"errors"
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

// literal reads a host written as an address. Other spellings of one, like
// 127.1 and 0x7f000001, which some resolvers and proxies read, are refused:
// what ends in a number is no name (WHATWG URL, "ends in a number").
func literal(host string) (addr netip.Addr, is bool, err error) {
	if addr, err := netip.ParseAddr(host); err == nil && addr.Zone() == "" {
		return addr.Unmap(), true, nil
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	digits := strings.Trim(last, "0123456789") == ""
	hex := strings.HasPrefix(last, "0x") && strings.Trim(last[2:], "0123456789abcdef") == ""
	if digits || hex || strings.ContainsAny(host, ":%") {
		return netip.Addr{}, false, fmt.Errorf("%w: %s is an address in a spelling that is not accepted", ErrBlocked, host)
	}
	return netip.Addr{}, false, nil
}

// resolve finds the addresses of a host, every one of them such as may be
// asked, the one that answered last first.
func (g *Guest) resolve(ctx context.Context, host string, last netip.Addr) ([]netip.Addr, error) {
	addr, is, err := literal(host)
	if err != nil {
		return nil, err
	}
	if is {
		return []netip.Addr{addr}, g.guard.check(addr)
	}
	if err := g.guard.checkHost(host); err != nil || g.resolver == nil {
		return nil, err
	}
	ctx, dog := watch(ctx, g.clock, g.timeout)
	defer dog.stop()
	addrs, err := g.resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		err = dog.explain(err)
		if errors.Is(err, context.Canceled) && ctx.Err() != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", ErrName, err)
	}
	if len(addrs) == 0 {
		return nil, fmt.Errorf("%w: %s has no address", ErrName, host)
	}
	addrs = slices.Clone(addrs)
	for i, a := range addrs {
		if err := g.guard.check(a); err != nil {
			return nil, fmt.Errorf("%s: %w", host, err)
		}
		addrs[i] = a.WithZone("").Unmap()
	}
	if i := slices.Index(addrs, last); i > 0 {
		addrs[0], addrs[i] = addrs[i], addrs[0]
	}
	return addrs, nil
}
