package score

import (
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// nameRule finds legal names by words, forms included. An abbreviation counts
// as the form only: ЖСК «Обской» is a co-operative, ООО «ЖСК» is a builder.
type nameRule struct {
	words lexicon // looked for anywhere
	forms lexicon // looked for in the form
}

func (r *nameRule) add(entries []string) {
	for _, e := range entries {
		words := company.FoldWords(e)
		r.forms.add(0, []string{e})
		if len(words) > 1 || len(words) == 1 && utf8.RuneCountInString(words[0]) > abbreviation {
			r.words.add(0, []string{e})
		}
	}
}

// find calls found for every entry that the name fits. Where company.ParseName
// knows no form, the first word of the name stands in its place.
func (r *nameRule) find(form company.LegalForm, name []string, found func(owner int, matched []string)) {
	forms := name[:min(len(name), 1)]
	if form != "" {
		forms = company.FoldWords(string(form))
	}
	r.forms.find(forms, found)
	r.words.find(name, found)
}
