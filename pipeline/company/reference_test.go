package company

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
)

// deriveReference is Derive written the plain way: one sort of everything and
// a map of what is taken.
func deriveReference(inn INN, observations []Observation, standings Standings) Company {
	obs := slices.Clone(observations)
	slices.SortFunc(obs, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Key, b.Key))
	})
	c := Company{INN: inn, Subject: subjectOf(inn), Observations: obs}
	for i := range obs {
		o := &obs[i]
		own := o.INN == inn && !standings[o.Source].Annex
		for _, f := range o.Facts {
			if own && f.FirstSeen != 0 && (c.Known == 0 || f.FirstSeen < c.Known) {
				c.Known = f.FirstSeen
			}
			seen := f.Date
			if seen == 0 {
				seen = max(o.Date, standings[o.Source].Shown)
			}
			c.Values = append(c.Values, Value{Fact: f, Source: o.Source, SourceKey: o.Key, Seen: seen, Joined: o.INN != inn})
		}
	}
	slices.SortFunc(c.Values, func(a, b Value) int {
		if d := cmp.Or(cmp.Compare(a.Field.rank(), b.Field.rank()), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Key, b.Key)); d != 0 {
			return d
		}
		return cmp.Or(
			cmp.Compare(standings[b.Source].Trust, standings[a.Source].Trust),
			cmp.Compare(b.Seen, a.Seen),
			cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.SourceKey, b.SourceKey),
			compareFacts(&a.Fact, &b.Fact),
		)
	})
	markReference(c.Values)
	return c
}

func markReference(values []Value) {
	taken := map[Fact]bool{}
	for i := range values {
		v := &values[i]
		info, _ := v.Field.Info()
		id := Fact{Field: v.Field}
		switch info.Cardinality {
		case Keyed:
			id.Key = v.Key
		case Set:
			id.Value = v.Value
		case Single:
		}
		v.Wins = !taken[id]
		taken[id] = true
	}
}

// inheritReference is InheritFirstSeen by a map.
func inheritReference(o, old *Observation, today Date) []Change {
	var changes []Change
	seen := map[Fact]Date{}
	if old != nil {
		for _, f := range old.Facts {
			seen[identity(f)] = f.FirstSeen
		}
	}
	for i := range o.Facts {
		f := &o.Facts[i]
		id := identity(*f)
		if day, ok := seen[id]; ok {
			f.FirstSeen = day
			delete(seen, id)
			continue
		}
		f.FirstSeen = today
		if old != nil {
			changes = append(changes, Change{Field: f.Field, Key: f.Key, To: f.Value})
		}
	}
	if old != nil {
		for _, f := range old.Facts {
			if _, gone := seen[identity(f)]; gone {
				changes = append(changes, Change{Field: f.Field, Key: f.Key, From: f.Value})
			}
		}
	}
	return pairChanges(changes)
}

func identity(f Fact) Fact { return Fact{Field: f.Field, Key: f.Key, Value: f.Value} }

// sortReference is Observation.Sort without looking whether there is anything
// to sort.
func sortReference(o *Observation) {
	slices.SortStableFunc(o.Facts, func(a, b Fact) int { return compareFacts(&a, &b) })
	o.Facts = slices.CompactFunc(o.Facts, func(a, b Fact) bool { return identity(a) == identity(b) })
}

