package score

import (
	"math"
	"strconv"

	"obzvon/pipeline/company"
)

const thousand = 1000 // roubles in a thousand

// RowOf makes the row of a company. Of the sources with a whole release it
// keeps the bits, not the day: see Releases.
func RowOf(m *Matcher, rel *Releases, c *company.Company) Row {
	f := m.find(c)
	r := Row{
		inn:       keyOf(c.INN),
		Headcount: Unknown,
		Revenue:   Unknown,
		Branches:  uint16(min(c.Branches(), math.MaxUint16)),
		Region:    regionOf(c),
		Known:     c.Known,
		Status:    statusOf(company.Status(c.Get(company.FieldStatus))),
		Reach:     reachOf(c),
		Given:     f.given,
		Marks:     f.marks,
	}
	rel.mark(&r, c)
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
		r.Revenue = max(n, 0) / thousand // a reversal of last year's sales is no sales
	}
	if n, err := strconv.ParseUint(c.Get(company.FieldSME), 10, 8); err == nil && n <= 3 {
		r.SME = uint8(n)
	}
	if d, err := company.ParseDate(c.Get(company.FieldRegistered)); err == nil {
		r.Registered = d
	}
	return r
}

func regionOf(c *company.Company) uint8 {
	n, err := strconv.ParseUint(c.Get(company.FieldRegion), 10, 8)
	if err != nil || n > 99 {
		return 0
	}
	return uint8(n)
}

func reachOf(c *company.Company) Reach {
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
			r |= ReachListed | phoneReach(v.Value)
		case company.FieldEmail:
			r |= ReachListed | ReachEmail
		case company.FieldSite:
			r |= ReachListed | ReachSite
		case company.FieldRubric, company.FieldBranch:
			r |= ReachListed
		case company.FieldHeadName:
			r |= ReachPerson
		}
	}
	return r
}

func phoneReach(value string) Reach {
	p, ok := company.PhoneFromValue(value)
	switch {
	case !ok || !p.Dialable():
		return 0
	case p.Kind == company.PhoneMobile:
		return ReachPhone | ReachMobile
	}
	return ReachPhone
}
