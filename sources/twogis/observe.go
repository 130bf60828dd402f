package twogis

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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

// cardAddress is the directory's page of a branch, as its exports write it.
const cardAddress = "https://2gis.com/firm/"

// fault is why an item is quarantined.
type fault struct {
	reason pipeline.Reason
	detail string
}

// observer turns items into observations.
type observer struct {
	source  string
	date    company.Date
	persons bool
}

// observe reads one item; nil without a fault is one that is not wanted. asked is the
// rubric by which it was found.
func (o *observer) observe(raw json.RawMessage, asked rubric, origin string) (*item, *company.Observation, *fault) {
	var x item
	if err := json.Unmarshal(raw, &x); err != nil {
		return nil, nil, &fault{pipeline.ReasonFormat, "not an item: " + line(err.Error())}
	}
	switch {
	case x.Type != "" && x.Type != "branch", x.closed(), abroad(x.division("country")):
		return &x, nil, nil
	case x.key() == "":
		return &x, nil, &fault{pipeline.ReasonMissing, "no id"}
	}
	b := builder{x: &x, o: o, obs: company.Observation{Source: o.source, Key: x.key(), Date: o.date, Origin: origin}}
	if itin := strings.TrimSpace(string(x.ITIN)); itin != "" {
		inn, err := company.ParseINN(itin)
		if err != nil {
			return &x, nil, &fault{pipeline.ReasonINN, line(err.Error())}
		}
		b.obs.INN = inn
	}
	if !b.names() {
		return &x, nil, &fault{pipeline.ReasonMissing, "no name"}
	}
	b.rubrics(asked)
	b.where()
	b.contacts()
	b.obs.Add(company.FieldHours, hoursOf(x.Schedule))
	b.obs.Add(company.FieldCard, cardAddress+x.key())
	b.subjects()
	b.obs.Sort()
	return &x, &b.obs, nil
}

// abroad tells a country that is named and is not Russia.
func abroad(country string) bool {
	key := strings.Join(company.FoldWords(country), " ")
	return key != "" && key != "россия" && key != "российская федерация" && key != "russia"
}

type builder struct {
	x      *item
	o      *observer
	obs    company.Observation
	region string
	city   string
	sole   bool
}

// names files the sign, the legal name and what the firm is; false = there is no name.
func (b *builder) names() bool {
	primary, extension := line(b.x.NameEx.Primary), line(b.x.NameEx.Extension)
	if primary == "" {
		primary, extension = splitName(line(b.x.Name))
	}
	if primary == "" {
		primary = line(b.x.Org.Primary)
	}
	if primary == "" {
		return false
	}
	b.obs.Add(company.FieldNameBrand, primary)
	b.obs.Add(company.FieldDescription, extension)
	if staff := line(string(b.x.Staff)); staff != "" && !strings.EqualFold(staff, "нет данных") {
		b.obs.Add(company.FieldDescription, "сотрудников: "+staff)
	}
	for _, legal := range []string{line(b.x.NameEx.LegalName), primary} {
		n := company.ParseName(legal)
		if n.Form == "" {
			continue
		}
		b.obs.Add(company.FieldNameShort, line(n.String()))
		b.sole = n.Form.Person()
		break
	}
	return true
}

// splitName parts «МСК, сеть лаундж-баров»: what the firm is follows a comma in small
// letters, while a legal form that follows one («АЛЬФА, ООО») is of the name.
func splitName(s string) (name, what string) {
	if i := strings.Index(s, ", "); i > 0 {
		if r, _ := utf8.DecodeRuneInString(s[i+2:]); unicode.IsLower(r) {
			return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+2:])
		}
	}
	return s, ""
}

func (b *builder) rubrics(asked rubric) {
	for _, r := range b.x.Rubrics {
		if r.Kind != "geo" {
			b.obs.Add(company.FieldRubric, line(r.Name))
		}
	}
	if b.obs.First(company.FieldRubric) == "" {
		b.obs.Add(company.FieldRubric, line(asked.name))
	}
}

func (b *builder) where() {
	b.city = company.CleanCity(b.x.division("city", "settlement"))
	address := line(b.x.AddressName)
	if r, ok := company.FindRegion(b.x.division("region")); ok {
		b.region = r.Code
	} else if code, ok := company.TownRegion(b.city); ok {
		b.region = code
	} else if code, ok := company.AddressRegion(line(b.x.FullAddress)); ok {
		b.region = code
	}
	b.obs.Add(company.FieldRegion, b.region)
	b.obs.Add(company.FieldCity, b.city)
	b.obs.Add(company.FieldDistrict, b.x.division("district", "district_area"))
	if zone := b.x.Timezone; b.region == "" && strings.Contains(zone, "/") {
		if _, err := time.LoadLocation(zone); err == nil {
			b.obs.Add(company.FieldZone, zone)
		}
	}
	switch {
	case address == "":
		address = line(b.x.FullAddress)
	case b.city != "" && !strings.Contains(address, b.city):
		address = b.city + ", " + address
	}
	if address == "" {
		return
	}
	note := line(b.x.AddressComment)
	b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldAddress, Value: address, Note: note})
	if n := b.x.Org.BranchCount; n > 1 {
		note = strings.TrimPrefix(note+fmt.Sprintf("; точек в регионе: %d", n), "; ")
	}
	b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldBranch, Key: b.x.key(), Value: address, Note: note})
}

// subjects marks what speaks of a sole proprietor.
func (b *builder) subjects() {
	if !b.sole && !b.obs.INN.Person() {
		return
	}
	for i := range b.obs.Facts {
		if f := &b.obs.Facts[i]; f.Subject == company.SubjectCompany {
			f.Subject = company.SubjectSole
		}
	}
}
