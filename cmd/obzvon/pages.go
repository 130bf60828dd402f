package main

import (
	"net"
	"net/http"
	"net/url"
	"time"

	"obzvon/exports/web"
	"obzvon/exports/web/page"
	"obzvon/pipeline/gate"
)

// desk is what the pages work on: the house that is in force now, and the gate
// that everybody passes who works on its store.
type desk struct {
	app  *app
	gate *gate.Gate
	live func() *house
}

// wellWithin is how soon a healthy server answers.
const wellWithin = 5 * time.Second

// layPages answers browsers.
func (a *app) layPages(s *server) (http.Handler, error) {
	h := s.houses.own
	kit := &page.Kit{
		Audit: newPageAudit(h.audit, time.Now, func() { s.refused.Add(1); s.gauge.LoginRefused() }), Now: time.Now, Zone: h.zone(), Brand: h.config.Seller.Name,
		Sample: h.sample, Secure: h.config.Web.Secure(),
	}
	d := &desk{app: a, gate: s.gate, live: s.houses.now}
	needs := operatorNeeds{keeper: s.keeper, users: s.users, audit: h.audit, notices: s.rings.last}
	sections, err := d.sections(kit, needs)
	if err != nil {
		return nil, err
	}
	above := &supervisor{keeper: s.keeper, store: h.store, log: s.log}
	return web.New(web.Options{
		Kit: kit, Door: pageDoor{s.door, s.users}, Sections: sections, Log: s.log, Hosts: hosts(h.config.Web.Listen, h.config.Web.PublicURL),
		Proxies: h.config.Web.Proxies(), Idle: h.config.Web.SessionMost, Measure: s.gauge.Route,
		Healthy: func(r *http.Request) error { return above.well(r.Context(), wellWithin) },
	})
}

// sections are all pages of those who are logged in.
func (d *desk) sections(kit *page.Kit, needs operatorNeeds) ([]page.Section, error) {
	var out []page.Section
	for _, part := range []struct {
		title string
		make  func(*page.Kit) (page.Section, error)
	}{
		{"Звонки", d.managerSection},
		{"Руководство", d.headSection},
		{"Аналитика", d.analystSection},
		{"Сервер", func(k *page.Kit) (page.Section, error) { return d.operatorSection(k, needs) }},
	} {
		section, err := part.make(kit)
		if err != nil {
			return nil, err
		}
		section.Title = part.title
		out = append(out, section)
	}
	return out, nil
}

// hosts are the names by which browsers may call a server: its own address and the
// one it is known by. One that listens on every address has more than it knows.
func hosts(listen, public string) []string {
	var out []string
	if u, err := url.Parse(public); err == nil && u.Hostname() != "" {
		out = append(out, u.Hostname())
	}
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return out
	}
	ip := net.ParseIP(host)
	switch {
	case host == "" || ip != nil && ip.IsUnspecified():
		if len(out) == 0 {
			return nil
		}
		return append(out, "localhost", "127.0.0.1", "::1")
	case host == "localhost" || ip != nil && ip.IsLoopback():
		return append(out, "localhost", "127.0.0.1", "::1")
	}
	return append(out, host)
}
