package girbo

import (
	"cmp"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// cardBase is where people read of a company, whatever host answered.
const cardBase = siteBase + "/organizations-card/"

func (s *Source) observe(r *row, inn company.INN, key string, req pipeline.Request, unit string) company.Observation {
	o := company.Observation{Source: s.name, Key: key, INN: inn, Date: company.DateOf(req.Now), Origin: unit}
	o.Add(company.FieldNameShort, r.ShortName.line())
	if n, err := company.ParseOGRN(r.OGRN.line()); err == nil && n.Sole() == inn.Person() {
		o.Add(company.FieldOGRN, string(n))
	}
	if c, err := company.ParseOKVED(string(r.OKVED)); err == nil {
		o.Add(company.FieldOKVEDMain, string(c))
	}
	r.seat(&o)
	o.Add(company.FieldStatus, string(statusOf(r.Status)))
	r.Report.revenue(&o)
	if id := r.ID.line(); strings.Trim(id, "0123456789") == "" {
		o.Add(company.FieldCard, cardBase+id)
	}
	o.Sort()
	return o
}

// revenue adds line 2110, which is what a report shows as its sum.
func (r *report) revenue(o *company.Observation) {
	year, ok := r.Period.year()
	value, known := roubles(r.Revenue)
	if ok && known {
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldRevenue, Key: year, Value: value, Date: members.DateOf(r.Given.line())})
	}
}

// seat adds the place. Its parts come in capitals and without their kinds: «МОСКОВСКАЯ»,
// «ПОДОЛЬСК», «ЮБИЛЕЙНАЯ».
func (r *row) seat(o *company.Observation) {
	region, known := company.FindRegion(r.Region.line())
	name := calm(r.Region)
	if known {
		o.Add(company.FieldRegion, region.Code)
		name = region.Name
	}
	city := company.CleanCity(cmp.Or(r.City.line(), r.Settlement.line()))
	if city == "" && known && region.Kind == "город" {
		city = company.CleanCity(region.Name)
	}
	o.Add(company.FieldCity, city)
	if district := calm(r.District); district != city {
		o.Add(company.FieldDistrict, district)
	}
	parts := []string{r.Index.line(), name, calm(r.District), calm(r.City), calm(r.Settlement), calm(r.Street)}
	for _, t := range []text{r.House, r.Building, r.Office} {
		parts = append(parts, t.line())
	}
	o.Add(company.FieldAddress, joined(parts))
}

// joined is one line of parts, none twice in a row; "" where only the index is known.
func joined(parts []string) string {
	index, parts := parts[0], parts[1:]
	var out []string
	for _, p := range parts {
		if p = strings.Trim(p, " ,"); p != "" && (len(out) == 0 || out[len(out)-1] != p) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return ""
	}
	if len(index) == 6 && strings.Trim(index, "0123456789") == "" {
		out = append([]string{index}, out...)
	}
	return members.Line(strings.Join(out, ", "))
}

// calm writes a name of capitals as people do.
func calm(t text) string {
	s := t.line()
	if s != strings.ToUpper(s) {
		return s
	}
	return company.Capitals(s)
}

// statusOf maps the site's codes; others say nothing.
func statusOf(t text) company.Status {
	switch strings.ToUpper(t.line()) {
	case "ACTIVE":
		return company.StatusActive
	case "LIQUIDATION_STAGE", "LIQUIDATING":
		return company.StatusLiquidating
	case "LIQUIDATED":
		return company.StatusLiquidated
	case "BANKRUPT":
		return company.StatusBankrupt
	case "REORGANIZATION", "REORGANIZING":
		return company.StatusReorganizing
	}
	return company.StatusUnknown
}
