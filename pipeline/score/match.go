package score

import (
	"errors"
	"fmt"
	"strings"

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
}

// NewMatcher prepares the rules of the segments file.
func NewMatcher(s *config.Segments) (*Matcher, error) {
	if len(s.Segments) > MaxSegments {
		return nil, fmt.Errorf("%d segments, at most %d: %w", len(s.Segments), MaxSegments, ErrTooMany)
	}
	m := &Matcher{codes: codeTree{}, domains: newDomainWords(), competitorINNs: map[company.INN]bool{}}
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
	return m, nil
}

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

// textHit is what was found in which value.
type textHit struct {
	text  string
	value *company.Value
}

func (f *finding) match() Match {
	return matchOf(f.main.level, f.reported.level, f.extra.level, f.words.value != nil, f.rubrics.value != nil)
}

// find compares one company with all rules. Words and rubrics come first,
// since default codes ask for them.
func (m *Matcher) find(c *company.Company) *findings {
	f := &findings{}
	m.findWords(c, f)
	m.findRubrics(c, f)
	m.findCodes(c, f)
	if m.competitorINNs[c.INN] {
		f.marks |= MarkCompetitorINN
	}
	return f
}

func (m *Matcher) findWords(c *company.Company, f *findings) {
	legal := c.Subject == company.SubjectSole // has a legal name, and so the sign is no form
	for i := range c.Values {
		v := &c.Values[i]
		if !v.Wins {
			continue
		}
		switch v.Field {
		case company.FieldNameFull, company.FieldNameShort:
			// A sole proprietor's legal name is a surname: «ИП Карьеров».
			if c.Subject == company.SubjectSole {
				continue
			}
			legal = true
			name := company.ParseName(v.Value)
			m.findNotOurs(name.Form, v, f)
			m.findText(company.FoldWords(name.Core), v, f)
			if !strings.Contains(name.Core, name.Brand) {
				m.findText(company.FoldWords(name.Brand), v, f)
			}
		case company.FieldNameBrand, company.FieldDescription:
			if v.Field == company.FieldNameBrand && !legal {
				m.findNotOurs(company.ParseName(v.Value).Form, v, f)
			}
			m.findText(company.FoldWords(v.Value), v, f)
		case company.FieldSite:
			if site, err := company.ParseSite(v.Value); err == nil {
				m.findDomain(site.Host, v, f) // a shared host's subdomain is the firm's own word
			}
		case company.FieldEmail:
			if _, domain, ok := strings.Cut(v.Value, "@"); ok {
				m.findDomain(domain, v, f)
			}
		}
	}
}

func (m *Matcher) findText(words []string, v *company.Value, f *findings) {
	if len(words) == 0 {
		return
	}
	f.given |= GivenWords
	m.words.find(words, func(segment int, matched []string) {
		f.segments[segment].words.note(matched, v)
	})
	m.competitorWords.find(words, func(_ int, matched []string) {
		f.competitorWords.note(matched, v)
		f.marks |= MarkCompetitorWord
	})
}

func (m *Matcher) findNotOurs(form company.LegalForm, name *company.Value, f *findings) {
	m.notOurs.find(form, company.FoldWords(name.Value), func(_ int, matched []string) {
		f.notOurs.note(matched, name)
		f.marks |= MarkNotOurs
	})
}

func (m *Matcher) findDomain(host string, v *company.Value, f *findings) {
	if !isLatin(host) {
		labels, _, _ := cutLast(host)
		m.findText(company.FoldWords(labels), v, f)
		return
	}
	m.domains.find(host, func(segment int) {
		f.given |= GivenWords
		f.segments[segment].words.note([]string{host}, v)
	})
}

func (m *Matcher) findRubrics(c *company.Company, f *findings) {
	for i := range c.Values {
		v := &c.Values[i]
		if v.Field != company.FieldRubric || !v.Wins {
			continue
		}
		f.given |= GivenRubrics
		words := company.FoldWords(v.Value)
		m.rubrics.find(words, func(segment int, _ []string) {
			f.segments[segment].rubrics.note([]string{v.Value}, v)
		})
		m.competitorRubrics.find(words, func(_ int, _ []string) {
			f.competitorRubrics.note([]string{v.Value}, v)
			f.marks |= MarkCompetitorRubric
		})
	}
}

// note keeps the first hit: values come in the order of their fields, so a
// name goes before an address.
func (h *textHit) note(matched []string, v *company.Value) {
	if h.value == nil {
		h.text, h.value = strings.Join(matched, " "), v
	}
}

func (m *Matcher) findCodes(c *company.Company, f *findings) {
	for i := range c.Values {
		v := &c.Values[i]
		if !v.Wins {
			continue
		}
		code := company.OKVED(v.Value)
		switch v.Field {
		case company.FieldOKVEDMain:
			f.given |= GivenMain | GivenExtra
			m.findMaker(code, f)
			m.findCode(code, f, func(s *finding) *codeHit { return &s.main })
		case company.FieldOKVEDReported:
			f.given |= GivenReported
			m.findMaker(code, f)
			m.findCode(code, f, func(s *finding) *codeHit { return &s.reported })
		case company.FieldOKVEDExtra, company.FieldOKVEDRepExtra:
			f.given |= GivenExtra
			m.findCode(code, f, func(s *finding) *codeHit { return &s.extra })
		}
	}
}

func (m *Matcher) findCode(code company.OKVED, f *findings, slot func(*finding) *codeHit) {
	m.codes.find(code, func(segment int, level Level, second bool) {
		s := &f.segments[segment]
		hit := codeHit{code: code, level: level}
		if second && s.words.value == nil && s.rubrics.value == nil {
			hit.level, hit.lacking = LevelNone, true
		}
		if h := slot(s); h.code == "" || hit.level > h.level {
			*h = hit
		}
	})
}

func (m *Matcher) findMaker(code company.OKVED, f *findings) {
	for _, maker := range m.makerCodes {
		if code.Within(maker) {
			f.maker = codeHit{code: code}
			f.marks |= MarkMaker
		}
	}
}

// Matcher returns what the scorer matches with, for making rows.
func (s *Scorer) Matcher() *Matcher { return s.matcher }
