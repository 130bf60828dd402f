package score

import "obzvon/pipeline/company"

// findings are what a company shows of each segment, and of the vetoes.
type findings struct {
	segments [MaxSegments]finding
	given    Given
	marks    Marks

	maker             codeHit
	competitorWords   textHit
	competitorRubrics textHit
	notOurs           textHit
}

type finding struct {
	main, reported, extra codeHit
	words, rubrics        textHit
}

// codeHit is a code that belongs to a segment. A default code without its
// second sign is noted with lacking set and counts for nothing.
type codeHit struct {
	code    company.OKVED
	level   Level
	lacking bool
}

// textHit is what was found in which value. The text is for evidence only and
// left out of rows.
type textHit struct {
	text  string
	value *company.Value
}

// note keeps the first hit: values come in the order of their fields, so a
// name goes before an address.
func (h *textHit) note(v *company.Value, text string) {
	if h.value == nil {
		h.text, h.value = text, v
	}
}

func (f *finding) match() Match {
	return matchOf(f.main.level, f.reported.level, f.extra.level, f.words.value != nil, f.rubrics.value != nil)
}
