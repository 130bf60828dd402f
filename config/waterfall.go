package config

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// Waterfall is in which order enrichers are asked, and for what.
type Waterfall struct {
	Order  []string `mapstructure:"order"`  // sections of enrich that are asked before all others; those go from free to dear
	Wanted []Want   `mapstructure:"wanted"` // who has all of these is asked for no more
}

// Want is something that a company should have before nobody is asked for it any
// more.
type Want string

// The wants.
const (
	WantPhone     Want = "phone" // a number that a person can dial
	WantEmail     Want = "email"
	WantSite      Want = "site"
	WantHeadcount Want = "headcount"
	WantRevenue   Want = "revenue"
	WantPerson    Want = "person" // whom to ask for: the head, or somebody with a say in buying
	WantStatus    Want = "status"
	WantRegion    Want = "region"
	WantOKVED     Want = "okved"
)

// Wants lists all of them.
func Wants() []Want {
	return []Want{WantPhone, WantEmail, WantSite, WantHeadcount, WantRevenue, WantPerson, WantStatus, WantRegion, WantOKVED}
}

// Fields are those by which a want is met; nil for one that there is not.
func (w Want) Fields() []company.Field {
	switch w {
	case WantPhone:
		return []company.Field{company.FieldPhone}
	case WantEmail:
		return []company.Field{company.FieldEmail}
	case WantSite:
		return []company.Field{company.FieldSite}
	case WantHeadcount:
		return []company.Field{company.FieldHeadcount}
	case WantRevenue:
		return []company.Field{company.FieldRevenue}
	case WantPerson:
		return []company.Field{company.FieldHeadName, company.FieldContactDuty}
	case WantStatus:
		return []company.Field{company.FieldStatus}
	case WantRegion:
		return []company.Field{company.FieldRegion}
	case WantOKVED:
		return []company.Field{company.FieldOKVEDMain}
	}
	return nil
}

// waterfall checks it against the sections that there are.
func (c *checker) waterfall(w *Waterfall, sections map[string]Section) {
	var names []string
	for name := range sections {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range w.Order {
		at := fmt.Sprintf("waterfall.order[%d]", i)
		c.need(slices.Contains(names, name), at, name, "no section of enrich has this name; there are: "+strings.Join(names, ", "))
		c.need(!slices.Contains(w.Order[:i], name), at, name, "stands here twice")
	}
	known := make([]string, len(Wants()))
	for i, want := range Wants() {
		known[i] = string(want)
	}
	c.need(len(w.Wanted) > 0, "waterfall.wanted", nil, "want at least one of "+strings.Join(known, ", "))
	for i, want := range w.Wanted {
		at := fmt.Sprintf("waterfall.wanted[%d]", i)
		c.need(slices.Contains(Wants(), want), at, string(want), "want one of "+strings.Join(known, ", "))
		c.need(!slices.Contains(w.Wanted[:i], want), at, string(want), "stands here twice")
	}
}
