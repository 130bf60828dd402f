package store

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"obzvon/pipeline/company"
)

// What differs must be what company.Observation.InheritFirstSeen tells, and so
// must the first-seen days, for few facts and for many.
func TestNetAndStampAgreeWithInheritFirstSeen(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	fields := []company.Field{company.FieldCity, company.FieldPhone, company.FieldRevenue, company.FieldOKVEDExtra, "of tomorrow"}
	some := func(most int) company.Observation {
		o := company.Observation{Source: "s", Key: "k", INN: "7700000001"}
		for range random.IntN(most) {
			f := company.Fact{Field: fields[random.IntN(len(fields))], Value: strconv.Itoa(random.IntN(most))}
			if f.Field == company.FieldRevenue {
				f.Key = strconv.Itoa(2000 + random.IntN(4))
			}
			f.FirstSeen = company.Date(random.IntN(50))
			o.Facts = append(o.Facts, f)
		}
		o.Sort()
		return o
	}
	for n := range 600 {
		most := []int{3, 12, 400}[n%3]
		before, now := some(most), some(most)
		want := CloneObservation(&now)
		changes := want.InheritFirstSeen(&before, 99)
		Stamp(&now, 99, nil, &before, &before)
		if !reflect.DeepEqual(now, want) {
			t.Fatalf("stamped %+v, want %+v, from %+v", now, want, before)
		}
		e, ok := Net(99, &before, &now)
		if ok != (len(changes) > 0) || fmt.Sprint(e.Changes) != fmt.Sprint(changes) {
			t.Fatalf("changes %+v, want %+v", e.Changes, changes)
		}
	}
}

// Of two known states the one before the day's first write has the word: what
// went and came back on one day keeps its day.
func TestStampPrefersTheStateBeforeTheDay(t *testing.T) {
	fact := func(seen company.Date) *company.Observation {
		return &company.Observation{Facts: []company.Fact{{Field: company.FieldCity, Value: "Пермь", FirstSeen: seen}}}
	}
	next := fact(0)
	if Stamp(next, 30, fact(20), fact(10)); next.Facts[0].FirstSeen != 10 {
		t.Errorf("first seen %d, want 10", next.Facts[0].FirstSeen)
	}
	if Stamp(next, 30, fact(20), nil); next.Facts[0].FirstSeen != 20 {
		t.Errorf("first seen %d, want 20", next.Facts[0].FirstSeen)
	}
	if Stamp(next, 30); next.Facts[0].FirstSeen != 30 {
		t.Errorf("first seen %d, want 30", next.Facts[0].FirstSeen)
	}
}
