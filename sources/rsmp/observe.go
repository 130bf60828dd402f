package rsmp

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

// textMax bounds names and licensed activities in bytes: the longest official
// names have some 1 000 characters.
const textMax = 4000

// errNoSubject is returned for a document with neither of the two blocks that
// carry an ИНН.
var errNoSubject = errors.New("neither ОргВклМСП nor ИПВклМСП with an ИНН")

// errSubject is returned for a company with a person's number or the reverse.
var errSubject = errors.New("ИНН of the other kind of subject")

// inn checks the document's number and that it fits the kind of subject.
func (d *document) inn() (company.INN, error) {
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

// activity holds the valid codes of a document.
type activity struct {
	main, reported       []company.OKVED // one at most
	extra, reportedExtra []company.OKVED
}

func (d *document) activity() activity {
	a := activity{
		main: valid(d.codes.main), extra: valid(d.codes.extra),
		reported: valid(d.report.main), reportedExtra: valid(d.report.extra),
	}
	a.main, a.reported = a.main[:min(1, len(a.main))], a.reported[:min(1, len(a.reported))]
	return a
}

// valid leaves out codes of the first ОКВЭД: their digits mean something else.
func valid(codes []code) []company.OKVED {
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
func (d *document) observe(source string, inn company.INN, a activity, fallback company.Date) company.Observation {
	o := company.Observation{Source: source, Key: string(inn), INN: inn, Date: fallback}
	if date := dateOf(d.composed); date.Known() {
		o.Date = date
	}
	d.addNames(&o)
	addCodes(&o, company.FieldOKVEDMain, a.main)
	addCodes(&o, company.FieldOKVEDExtra, a.extra)
	addCodes(&o, company.FieldOKVEDReported, a.reported)
	addCodes(&o, company.FieldOKVEDRepExtra, a.reportedExtra)
	d.place.add(&o)
	o.Add(company.FieldSME, category(d.category))
	o.Add(company.FieldSMESince, dateOf(d.since).String())
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

func (d *document) addNames(o *company.Observation) {
	number := ""
	if o.INN.Person() {
		o.Add(company.FieldNameFull, d.sole.full())
		o.Add(company.FieldNameShort, d.sole.short(strings.TrimSpace(d.kind) == "3"))
		number = d.sole.ogrn
	} else {
		o.Add(company.FieldNameFull, line(d.org.full))
		o.Add(company.FieldNameShort, line(d.org.short))
		number = d.org.ogrn
	}
	if ogrn, err := company.ParseOGRN(number); err == nil && ogrn.Sole() == o.INN.Person() {
		o.Add(company.FieldOGRN, string(ogrn))
	}
}

func addCodes(o *company.Observation, f company.Field, codes []company.OKVED) {
	for _, c := range codes {
		o.Add(f, string(c))
	}
}

// category keeps the three that there are.
func category(s string) string {
	switch s = strings.TrimSpace(s); s {
	case "1", "2", "3":
		return s
	default:
		return ""
	}
}

// addHeadcount gives ССЧР its year. By the passport of the set, releases of
// January to June carry the year before the previous calendar year, releases
// of July to December the previous one.
func (d *document) addHeadcount(o *company.Observation) {
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

// headcountMax is far above any small or medium firm and any firm at all.
const headcountMax = 10_000_000

// headcount reads whole digits with any spaces around and between them.
func headcount(s string) (int64, bool) {
	s = strings.Join(strings.Fields(s), "")
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n <= headcountMax
}

func (d *document) addLicences(o *company.Observation) {
	for _, l := range d.licences {
		for _, a := range l.activities {
			if v := line(a); v != "" {
				o.Facts = append(o.Facts, company.Fact{Field: company.FieldLicence, Value: v, Note: l.note()})
			}
		}
	}
}

// note is what the licence itself says, in Russian: «№ 1234, с 01.02.2020 до
// 01.02.2025».
func (l licence) note() string {
	var parts []string
	if n := line(l.number); n != "" {
		parts = append(parts, "№ "+clip(n, 200))
	}
	var term []string
	if from := dateOf(l.from); from.Known() {
		term = append(term, "с "+from.Russian())
	}
	if until := dateOf(l.until); until.Known() {
		term = append(term, "до "+until.Russian())
	}
	if len(term) > 0 {
		parts = append(parts, strings.Join(term, " "))
	}
	return strings.Join(parts, ", ")
}

func (d *document) addProducts(o *company.Observation) {
	for _, p := range d.products {
		code := strings.TrimSpace(p.code)
		if len(code) < 2 || len(code) > 20 || strings.Trim(code, "0123456789.-") != "" {
			continue
		}
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldProduct, Value: code, Note: clip(line(p.name), 400)})
	}
}

// dateOf reads a date of the present or the last century, else the unknown one.
func dateOf(s string) company.Date {
	d, err := company.ParseDate(s)
	if err != nil || !d.Known() {
		return 0
	}
	if y := d.Time().Year(); y < 1900 || y > 2100 {
		return 0
	}
	return d
}

// line puts a text on one line with single spaces and bounds it.
func line(s string) string { return clip(strings.Join(strings.Fields(s), " "), textMax) }
