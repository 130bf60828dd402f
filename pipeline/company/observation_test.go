package company

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestSortDropsRepeats(t *testing.T) {
	facts := []Fact{
		{Field: FieldPhone, Value: "+79070000002"},
		{Field: FieldPhone, Value: "+79070000001", Note: "отдел продаж"},
		{Field: FieldPhone, Value: "+79070000001"},
		{Field: FieldRevenue, Key: "2024", Value: "5", Date: 10},
		{Field: FieldRevenue, Key: "2024", Value: "5", Date: 20},
		{Field: FieldRevenue, Key: "2023", Value: "5"},
		{Field: FieldNameShort, Value: "ООО «Вега»"},
		{Field: "later.field", Value: "x"},
	}
	want := []Fact{
		{Field: FieldNameShort, Value: "ООО «Вега»"},
		{Field: FieldPhone, Value: "+79070000001", Note: "отдел продаж"},
		{Field: FieldPhone, Value: "+79070000002"},
		{Field: FieldRevenue, Key: "2023", Value: "5"},
		{Field: FieldRevenue, Key: "2024", Value: "5", Date: 20},
		{Field: "later.field", Value: "x"},
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		o := Observation{Facts: append([]Fact(nil), facts...)}
		rng.Shuffle(len(o.Facts), func(i, j int) { o.Facts[i], o.Facts[j] = o.Facts[j], o.Facts[i] })
		o.Sort()
		if !reflect.DeepEqual(o.Facts, want) {
			t.Fatalf("got %+v\nwant %+v", o.Facts, want)
		}
	}
}

func TestAddFirstAll(t *testing.T) {
	var o Observation
	o.Add(FieldCity, "")
	o.Add(FieldCity, "Пермь")
	o.Add(FieldPhone, "+79070000001")
	o.Add(FieldPhone, "+79070000002")
	if len(o.Facts) != 3 || o.First(FieldCity) != "Пермь" || o.First(FieldSite) != "" {
		t.Errorf("facts %+v", o.Facts)
	}
	if got := o.All(FieldPhone); !reflect.DeepEqual(got, []string{"+79070000001", "+79070000002"}) {
		t.Errorf("phones %q", got)
	}
}

func TestSameContent(t *testing.T) {
	base := func() Observation {
		return Observation{Source: "a", Key: "1", INN: "7707083893", Date: 5, Origin: "f", Facts: []Fact{{Field: FieldCity, Value: "Пермь", FirstSeen: 3}}}
	}
	tests := []struct {
		name   string
		change func(*Observation)
		same   bool
	}{
		{"nothing", func(*Observation) {}, true},
		{"release date", func(o *Observation) { o.Date = 6 }, true},
		{"origin", func(o *Observation) { o.Origin = "g" }, true},
		{"first seen", func(o *Observation) { o.Facts[0].FirstSeen = 9 }, true},
		{"value", func(o *Observation) { o.Facts[0].Value = "Уфа" }, false},
		{"note", func(o *Observation) { o.Facts[0].Note = "n" }, false},
		{"subject", func(o *Observation) { o.Facts[0].Subject = SubjectSole }, false},
		{"date of the fact", func(o *Observation) { o.Facts[0].Date = 4 }, false},
		{"one more", func(o *Observation) { o.Add(FieldSite, "https://x.ru") }, false},
		{"ИНН", func(o *Observation) { o.INN = "" }, false},
		{"key", func(o *Observation) { o.Key = "2" }, false},
	}
	for _, tt := range tests {
		a, b := base(), base()
		tt.change(&b)
		if got := a.SameContent(&b); got != tt.same {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.same)
		}
		if a.SameContent(&b) != b.SameContent(&a) {
			t.Errorf("%s: not symmetric", tt.name)
		}
	}
}

