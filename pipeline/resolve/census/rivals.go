package census

import (
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
)

// rivals counts the companies of the registry that agree with a listing in
// what its firm agrees in. Only keys that some listing needs are counted, so
// that it is as large as the listings and not as the registry.
type rivals struct {
	at     map[uint64]int
	counts []atomic.Int32
	asking bool // the keys are still being collected
}

func (r *rivals) count(key uint64) int {
	if r.asking {
		if _, ok := r.at[key]; !ok {
			r.at[key] = len(r.at)
		}
		return 0
	}
	i, ok := r.at[key]
	if !ok {
		return 0
	}
	return int(r.counts[i].Load())
}

func (r *rivals) add(key uint64) {
	if i, ok := r.at[key]; ok {
		r.counts[i].Add(1)
	}
}

// Keys of a name: in a town, in a region, anywhere, with a legal form or
// without.
func nameKey(name uint64, level, form, place string) uint64 {
	return name ^ sameKey(level, form, place)*0x9e3779b97f4a7c15
}

func townPlace(t *town) string { return t.region.code + t.name }

func (f *firm) nameKey() uint64 {
	if f.sole {
		return f.personKey()
	}
	return f.title.key()
}

// named counts companies of a name at a level, the listing's firm apart.
func (r *rivals) named(s *shown, level, place string, here bool) int {
	f := s.owner
	form := ""
	if !f.sole && s.form == f.form.short {
		form = s.form
	}
	own := f.nameKey()
	n := r.count(nameKey(own, level, form, place))
	found := here
	if s.key != own {
		n += r.count(nameKey(s.key, level, form, place))
		found = found || s.troubles&TroubleInitials != 0 && here
	}
	if found {
		n--
		if s.troubles&TroubleInitials != 0 {
			n-- // under its initials too
		}
	}
	return n
}

// inTown counts the others of the name in the listing's town.
func (r *rivals) inTown(s *shown) int {
	return r.named(s, "town", townPlace(s.town), s.town == s.owner.seat.town)
}

// byName counts the companies that agree in name and place as well as the
// listing's firm does.
func (r *rivals) byName(s *shown) int {
	seat := s.owner.seat.town
	if s.town == nil {
		return r.named(s, "all", "", true)
	}
	n := r.inTown(s)
	switch {
	case s.town == seat:
	case s.town.region == seat.region:
		n += r.named(s, "region", seat.region.code, true)
	default:
		n += r.named(s, "region", s.town.region.code, false) + r.named(s, "all", "", true)
	}
	return n
}

func (r *rivals) byAddress(s *shown) int {
	return r.count(s.owner.seat.key()) - 1
}

// take counts a company.
func (r *rivals) take(m *maker, f *firm) {
	keys := []uint64{f.nameKey()}
	if f.title.told && !f.sole {
		if in := f.title.initials(); in != "" {
			keys = append(keys, sameKey(in))
		}
	}
	for _, key := range keys {
		for _, form := range []string{"", f.form.short} {
			r.add(nameKey(key, "town", form, townPlace(f.seat.town)))
			r.add(nameKey(key, "region", form, f.seat.town.region.code))
			r.add(nameKey(key, "all", form, ""))
		}
	}
	if k := m.known(f); k.address {
		r.add(f.seat.key())
	}
}

// countRivals goes through the listings, then through the registry.
func (w *World) countRivals() *rivals {
	r := &rivals{at: map[uint64]int{}, asking: true}
	m := w.maker()
	w.stories(func(scene []shown) bool {
		m.truths(scene, r)
		return true
	})
	r.asking = false
	r.counts = make([]atomic.Int32, len(r.at))
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		group.Go(func() {
			m := w.maker()
			for n := k; n < w.spec.Companies; n += workers {
				f := m.firm(n)
				r.take(m, &f)
			}
		})
	}
	group.Wait()
	return r
}

// Listings yields all listings, and the sites that they show, with the truth.
// The first call counts rivals, which goes once through the registry. The
// observations are the caller's own.
func (w *World) Listings() iter.Seq[Listing] {
	return func(yield func(Listing) bool) {
		r := w.rivals()
		m := w.maker()
		w.stories(func(scene []shown) bool {
			for i, truth := range m.truths(scene, r) {
				if !yield(Listing{Observation: scene[i].obs, Truth: truth}) {
					return false
				}
			}
			return true
		})
	}
}
