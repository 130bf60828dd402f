package resolve

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// Reason classes what was not joined, so that it can be counted. The codes
// stand in reports: add new ones, never rename.
type Reason string

// The reasons, in the order in which a person can do something about them.
const (
	ReasonConflict   Reason = "conflict"    // evidence for two companies
	ReasonNamesakes  Reason = "namesakes"   // several companies of that name in the city
	ReasonShared     Reason = "shared"      // phone or domain of several firms
	ReasonOtherOGRN  Reason = "other_ogrn"  // the listing's ОГРН is another company's
	ReasonOtherCity  Reason = "other_city"  // only the name agrees, elsewhere
	ReasonCommonName Reason = "common_name" // only a name that says nothing agrees
	ReasonDenied     Reason = "denied"      // a person said no
	ReasonUnknown    Reason = "unknown"     // no company has any of it
	ReasonBare       Reason = "bare"        // nothing to match by
)

var reasonOrder = []Reason{
	ReasonConflict, ReasonNamesakes, ReasonShared, ReasonOtherOGRN, ReasonOtherCity,
	ReasonCommonName, ReasonDenied, ReasonUnknown, ReasonBare,
}

// Reasons lists all of them in their order.
func Reasons() []Reason { return slices.Clone(reasonOrder) }

func (r Reason) rank() int { return slices.Index(reasonOrder, r) }

// Title names the reason for people, for the counts of «Сводка».
func (r Reason) Title() string {
	switch r {
	case ReasonConflict:
		return "данные указывают на разные компании"
	case ReasonNamesakes:
		return "в городе несколько компаний с таким названием"
	case ReasonShared:
		return "телефон или сайт общий для нескольких фирм"
	case ReasonOtherOGRN:
		return "ОГРН другой"
	case ReasonOtherCity:
		return "совпало только название, город другой или неизвестен"
	case ReasonCommonName:
		return "совпало только название, слишком общее"
	case ReasonDenied:
		return "решено: это другая компания"
	case ReasonUnknown:
		return "ни у одной известной компании таких данных нет"
	case ReasonBare:
		return "не по чему искать"
	}
	return string(r)
}

// Sentences that do not depend on the listing.
const (
	whyUnknown = "Телефон, сайт, почта и название не встречаются ни у одной известной компании."
	whyBare    = "В карточке нет ни телефона, ни своего сайта, ни почты на своём домене, ни ОГРН, ни приметного названия с городом."
	whyDenied  = "Раньше решено, что это не та компания, на которую указывают данные."
)

// said is a piece of evidence in words: «телефон +7 907 000-00-01».
func said(kind, value string) string {
	switch kind {
	case kindPhone:
		if p, ok := company.PhoneFromValue(value); ok {
			value = p.Pretty()
		}
		return "телефон " + value
	case kindSite:
		return "сайт " + value
	case kindEmail:
		return "почта на " + value
	case kindOGRN:
		return "ОГРН " + value
	case kindName:
		return "название и город"
	}
	return value
}

// nameList writes up to three names.
func nameList(all []Candidate) string {
	var out []string
	for _, c := range all[:min(len(all), 3)] {
		s := c.Name
		if c.City != "" {
			s += " (" + c.City + ")"
		}
		out = append(out, s)
	}
	s := strings.Join(out, ", ")
	if len(all) > 3 {
		s += fmt.Sprintf(" и ещё %d", len(all)-3)
	}
	return s
}
