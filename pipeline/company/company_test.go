package company

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
)

func TestDeriveWinners(t *testing.T) {
	const inn INN = "7707083893"
	obs := []Observation{
		{Source: "registry", Key: "1", INN: inn, Date: 100, Facts: []Fact{
			{Field: FieldNameShort, Value: `ООО "ВЕГА"`},
			{Field: FieldCity, Value: "Пермь"},
			{Field: FieldHeadcount, Key: "2023", Value: "10"},
			{Field: FieldHeadcount, Key: "2024", Value: "12"},
			{Field: FieldPhone, Value: "+79070000001"},
		}},
		{Source: "directory", Key: "70", Date: 200, Facts: []Fact{
			{Field: FieldNameBrand, Value: "Вега-Сервис"},
			{Field: FieldCity, Value: "Краснокамск"},
			{Field: FieldHeadcount, Key: "2024", Value: "15"},
			{Field: FieldPhone, Value: "+79070000001"},
			{Field: FieldPhone, Value: "+79070000002"},
			{Field: FieldBranch, Key: "70", Value: "Ленина, 1"},
		}},
		{Source: "directory", Key: "71", Date: 200, Facts: []Fact{
			{Field: FieldBranch, Key: "71", Value: "Мира, 2"},
			{Field: FieldCity, Value: "Пермь", Date: 300},
		}},
		{Source: "other", Key: "9", INN: inn, Date: 150, Facts: []Fact{{Field: FieldBranch, Key: "9", Value: "Мира, 2"}}},
	}
	c := Derive(inn, obs, Standings{"registry": {Trust: 90}, "directory": {Trust: 40}, "other": {Trust: 40}})
	if c.Subject != SubjectCompany || c.Get(FieldCity) != "Пермь" || c.Name() != `ООО "ВЕГА"` {
		t.Errorf("subject %d, city %q, name %q", c.Subject, c.Get(FieldCity), c.Name())
	}
	if v, _ := c.Winner(FieldCity); v.Source != "registry" || v.Joined {
		t.Errorf("city comes from %+v", v)
	}
	if _, n, ok := c.Latest(FieldHeadcount); !ok || n != 12 {
		t.Errorf("latest headcount %d, %v", n, ok)
	}
	if got := len(c.Winners(FieldPhone)); got != 2 {
		t.Errorf("%d phones win, want 2", got)
	}
	if c.Branches() != 2 {
		t.Errorf("%d branches, want 2", c.Branches())
	}
	if got := c.Sources(); !reflect.DeepEqual(got, []string{"directory", "other", "registry"}) {
		t.Errorf("sources %q", got)
	}
	if c.Updated() != 200 {
		t.Errorf("updated %d", c.Updated())
	}
	v, ok := c.Winner(FieldNameBrand)
	if !ok || !v.Joined {
		t.Errorf("brand %+v should be marked as joined", v)
	}
	// With equal trust the fresher value wins, by the fact's own date.
	c = Derive(inn, obs, nil)
	if v, _ := c.Winner(FieldCity); v.Seen != 300 || v.SourceKey != "71" {
		t.Errorf("city by freshness comes from %+v", v)
	}
}

func TestDeriveOfNothing(t *testing.T) {
	c := Derive("526317984689", nil, nil)
	if c.Subject != SubjectSole || c.Name() != "526317984689" || c.Updated() != 0 || c.Sources() != nil || c.Branches() != 0 {
		t.Errorf("%+v", c)
	}
	if _, _, ok := c.Latest(FieldRevenue); ok {
		t.Error("a number out of nothing")
	}
}

func TestDeriveDoesNotDependOnOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	trust := Standings{"a": {Trust: 50}, "b": {Trust: 50}, "c": {Trust: 70}}
	for range 300 {
		obs := randomObservations(rng)
		want := Derive("7707083893", obs, trust)
		for range 4 {
			shuffled := slices.Clone(obs)
			rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			for i := range shuffled {
				facts := slices.Clone(shuffled[i].Facts)
				rng.Shuffle(len(facts), func(i, j int) { facts[i], facts[j] = facts[j], facts[i] })
				shuffled[i].Facts = facts
			}
			got := Derive("7707083893", shuffled, trust)
			if !reflect.DeepEqual(got.Values, want.Values) {
				t.Fatalf("of %+v\n got %+v\nwant %+v", obs, got.Values, want.Values)
			}
		}
		checkWinners(t, want)
	}
}

// checkWinners: each single field has one winner, each key of a keyed field
// one, each value of a set one, and nothing is lost.
func checkWinners(t *testing.T, c Company) {
	t.Helper()
	wins, seen := map[Fact]int{}, map[Fact]bool{}
	for _, v := range c.Values {
		id := Fact{Field: v.Field}
		switch info, _ := v.Field.Info(); info.Cardinality {
		case Keyed:
			id.Key = v.Key
		case Set:
			id.Value = v.Value
		case Single:
		}
		seen[id] = true
		if v.Wins {
			wins[id]++
		}
	}
	facts := 0
	for _, o := range c.Observations {
		facts += len(o.Facts)
	}
	if facts != len(c.Values) {
		t.Fatalf("%d facts gave %d values", facts, len(c.Values))
	}
	for id := range seen {
		if wins[id] != 1 {
			t.Fatalf("%+v has %d winners", id, wins[id])
		}
	}
}

func randomObservations(rng *rand.Rand) []Observation {
	var out []Observation
	for i := range 1 + rng.IntN(5) {
		o := randomFacts(rng)
		o.Source, o.Key = string(rune('a'+rng.IntN(3))), strconv.Itoa(i)
		o.Date = Date(rng.IntN(3))
		if rng.IntN(2) == 0 {
			o.INN = "7707083893"
		}
		for j := range o.Facts {
			o.Facts[j].Note = string(rune('x' + rng.IntN(2)))
			o.Facts[j].Date = Date(rng.IntN(2) * 5)
		}
		out = append(out, o)
	}
	return out
}

// What is said again in a newer whole release is as fresh as that release,
// though the observation itself was not written again.
func TestDeriveKnowsWhatWasSaidAgain(t *testing.T) {
	said := func(source string, day Date, city string) Observation {
		o := Observation{Source: source, Key: "7707083893", INN: "7707083893", Date: day}
		o.Add(FieldCity, city)
		return o
	}
	obs := []Observation{said("a", 100, "Пермь"), said("b", 200, "Тверь")}
	equal := Standings{"a": {Trust: 50}, "b": {Trust: 50}}
	if c := Derive("7707083893", obs, equal); c.Get(FieldCity) != "Тверь" {
		t.Errorf("city %s, want the newer word", c.Get(FieldCity))
	}
	shown := Standings{"a": {Trust: 50, Shown: 300}, "b": {Trust: 50}}
	c := Derive("7707083893", obs, shown)
	if c.Get(FieldCity) != "Пермь" {
		t.Errorf("city %s, want the word that was said again last", c.Get(FieldCity))
	}
	if v, _ := c.Winner(FieldCity); v.Seen != 300 || shown.Newest(&c) != 300 {
		t.Errorf("seen %d, newest %d, want 300", v.Seen, shown.Newest(&c))
	}
}
