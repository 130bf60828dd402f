package score

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/company"
)

type refMatcher struct {
	codes   refCodes
	words   refLexicon
	domains *refDomains
	rubrics refLexicon

	makerCodes        []company.OKVED
	competitorWords   refLexicon
	competitorRubrics refLexicon
	competitorINNs    map[company.INN]bool
	notOurs           refNameRule
}

func newRefMatcher(s *config.Segments) (*refMatcher, error) {
	if len(s.Segments) > MaxSegments {
		return nil, fmt.Errorf("%d segments, at most %d: %w", len(s.Segments), MaxSegments, ErrTooMany)
	}
	m := &refMatcher{codes: refCodes{}, domains: newRefDomains(), competitorINNs: map[company.INN]bool{}}
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

func (m *refMatcher) find(c *company.Company) *findings {
	f := &findings{}
	m.findWords(c, f)
	m.findRubrics(c, f)
	m.findCodes(c, f)
	if m.competitorINNs[c.INN] {
		f.marks |= MarkCompetitorINN
	}
	return f
}

func (m *refMatcher) findWords(c *company.Company, f *findings) {
	legal := c.Subject == company.SubjectSole // has a legal name, and so the sign is no form
	for i := range c.Values {
		v := &c.Values[i]
		if !v.Wins {
			continue
		}
		switch v.Field {
		case company.FieldNameFull, company.FieldNameShort:
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

func (m *refMatcher) findText(words []string, v *company.Value, f *findings) {
	if len(words) == 0 {
		return
	}
	f.given |= GivenWords
	m.words.find(words, func(segment int, matched []string) {
		f.segments[segment].words.note(v, strings.Join(matched, " "))
	})
	m.competitorWords.find(words, func(_ int, matched []string) {
		f.competitorWords.note(v, strings.Join(matched, " "))
		f.marks |= MarkCompetitorWord
	})
}

func (m *refMatcher) findNotOurs(form company.LegalForm, name *company.Value, f *findings) {
	m.notOurs.find(form, company.FoldWords(name.Value), func(_ int, matched []string) {
		f.notOurs.note(name, strings.Join(matched, " "))
		f.marks |= MarkNotOurs
	})
}

func (m *refMatcher) findDomain(host string, v *company.Value, f *findings) {
	if !isLatin(host) {
		labels, _, _ := cutLast(host)
		m.findText(company.FoldWords(labels), v, f)
		return
	}
	m.domains.find(host, func(segment int) {
		f.given |= GivenWords
		f.segments[segment].words.note(v, host)
	})
}

func (m *refMatcher) findRubrics(c *company.Company, f *findings) {
	for i := range c.Values {
		v := &c.Values[i]
		if v.Field != company.FieldRubric || !v.Wins {
			continue
		}
		f.given |= GivenRubrics
		words := company.FoldWords(v.Value)
		m.rubrics.find(words, func(segment int, _ []string) {
			f.segments[segment].rubrics.note(v, v.Value)
		})
		m.competitorRubrics.find(words, func(_ int, _ []string) {
			f.competitorRubrics.note(v, v.Value)
			f.marks |= MarkCompetitorRubric
		})
	}
}

func (m *refMatcher) findCodes(c *company.Company, f *findings) {
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

func (m *refMatcher) findCode(code company.OKVED, f *findings, slot func(*finding) *codeHit) {
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

func (m *refMatcher) findMaker(code company.OKVED, f *findings) {
	for _, maker := range m.makerCodes {
		if code.Within(maker) {
			f.maker = codeHit{code: code}
			f.marks |= MarkMaker
		}
	}
}

func refRowOf(m *refMatcher, rel *Releases, c *company.Company) Row {
	f := m.find(c)
	r := Row{
		inn:       keyOf(c.INN),
		Headcount: Unknown,
		Revenue:   Unknown,
		Branches:  uint16(min(c.Branches(), math.MaxUint16)),
		Region:    refRegionOf(c),
		Known:     c.Known,
		Tender:    refNewest(c, company.FieldTenderDeadline),
		Notice:    refNewest(c, company.FieldTenderDay),
		Fair:      refNewest(c, company.FieldFairDay),
		Supply:    refNewest(c, company.FieldSupplyDay),
		Status:    statusOf(company.Status(c.Get(company.FieldStatus))),
		Reach:     refReachOf(c),
		Given:     f.given,
		Marks:     f.marks,
	}
	rel.mark(&r, c)
	r.Origin = refOriginOf(rel, c)
	r.Risks = refRisksOf(c)
	for i := range f.segments {
		r.Match[i] = f.segments[i].match()
	}
	if c.Subject == company.SubjectSole {
		r.Marks |= MarkSole
	}
	if _, n, ok := c.Latest(company.FieldHeadcount); ok && n >= 0 {
		r.Headcount = int32(min(n, math.MaxInt32))
	}
	if _, n, ok := c.Latest(company.FieldRevenue); ok {
		r.Revenue = max(n, 0) / thousand
		if _, doubted := doubtedRevenue(c); doubted {
			r.Revenue = Unknown
		}
	}
	if n, err := strconv.ParseUint(c.Get(company.FieldSME), 10, 8); err == nil && n <= 3 {
		r.SME = uint8(n)
	}
	if d, err := company.ParseDate(c.Get(company.FieldRegistered)); err == nil {
		r.Registered = d
	}
	return r
}

// refNewest is the newest day that two bytes can tell.
func refNewest(c *company.Company, f company.Field) company.Date {
	newest := company.Date(0)
	for v := range c.Winning(f) {
		if d, err := company.ParseDate(v.Value); err == nil && d > newest {
			newest = d
		}
	}
	return min(newest, 65535)
}

func refRisksOf(c *company.Company) Risks {
	order := []company.Risk{
		company.RiskBankruptcy, company.RiskUnfair, company.RiskMassAddress, company.RiskMassHead,
		company.RiskDisqualified, company.RiskDoubt, company.RiskTaxDebt, company.RiskNoReports,
	}
	var out Risks
	for i, risk := range order {
		for v := range c.Winning(company.FieldRisk) {
			if v.Value == string(risk) {
				out |= 1 << i
			}
		}
	}
	return out
}

func refRegionOf(c *company.Company) uint8 {
	n, err := strconv.ParseUint(c.Get(company.FieldRegion), 10, 8)
	if err != nil || n > 99 {
		return 0
	}
	return uint8(n)
}

func refReachOf(c *company.Company) Reach {
	var r Reach
	if c.Subject == company.SubjectSole {
		r |= ReachPerson
	}
	for i := range c.Values {
		v := &c.Values[i]
		if !v.Wins {
			continue
		}
		switch v.Field {
		case company.FieldPhone:
			r |= ReachListed | refPhoneReach(v.Value)
		case company.FieldEmail:
			r |= ReachListed | ReachEmail
		case company.FieldSite:
			r |= ReachListed | ReachSite
		case company.FieldRubric, company.FieldBranch:
			r |= ReachListed
		case company.FieldHeadName:
			r |= ReachPerson
		case company.FieldContactDuty:
			if company.Duty(v.Value).Buys() {
				r |= ReachPerson
			}
		}
	}
	return r
}

func refOriginOf(rel *Releases, c *company.Company) Origin {
	var o Origin
	if c.Subject == company.SubjectSole {
		o |= OriginBuyerSource
	}
	for _, v := range c.Values {
		phone := v.Field == company.FieldPhone && refPhoneReach(v.Value) != 0
		buyer := v.Field == company.FieldHeadName || v.Field == company.FieldContactDuty && company.Duty(v.Value).Buys()
		for _, b := range []struct {
			is     bool
			source Origin
			joined Origin
			asked  Origin
		}{{phone, OriginPhoneSource, OriginPhoneJoined, OriginPhoneAsked}, {buyer, OriginBuyerSource, OriginBuyerJoined, OriginBuyerAsked}} {
			switch {
			case !b.is:
			case rel.of(v.Source).asked:
				o |= b.asked
			case v.Joined:
				o |= b.joined
			default:
				o |= b.source
			}
		}
	}
	return o
}

func refPhoneReach(value string) Reach {
	p, ok := company.PhoneFromValue(value)
	switch {
	case !ok || !p.Dialable():
		return 0
	case p.Kind == company.PhoneMobile:
		return ReachPhone | ReachMobile
	}
	return ReachPhone
}
