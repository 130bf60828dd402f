package intake

import (
	"slices"

	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// countNews counts what a row changes in what stands of its company: a corrected
// copy of a file says most of it over again.
func (f *file) countNews(have []store.Result, result *store.Result) {
	before, _ := funnel.Standing(have)
	after, _ := funnel.Standing(append(slices.Clone(have), *result))
	switch {
	case slices.EqualFunc(before, after, sayTheSame):
		f.Same++
	case slices.ContainsFunc(have, func(r store.Result) bool { return r.List == result.List && r.Day == result.Day }):
		f.Changed++
	default:
		f.New++
	}
}

// sayTheSame tells that two results say the same of one call, whichever file and
// row they are from.
func sayTheSame(a, b store.Result) bool {
	return a.Day == b.Day && a.List == b.List && a.Manager == b.Manager && a.Origin == b.Origin && a.Undated == b.Undated &&
		a.Outcome == b.Outcome && a.Next == b.Next && a.NextAt == b.NextAt && a.Comment == b.Comment && a.Consent == b.Consent &&
		a.Amount == b.Amount && slices.Equal(a.Phones, b.Phones) && a.Person == b.Person && a.Post == b.Post && a.Email == b.Email
}
