package company

import (
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"
)

// figures makes a company of field, key, value triples said by one source.
func figures(seen Date, triples ...string) Company {
	o := Observation{Source: "set", Key: "7799000017", INN: "7799000017", Date: seen}
	for i := 0; i < len(triples); i += 3 {
		o.Facts = append(o.Facts, Fact{Field: Field(triples[i]), Key: triples[i+1], Value: triples[i+2]})
	}
	o.Sort()
	return Derive("7799000017", []Observation{o}, nil)
}

func TestDoubts(t *testing.T) {
	seen := NewDate(2026, 9, 10)
	for _, c := range []struct {
		name    string
		seen    Date
		triples []string
		want    string // of the only doubt; "" = none
	}{
		{"the known case", seen, []string{"revenue", "2024", "200000000000", "headcount", "2024", "3"}, "выручка 200 млрд ₽ на 3 человек: не верится"},
		{"nothing known but revenue", seen, []string{"revenue", "2024", "200000000000"}, ""},
		{"no revenue", seen, []string{"headcount", "2024", "3", "sme", "", "1"}, ""},
		{"a large works", seen, []string{"revenue", "2024", "200000000000", "headcount", "2024", "9000"}, ""},
		{"at the bound", seen, []string{"revenue", "2024", "3000000000", "headcount", "2024", "3"}, ""},
		{"one rouble over it", seen, []string{"revenue", "2024", "3000000001", "headcount", "2024", "3"}, "выручка 3 млрд ₽ на 3 человек: не верится"},
		{"one person", seen, []string{"revenue", "2024", "1250000000", "headcount", "2024", "1"}, "выручка 1,2 млрд ₽ на 1 человека: не верится"},
		{"twenty-three", seen, []string{"revenue", "2024", "4100000000000", "headcount", "2024", "23"}, "выручка 4,1 трлн ₽ на 23 человека: не верится"},
		{"twelve", seen, []string{"revenue", "2024", "41000000000", "headcount", "2024", "12"}, "выручка 41 млрд ₽ на 12 человек: не верится"},
		{"headcount two years away", seen, []string{"revenue", "2022", "200000000000", "headcount", "2024", "3"}, "выручка 200 млрд ₽ на 3 человек: не верится"},
		{"headcount three years away", seen, []string{"revenue", "2021", "200000000000", "headcount", "2024", "3"}, ""},
		{"the nearest year counts", seen, []string{"revenue", "2023", "200000000000", "headcount", "2023", "900", "headcount", "2024", "3"}, ""},
		{"of two as near the greater", seen, []string{"revenue", "2023", "200000000000", "headcount", "2022", "900", "headcount", "2024", "3"}, ""},
		{"a zero of the year is not known", seen, []string{"revenue", "2024", "200000000000", "headcount", "2024", "0", "headcount", "2023", "3"}, "выручка 200 млрд ₽ на 3 человек: не верится"},
		{"headcount is no number", seen, []string{"revenue", "2024", "200000000000", "headcount", "2024", "около 3"}, ""},
		{"revenue is no number", seen, []string{"revenue", "2024", "свыше миллиарда", "headcount", "2024", "3"}, ""},
		{"a great loss", seen, []string{"revenue", "2024", "-200000000000", "headcount", "2024", "3", "sme", "", "1"}, ""},
		{"micro", seen, []string{"revenue", "2025", "1200000001", "sme", "", "1"}, "выручка 1,2 млрд ₽ у микропредприятия (до 120 млн ₽): не верится"},
		{"micro that grows", seen, []string{"revenue", "2025", "1200000000", "sme", "", "1"}, ""},
		{"micro without staff", seen, []string{"revenue", "2025", "5000000000", "sme", "", "1", "headcount", "2025", "0"}, "выручка 5 млрд ₽ у микропредприятия (до 120 млн ₽): не верится"},
		{"small", seen, []string{"revenue", "2025", "8000000001", "sme", "", "2"}, "выручка 8 млрд ₽ у малого предприятия (до 800 млн ₽): не верится"},
		{"medium", seen, []string{"revenue", "2025", "20000000001", "sme", "", "3"}, "выручка 20 млрд ₽ у среднего предприятия (до 2 млрд ₽): не верится"},
		{"medium that grows", seen, []string{"revenue", "2025", "20000000000", "sme", "", "3"}, ""},
		{"micro now, great then", seen, []string{"revenue", "2022", "5000000000", "sme", "", "1"}, ""},
		{"the category has no date", 0, []string{"revenue", "2012", "5000000000", "sme", "", "1"}, "выручка 5 млрд ₽ у микропредприятия (до 120 млн ₽): не верится"},
		{"a known headcount outweighs the category", seen, []string{"revenue", "2025", "5000000000", "sme", "", "1", "headcount", "2025", "15"}, ""},
		{"no such category", seen, []string{"revenue", "2025", "5000000000", "sme", "", "4"}, ""},
	} {
		company := figures(c.seen, c.triples...)
		got := company.Doubts()
		var want []Doubt
		if c.want != "" {
			v, _, _ := company.Latest(FieldRevenue)
			want = []Doubt{{Field: FieldRevenue, Key: v.Key, Value: v.Value, Why: c.want}}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, want)
		}
	}
}

