package table

import (
	"cmp"
	"slices"

	"obzvon/pipeline/company"
)

// fold makes one observation of several of one key. Sets are united; for
// single and keyed values the fuller observation speaks. The outcome does not
// depend on their order, but for the origin: that of the row that came first.
func fold(all []company.Observation) company.Observation {
	origin := all[0].Origin
	all = slices.Clone(all)
	slices.SortStableFunc(all, fuller)
	out := all[0]
	out.Origin = origin
	out.Facts = slices.Clone(out.Facts)
	has := map[company.Fact]bool{}
	for _, f := range out.Facts {
		has[factSeat(f)] = true
	}
	for _, o := range all[1:] {
		if out.INN == "" {
			out.INN = o.INN
		}
		for _, f := range o.Facts {
			if seat := factSeat(f); !has[seat] {
				has[seat] = true
				out.Facts = append(out.Facts, f)
			}
		}
	}
	out.Sort()
	return out
}

// fuller puts the observation with more facts first, then the one whose
// content is smaller.
func fuller(a, b company.Observation) int {
	if c := cmp.Or(cmp.Compare(len(b.Facts), len(a.Facts)), cmp.Compare(b.INN, a.INN)); c != 0 {
		return c
	}
	return slices.CompareFunc(a.Facts, b.Facts, func(f, g company.Fact) int {
		return cmp.Or(cmp.Compare(f.Field, g.Field), cmp.Compare(f.Key, g.Key), cmp.Compare(f.Value, g.Value), cmp.Compare(f.Note, g.Note))
	})
}

// factSeat is what only one fact of an observation may hold: the field of a
// single value, field and key of a keyed one, field and value in a set.
func factSeat(f company.Fact) company.Fact {
	info, _ := f.Field.Info()
	seat := company.Fact{Field: f.Field}
	switch info.Cardinality {
	case company.Keyed:
		seat.Key = f.Key
	case company.Set:
		seat.Value = f.Value
	case company.Single:
	}
	return seat
}

// gathering holds back the observations of repeated keys until the last row
// of each has come.
type gathering struct {
	left    map[uint64]int32 // rows still to come, of repeated keys only
	waiting map[string][]company.Observation
	order   []string
}

// repeated counts keys by their hash. Two keys of one hash only wait longer.
type repeated map[uint64]int32

func (r repeated) add(key string) { r[hashOf(key)]++ }

func (r repeated) gathering() *gathering {
	g := &gathering{left: map[uint64]int32{}, waiting: map[string][]company.Observation{}}
	for h, n := range r {
		if n > 1 {
			g.left[h] = n
		}
	}
	return g
}

// waits tells whether rows of this key come more than once.
func (g *gathering) waits(key string) bool { _, ok := g.left[hashOf(key)]; return ok }

// add takes the next row of a repeated key and returns the folded observation
// with the last one.
func (g *gathering) add(o company.Observation) (company.Observation, bool) {
	h := hashOf(o.Key)
	if len(g.waiting[o.Key]) == 0 {
		g.order = append(g.order, o.Key)
	}
	g.waiting[o.Key] = append(g.waiting[o.Key], o)
	if g.left[h]--; g.left[h] > 0 {
		return company.Observation{}, false
	}
	all := g.waiting[o.Key]
	delete(g.waiting, o.Key)
	return fold(all), true
}

// rest returns what still waits, in the order of first rows: keys that share
// a hash, or rows that a file lost while it was read.
func (g *gathering) rest() []company.Observation {
	var out []company.Observation
	for _, key := range g.order {
		if all := g.waiting[key]; len(all) > 0 {
			delete(g.waiting, key)
			out = append(out, fold(all))
		}
	}
	return out
}

// hashOf is FNV-1a, the same in every run.
func hashOf(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
