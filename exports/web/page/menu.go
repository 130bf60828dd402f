package page

import "strings"

// Group is the links of one section.
type Group struct {
	Title string
	Links []Link
	Here  bool // the page is one of its
}

// Href is where the group begins.
func (g Group) Href() string { return g.Links[0].Href }

// menuOf is the menu for a user who is on a page. Whoever has one group alone sees
// its links at once; the others choose a group first.
func menuOf(all []Group, u User, path string) []Group {
	if u.Name == "" || u.OneTime {
		return nil
	}
	var out []Group
	for _, g := range all {
		own := Group{Title: g.Title}
		for _, l := range g.Links {
			if u.Has(l.Roles...) {
				own.Links = append(own.Links, l)
				own.Here = own.Here || under(path, l.Href)
			}
		}
		if len(own.Links) > 0 {
			out = append(out, own)
		}
	}
	return out
}

// under tells whether a page is that of a link or below it.
func under(path, href string) bool {
	return path == href || strings.HasPrefix(path, strings.TrimRight(href, "/")+"/")
}
