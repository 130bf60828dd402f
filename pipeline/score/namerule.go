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

func (r *nameRule) seal() {
	r.words.seal()
	r.forms.seal()
}

// find calls found for every entry that the name fits. Where company.ParseName
// knows no form, the first word of the name stands in its place.
func (r *nameRule) find(form, name []byte, found func(owner int, matched []byte)) {
	if len(form) == 0 {
		form = name[:wordEnd(name, 0)]
	}
	r.forms.find(form, found)
	r.words.find(name, found)
}
