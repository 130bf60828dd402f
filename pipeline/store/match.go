package store

import "obzvon/pipeline/company"

// manyFacts is from how many on a matcher makes a map: few facts are found
// sooner one by one, since those of two states stand in nearly the same places.
const manyFacts = 100

// matcher finds facts by what they say: field, key and value.
type matcher struct {
	facts []company.Fact
	at    int // after the one found last
	byID  map[company.Fact]int
}

func newMatcher(facts []company.Fact) matcher {
	m := matcher{facts: facts}
	if len(facts) >= manyFacts {
		m.byID = make(map[company.Fact]int, len(facts))
		for i := range facts {
			m.byID[identity(&facts[i])] = i
		}
	}
	return m
}

func identity(f *company.Fact) company.Fact {
	return company.Fact{Field: f.Field, Key: f.Key, Value: f.Value}
}

// find returns where the fact stands.
func (m *matcher) find(f *company.Fact) (int, bool) {
	if m.byID != nil {
		i, ok := m.byID[identity(f)]
		return i, ok
	}
	for n, i := 0, m.at; n < len(m.facts); n, i = n+1, i+1 {
		if i >= len(m.facts) {
			i = 0
		}
		if g := &m.facts[i]; g.Value == f.Value && g.Field == f.Field && g.Key == f.Key {
			m.at = i + 1
			return i, true
		}
	}
	return 0, false
}

// changes tells what differs between two states.
func changes(before, now *company.Observation) []company.Change {
	var come, gone company.Observation
	known := newMatcher(before.Facts)
	stays := make([]bool, len(before.Facts))
	for i := range now.Facts {
		if at, ok := known.find(&now.Facts[i]); ok {
			stays[at] = true
		} else {
			come.Facts = append(come.Facts, now.Facts[i])
		}
	}
	for i := range before.Facts {
		if !stays[i] {
			gone.Facts = append(gone.Facts, before.Facts[i])
		}
	}
	return come.InheritFirstSeen(&gone, 0)
}
