package website

import (
	"sync"
)

// maxShared bounds what is kept of visits for others who ask for the same
// host, in bytes of their packed pages.
const maxShared = 16 << 20

// share lets several asks for one host have one visit. Who asks after what is
// kept was dropped visits again.
type share struct {
	mu    sync.Mutex
	under map[string]chan struct{} // closed when the visit is over
	over  map[string]packed
	order []string // hosts of over, the oldest first
	size  int
	limit int
}

// packed is a visit kept small.
type packed struct {
	visited
	pages []byte
}

func newShare() *share {
	return &share{under: map[string]chan struct{}{}, over: map[string]packed{}, limit: maxShared}
}

// enter returns what came of the host's visit, or else what to wait for; both
// nil means that the caller is to visit it, and to leave.
func (s *share) enter(host string) (*visited, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.over[host]; ok {
		if v, ok := p.open(); ok {
			return v, nil
		}
		s.drop(host)
	}
	if done, ok := s.under[host]; ok {
		return nil, done
	}
	s.under[host] = make(chan struct{})
	return nil, nil
}

// leave ends a visit; nil came to nothing and is not kept.
func (s *share) leave(host string, v *visited) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.under[host])
	delete(s.under, host)
	if v == nil {
		return
	}
	m := memory{Sites: []siteMemory{{Pages: v.pages}}}
	pages, err := m.deflate()
	if err != nil {
		return
	}
	p := packed{visited: *v, pages: pages}
	p.visited.pages = nil
	s.over[host] = p
	s.order = append(s.order, host)
	for s.size += p.bytes(); s.size > s.limit && len(s.order) > 1; {
		s.drop(s.order[0])
	}
}

func (s *share) drop(host string) {
	if len(s.order) > 0 && s.order[0] == host {
		s.order = s.order[1:]
	}
	s.size -= s.over[host].bytes()
	delete(s.over, host)
}

func (p packed) bytes() int { return len(p.pages) + len(p.home) + 256 }

func (p packed) open() (*visited, bool) {
	m, err := unpack(p.pages)
	if err != nil || len(m.Sites) != 1 {
		return nil, false
	}
	v := p.visited
	v.pages = m.Sites[0].Pages
	return &v, true
}
