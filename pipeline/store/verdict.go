package store

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"obzvon/pipeline/company"
)

// Compare orders ids by source, then key, each by its bytes.
func (id ObservationID) Compare(other ObservationID) int {
	return cmp.Or(cmp.Compare(id.Source, other.Source), cmp.Compare(id.Key, other.Key))
}

// Compare orders decisions by id, then ИНН.
func (d Decision) Compare(other Decision) int {
	return cmp.Or(d.ID.Compare(other.ID), cmp.Compare(d.INN, other.INN))
}

// Verdicts are people's decisions in the form in which joins are held against
// them.
type Verdicts struct {
	byID map[ObservationID]verdict
}

type verdict struct {
	confirmed *Decision // the latest Same=true
	denied    map[company.INN]bool
}

// NewVerdicts arranges decisions. Of several that confirm one observation the
// latest stands; of equally late ones that with the greatest ИНН.
func NewVerdicts(decisions []Decision) Verdicts {
	sorted := slices.SortedFunc(slices.Values(decisions), Decision.Compare)
	v := Verdicts{byID: map[ObservationID]verdict{}}
	for _, d := range sorted {
		one := v.byID[d.ID]
		switch {
		case !d.Same:
			if one.denied == nil {
				one.denied = map[company.INN]bool{}
			}
			one.denied[d.INN] = true
		case one.confirmed == nil || !d.At.Before(one.confirmed.At):
			one.confirmed = &d
		}
		v.byID[d.ID] = one
	}
	return v
}

// Join returns what becomes of an observation's join: has tells whether there
// was one and, on return, whether there is.
func (v Verdicts) Join(id ObservationID, j Join, has bool) (Join, bool) {
	one := v.byID[id]
	switch {
	case one.confirmed != nil && has && j.INN == one.confirmed.INN:
		j.Manual = true
		return j, true
	case one.confirmed != nil:
		return Join{ID: id, INN: one.confirmed.INN, Manual: true}, true
	}
	return j, has && !one.denied[j.INN]
}

// IDs returns the observations that people decided on, in order.
func (v Verdicts) IDs() []ObservationID {
	return slices.SortedFunc(maps.Keys(v.byID), ObservationID.Compare)
}

// Over returns the sequence under the decisions: what they deny is left out,
// what they confirm is there, in order of ids. Errors pass through.
func (v Verdicts) Over(seq iter.Seq2[Join, error]) iter.Seq2[Join, error] {
	return func(yield func(Join, error) bool) {
		pending := v.IDs()
		alone := func(id ObservationID) bool {
			j, there := v.Join(id, Join{}, false)
			return !there || yield(j, nil)
		}
		for j, err := range seq {
			if err != nil {
				yield(Join{}, err)
				return
			}
			for len(pending) > 0 && pending[0].Compare(j.ID) < 0 {
				if !alone(pending[0]) {
					return
				}
				pending = pending[1:]
			}
			if len(pending) > 0 && pending[0] == j.ID {
				pending = pending[1:]
			}
			if j, there := v.Join(j.ID, j, true); there && !yield(j, nil) {
				return
			}
		}
		for _, id := range pending {
			if !alone(id) {
				return
			}
		}
	}
}

// CloneJoin returns a copy that shares no memory but strings.
func CloneJoin(j Join) Join {
	j.Evidence = append([]Evidence(nil), j.Evidence...)
	return j
}
