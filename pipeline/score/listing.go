package score

import "obzvon/pipeline/company"

// Listing tells whether a listing without ИНН shows a word or rubric of some
// segment and nothing that keeps its firm off every list: whether it is worth
// a person's while to find out whose it is.
func (m *Matcher) Listing(o *company.Observation) bool {
	c := company.Company{Values: make([]company.Value, 0, len(o.Facts))}
	for _, fact := range o.Facts {
		c.Values = append(c.Values, company.Value{Fact: fact, Source: o.Source, SourceKey: o.Key, Wins: true})
	}
	r := m.borrow()
	defer m.readers.Put(r)
	r.found = findings{}
	r.findTexts(&c)
	if markVeto(r.found.marks) != "" {
		return false
	}
	for i := range r.found.segments {
		if s := &r.found.segments[i]; s.words.value != nil || s.rubrics.value != nil {
			return true
		}
	}
	return false
}
