package kontur

import (
	"encoding/json"
	"strings"
)

// record is one company as any of the methods tells of it.
type record struct {
	INN  string `json:"inn"`
	OGRN string `json:"ogrn"`
	UL   *firm  `json:"UL"`
	IP   *firm  `json:"IP"`

	Finance *struct {
		Year        amount `json:"lastBuhYear"`
		Income      amount `json:"incomeEnd"` // roubles
		IncomeStart amount `json:"incomeStart"`
		Profit      amount `json:"profitEnd"`
	} `json:"financeAnalyticsData"`
	Markers map[string]json.RawMessage `json:"analytics"`

	Phones texts `json:"contactPhones"`
	Emails texts `json:"contactEmails"`
	Sites  texts `json:"sites"`
}

// firm is what req and egrDetails say, of a legal entity or a sole proprietor.
type firm struct {
	KPP  string `json:"kpp"`
	OPF  string `json:"opf"`
	FIO  string `json:"fio"`
	Name struct {
		Short string `json:"short"`
		Full  string `json:"full"`
	} `json:"legalName"`
	Address struct {
		Parsed *address `json:"parsedAddressRF"`
	} `json:"legalAddress"`
	Place      *address `json:"shortenedAddress"`
	Status     *status  `json:"status"`
	Registered string   `json:"registrationDate"`
	Dissolved  string   `json:"dissolutionDate"`
	Heads      []struct {
		FIO      string `json:"fio"`
		Position string `json:"position"`
	} `json:"heads"`
	Activities *struct {
		Main    activity   `json:"principalActivity"`
		Others  []activity `json:"complementaryActivities"`
		Version string     `json:"okvedVersion"` // "2" = ОКВЭД2
	} `json:"activities"`
}

type activity struct {
	Code string `json:"code"`
}

// status has flags that are absent when false.
type status struct {
	Text         string `json:"statusString"`
	Reorganizing bool   `json:"reorganizing"`
	Bankrupting  bool   `json:"bankrupting"`
	Dissolving   bool   `json:"dissolving"`
	Dissolved    bool   `json:"dissolved"`
}

type address struct {
	Zip        string `json:"zipCode"`
	Region     string `json:"regionCode"`
	RegionName topo   `json:"regionName"`
	District   topo   `json:"district"`
	City       topo   `json:"city"`
	Settlement topo   `json:"settlement"`
	Street     topo   `json:"street"`
	House      topo   `json:"house"`
	Bulk       topo   `json:"bulk"`
	Flat       topo   `json:"flat"`
	Line       string `json:"oneLineFormatOfAddress"`
}

// topo is a part of an address: «г», «Пермь».
type topo struct {
	Kind  string `json:"topoShortName"`
	Value string `json:"topoValue"`
}

// line is the address as people write it.
func (a *address) line() string {
	if s := clean(a.Line); s != "" {
		return s
	}
	var parts []string
	for _, s := range []string{
		a.Zip, a.RegionName.Value + " " + a.RegionName.Kind, a.District.Value + " " + a.District.Kind, a.City.Kind + " " + a.City.Value,
		a.Settlement.Kind + " " + a.Settlement.Value, a.Street.Kind + " " + a.Street.Value, a.House.Kind + " " + a.House.Value,
		a.Bulk.Kind + " " + a.Bulk.Value, a.Flat.Kind + " " + a.Flat.Value,
	} {
		if s = clean(s); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// firm of the record, whichever it is; never nil.
func (r *record) firm() *firm {
	switch {
	case r.UL != nil:
		return r.UL
	case r.IP != nil:
		return r.IP
	}
	return &firm{}
}

// name is by what the record names its subject.
func (f *firm) name() string {
	for _, s := range []string{f.Name.Short, f.Name.Full, f.FIO} {
		if s = clean(s); s != "" {
			return s
		}
	}
	return ""
}

func (f *firm) dissolved() bool { return f.Dissolved != "" || f.Status != nil && f.Status.Dissolved }
