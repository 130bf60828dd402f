package website

import (
	"net/url"
	"slices"
)

// linked lists by their pages the links that are remembered, in the order in
// which they were found.
func (s *siteMemory) linked() map[string][]linkMemory {
	out := map[string][]linkMemory{}
	for i := range s.Pages {
		p := &s.Pages[i]
		out[p.From] = append(out[p.From], p.link())
	}
	for _, l := range s.Links {
		out[l.From] = append(out[l.From], l)
	}
	for _, l := range out {
		slices.SortStableFunc(l, func(a, b linkMemory) int { return a.Order - b.Order })
	}
	return out
}

// leave writes down at the end of a visit what was not reached: links to go by
// next time, and those of the known pages that may be there still.
func (v *visit) leave(old *siteMemory) {
	waiting := map[string]bool{}
	for i := range v.front.waiting {
		waiting[v.front.waiting[i].key] = true
	}
	v.missing(old, waiting)
	for _, steps := range [][]step{v.undone, v.front.rest(maxLinksKept + len(v.out.missed))} {
		for i := range steps {
			v.out.links = append(v.out.links, steps[i].memory())
		}
	}
	for _, l := range old.Links {
		if v.out.missed[l.From] {
			v.out.links = append(v.out.links, l) // what it stands on was not seen
		}
	}
}

// missing finds the known pages that were not reached and may be there: all, if
// the visit was cut; else those that are linked still, and what they led to. One
// that was asked for and is not there any more is not among them.
func (v *visit) missing(old *siteMemory, waiting map[string]bool) {
	for i := range v.out.pages {
		if u, err := url.Parse(v.out.pages[i].Found.URL); err == nil {
			v.settled[canonical(u)] = true
		}
	}
	v.out.missed = map[string]bool{}
	for more := true; more; {
		more = false
		for i := range old.Pages {
			p := &old.Pages[i]
			u, err := url.Parse(p.Found.URL)
			if err != nil || v.out.missed[p.Found.URL] || !v.scope.has(u) || v.settled[canonical(u)] {
				continue
			}
			if v.out.cut || waiting[canonical(u)] || v.out.missed[p.From] {
				v.out.missed[p.Found.URL], more = true, true
			}
		}
	}
}
