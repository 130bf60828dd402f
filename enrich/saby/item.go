package saby

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"obzvon/pipeline/fetch/service"
)

// item is what any of the methods says of one company; nearly everything may be null.
type item struct {
	INN        text `json:"inn"`
	OGRN       text `json:"ogrn"`
	KPP        text `json:"kpp"`
	Short      text `json:"company_short_name"`
	Full       text `json:"company_full_name"`
	Name       text `json:"company_name"` // «Аэрофлот, ПАО»
	Condition  text `json:"condition_name"`
	Status     text `json:"status_name"`
	OKVED      text `json:"main_okved"`
	Codes      text `json:"okved"` // all of them, with commas
	Registered text `json:"registration_date"`
	Liquidated text `json:"liquidation_date"`
	Sole       bool `json:"entrepreneur"`
	SoleName   text `json:"entrepreneur_name"`
	SoleSur    text `json:"entrepreneur_surname"`
	SolePat    text `json:"entrepreneur_patronymic"`
	Legal      text `json:"address_legal"`
	Parsed     text `json:"parsed_address"` // JSON inside a text
	Surname    text `json:"director_surname"`
	GivenName  text `json:"director_name"`
	Patronymic text `json:"director_patronymic"`
	Position   text `json:"director_position"`
	Link       text `json:"link"`
	Capital    sum  `json:"authorized_capital"`
	Mass       bool `json:"address_is_mass"`
	MassHead   bool `json:"director_is_mass"`
	Unreliable *struct {
		Address bool `json:"unreliable_addresses"`
		Head    bool `json:"unreliability_manager"`
		Founder bool `json:"unreliability_founder"`
	} `json:"unreliable"`
	Registers map[string]json.RawMessage `json:"spec_reg"`
	Employees *employees                 `json:"amount_of_employees"`

	Phones []text `json:"phone_numbers"`
	Emails []text `json:"emails"`
	Sites  []text `json:"sites"`

	Finance map[string]indicator `json:"financial_indicators"`
}

// employees are by year: as ФНС has them, or as the vendor reckons.
type employees struct {
	History []headcount `json:"history_amount"`
	Tax     []headcount `json:"history_amount_by_nalogru"`
}

type headcount struct {
	Count    sum  `json:"count"`
	Year     sum  `json:"year"`
	Reckoned bool `json:"spp"` // by the vendor
}

type indicator struct {
	Income struct {
		Value sum `json:"value"`
	} `json:"income"`
	Costs struct {
		Value sum `json:"value"`
	} `json:"costs"`
	Profit struct {
		Value sum `json:"value"`
	} `json:"net_profit"`
}

// text is a text or a number; null and anything else is "".
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*t = text(clean(s))
		return nil
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		*t = text(n.String())
	}
	return nil
}

// clean takes what no workbook can hold out of a text.
func clean(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")), " ")
}

// sum is a number; null and anything else is not known.
type sum struct {
	value float64
	known bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *sum) UnmarshalJSON(raw []byte) error {
	var v *float64
	if json.Unmarshal(raw, &v) == nil && v != nil && math.Abs(*v) < 1e15 {
		*n = sum{*v, true}
	}
	return nil
}

// part of an address as it stands in parsed_address.
type place struct {
	Region   string `json:"RegionCode"`
	City     string `json:"CityName"`
	Locality string `json:"LocalityName"`
}

func (i *item) place() place {
	var p place
	if json.Unmarshal([]byte(i.Parsed), &p) != nil {
		return place{}
	}
	return p
}

// parse reads the items of a method: a list of them, one, or none.
func parse(body []byte) ([]item, error) {
	body = bytes.TrimSpace(body)
	var all []*item
	var err error
	if bytes.HasPrefix(body, []byte("{")) {
		var one item
		err = json.Unmarshal(body, &one)
		all = []*item{&one}
	} else {
		err = json.Unmarshal(body, &all)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: an item of another form", service.ErrLayout)
	}
	var out []item
	for _, i := range all {
		if i != nil {
			out = append(out, *i)
		}
	}
	return out, nil
}
