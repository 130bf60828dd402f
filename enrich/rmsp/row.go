package rmsp

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// row is what the registry holds of a company.
type row struct {
	INN       text `json:"inn"`
	OGRN      text `json:"ogrn"`
	Name      text `json:"name_ex"`
	Category  text `json:"category"`  // 1 micro, 2 small, 3 medium; 0 = excluded
	Active    text `json:"is_active"` // 1, 0; not said in 2019
	Region    text `json:"regioncode"`
	Area      text `json:"areaname"`
	CityKind  text `json:"citytype"`
	City      text `json:"cityname"`
	OKVED     text `json:"okved1"`
	Since     text `json:"dtregistry"` // «10.05.2026 00:00:00»
	Headcount text `json:"od2_sschr"`
	Phone     text `json:"phone"`
	Email     text `json:"email"`
	Site      text `json:"www"`
}

// text is a string, a number as it is written, or nothing.
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = text(s)
		return nil
	}
	var n *json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	if n != nil {
		*t = text(*n)
	}
	return nil
}

func (t text) line() string { return members.Line(strings.ReplaceAll(string(t), "\x00", "")) }

// day is that of a moment.
func (t text) day() company.Date {
	s, _, _ := strings.Cut(t.line(), " ")
	return members.DateOf(s)
}

func (r *row) active() bool {
	return r.Active.line() != "0" && slices.Contains([]string{"1", "2", "3"}, r.Category.line())
}

// best is the row that stands for a company: one in force before one that was excluded,
// then the one that was taken in last.
func best(rows []row) *row {
	if len(rows) == 0 {
		return nil
	}
	r := slices.MaxFunc(rows, func(a, b row) int {
		if a.active() != b.active() {
			if a.active() {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Since.day(), b.Since.day())
	})
	return &r
}

// observe states what a row in force says on a day.
func (r *row) observe(o *company.Observation) {
	o.Add(company.FieldNameFull, r.Name.line())
	if n, err := company.ParseOGRN(r.OGRN.line()); err == nil && n.Sole() == o.INN.Person() {
		o.Add(company.FieldOGRN, string(n))
	}
	if c, err := company.ParseOKVED(r.OKVED.line()); err == nil {
		o.Add(company.FieldOKVEDMain, string(c))
	}
	o.Add(company.FieldSME, r.Category.line())
	o.Add(company.FieldSMESince, r.Since.day().String())
	region, _ := company.RegionByCode(r.Region.line())
	o.Add(company.FieldRegion, region.Code)
	city := company.CleanCity(strings.TrimSpace(r.CityKind.line() + " " + r.City.line()))
	if city == "" && region.Kind == "город" {
		city = company.CleanCity(region.Name)
	}
	o.Add(company.FieldCity, city)
	if n, err := strconv.ParseInt(r.Headcount.line(), 10, 64); err == nil && n > 0 {
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldHeadcount, Key: headcountYear(o.Date), Value: strconv.FormatInt(n, 10)})
	}
	r.contacts(o, region.Code, city)
	if o.INN.Person() {
		for i := range o.Facts {
			o.Facts[i].Subject = company.SubjectSole
		}
	}
	o.Sort()
}

// contacts are those that the company itself has entered.
func (r *row) contacts(o *company.Observation, region, city string) {
	phones, _ := company.ParsePhones(r.Phone.line(), region, city)
	for _, p := range phones {
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldPhone, Value: p.Value(), Note: members.Line(p.Note)})
	}
	emails, _ := company.ParseEmails(r.Email.line())
	for _, m := range emails {
		if m.Role != company.RoleOperator {
			o.Add(company.FieldEmail, m.Address)
		}
	}
	if s, err := company.ParseSite(r.Site.line()); err == nil {
		o.Add(company.FieldSite, s.URL)
	}
}

// headcountYear is the year of which the registry tells the headcount on a day: it is
// made anew on the 10th of each month, with the figures of the last year but one until
// June and of the last year from July on (passport of the open data set of the registry).
func headcountYear(on company.Date) string {
	released := on.Time()
	if released.Day() < 10 {
		released = released.AddDate(0, 0, -released.Day()) // the last day of the month before
	}
	n := released.Year() - 1
	if released.Month() < time.July {
		n--
	}
	return strconv.Itoa(n)
}
