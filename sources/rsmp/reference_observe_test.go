package rsmp

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// inn checks the document's number and that it fits the kind of subject.
func (d *refDocument) inn() (company.INN, error) {
	text, want := "", 0
	switch {
	case d.org != nil && d.org.inn != "":
		text, want = d.org.inn, 10
	case d.sole != nil && d.sole.inn != "":
		text, want = d.sole.inn, 12
	default:
		return "", errNoSubject
	}
	inn, err := company.ParseINN(text)
	if err != nil {
		return "", err
	}
	if len(inn) != want {
		return "", fmt.Errorf("%q: %w: want %d digits here", inn, errSubject, want)
	}
	return inn, nil
}

// refActivity holds the valid codes of a document.
type refActivity struct {
	main, reported       []company.OKVED // one at most
	extra, reportedExtra []company.OKVED
}

func (d *refDocument) activity() refActivity {
	a := refActivity{
		main: refValid(d.codes.main), extra: refValid(d.codes.extra),
		reported: refValid(d.report.main), reportedExtra: refValid(d.report.extra),
	}
	a.main, a.reported = a.main[:min(1, len(a.main))], a.reported[:min(1, len(a.reported))]
	return a
}

// refValid leaves out codes of the first ОКВЭД: their digits mean something else.
func refValid(codes []refCode) []company.OKVED {
	var out []company.OKVED
	for _, c := range codes {
		if v := strings.TrimSpace(c.version); v != "" && v != "2014" {
			continue
		}
		if okved, err := company.ParseOKVED(c.text); err == nil {
			out = append(out, okved)
		}
	}
	return out
}

// observe makes the observation of a document whose ИНН is valid. fallback is
// the date of the file, for documents without their own.
func (d *refDocument) observe(source string, inn company.INN, a refActivity, fallback company.Date) company.Observation {
	o := company.Observation{Source: source, Key: string(inn), INN: inn, Date: fallback}
	if date := members.DateOf(d.composed); date.Known() {
		o.Date = date
	}
	d.addNames(&o)
	refAddCodes(&o, company.FieldOKVEDMain, a.main)
	refAddCodes(&o, company.FieldOKVEDExtra, a.extra)
	refAddCodes(&o, company.FieldOKVEDReported, a.reported)
	refAddCodes(&o, company.FieldOKVEDRepExtra, a.reportedExtra)
	d.place.add(&o)
	o.Add(company.FieldSME, category(value(d.category)))
	o.Add(company.FieldSMESince, members.DateOf(d.since).String())
	d.addHeadcount(&o)
	d.addLicences(&o)
	d.addProducts(&o)
	if inn.Person() {
		for i := range o.Facts {
			o.Facts[i].Subject = company.SubjectSole
		}
	}
	o.Sort()
	return o
}

func (d *refDocument) addNames(o *company.Observation) {
	number := ""
	if o.INN.Person() {
		o.Add(company.FieldNameFull, d.sole.full())
		o.Add(company.FieldNameShort, d.sole.short(strings.TrimSpace(d.kind) == "3"))
		number = d.sole.ogrn
	} else {
		o.Add(company.FieldNameFull, members.Line(d.org.full))
		o.Add(company.FieldNameShort, members.Line(d.org.short))
		number = d.org.ogrn
	}
	if ogrn, err := company.ParseOGRN(number); err == nil && ogrn.Sole() == o.INN.Person() {
		o.Add(company.FieldOGRN, string(ogrn))
	}
}

func refAddCodes(o *company.Observation, f company.Field, codes []company.OKVED) {
	for _, c := range codes {
		o.Add(f, string(c))
	}
}

// addHeadcount gives ССЧР its year. By the passport of the set, releases of
// January to June carry the year before the previous calendar year, releases
// of July to December the previous one.
func (d *refDocument) addHeadcount(o *company.Observation) {
	n, ok := headcount(d.headcount)
	if !ok || !o.Date.Known() {
		return
	}
	at := o.Date.Time()
	year := at.Year() - 1
	if at.Month() < time.July {
		year--
	}
	o.Facts = append(o.Facts, company.Fact{
		Field: company.FieldHeadcount, Key: strconv.Itoa(year), Value: strconv.FormatInt(n, 10),
	})
}

