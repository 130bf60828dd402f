package website

import "net/url"

// unnamed is what may be remembered of a site where nobody may be named: no page
// and no link whose address is not plain. What leads to one is to be read again,
// since only it tells where that one is.
func (s siteMemory) unnamed() siteMemory {
	plain := func(address string) bool {
		u, err := url.Parse(address)
		return err == nil && plainAddress(u)
	}
	again := map[string]bool{}
	var pages []pageMemory
	var links []linkMemory
	for _, p := range s.Pages {
		if plain(p.Found.URL) {
			pages = append(pages, p)
		} else {
			again[p.From] = true
		}
	}
	for _, l := range s.Links {
		if plain(l.URL) && plain(l.From) {
			links = append(links, l)
		} else {
			again[l.From] = true
		}
	}
	for i := range pages {
		p := &pages[i]
		if !plain(p.From) {
			p.From = ""
		}
		if again[p.Found.URL] {
			p.ETag, p.Modified = "", ""
		}
	}
	s.Pages, s.Links = pages, links
	return s
}
