package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"obzvon/exports/web/page"
)

// policy lets nothing in but our own files: no script or style within a page, no
// frame, no other host.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// outer is what holds for every request: the host's name, headers, the address
// it comes from, and that no other site sends it.
func (s *Server) outer(next http.Handler) http.Handler {
	forged := http.NewCrossOriginProtection()
	forged.SetDenyHandler(http.HandlerFunc(s.denyForged))
	inner := forged.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cache-Control", "no-store") // pages hold phones; assets say otherwise
		if s.Kit.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		r = r.WithContext(page.WithAddress(r.Context(), s.address(r)))
		if !s.knownHost(r) {
			// A stranger's name that points here would make a foreign page our own.
			http.Error(w, "this server does not answer to that name: see web.public_url in the config", http.StatusMisdirectedRequest)
			return
		}
		inner.ServeHTTP(w, r)
	})
}

func (s *Server) denyForged(w http.ResponseWriter, r *http.Request) {
	if err := s.Kit.Refuse(r, "forged request", r.Method); err != nil {
		s.complain(w, r, err)
		return
	}
	s.complain(w, r, page.Forbidden("Запрос пришёл с чужой страницы, поэтому не выполнен. Откройте обзвон по его адресу и повторите."))
}

func (s *Server) knownHost(r *http.Request) bool {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	return len(s.Hosts) == 0 || slices.ContainsFunc(s.Hosts, func(h string) bool { return strings.EqualFold(h, host) })
}

// address is where the request comes from: the peer, or behind proxies that are
// trusted the last address that none of them has.
func (s *Server) address(r *http.Request) string {
	peer, ok := parseAddress(r.RemoteAddr)
	if !ok {
		return ""
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(peer); i-- {
		next, ok := parseAddress(strings.TrimSpace(hops[i]))
		if !ok {
			break
		}
		peer = next
	}
	return peer.String()
}

func (s *Server) trusted(a netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

func parseAddress(text string) (netip.Addr, bool) {
	if ap, err := netip.ParseAddrPort(text); err == nil {
		return ap.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(text)
	return a.Unmap().WithZone(""), err == nil
}
