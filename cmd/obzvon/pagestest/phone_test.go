package pagestest

import (
	"strings"
	"testing"
)

// TestEveryPageFits: each page of every menu, and a company's card, on the screen of
// a phone and on a wide one, with the sample's data.
func TestEveryPageFits(t *testing.T) {
	chromium(t)
	s := start(t)
	s.waitForList(t)
	s.command(t, "", "user", "role", "admin", "--role", "manager,head,analyst,operator", "--manager", "manager-1")
	for name, width := range map[string]int64{"phone": phone, "wide": wide} {
		t.Run(name, func(t *testing.T) {
			p := open(t, width)
			p.enter(s, "admin", s.password)
			seen := map[string]bool{}
			for _, group := range look[[]string](p, `[...document.querySelectorAll(".menu a")].map(a => a.getAttribute("href"))`) {
				p.visit(s.address + group)
				for _, page := range look[[]string](p, `[...document.querySelectorAll(".submenu a")].map(a => a.getAttribute("href"))`) {
					seen[page] = true
				}
			}
			if len(seen) < 14 {
				t.Fatalf("the menus lead to %d pages only: %v", len(seen), seen)
			}
			p.visit(s.address + "/lists")
			for _, link := range []string{`table.calls td.c-co a`, `a[href^="/lists/past"]`} {
				seen[look[string](p, `document.querySelector('`+link+`').getAttribute("href")`)] = true
			}
			for page := range seen {
				p.visit(s.address + page)
				p.see("h1")
				p.fits(page)
				p.shoot(name + strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(page))
				if small := look[int](p, `[...document.querySelectorAll("main button, main a.btn, main summary.btn")].filter(b => b.offsetParent && b.getBoundingClientRect().height < 24).length`); small > 0 {
					t.Errorf("%s has %d buttons that a finger misses", page, small)
				}
			}
		})
	}
}
