package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"
)

// closed are the ranges of IANA's special-purpose registries (RFC 6890 and
// what was added since) that no stranger's link may lead to. Metadata services
// of clouds live in them: 169.254.169.254, 100.100.100.200, 192.0.0.192,
// fd00:ec2::254.
var closed = []struct {
	prefix netip.Prefix
	why    string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "unspecified"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},
	{netip.MustParsePrefix("100.64.0.0/10"), "of a carrier's inner network (CGNAT)"},
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.0.0.0/24"), "reserved"},
	{netip.MustParsePrefix("192.0.2.0/24"), "reserved"},
	{netip.MustParsePrefix("192.88.99.0/24"), "reserved"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("198.18.0.0/15"), "reserved"},
	{netip.MustParsePrefix("198.51.100.0/24"), "reserved"},
	{netip.MustParsePrefix("203.0.113.0/24"), "reserved"},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"},
	{netip.MustParsePrefix("::1/128"), "loopback"},
	{netip.MustParsePrefix("::/128"), "unspecified"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "private (NAT64)"},
	{netip.MustParsePrefix("100::/64"), "reserved"},
	{netip.MustParsePrefix("2001::/23"), "reserved"}, // Teredo among them
	{netip.MustParsePrefix("2001:db8::/32"), "reserved"},
	{netip.MustParsePrefix("3fff::/20"), "reserved"},
	{netip.MustParsePrefix("5f00::/16"), "reserved"},
	{netip.MustParsePrefix("fc00::/7"), "private"},
	{netip.MustParsePrefix("fe80::/10"), "link-local"},
	{netip.MustParsePrefix("fec0::/10"), "private"},
	{netip.MustParsePrefix("ff00::/8"), "multicast"},
}

// carriers are ranges of IPv6 that carry an address of IPv4 from the given
// byte on: NAT64 (RFC 6052), 6to4 (RFC 3056), IPv4-compatible (RFC 4291).
var carriers = []struct {
	prefix netip.Prefix
	at     int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12},
	{netip.MustParsePrefix("2002::/16"), 2},
	{netip.MustParsePrefix("::/96"), 12},
}

// guard decides which addresses may be asked.
type guard struct{ allow []netip.Prefix }

// check returns a *BlockedError unless the address may be asked.
func (g guard) check(addr netip.Addr) error {
	addr = addr.WithZone("").Unmap()
	shown := addr.String()
	if g.allowed(addr) {
		return nil
	}
	for _, c := range closed {
		if c.prefix.Contains(addr) {
			return &BlockedError{Address: shown, Why: c.why}
		}
	}
	for _, c := range carriers {
		if !c.prefix.Contains(addr) {
			continue
		}
		b := addr.As16()
		if inner := g.check(netip.AddrFrom4([4]byte(b[c.at : c.at+4]))); inner != nil {
			return &BlockedError{Address: shown, Why: "another form of an address that is not allowed"}
		}
	}
	return nil
}

func (g guard) allowed(addr netip.Addr) bool {
	for _, p := range g.allow {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// control looks at each address that a name led to, just before it is asked.
func (g guard) control(_ context.Context, network, address string, _ syscall.RawConn) error {
	if !strings.HasPrefix(network, "tcp") {
		return fmt.Errorf("%w: %s", ErrBlocked, network)
	}
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrBlocked, address)
	}
	return g.check(a.Addr())
}

// checkHost refuses an address written in a URL: with a proxy the connection
// would not show it.
func (g guard) checkHost(host string) error {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return g.check(netip.AddrFrom4([4]byte{127, 0, 0, 1}))
	}
	if ip := net.ParseIP(host); ip != nil {
		if a, ok := netip.AddrFromSlice(ip); ok {
			return g.check(a)
		}
	}
	return nil
}
