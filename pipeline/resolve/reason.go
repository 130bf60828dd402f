package resolve

import "slices"

// Reason classes what was not joined, so that it can be counted. The codes
// stand in reports: add new ones, never rename.
type Reason string

// The reasons, in the order in which a person can do something about them.
const (
	ReasonClose      Reason = "close"       // one company is likely, and not likely enough
	ReasonConflict   Reason = "conflict"    // evidence for two companies
	ReasonNamesakes  Reason = "namesakes"   // several companies of that name
	ReasonShared     Reason = "shared"      // phone or domain of several firms
	ReasonOtherOGRN  Reason = "other_ogrn"  // the listing's ИНН or ОГРН is another company's
	ReasonOtherCity  Reason = "other_city"  // only the name agrees, elsewhere
	ReasonCommonName Reason = "common_name" // the name is one that too many have
	ReasonWeak       Reason = "weak"        // too little agrees
	ReasonDenied     Reason = "denied"      // a person said no
	ReasonUnknown    Reason = "unknown"     // no company has any of it
	ReasonBare       Reason = "bare"        // nothing to match by
)

var reasonOrder = []Reason{
	ReasonClose, ReasonConflict, ReasonNamesakes, ReasonShared, ReasonOtherOGRN, ReasonOtherCity,
	ReasonWeak, ReasonCommonName, ReasonDenied, ReasonUnknown, ReasonBare,
}

// Reasons lists all of them in their order.
func Reasons() []Reason { return slices.Clone(reasonOrder) }

func (r Reason) rank() int { return slices.Index(reasonOrder, r) }

// Title names the reason for people, for the counts of «Сводка».
func (r Reason) Title() string {
	switch r {
	case ReasonClose:
		return "близко, но не точно"
	case ReasonConflict:
		return "данные указывают на разные компании"
	case ReasonNamesakes:
		return "несколько компаний с таким названием"
	case ReasonShared:
		return "телефон или сайт общий для нескольких фирм"
	case ReasonOtherOGRN:
		return "ИНН или ОГРН другой"
	case ReasonOtherCity:
		return "совпало только название, город другой или неизвестен"
	case ReasonCommonName:
		return "название слишком общее, больше искать не по чему"
	case ReasonWeak:
		return "совпало слишком мало"
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
	whyUnknown    = "Телефон, сайт, почта, адрес и название не встречаются ни у одной известной компании."
	whyBare       = "В карточке нет ни телефона, ни своего сайта, ни почты, ни ИНН или ОГРН, ни названия, по которому можно искать."
	whyDenied     = "Раньше решено, что это не та компания, на которую указывают данные."
	whyWeak       = "Ничего приметного не совпадает ни с одной компанией."
	whyShared     = "Телефон, сайт или почта указаны у слишком многих, чтобы узнать по ним компанию."
	whyCommonName = "Название слишком частое, чтобы узнать по нему компанию, а другого для поиска нет."
)
