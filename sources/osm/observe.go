package osm

import (
	"encoding/json"
	"strings"
	"unicode"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// line puts a text on one line, without marks that no cell can hold.
func line(s string) string {
	return members.Line(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}

const cardAddress = "https://www.openstreetmap.org/"

// fault is why an object is quarantined.
type fault struct {
	reason pipeline.Reason
	detail string
}

// observer turns objects into observations.
type observer struct {
	source  string
	tags    []tag
	region  string // in which was asked; "" = anywhere
	date    company.Date
	persons bool
}

// observe reads one object; nil without a fault is one that is not wanted.
func (o *observer) observe(raw []byte, origin string) (*company.Observation, *fault) {
	var x element
	if err := json.Unmarshal(raw, &x); err != nil {
		return nil, &fault{pipeline.ReasonFormat, "not an object of the map: " + line(err.Error())}
	}
	titles, wanted := rubrics(x.Tags, o.tags)
	if !wanted || closed(x.Tags) || abroad(x.Tags["addr:country"]) {
		return nil, nil
	}
	id := x.ID.String()
	if x.Type != "node" && x.Type != "way" && x.Type != "relation" || id == "" || strings.Trim(id, "0123456789") != "" {
		return nil, &fault{pipeline.ReasonMissing, "no type and id"}
	}
	key := x.Type + "/" + id
	b := builder{tags: x.Tags, persons: o.persons, obs: company.Observation{Source: o.source, Key: key, Date: o.date, Origin: origin}}
	if !b.names() {
		return nil, nil
	}
	for _, t := range titles {
		b.obs.Add(company.FieldRubric, t)
	}
	b.obs.Add(company.FieldDescription, line(x.Tags["product"]))
	b.where(o.region)
	if !b.contacts() {
		return nil, nil
	}
	b.printed()
	b.obs.Add(company.FieldHours, line(x.Tags["opening_hours"]))
	b.obs.Add(company.FieldCard, cardAddress+key)
	b.subjects()
	b.obs.Sort()
	return &b.obs, nil
}

// closed tells an object at which nobody is to be called.
func closed(tags map[string]string) bool {
	hours := strings.ToLower(strings.TrimSpace(tags["opening_hours"]))
	return tags["disused"] == "yes" || tags["abandoned"] == "yes" || tags["demolished"] == "yes" ||
		hours == "closed" || hours == "off" || tags["operational_status"] == "closed"
}

func abroad(country string) bool {
	country = strings.ToUpper(strings.TrimSpace(country))
	return country != "" && country != "RU" && country != "RUS" && country != "РОССИЯ"
}

type builder struct {
	tags         map[string]string
	persons      bool
	obs          company.Observation
	region, city string
	sole         bool
}

// tag is the first of the keys that says anything.
func (b *builder) tag(keys ...string) string {
	for _, k := range keys {
		if v := line(b.tags[k]); v != "" {
			return v
		}
	}
	return ""
}

// names files the sign and the legal name; false = there is neither. A brand is whose
// goods or franchise it is, so it stands for the name only where there is none.
func (b *builder) names() bool {
	sign := b.tag("name:ru", "name")
	for _, legal := range []string{b.tag("operator"), b.tag("official_name"), sign} {
		if n := company.ParseName(legal); n.Form != "" {
			b.obs.Add(company.FieldNameShort, line(n.String()))
			b.sole = n.Form.Person()
			break
		}
	}
	if sign == "" && len(b.obs.Facts) == 0 {
		sign = b.tag("official_name", "operator", "brand")
	}
	b.obs.Add(company.FieldNameBrand, sign)
	return len(b.obs.Facts) > 0
}

func (b *builder) where(asked string) {
	b.city = company.CleanCity(b.tag("addr:city", "addr:place", "addr:village", "addr:hamlet"))
	if r, ok := company.FindRegion(b.tag("addr:region", "addr:state")); ok {
		b.region = r.Code
	} else if code, ok := company.TownRegion(b.city); ok {
		b.region = code
	} else {
		b.region = asked
	}
	b.obs.Add(company.FieldRegion, b.region)
	b.obs.Add(company.FieldCity, b.city)
	b.obs.Add(company.FieldDistrict, b.tag("addr:district", "addr:subdistrict"))
	street := b.tag("addr:street", "addr:place")
	if house := b.tag("addr:housenumber"); house != "" && street != "" {
		street += ", " + house
	}
	address := b.tag("addr:full")
	if street != "" && street != b.city {
		address = strings.TrimPrefix(b.city+", "+street, ", ")
	}
	if address = line(address); address == "" {
		return
	}
	b.obs.Add(company.FieldAddress, address)
	b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldBranch, Key: b.obs.Key, Value: address})
}

// printed files numbers that anybody may have typed, as evidence.
func (b *builder) printed() {
	for _, key := range []string{"operator:ref:inn", "operator:ref:INN", "ref:INN", "ref:inn", "contact:inn"} {
		for _, v := range values(b.tags[key]) {
			if inn, err := company.ParseINN(v); err == nil {
				b.obs.Add(company.FieldPrintedINN, string(inn))
				b.sole = b.sole || inn.Person()
			}
		}
	}
	for _, key := range []string{"operator:ref:ogrn", "operator:ref:OGRN", "ref:OGRN", "ref:ogrn"} {
		for _, v := range values(b.tags[key]) {
			if ogrn, err := company.ParseOGRN(v); err == nil {
				b.obs.Add(company.FieldPrintedOGRN, string(ogrn))
				b.sole = b.sole || ogrn.Sole()
			}
		}
	}
}

// subjects marks what speaks of a sole proprietor.
func (b *builder) subjects() {
	if !b.sole {
		return
	}
	for i := range b.obs.Facts {
		if f := &b.obs.Facts[i]; f.Subject == company.SubjectCompany {
			f.Subject = company.SubjectSole
		}
	}
}
