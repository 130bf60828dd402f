package score

import (
	"strings"

	"obzvon/pipeline/company"
)

// RowReader compares one company after another with a Matcher, in the same
// memory. It is for one goroutine.
type RowReader struct {
	matcher *Matcher
	names   company.NameReader
	text    []byte // folded words
	form    []byte
	plain   []byte // a domain in plain spelling
	telling bool   // evidence is wanted, not only the row
	found   findings
}

// Reader makes a RowReader.
func (m *Matcher) Reader() *RowReader { return &RowReader{matcher: m} }

// find compares one company with all rules and keeps what it shows with its
// evidence.
func (m *Matcher) find(c *company.Company) *findings {
	r := &RowReader{matcher: m, telling: true}
	r.find(c)
	return &r.found
}

// find looks at words and rubrics first, since default codes ask for them.
func (r *RowReader) find(c *company.Company) {
	r.found = findings{}
	codes, behind := r.findTexts(c)
	r.findCodes(c.Values[codes:behind])
	if r.matcher.competitorINNs[c.INN] {
		r.found.marks |= MarkCompetitorINN
	}
}

// findTexts looks through all texts of a company and tells between which
// values its codes stand.
func (r *RowReader) findTexts(c *company.Company) (codes, behind int) {
	sole := c.Subject == company.SubjectSole
	legal := sole // has a legal name, and so the sign is no form
	for i := range c.Values {
		v := &c.Values[i]
		if !v.Wins {
			continue
		}
		switch v.Field {
		case company.FieldOKVEDMain, company.FieldOKVEDReported, company.FieldOKVEDExtra, company.FieldOKVEDRepExtra:
			if behind == 0 {
				codes = i
			}
			behind = i + 1
		case company.FieldNameFull, company.FieldNameShort:
			// A sole proprietor's legal name is a surname: «ИП Карьеров».
			if !sole {
				legal = true
				r.findLegalName(v)
			}
		case company.FieldNameBrand:
			r.findSign(v, legal)
		case company.FieldDescription:
			r.findText(r.fold(v.Value), v)
		case company.FieldRubric:
			r.findRubric(v)
		case company.FieldSite:
			if host, ok := company.SiteHost(v.Value); ok {
				r.findDomain(host, v) // a shared host's subdomain is the firm's own word
			}
		case company.FieldEmail:
			if _, domain, ok := strings.Cut(v.Value, "@"); ok {
				r.findDomain(domain, v)
			}
		}
	}
	return codes, behind
}

// fold gives the folded words of a text until the next one is folded.
func (r *RowReader) fold(s string) []byte {
	r.text = company.AppendFolded(r.text[:0], s)
	return r.text
}

func (r *RowReader) findLegalName(v *company.Value) {
	name := r.names.Read(v.Value)
	r.findNotOurs(name, v)
	r.findText(name.Core, v)
	r.findText(name.Brand, v)
}

func (r *RowReader) findSign(v *company.Value, legal bool) {
	if legal {
		r.findText(r.fold(v.Value), v)
		return
	}
	name := r.names.Read(v.Value)
	r.findNotOurs(name, v)
	r.findText(name.Whole, v)
}

// tell gives the matched words as evidence.
func (r *RowReader) tell(matched []byte) string {
	if r.telling {
		return string(matched)
	}
	return ""
}

func (r *RowReader) findText(text []byte, v *company.Value) {
	if len(text) == 0 {
		return
	}
	f := &r.found
	f.given |= GivenWords
	r.matcher.words.find(text, func(segment int, matched []byte) {
		f.segments[segment].words.note(v, r.tell(matched))
	})
	r.matcher.competitorWords.find(text, func(_ int, matched []byte) {
		f.competitorWords.note(v, r.tell(matched))
		f.marks |= MarkCompetitorWord
	})
}

func (r *RowReader) findNotOurs(name company.NameWords, v *company.Value) {
	r.form = company.AppendFolded(r.form[:0], string(name.Form))
	r.matcher.notOurs.find(r.form, name.Whole, func(_ int, matched []byte) {
		r.found.notOurs.note(v, r.tell(matched))
		r.found.marks |= MarkNotOurs
	})
}

func (r *RowReader) findDomain(host string, v *company.Value) {
	if !isLatin(host) {
		labels, _, _ := cutLast(host)
		r.findText(r.fold(labels), v)
		return
	}
	r.plain = r.matcher.domains.find(r.plain, host, func(segment int) {
		r.found.given |= GivenWords
		r.found.segments[segment].words.note(v, host)
	})
}

func (r *RowReader) findRubric(v *company.Value) {
	f := &r.found
	f.given |= GivenRubrics
	words := r.fold(v.Value)
	r.matcher.rubrics.find(words, func(segment int, _ []byte) {
		f.segments[segment].rubrics.note(v, v.Value)
	})
	r.matcher.competitorRubrics.find(words, func(int, []byte) {
		f.competitorRubrics.note(v, v.Value)
		f.marks |= MarkCompetitorRubric
	})
}

func (r *RowReader) findCodes(values []company.Value) {
	f := &r.found
	for i := range values {
		v := &values[i]
		if !v.Wins {
			continue
		}
		code := company.OKVED(v.Value)
		switch v.Field {
		case company.FieldOKVEDMain:
			f.given |= GivenMain | GivenExtra
			r.findMaker(code)
			for _, rule := range r.matcher.codes.find(code) {
				f.segments[rule.segment].note(&f.segments[rule.segment].main, code, rule)
			}
		case company.FieldOKVEDReported:
			f.given |= GivenReported
			r.findMaker(code)
			for _, rule := range r.matcher.codes.find(code) {
				f.segments[rule.segment].note(&f.segments[rule.segment].reported, code, rule)
			}
		case company.FieldOKVEDExtra, company.FieldOKVEDRepExtra:
			f.given |= GivenExtra
			for _, rule := range r.matcher.codes.find(code) {
				f.segments[rule.segment].note(&f.segments[rule.segment].extra, code, rule)
			}
		}
	}
}

// note keeps the best code of a list. A default code needs a word or a rubric
// beside it.
func (s *finding) note(h *codeHit, code company.OKVED, rule codeRule) {
	hit := codeHit{code: code, level: rule.level}
	if rule.second && s.words.value == nil && s.rubrics.value == nil {
		hit.level, hit.lacking = LevelNone, true
	}
	if h.code == "" || hit.level > h.level {
		*h = hit
	}
}

func (r *RowReader) findMaker(code company.OKVED) {
	for _, maker := range r.matcher.makerCodes {
		if code.Within(maker) {
			r.found.maker = codeHit{code: code}
			r.found.marks |= MarkMaker
		}
	}
}