// randomDossier makes observations of few sources with few values, so that
// they agree, contradict and repeat each other in every way.
func randomDossier(rng *rand.Rand) ([]Observation, Standings) {
	fields := []Field{
		FieldNameShort, FieldCity, FieldPhone, FieldPhone, FieldOKVEDExtra, FieldOKVEDExtra, FieldOKVEDExtra,
		FieldRevenue, FieldHeadcount, FieldBranch, FieldStatus, "later.field", "other.field",
	}
	standings := Standings{}
	for i := range 5 {
		if rng.IntN(4) > 0 {
			standings[string(rune('a'+i))] = Standing{Trust: rng.IntN(3) * 10, Shown: Date(rng.IntN(2) * rng.IntN(9)), Annex: rng.IntN(5) == 0}
		}
	}
	var out []Observation
	for range rng.IntN(7) {
		o := Observation{Source: string(rune('a' + rng.IntN(5))), Key: strconv.Itoa(rng.IntN(40)), Date: Date(rng.IntN(6))}
		if slices.ContainsFunc(out, func(p Observation) bool { return compareIDs(&o, &p) == 0 }) {
			continue
		}
		if rng.IntN(3) > 0 {
			o.INN = "7707083893"
		}
		own := rng.IntN(3) == 0
		for range rng.IntN(25) {
			f := Fact{Field: fields[rng.IntN(len(fields))], Value: strconv.Itoa(rng.IntN(30)), FirstSeen: Date(rng.IntN(5))}
			if info, _ := f.Field.Info(); info.Cardinality == Keyed {
				f.Key = strconv.Itoa(rng.IntN(3))
			}
			if rng.IntN(4) == 0 {
				f.Note = strconv.Itoa(rng.IntN(3))
			}
			if own && rng.IntN(2) == 0 {
				f.Date = Date(rng.IntN(9))
			}
			o.Facts = append(o.Facts, f)
		}
		if rng.IntN(6) > 0 {
			o.Sort()
		}
		out = append(out, o)
	}
	return out, standings
}

func TestDeriveIsThePlainWay(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	var d Deriver
	for range 4000 {
		obs, standings := randomDossier(rng)
		want := deriveReference("7707083893", obs, standings)
		for _, got := range []Company{Derive("7707083893", obs, standings), d.Derive("7707083893", obs, standings)} {
			if len(want.Observations) != len(got.Observations) || len(want.Observations) > 0 && !reflect.DeepEqual(got, want) {
				t.Fatalf("of %+v\nunder %+v\n got %+v\nwant %+v", obs, standings, got, want)
			}
		}
	}
}

func TestSortIsThePlainWay(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 3000 {
		obs, _ := randomDossier(rng)
		for i := range obs {
			rng.Shuffle(len(obs[i].Facts)*rng.IntN(2), func(a, b int) {
				obs[i].Facts[a], obs[i].Facts[b] = obs[i].Facts[b], obs[i].Facts[a]
			})
			want := Observation{Facts: slices.Clone(obs[i].Facts)}
			sortReference(&want)
			for range 2 { // what is sorted stays
				if obs[i].Sort(); !slices.Equal(obs[i].Facts, want.Facts) {
					t.Fatalf("sorted %+v, want %+v", obs[i].Facts, want.Facts)
				}
			}
		}
	}
}

func TestInheritFirstSeenIsThePlainWay(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	for range 3000 {
		obs, _ := randomDossier(rng)
		for i := range obs {
			sortReference(&obs[i])
		}
		for i := range obs {
			now := Observation{Facts: slices.Clone(obs[i].Facts)}
			want := Observation{Facts: slices.Clone(obs[i].Facts)}
			old := &obs[rng.IntN(len(obs))]
			if rng.IntN(3) == 0 { // stored under another order of fields
				old = &Observation{Facts: slices.Clone(old.Facts)}
				slices.Reverse(old.Facts)
			}
			changes, wanted := now.InheritFirstSeen(old, 9), inheritReference(&want, old, 9)
			if !reflect.DeepEqual(changes, wanted) || !slices.Equal(now.Facts, want.Facts) {
				t.Fatalf("of %+v after %+v:\n got %+v\nwant %+v", obs[i].Facts, old.Facts, changes, wanted)
			}
		}
	}
}

func TestRankIsThePlaceInTheTable(t *testing.T) {
	for i, f := range fieldTable {
		if f.Field.rank() != i {
			t.Errorf("%s has rank %d, want %d", f.Field, f.Field.rank(), i)
		}
	}
	for _, f := range []Field{"", "a", "name.ful", "name.fullx", "другое"} {
		if f.rank() != len(fieldTable) {
			t.Errorf("%q has rank %d", f, f.rank())
		}
	}
}
