package score

import (
	"math"
	"strconv"

	"obzvon/pipeline/company"
)

const thousand = 1000 // roubles in a thousand

// RowOf makes the row of a company. Of the sources with a whole release it
// keeps the bits, not the day: see Releases. Who makes many takes a Reader.
func RowOf(m *Matcher, rel *Releases, c *company.Company) Row {
	r := m.borrow()
	defer m.readers.Put(r)
	return r.Row(rel, c)
}

func (m *Matcher) borrow() *RowReader {
	if r, ok := m.readers.Get().(*RowReader); ok {
		return r
	}
	return m.Reader()
}

// Row is RowOf.
func (r *RowReader) Row(rel *Releases, c *company.Company) Row {
	r.find(c)
	row := Row{
		inn:       keyOf(c.INN),
		Headcount: Unknown,
		Revenue:   Unknown,
		Branches:  uint16(min(c.Branches(), math.MaxUint16)),
		Known:     shortDay(c.Known),
		Given:     r.found.given,
		Marks:     r.found.marks,
	}
	rel.mark(&row, c)
	for i := range r.found.segments {
		row.Match[i] = r.found.segments[i].match()
	}
	if c.Subject == company.SubjectSole {
		row.Marks |= MarkSole
		row.Reach |= ReachPerson
		row.Origin |= OriginBuyerSource
	}
	for i := range c.Values {
		v := &c.Values[i]
		if v.Wins {
			row.take(v, &r.matcher.phones)
		}
		row.Origin |= originOf(v, rel, &r.matcher.phones)
	}
	if row.Revenue != Unknown {
		if _, doubted := doubtedRevenue(c); doubted {
			row.Revenue = Unknown
		}
	}
	return row
}

// take reads a winning value. Of years the newest that is a number stays:
// they come rising.
func (r *Row) take(v *company.Value, phones *company.PhoneKinds) {
	switch v.Field {
	case company.FieldStatus:
		r.Status = statusOf(company.Status(v.Value))
	case company.FieldRegion:
		if n, err := strconv.ParseUint(v.Value, 10, 8); err == nil && n <= 99 {
			r.Region = uint8(n)
		}
	case company.FieldSME:
		if n, err := strconv.ParseUint(v.Value, 10, 8); err == nil && n <= 3 {
			r.SME = uint8(n)
		}
	case company.FieldRegistered:
		if d, err := company.ParseDate(v.Value); err == nil {
			r.Registered = d
		}
	case company.FieldHeadcount:
		if n, err := strconv.ParseInt(v.Value, 10, 64); err == nil {
			r.Headcount = Unknown
			if n >= 0 {
				r.Headcount = int32(min(n, math.MaxInt32))
			}
		}
	case company.FieldRevenue:
		if n, err := strconv.ParseInt(v.Value, 10, 64); err == nil {
			r.Revenue = max(n, 0) / thousand // a reversal of last year's sales is no sales
		}
	case company.FieldPhone:
		r.Reach |= ReachListed | phoneReach(phones, v.Value)
	case company.FieldEmail:
		r.Reach |= ReachListed | ReachEmail
	case company.FieldSite:
		r.Reach |= ReachListed | ReachSite
	case company.FieldRubric, company.FieldBranch:
		r.Reach |= ReachListed
	case company.FieldTenderDeadline:
		r.Tender = max(r.Tender, dayOf(v))
	case company.FieldTenderDay:
		r.Notice = max(r.Notice, dayOf(v))
	case company.FieldFairDay:
		r.Fair = max(r.Fair, dayOf(v))
	case company.FieldSupplyDay:
		r.Supply = max(r.Supply, dayOf(v))
	case company.FieldRisk:
		r.Risks |= riskOf(company.Risk(v.Value))
	case company.FieldHeadName:
		r.Reach |= ReachPerson
	case company.FieldContactDuty:
		if company.Duty(v.Value).Buys() {
			r.Reach |= ReachPerson
		}
	}
}

// dayOf is a value that is a day, as rows keep it; 0 = it is none.
func dayOf(v *company.Value) company.Date {
	d, err := company.ParseDate(v.Value)
	if err != nil {
		return 0
	}
	return shortDay(d)
}

// originOf looks at losers too: what another source said first was said by
// this one as well.
func originOf(v *company.Value, rel *Releases, phones *company.PhoneKinds) Origin {
	var o Origin
	switch {
	case v.Field == company.FieldPhone && phoneReach(phones, v.Value) != 0:
		o = OriginPhoneSource
	case v.Field == company.FieldHeadName, v.Field == company.FieldContactDuty && company.Duty(v.Value).Buys():
		o = OriginBuyerSource
	default:
		return 0
	}
	switch {
	case rel.of(v.Source).asked:
		return o << 2
	case v.Joined:
		return o << 1
	}
	return o
}

// doubtedRevenue is the doubt about the revenue of the newest year, if there
// is one.
func doubtedRevenue(c *company.Company) (company.Doubt, bool) {
	for _, d := range c.Doubts() {
		if v, _, ok := c.Latest(company.FieldRevenue); ok && d.Field == company.FieldRevenue && d.Key == v.Key {
			return d, true
		}
	}
	return company.Doubt{}, false
}

func phoneReach(phones *company.PhoneKinds, value string) Reach {
	kind, ok := phones.Of(value)
	switch {
	case !ok || !kind.Dialable():
		return 0
	case kind == company.PhoneMobile:
		return ReachPhone | ReachMobile
	}
	return ReachPhone
}