func (d *refDocument) addLicences(o *company.Observation) {
	for _, l := range d.licences {
		for _, a := range l.activities {
			if v := members.Line(a); v != "" {
				o.Facts = append(o.Facts, company.Fact{Field: company.FieldLicence, Value: v, Note: l.note()})
			}
		}
	}
}

// note is what the licence itself says, in Russian: «№ 1234, с 01.02.2020 до
// 01.02.2025».
func (l refLicence) note() string {
	var parts []string
	if n := members.Line(l.number); n != "" {
		parts = append(parts, "№ "+members.Clip(n, 200))
	}
	var term []string
	if from := members.DateOf(l.from); from.Known() {
		term = append(term, "с "+from.Russian())
	}
	if until := members.DateOf(l.until); until.Known() {
		term = append(term, "до "+until.Russian())
	}
	if len(term) > 0 {
		parts = append(parts, strings.Join(term, " "))
	}
	return strings.Join(parts, ", ")
}

func (d *refDocument) addProducts(o *company.Observation) {
	for _, p := range d.products {
		code := strings.TrimSpace(p.code)
		if len(code) < 2 || len(code) > 20 || strings.Trim(code, "0123456789.-") != "" {
			continue
		}
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldProduct, Value: code, Note: members.Clip(members.Line(p.name), 400)})
	}
}

// add states region, city and district. КодРегион is where the firm is
// registered; it may differ from the first digits of its ИНН.
func (p refPlace) add(o *company.Observation) {
	region, known := company.RegionByCode(strings.TrimSpace(p.code))
	if !known {
		region, known = company.FindRegion(strings.TrimSpace(p.region.kind + " " + p.region.name))
	}
	if known {
		o.Add(company.FieldRegion, region.Code)
	}
	city := p.cityName()
	if city == "" && known && region.Kind == "город" {
		city = company.CleanCity(region.Name)
	}
	o.Add(company.FieldCity, city)
	if district := p.districtName(); district != city {
		o.Add(company.FieldDistrict, district)
	}
}

// cityName takes the town, else the settlement, else a district that is a
// town, as in the new regions (Район Тип="Г." Наим="КРАСНЫЙ ЛУЧ").
func (p refPlace) cityName() string {
	for _, n := range []refNamed{p.city, p.settlement} {
		if city := company.CleanCity(members.Line(n.name)); city != "" {
			return city
		}
	}
	if p.district.town() {
		return company.CleanCity(members.Line(p.district.name))
	}
	return ""
}

func (n refNamed) town() bool {
	switch n.word() {
	case "г", "гор", "город":
		return true
	default:
		return false
	}
}

// word is the type in small letters without points and stray spaces.
func (n refNamed) word() string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(n.kind), func(r rune) bool {
		return r == '.' || r == ' ' || r == '\u00a0'
	}), " ")
}

// districtName is «Пуровский район», «Хангаласский улус», or the bare name
// where the type is another.
func (p refPlace) districtName() string {
	name := company.CleanCity(members.Line(p.district.name))
	if name == "" {
		return ""
	}
	switch p.district.word() {
	case "район", "р-н", "рн", "м р-н", "муниципальный район":
		return name + " район"
	case "улус", "у":
		return name + " улус"
	case "кожуун", "кож":
		return name + " кожуун"
	case "г о", "городской округ":
		return name + " городской округ"
	case "м о", "муниципальный округ":
		return name + " муниципальный округ"
	default:
		return name
	}
}

// full is «Фамилия Имя Отчество» in ordinary capitals.
func (p *refProprietor) full() string {
	return strings.Join(refCompact(calm(p.surname), calm(p.name), calm(p.patronymic)), " ")
}

// short is «ИП Фамилия И.О.», or «ИП глава КФХ Фамилия И.О.».
func (p *refProprietor) short(farm bool) string {
	surname := calm(p.surname)
	if surname == "" {
		return ""
	}
	form := "ИП"
	if farm {
		form = "ИП глава КФХ"
	}
	return strings.Join(refCompact(form, surname, refInitial(p.name)+refInitial(p.patronymic)), " ")
}

func refInitial(name string) string {
	name = calm(name)
	if name == "" {
		return ""
	}
	r, _ := utf8.DecodeRuneInString(name)
	return string(r) + "."
}

func refCompact(parts ...string) []string {
	out := parts[:0]
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
