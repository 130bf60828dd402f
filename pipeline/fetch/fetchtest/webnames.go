package fetchtest

import (
	"context"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"obzvon/pipeline/fetch"
)

// Resolver knows the names of the web's hosts.
func (w *Web) Resolver() fetch.Resolver { return names{w} }

type names struct{ web *Web }

// LookupNetIP implements fetch.Resolver.
func (n names) LookupNetIP(ctx context.Context, _, host string) ([]netip.Addr, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	n.web.mu.Lock()
	defer n.web.mu.Unlock()
	n.web.lookups[host]++
	if lies := n.web.lies[host]; len(lies) > 0 {
		if len(lies) > 1 {
			n.web.lies[host] = lies[1:]
		}
		if len(lies[0]) == 0 {
			return nil, unknown(host)
		}
		return append([]netip.Addr(nil), lies[0]...), nil
	}
	if s := n.web.sites[host]; s != nil {
		return []netip.Addr{s.address}, nil
	}
	return nil, unknown(host)
}

func unknown(host string) error {
	return &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

// Lie makes the resolver answer for a name with these addresses, one answer
// for each lookup, the last for all that follow; an empty one is "no such
// host". No answers end the lying. The host itself answers still under its own
// address (AddressOf).
func (w *Web) Lie(name string, answers ...[]netip.Addr) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lies[strings.ToLower(name)] = answers
}

// AddressOf is where a host lives; an unknown one nowhere.
func (w *Web) AddressOf(name string) netip.Addr {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.sites[strings.ToLower(name)]; s != nil {
		return s.address
	}
	return netip.Addr{}
}

// Lookups is how often a name was looked up.
func (w *Web) Lookups(name string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lookups[strings.ToLower(name)]
}

// dial goes where the resolver says, whatever that is.
func (w *Web) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addrs, err := w.Resolver().LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	switch port {
	case "80":
		port = strconv.Itoa(int(w.plain))
	case "443":
		port = strconv.Itoa(int(w.secure))
	}
	var d net.Dialer
	return d.DialContext(ctx, network, net.JoinHostPort(addrs[0].String(), port))
}
