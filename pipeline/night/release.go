package night

import (
	"iter"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// release gathers a registry's observations. Of one key in several members or
// files the newest stays; of equal dates the one that came first, so that the
// outcome does not depend on anything but the input.
type release struct {
	all     []company.Observation
	newest  map[string]int // key → index in all
	release pipeline.Release
	seen    bool
	gaps    bool
}

func (r *release) add(b pipeline.Batch) {
	for _, o := range b.Observations {
		if i, ok := r.newest[o.Key]; ok {
			if o.Date > r.all[i].Date {
				r.all[i] = o
			}
			continue
		}
		r.newest[o.Key] = len(r.all)
		r.all = append(r.all, o)
	}
	r.gaps = r.gaps || len(b.Gaps) > 0
	// Of two releases together neither is whole: a firm that only the older
	// one holds would stay for ever, one that only the newer lacks would go.
	same := !r.seen || r.release.ID == b.Release.ID
	whole := b.Release.Whole && !r.gaps && same && (!r.seen || r.release.Whole)
	if b.Release.Date >= r.release.Date {
		r.release = b.Release
	}
	r.release.Whole = whole
	r.seen = true
}

func (r *release) sorted() iter.Seq2[company.Observation, error] {
	slices.SortFunc(r.all, func(a, b company.Observation) int { return strings.Compare(a.Key, b.Key) })
	return func(yield func(company.Observation, error) bool) {
		for _, o := range r.all {
			if !yield(o, nil) {
				return
			}
		}
	}
}
