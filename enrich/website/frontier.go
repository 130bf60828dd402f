package website

import "github.com/gocolly/colly/v2"

// again is by how much each page already read of a topic lowers the next one
// of it, so that thirty pages of branches do not stand before the requisites.
const again = 8

// step is a page to be visited.
type step struct {
	link
	depth int    // links away from the home page
	from  string // address of the page that leads here; "" = none
	order int

	request *colly.Request // by which that page was fetched; nil = it was not
	part    topic          // of topicSame: what that page is about
}

// memory is what is kept of a step that was not made.
func (s *step) memory() linkMemory {
	return linkMemory{URL: s.url.String(), Topic: s.topic, From: s.from, Weight: s.weight, Depth: s.depth, Order: s.order}
}

// as is what the page is about.
func (s *step) as() topic {
	if s.topic == topicSame && s.part != "" {
		return s.part
	}
	return s.topic
}

// frontier holds the pages of one site that may be visited, each once.
type frontier struct {
	waiting []step
	known   map[string]bool
	read    map[topic]int // pages read
	count   int
}

// maxWaiting bounds the frontier; the heaviest stay.
const maxWaiting = 500

func newFrontier() *frontier {
	return &frontier{known: map[string]bool{}, read: map[topic]int{}}
}

// add takes a step unless its page was there before.
func (f *frontier) add(s step) {
	if s.key == "" {
		s.key = canonical(s.url)
	}
	for i := range f.waiting {
		if w := &f.waiting[i]; w.key == s.key && w.weight < s.weight {
			w.link = s.link // named better on another page
			return
		}
	}
	if f.known[s.key] || len(f.waiting) >= maxWaiting {
		return
	}
	f.known[s.key] = true
	f.count++
	s.order = f.count
	f.waiting = append(f.waiting, s)
}

// met marks an address as visited, by whatever way.
func (f *frontier) met(key string) (before bool) {
	before = f.known[key]
	f.known[key] = true
	return before
}

// next takes out the page that is wanted most; those that want no longer holds
// for stay.
func (f *frontier) next(want func(topic) bool) (step, bool) {
	best, most := -1, 0
	for i := range f.waiting {
		s := &f.waiting[i]
		if !want(s.topic) {
			continue
		}
		if w := f.weight(s); best < 0 || w > most || w == most && s.order < f.waiting[best].order {
			best, most = i, w
		}
	}
	if best < 0 {
		return step{}, false
	}
	s := f.waiting[best]
	f.waiting = append(f.waiting[:best], f.waiting[best+1:]...)
	return s, true
}

// rest takes out the pages that would come next, up to so many.
func (f *frontier) rest(most int) []step {
	var out []step
	for len(out) < most {
		s, ok := f.next(func(topic) bool { return true })
		if !ok {
			break
		}
		f.read[s.topic]++
		out = append(out, s)
	}
	return out
}

func (f *frontier) weight(s *step) int {
	return s.weight - again*f.read[s.topic] - 5*max(0, s.depth-1)
}
