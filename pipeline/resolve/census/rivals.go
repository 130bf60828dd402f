package census

import (
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// rivals counts the firms of the world, those that the registry does not have
// included, that agree with a listing in what its firm agrees in. Only keys
// that some listing needs are counted, so that it is as large as the listings
// and not as the registry.
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

// Levels at which a name is counted.
const (
	levelTown   = "town"
	levelRegion = "region"
	levelAll    = "all"
)

// nameAt is the key of a name at a level, with a legal form or without.
func nameAt(name uint64, level, form, place string) uint64 {
	return name ^ sameKey(level, form, place)*0x9e3779b97f4a7c15
}

func (t *town) key() string { return t.region.code + t.name }

// nameKey is that of the legal name.
func (f *firm) nameKey() uint64 {
	if f.sole {
		return f.personKey()
	}
	return f.title.key()
}

// keys are all under which a firm is found: by its legal name, in full or by
// initials, where it is registered and where it works; by its sign where it
// works; by its addresses.
func (f *firm) keys() []uint64 {
	var out []uint64
	name := func(key uint64, in *town, forms ...string) {
		for _, form := range forms {
			out = append(out, nameAt(key, levelTown, form, in.key()), nameAt(key, levelRegion, form, in.region.code), nameAt(key, levelAll, form, ""))
		}
	}
	for _, in := range []*town{f.seat.town, f.works.town} {
		name(f.nameKey(), in, "", f.form.short)
		if initials := f.title.initials(); f.title.told && !f.sole && initials != "" {
			name(sameKey(initials), in, "", f.form.short)
		}
	}
	if f.other {
		name(f.sign.key(), f.works.town, "")
	}
	out = append(out, f.seat.key(), f.works.key())
	slices.Sort(out)
	return slices.Compact(out)
}

// others counts those under any of the keys, the listing's firm apart.
func (r *rivals) others(f *firm, keys ...uint64) int {
	own := f.keys()
	slices.Sort(keys)
	n := 0
	for _, key := range slices.Compact(keys) {
		n += r.count(key)
		if _, ok := slices.BinarySearch(own, key); ok && !r.asking {
			n--
		}
	}
	return n
}

// named counts the others of a listing's name at a level.
func (r *rivals) named(s *shown, level, place string) int {
	f := s.owner
	form := ""
	if !f.sole && s.form == f.form.short {
		form = s.form
	}
	return r.others(f, nameAt(f.nameKey(), level, form, place), nameAt(s.key, level, form, place))
}

// inTown counts the others of the name in the listing's town.
func (r *rivals) inTown(s *shown) int { return r.named(s, levelTown, s.town.key()) }

// byName counts the firms that agree in name and place as well as the
// listing's firm does.
func (r *rivals) byName(s *shown) int {
	seat := s.owner.seat.town
	switch {
	case s.town == nil:
		return r.named(s, levelAll, "")
	case s.town == seat:
		return r.inTown(s)
	case s.town.region == seat.region:
		return r.named(s, levelRegion, seat.region.code)
	default:
		return r.named(s, levelAll, "")
	}
}

func (r *rivals) byAddress(s *shown) int { return r.others(s.owner, s.owner.seat.key()) }

// take counts a firm.
func (r *rivals) take(f *firm) {
	for _, key := range f.keys() {
		r.add(key)
	}
}

// strangers is how many firms there are that the registry does not have: so
// many that they are listed as often as companies.
func (w *World) strangers() int {
	return int(float64(w.spec.Companies) * rateOutside / (1 - rateOutside))
}

// countRivals goes through the listings, then through all firms.
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
				r.take(&f)
			}
			for n := k; n < w.strangers(); n += workers {
				f, _ := m.stranger(n)
				r.take(&f)
			}
		})
	}
	group.Wait()
	return r
}

// Listings yields all listings, and the sites that they show, with the truth.
// The first call counts rivals, which goes once through all firms. The
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
