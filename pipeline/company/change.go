package company

import (
	"cmp"
	"slices"
)

// Change is one field that differs between two states of an observation.
type Change struct {
	Field    Field
	Key      string
	From, To string // "" = was not there, is not there
}

// InheritFirstSeen copies first-seen days from the stored state and stamps
// values that are new with today. It returns what changed, in field order.
// Both observations must be sorted.
func (o *Observation) InheritFirstSeen(old *Observation, today Date) []Change {
	if old == nil {
		for i := range o.Facts {
			o.Facts[i].FirstSeen = today
		}
		return nil
	}
	was := old.Facts
	if factsOrder(was) == factsUnsorted { // stored under an older order of fields
		sorted := Observation{Facts: slices.Clone(was)}
		sorted.Sort()
		was = sorted.Facts
	}
	var changes []Change
	for i := range o.Facts {
		f := &o.Facts[i]
		for len(was) > 0 && compareIdentity(&was[0], f) < 0 {
			changes = append(changes, goneChange(&was[0]))
			was = was[1:]
		}
		if len(was) > 0 && compareIdentity(&was[0], f) == 0 {
			f.FirstSeen = was[0].FirstSeen
			was = was[1:]
			continue
		}
		f.FirstSeen = today
		changes = append(changes, Change{Field: f.Field, Key: f.Key, To: f.Value})
	}
	for i := range was {
		changes = append(changes, goneChange(&was[i]))
	}
	return pairChanges(changes)
}

func goneChange(f *Fact) Change { return Change{Field: f.Field, Key: f.Key, From: f.Value} }

// pairChanges turns "gone" and "come" of one single or keyed field into one
// "from → to".
func pairChanges(in []Change) []Change {
	slices.SortStableFunc(in, func(a, b Change) int {
		return cmp.Or(compareFields(a.Field, b.Field),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	var out []Change
	for _, c := range in {
		info, _ := c.Field.Info()
		if n := len(out); n > 0 && info.Cardinality != Set {
			last := &out[n-1]
			if last.Field == c.Field && last.Key == c.Key && last.From == "" && c.To == "" {
				last.From = c.From
				continue
			}
		}
		out = append(out, c)
	}
	return out
}
