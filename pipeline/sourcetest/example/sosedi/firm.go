package sosedi

import (
	"encoding/json"
	"strings"
	"unicode"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// firm is a row of the directory, as it stands there.
type firm struct {
	ID    string `json:"id"`
	Name  string `json:"name"` // over the door
	Legal string `json:"legal"`
	INN   string `json:"inn"` // of few
	Kind  string `json:"kind"`
	City  string `json:"city"`
	Phone string `json:"phone"`
	Site  string `json:"site"`
	Shut  bool   `json:"shut"`
}

// line is a text on one line, without signs that no cell can hold.
func line(s string) string {
	return members.Line(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}

// take reads a page's rows into a batch: each is counted once.
func (s *Source) take(p page, b *pipeline.Batch) {
	date := members.DateOf(p.Day)
	b.Release = pipeline.Release{ID: p.Day, Date: date}
	seen := map[string]bool{}
	for i, raw := range *p.Firms {
		b.Counts.Declared++
		b.Counts.Read++
		o, reason, detail := s.observe(raw, date, b.Unit)
		switch {
		case detail == "" && o != nil && seen[o.Key]:
			reason, detail = pipeline.ReasonConflict, "the id "+o.Key+" twice on a page"
			fallthrough
		case detail != "":
			b.Counts.Quarantined++
			b.Rejects = append(b.Rejects, pipeline.Reject{Unit: b.Unit, Row: int64(i) + 1, Reason: reason, Detail: detail, Raw: members.Clip(string(raw), pipeline.RawLimit-len("…"))})
		case o == nil:
			b.Counts.NotWanted++
		default:
			b.Counts.Taken++
			b.Observations, seen[o.Key] = append(b.Observations, *o), true
		}
	}
}

// observe turns a row into what it says, in canonical form. Nil without a detail is a
// row that is not wanted. A wrong ИНН costs the row, any other wrong value only itself.
func (s *Source) observe(raw []byte, date company.Date, unit string) (*company.Observation, pipeline.Reason, string) {
	var f firm
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, pipeline.ReasonFormat, "not a firm: " + line(err.Error())
	}
	o := company.Observation{Source: s.name, Key: line(f.ID), Date: date, Origin: unit}
	if o.Key == "" || line(f.Name+f.Legal) == "" {
		return nil, pipeline.ReasonMissing, "neither id nor name can be left out"
	}
	if f.INN != "" {
		inn, err := company.ParseINN(f.INN)
		if err != nil {
			return nil, pipeline.ReasonINN, err.Error()
		}
		o.INN = inn
	}
	if f.Shut {
		return nil, "", ""
	}
	o.Add(company.FieldNameBrand, line(f.Name))
	o.Add(company.FieldNameShort, line(f.Legal))
	o.Add(company.FieldRubric, line(f.Kind))
	city := company.CleanCity(line(f.City))
	o.Add(company.FieldCity, city)
	region, _ := company.TownRegion(city)
	o.Add(company.FieldRegion, region)
	phones, _ := company.ParsePhones(f.Phone, region, city)
	for _, p := range phones {
		o.Add(company.FieldPhone, p.Value())
	}
	if site, err := company.ParseSite(f.Site); err == nil {
		o.Add(company.FieldSite, site.URL)
	}
	if o.INN.Person() || company.ParseName(f.Legal).Form.Person() {
		for i := range o.Facts { // a sole proprietor's facts are those of a person
			o.Facts[i].Subject = company.SubjectSole
		}
	}
	o.Sort()
	return &o, "", ""
}
