package census

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"obzvon/pipeline/company"
)

// Spec says which world it is: equal specs, equal worlds.
type Spec struct {
	Seed      uint64
	Companies int // of the registry
	Listings  int // of directories, sites apart
	// Night is 0 for the first night. Of the listings, and of what the second
	// directory says of companies, a hundredth is other in every later one than
	// in the first.
	Night int
}

// ErrSpec is returned for a world that cannot be made.
var ErrSpec = errors.New("no such world")

// World is a registry and listings with known truth. It holds tables and, once
// listings were asked for, what they need to know of rivals; companies are made
// when they are asked for. It may be used by many goroutines.
type World struct {
	spec         Spec
	tables       *tables
	layout       layout
	from         []int // the first number of each region, and the number of all
	listedPlaces int
	rivals       func() *rivals
}

// New makes a world.
func New(spec Spec) (*World, error) {
	switch {
	case spec.Companies < 1000 || spec.Companies > MaxCompanies:
		return nil, fmt.Errorf("%w: %d companies: want 1000 to %d", ErrSpec, spec.Companies, MaxCompanies)
	case spec.Listings < 100 || spec.Listings > spec.Companies || spec.Listings > maxListings:
		return nil, fmt.Errorf("%w: %d listings: want 100 to the number of companies, at most %d", ErrSpec, spec.Listings, maxListings)
	case spec.Night < 0:
		return nil, fmt.Errorf("%w: night %d", ErrSpec, spec.Night)
	}
	w := &World{spec: spec, tables: newTables(), layout: newLayout(spec.Companies, spec.Listings)}
	w.listedPlaces = min(spec.Companies, w.layout.aloneFrom()+spec.Listings)
	sum := 0.0
	for i := range w.tables.regions {
		w.from = append(w.from, int(sum/w.tables.regionShares*float64(spec.Companies)))
		sum += w.tables.regions[i].share
	}
	w.from = append(w.from, spec.Companies)
	w.rivals = sync.OnceValue(w.countRivals)
	return w, nil
}

// maxListings is for how many there are phones.
const maxListings = 300_000

// Spec returns what the world was made of.
func (w *World) Spec() Spec { return w.spec }

func (w *World) maker() *maker { return &maker{w: w, d: newDraw(), c: newDraw()} }

// number gives the region whose inspection numbered the n-th company, and its
// serial there. Serials rise with n.
func (w *World) number(n int) (*region, int) {
	at := 0
	for n >= w.from[at+1] {
		at++
	}
	size := w.from[at+1] - w.from[at]
	step := max(1, serials/max(1, size))
	i := n - w.from[at]
	return &w.tables.regions[at], serialFrom + i*step + int(scramble(w.spec.Seed, n)%uint64(step))
}

// scramble mixes a seed and a number (the finalizer of splitmix64).
func scramble(seed uint64, n int) uint64 {
	x := seed + uint64(n)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Number finds a company by its ИНН; ok is false for one that the registry does
// not have.
func (w *World) Number(inn company.INN) (n int, ok bool) {
	if len(inn) < 9 {
		return 0, false
	}
	at := slices.IndexFunc(w.tables.regions, func(r region) bool { return r.code == string(inn[:2]) })
	serial, err := strconv.Atoi(string(inn[2:9]))
	if at < 0 || err != nil {
		return 0, false
	}
	step := max(1, serials/max(1, w.from[at+1]-w.from[at]))
	n = w.from[at] + (serial-serialFrom)/step
	if serial < serialFrom || n >= w.from[at+1] {
		return 0, false
	}
	f := w.maker().base(n)
	return n, f.inn == inn
}