func TestInheritFirstSeen(t *testing.T) {
	old := Observation{Facts: []Fact{
		{Field: FieldCity, Value: "Уфа", FirstSeen: 1},
		{Field: FieldPhone, Value: "+79070000001", FirstSeen: 2},
		{Field: FieldPhone, Value: "+79070000002", FirstSeen: 2},
		{Field: FieldHeadcount, Key: "2023", Value: "10", FirstSeen: 3},
		{Field: FieldHeadcount, Key: "2024", Value: "11", FirstSeen: 3},
		{Field: FieldStatus, Value: "active", FirstSeen: 1},
	}}
	now := Observation{Facts: []Fact{
		{Field: FieldCity, Value: "Пермь"},
		{Field: FieldPhone, Value: "+79070000001", Note: "касса"},
		{Field: FieldPhone, Value: "+79070000003"},
		{Field: FieldSite, Value: "https://vega.ru"},
		{Field: FieldHeadcount, Key: "2024", Value: "12"},
		{Field: FieldHeadcount, Key: "2025", Value: "10"},
	}}
	old.Sort()
	now.Sort()
	got := now.InheritFirstSeen(&old, 9)
	want := []Change{
		{Field: FieldCity, From: "Уфа", To: "Пермь"},
		{Field: FieldPhone, To: "+79070000003"},
		{Field: FieldPhone, From: "+79070000002"},
		{Field: FieldSite, To: "https://vega.ru"},
		{Field: FieldHeadcount, Key: "2023", From: "10"},
		{Field: FieldHeadcount, Key: "2024", From: "11", To: "12"},
		{Field: FieldHeadcount, Key: "2025", To: "10"},
		{Field: FieldStatus, From: "active"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("changes %+v\nwant %+v", got, want)
	}
	for _, f := range now.Facts {
		day := Date(9)
		if f.Value == "+79070000001" {
			day = 2
		}
		if f.FirstSeen != day {
			t.Errorf("%s %s first seen %d, want %d", f.Field, f.Value, f.FirstSeen, day)
		}
	}
}

func TestInheritFirstSeenOfNew(t *testing.T) {
	o := Observation{Facts: []Fact{{Field: FieldCity, Value: "Пермь"}}}
	if changes := o.InheritFirstSeen(nil, 7); changes != nil || o.Facts[0].FirstSeen != 7 {
		t.Errorf("changes %+v, first seen %d", changes, o.Facts[0].FirstSeen)
	}
}

// Applying the changes to the old values gives the new ones, whatever they are.
func TestChangesLeadFromOldToNew(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		old, now := randomFacts(rng), randomFacts(rng)
		have := map[Fact]bool{}
		for _, f := range old.Facts {
			have[identity(f)] = true
		}
		for _, c := range now.InheritFirstSeen(&old, 9) {
			if c.From == c.To {
				t.Fatalf("change of nothing: %+v", c)
			}
			if c.From != "" {
				delete(have, Fact{Field: c.Field, Key: c.Key, Value: c.From})
			}
			if c.To != "" {
				have[Fact{Field: c.Field, Key: c.Key, Value: c.To}] = true
			}
		}
		want := map[Fact]bool{}
		for _, f := range now.Facts {
			want[identity(f)] = true
		}
		if !reflect.DeepEqual(have, want) {
			t.Fatalf("old %+v\nnow %+v\nled to %+v", old.Facts, now.Facts, have)
		}
	}
}

func randomFacts(rng *rand.Rand) Observation {
	var o Observation
	fields := []Field{FieldCity, FieldPhone, FieldRevenue, FieldStatus, "later.field", "other.field"}
	for range rng.IntN(7) {
		f := Fact{Field: fields[rng.IntN(len(fields))], Value: string(rune('a' + rng.IntN(3)))}
		if info, _ := f.Field.Info(); info.Cardinality == Keyed {
			f.Key = string(rune('1' + rng.IntN(2)))
		}
		o.Facts = append(o.Facts, f)
	}
	o.Sort()
	return o
}
