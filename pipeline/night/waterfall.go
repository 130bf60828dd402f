package night

import (
	"cmp"
	"slices"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
)

// inTurn puts enrichers in the order in which they are asked: those that config
// names, in its order; then the metered ones from free to dear, which are asked for
// the best leads, those that ask at places last among equals, since registries may
// name the place; then those that only reckon, so that they see what all others have
// found.
func inTurn(order []string, all []Enricher) []Enricher {
	place := func(e *Enricher) int {
		if i := slices.Index(order, e.Section.Name); i >= 0 {
			return i
		}
		return len(order)
	}
	number := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b Enricher) int {
		x, y := a.Enricher.Describe(), b.Enricher.Describe()
		_, atPlaceA := a.Enricher.(pipeline.Placer)
		_, atPlaceB := b.Enricher.(pipeline.Placer)
		return cmp.Or(
			cmp.Compare(place(&a), place(&b)),
			cmp.Compare(number(!x.Metered), number(!y.Metered)),
			cmp.Compare(x.Cost, y.Cost),
			cmp.Compare(number(atPlaceA), number(atPlaceB)),
			cmp.Compare(a.Section.Name, b.Section.Name),
		)
	})
	return out
}

// wants are those of config that an enricher could meet.
type wants struct {
	any  bool // it does not say what it gives: only itself knows what it could add
	some []config.Want
}

func (n *Night) wants(d pipeline.Descriptor) wants {
	if len(d.Gives) == 0 {
		return wants{any: true}
	}
	var w wants
	for _, want := range n.Config.Waterfall.Wanted {
		if slices.ContainsFunc(want.Fields(), func(f company.Field) bool { return slices.Contains(d.Gives, f) && n.may(f) }) {
			w.some = append(w.some, want)
		}
	}
	return w
}

// may tells whether a field may be collected at all.
func (n *Night) may(f company.Field) bool {
	info, _ := f.Info()
	return !info.Person || n.Config.PersonalData.NamedPeople
}

// lacking tells whether the company of a row lacks one of them.
func (w wants) lacking(row *score.Row) bool {
	return w.any || slices.ContainsFunc(w.some, func(want config.Want) bool { return !row.Has(want) })
}

// none tells that nothing is wanted of the enricher.
func (w wants) none() bool { return !w.any && len(w.some) == 0 }
