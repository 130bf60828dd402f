package census

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

func world(t testing.TB, spec Spec) *World {
	t.Helper()
	w, err := New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var small = Spec{Seed: 7, Companies: 12_000, Listings: 1_500}

func TestSpecsThatCannotBe(t *testing.T) {
	for _, spec := range []Spec{
		{Companies: 999, Listings: 100},
		{Companies: MaxCompanies + 1, Listings: 100},
		{Companies: 1000, Listings: 99},
		{Companies: 1000, Listings: 1001},
		{Companies: MaxCompanies, Listings: maxListings + 1},
		{Companies: 1000, Listings: 100, Night: -1},
	} {
		if _, err := New(spec); !errors.Is(err, ErrSpec) {
			t.Errorf("%+v: %v, want ErrSpec", spec, err)
		}
	}
}

// TestRegistryIsOne holds the registry to what registries promise: rising ИНН,
// valid numbers, towns of their regions; and both ways to a company agree.
func TestRegistryIsOne(t *testing.T) {
	w := world(t, small)
	before, n := company.INN(""), 0
	for o := range w.Registry() {
		if o.INN <= before {
			t.Fatalf("%s after %s", o.INN, before)
		}
		before = o.INN
		if _, err := company.ParseINN(string(o.INN)); err != nil {
			t.Fatal(err)
		}
		if ogrn, err := company.ParseOGRN(o.First(company.FieldOGRN)); err != nil || ogrn.Sole() != o.INN.Person() {
			t.Fatalf("%s: %s: %v", o.INN, ogrn, err)
		}
		if own := w.Own(n); !own[0].SameContent(&o) {
			t.Fatalf("%s: Own gives %+v, the registry %+v", o.INN, own[0], o)
		}
		if at, ok := w.Number(o.INN); !ok || at != n {
			t.Fatalf("Number(%s) = %d, %v, want %d", o.INN, at, ok, n)
		}
		n++
	}
	if n != small.Companies {
		t.Errorf("%d companies, want %d", n, small.Companies)
	}
	for _, inn := range []company.INN{"", "770000", "7780000000", "9980000000"} {
		if _, ok := w.Number(inn); ok {
			t.Errorf("Number(%q) finds a company", inn)
		}
	}
}

func TestTownsLieInTheirRegions(t *testing.T) {
	for _, r := range newTables().regions {
		if got, ok := company.RegionByCode(r.code); !ok || got.Name != r.name && !strings.HasPrefix(got.Name, r.name) {
			t.Errorf("%s is %q, not %q", r.code, got.Name, r.name)
		}
		for _, in := range r.towns {
			if code, ok := company.TownRegion(in.name); !in.village && (!ok || code != r.code) && !sharedTown(in.name) {
				t.Errorf("%s: %s lies in %q", r.code, in.name, code)
			}
		}
	}
}

// sharedTown tells a name that several regions have.
func sharedTown(name string) bool {
	return slices.Contains([]string{"Железногорск", "Киров"}, name)
}

func TestPlacesAreABijection(t *testing.T) {
	for _, companies := range []int{1000, 1001, 12_345, 1 << 14} {
		y := newLayout(companies, 500)
		seen := make([]bool, companies)
		for place := range companies {
			n := y.at(place)
			if seen[n] || y.place(n) != place {
				t.Fatalf("of %d: place %d is company %d, which is place %d", companies, place, n, y.place(n))
			}
			seen[n] = true
		}
	}
}

func TestPhonesAreValidAndApart(t *testing.T) {
	seen := map[string]bool{}
	for n := 0; n < allPhones; n += 997 {
		p := phone(n)
		if _, ok := company.PhoneFromValue(p); !ok || seen[p] {
			t.Fatalf("phone %d is %s: valid %v, seen %v", n, p, ok, seen[p])
		}
		seen[p] = true
	}
}

// TestEqualSpecsEqualWorlds goes through a world twice, and through another.
func TestEqualSpecsEqualWorlds(t *testing.T) {
	first, again := slices.Collect(world(t, small).Listings()), slices.Collect(world(t, small).Listings())
	if len(first) != len(again) {
		t.Fatalf("%d listings, then %d", len(first), len(again))
	}
	listings, keys := 0, map[string]bool{}
	for i := range first {
		a, b := &first[i], &again[i]
		if !a.Observation.SameContent(&b.Observation) || a.Truth != b.Truth {
			t.Fatalf("listing %d: %+v, then %+v", i, a, b)
		}
		if !a.Truth.Site {
			listings++
		}
		id := a.Observation.Source + a.Observation.Key
		if keys[id] {
			t.Fatalf("%s comes twice", id)
		}
		keys[id] = true
		if a.Observation.INN != "" {
			t.Fatalf("%s tells its ИНН", id)
		}
	}
	if listings != small.Listings {
		t.Errorf("%d listings, want %d", listings, small.Listings)
	}
	other := small
	other.Seed++
	for l := range world(t, other).Listings() {
		if l.Observation.SameContent(&first[0].Observation) {
			t.Error("another seed gives the same first listing")
		}
		break
	}
}

// TestNightsDifferByAHundredth compares the records of two nights key by key.
func TestNightsDifferByAHundredth(t *testing.T) {
	spec := small
	first := world(t, spec)
	spec.Night = 1
	second := world(t, spec)
	before := map[string]company.Observation{}
	for l := range first.Listings() {
		before[l.Observation.Source+l.Observation.Key] = l.Observation
	}
	all, other := 0, 0
	for l := range second.Listings() {
		if l.Truth.Site {
			continue
		}
		o, ok := before[l.Observation.Source+l.Observation.Key]
		if !ok {
			t.Fatalf("%s is new", l.Observation.Key)
		}
		all++
		if !o.SameContent(&l.Observation) {
			other++
		}
	}
	if got := float64(other) / float64(all); got < 0.004 || got > 0.016 {
		t.Errorf("%.4f of the listings differ, want some 0.01", got)
	}
}

// TestNamesCoincideAsInRegistries holds the chance that two legal entities have
// one name to that of real records: see drawTitle.
func TestNamesCoincideAsInRegistries(t *testing.T) {
	w := world(t, Spec{Seed: 3, Companies: 60_000, Listings: 100})
	m := w.maker()
	counts, all := map[uint64]float64{}, 0.0
	for n := range w.spec.Companies {
		if f := m.base(n); !f.sole {
			counts[f.title.key()]++
			all++
		}
	}
	pairs := 0.0
	for _, n := range counts {
		pairs += n * (n - 1)
	}
	const want = 35.0 / 196_878
	if got := pairs / (all * (all - 1)); math.Abs(got-want) > want/3 {
		t.Errorf("%.2g of pairs share a name, want %.2g", got, want)
	}
}

// TestRatesHold compares the shares that come out with those written down.
func TestRatesHold(t *testing.T) {
	w := world(t, Spec{Seed: 5, Companies: 40_000, Listings: 8_000})
	n := map[string]float64{}
	for l := range w.Listings() {
		if l.Truth.Site {
			continue
		}
		o := &l.Observation
		n["all"]++
		n[o.Source]++
		n["bond "+l.Truth.Bond.String()]++
		for i, name := range troubleNames {
			if l.Truth.Troubles&(1<<i) != 0 {
				n[name]++
			}
		}
		if o.Source == SourceGIS {
			for _, f := range []company.Field{company.FieldPhone, company.FieldEmail, company.FieldSite} {
				if o.First(f) != "" {
					n["gis "+string(f)]++
				}
			}
		}
	}
	for _, c := range []struct {
		what, of string
		from, to float64
	}{
		{"gis phone", SourceGIS, 0.85, 0.92}, // 88 % of the sample
		{"gis email", SourceGIS, 0.17, 0.27}, // 23 %
		{"gis site", SourceGIS, 0.42, 0.55},  // 50 %
		{"stranger", "all", rateOutside - 0.01, rateOutside + 0.01},
		{"franchise", "all", 0.02, rateFranchise + 0.01},
		{"network", "all", rateNetwork - 0.04, rateNetwork + 0.02},
		{"holding", "all", rateHolding - 0.01, rateHolding + 0.01},
		{"typo", "all", 0.02, 0.04},
		{"Latin letters", "all", 0.02, 0.05},
		{"in two directories", "all", 0.08, 0.16},
		{"bond nothing links", "all", 0.03, 0.15},
		{"bond decidable", "all", 0.60, 0.80},
	} {
		if got := n[c.what] / n[c.of]; got < c.from || got > c.to {
			t.Errorf("%s: %.4f of %s, want %.3f to %.3f", c.what, got, c.of, c.from, c.to)
		}
	}
	for _, name := range troubleNames {
		if n[name] == 0 && name != "lookalike letter" {
			t.Errorf("no listing has the trouble %q", name)
		}
	}
}

// TestSharedPhonesStayInTheirTowns holds the pools of phones apart: no
// bookkeeper and no business centre has the number of another.
func TestSharedPhonesStayInTheirTowns(t *testing.T) {
	seen := map[string]string{}
	claim := func(p, who string) {
		if before, ok := seen[p]; ok {
			t.Fatalf("%s has the phone of %s", who, before)
		}
		seen[p] = who
	}
	regions := newTables().regions
	for i := range regions {
		for j := range regions[i].towns {
			in := &regions[i].towns[j]
			for c := range in.centres() {
				claim(in.centrePhone(c), fmt.Sprintf("centre %d of %s", c, in.key()))
			}
			for k := range keepersOfTown {
				claim(keeperPhone(in.number*keepersOfTown+k), fmt.Sprintf("bookkeeper %d of %s", k, in.key()))
			}
		}
	}
	for n := range 1000 {
		claim(phone(phonesOfBuilders+n), "builder")
		claim(phone(phonesOfTrackers+n), "tracker")
	}
}
