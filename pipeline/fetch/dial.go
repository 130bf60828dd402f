package fetch

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// transport is a guest's own: its connections are shared with nobody, few stay
// open, and none is made to an address that was not checked for its request.
func (g *Guest) transport(proxy *url.URL) *http.Transport {
	const longestDial = 10 * time.Second
	dialer := &net.Dialer{Timeout: min(g.timeout, longestDial), KeepAlive: 30 * time.Second}
	t := &http.Transport{
		DisableCompression:  true, // done here, within limits
		TLSHandshakeTimeout: min(g.timeout, longestDial), IdleConnTimeout: 30 * time.Second,
		MaxIdleConns: g.o.Idle, MaxIdleConnsPerHost: 1, MaxResponseHeaderBytes: 64 << 10,
		TLSClientConfig: &tls.Config{RootCAs: g.o.Roots},
	}
	if proxy != nil {
		t.Proxy = http.ProxyURL(proxy)
		t.DialContext = dialer.DialContext
		return t
	}
	dialer.ControlContext = g.guard.control
	t.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		to, ok := ctx.Value(destination{}).(netip.AddrPort)
		if !ok {
			return nil, fmt.Errorf("%w: nobody checked it", ErrBlocked)
		}
		if p, ok := g.o.Ports[to.Port()]; ok {
			to = netip.AddrPortFrom(to.Addr(), p)
		}
		return dialer.DialContext(ctx, network, to.String())
	}
	return t
}

// hostPort joins what url.URL took apart.
func hostPort(host, port string) string {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "" {
		return host
	}
	return host + ":" + port
}
