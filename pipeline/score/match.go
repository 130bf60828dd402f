package score

import (
	"errors"
	"fmt"
	"sync"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// ErrTooMany says that the segments file has more segments or groups than a
// row or a scorer has room for.
var ErrTooMany = errors.New("too many entries in the segments file")

// Matcher compares companies with the match part of the segments file: codes,
// words, rubrics and the rules of vetoes. It may be used by many goroutines.
type Matcher struct {
	codes   codeTree
	words   lexicon
	domains *domainWords
	rubrics lexicon

	makerCodes        []company.OKVED
	competitorWords   lexicon
	competitorRubrics lexicon
	competitorINNs    map[company.INN]bool
	notOurs           nameRule

	phones  company.PhoneKinds
	readers sync.Pool // of *RowReader, for those who have none of their own
}

// NewMatcher prepares the rules of the segments file.
func NewMatcher(s *config.Segments) (*Matcher, error) {
	if len(s.Segments) > MaxSegments {
		return nil, fmt.Errorf("%d segments, at most %d: %w", len(s.Segments), MaxSegments, ErrTooMany)
	}
	m := &Matcher{domains: newDomainWords(), competitorINNs: map[company.INN]bool{}}
	for i := range s.Segments {
		seg := &s.Segments[i]
		m.codes.add(i, seg)
		m.words.add(i, seg.Words)
		m.domains.add(i, seg.Words)
		m.rubrics.add(i, seg.Rubrics)
	}
	for _, c := range s.Vetoes.MakerCodes {
		m.makerCodes = append(m.makerCodes, c.OKVED())
	}
	m.competitorWords.add(0, s.Vetoes.CompetitorWords)
	m.competitorRubrics.add(0, s.Vetoes.CompetitorRubrics)
	m.notOurs.add(s.Vetoes.NotOursWords)
	for _, inn := range s.Vetoes.CompetitorINNs {
		m.competitorINNs[company.INN(inn)] = true
	}
	m.seal()
	return m, nil
}

func (m *Matcher) seal() {
	m.codes.seal()
	m.domains.seal()
	m.notOurs.seal()
	for _, l := range []*lexicon{&m.words, &m.rubrics, &m.competitorWords, &m.competitorRubrics} {
		l.seal()
	}
}

// Matcher returns what the scorer matches with, for making rows.
func (s *Scorer) Matcher() *Matcher { return s.matcher }