// Years are judged apart, and only what wins is judged.
func TestDoubtsOfYears(t *testing.T) {
	c := Derive("7799000017", []Observation{
		{Source: "a", Key: "1", INN: "7799000017", Facts: []Fact{
			{Field: FieldHeadcount, Key: "2024", Value: "3"},
			{Field: FieldRevenue, Key: "2022", Value: "90000000000"},
			{Field: FieldRevenue, Key: "2023", Value: "90000000"},
			{Field: FieldRevenue, Key: "2024", Value: "80000000"},
		}},
		{Source: "b", Key: "1", INN: "7799000017", Facts: []Fact{{Field: FieldRevenue, Key: "2024", Value: "80000000000"}}},
	}, Standings{"a": {Trust: 90}, "b": {Trust: 10}})
	got := c.Doubts()
	if len(got) != 1 || got[0].Key != "2022" {
		t.Errorf("%+v, want one doubt, of 2022", got)
	}
}

// More people never make a doubt, more revenue never lifts one.
func TestDoubtsAreMonotone(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 9))
	doubted := 0
	for range 2000 {
		revenue, heads := rng.Int64N(40_000_000_000), 1+rng.Int64N(40)
		of := func(revenue, heads int64) int {
			c := figures(0, "revenue", "2024", strconv.FormatInt(revenue, 10), "headcount", "2024", strconv.FormatInt(heads, 10))
			return len(c.Doubts())
		}
		base := of(revenue, heads)
		doubted += base
		if of(revenue, heads+1) > base || of(revenue+perHeadMax, heads) < base {
			t.Fatalf("%d roubles of %d people: %d doubts, not so with one more of either", revenue, heads, base)
		}
		if want := revenue > heads*perHeadMax; (base == 1) != want {
			t.Fatalf("%d roubles of %d people: %d doubts", revenue, heads, base)
		}
	}
	if doubted < 200 || doubted > 1800 {
		t.Errorf("%d of 2000 doubted: the property is not tried on both sides", doubted)
	}
}

func TestNoDoubtCostsNothing(t *testing.T) {
	for name, c := range map[string]Company{
		"no revenue":  figures(0, "headcount", "2024", "3", "sme", "", "1"),
		"plain":       figures(0, "headcount", "2024", "3", "revenue", "2024", "90000000"),
		"great works": figures(0, "headcount", "2024", "9000", "revenue", "2024", "90000000000"),
	} {
		if n := testing.AllocsPerRun(100, func() {
			if c.Doubts() != nil {
				t.Fatal("a doubt")
			}
		}); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func BenchmarkDoubts(b *testing.B) {
	c := figures(0, "headcount", "2023", "40", "headcount", "2024", "42", "revenue", "2023", "90000000", "revenue", "2024", "1900000000", "sme", "", "2")
	b.ReportAllocs()
	for b.Loop() {
		if len(c.Doubts()) != 0 {
			b.Fatal("a doubt")
		}
	}
}
