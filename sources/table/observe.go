package table

import (
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

// observer turns listings into observations.
type observer struct {
	source  string
	input   string
	date    company.Date
	persons bool
	now     time.Time
}

func (o *observer) observe(x *listing) company.Observation {
	x.readPlace()
	x.readPhones()
	b := builder{x: x, o: o, obs: company.Observation{
		Source: o.source, Key: x.key, INN: x.inn, Date: o.date,
		Origin: o.input + ", row " + strconv.FormatInt(x.rec.row, 10),
		Facts:  make([]company.Fact, 0, 24),
	}}
	b.names()
	b.registration()
	b.where()
	b.contacts()
	b.quantities()
	b.people()
	b.subjects()
	b.obs.Sort()
	return b.obs
}

// builder collects the facts of one row.
type builder struct {
	x    *listing
	o    *observer
	obs  company.Observation
	sole bool
}

func (b *builder) copy(r role, f company.Field) { b.obs.Add(f, b.x.get(r)) }

func (b *builder) names() {
	if s := b.x.get(roleNameFull); s != "" {
		b.obs.Add(company.FieldNameFull, s)
		b.legalForm(company.ParseName(s))
	}
	if s := b.x.get(roleNameShort); s != "" {
		b.short(company.ParseName(s))
	}
	b.copy(roleBrand, company.FieldNameBrand)
	b.plainName(b.x.get(roleName))
	b.copy(roleDescription, company.FieldDescription)
}

// plainName files a name of a column that is just "name".
func (b *builder) plainName(s string) {
	if s == "" {
		return
	}
	n := company.ParseName(s)
	meaning := b.x.l.preset.names
	if meaning == nameSign || meaning == nameGuess && n.Form == "" {
		b.obs.Add(company.FieldNameBrand, s)
	}
	if meaning == nameLegal || n.Form != "" {
		b.short(n)
		if spelledOut(n.Form, s) && b.obs.First(company.FieldNameFull) == "" {
			b.obs.Add(company.FieldNameFull, s)
		}
	}
}

func (b *builder) short(n company.Name) {
	if b.obs.First(company.FieldNameShort) == "" {
		b.obs.Add(company.FieldNameShort, n.String())
	}
	b.legalForm(n)
}

func (b *builder) legalForm(n company.Name) { b.sole = b.sole || n.Form.Person() }

// spelledOut tells a name that writes its legal form in full words.
func spelledOut(form company.LegalForm, s string) bool {
	if form == "" {
		return false
	}
	for _, w := range company.FoldWords(s) {
		if w == strings.ToLower(string(form)) {
			return false
		}
	}
	return true
}

func (b *builder) registration() {
	b.obs.Add(company.FieldOGRN, string(b.x.ogrn))
	kpp := b.x.get(roleKPP)
	if kpp == "" {
		_, kpp, _ = strings.Cut(b.x.get(roleINNKPP), "/")
	}
	if v, err := company.ParseKPP(kpp); err == nil {
		b.obs.Add(company.FieldKPP, string(v))
	}
	if codes := okvedCodes(b.x.get(roleOKVEDMain)); len(codes) > 0 {
		b.obs.Add(company.FieldOKVEDMain, codes[0])
	}
	b.x.each(roleOKVEDExtra, func(_ int, text, _ string) {
		for _, code := range okvedCodes(text) {
			b.obs.Add(company.FieldOKVEDExtra, code)
		}
	})
	b.obs.Add(company.FieldSME, smeOf(b.x.get(roleSME)))
	b.obs.Add(company.FieldRegistered, dayOf(b.x.get(roleRegistered)).String())
	if text := b.x.get(roleStatus); text != "" {
		b.obs.Add(company.FieldStatus, string(statusOf(text)))
		b.obs.Add(company.FieldStatusText, text)
	}
	b.x.each(roleLicence, func(_ int, text, _ string) {
		for _, item := range items(text) {
			b.obs.Add(company.FieldLicence, item)
		}
	})
	b.x.each(roleRubric, func(_ int, text, _ string) {
		for _, item := range items(text) {
			b.obs.Add(company.FieldRubric, item)
		}
	})
}

func (b *builder) where() {
	x := b.x
	b.obs.Add(company.FieldRegion, x.region)
	b.obs.Add(company.FieldCity, x.city)
	b.copy(roleDistrict, company.FieldDistrict)
	b.copy(roleHours, company.FieldHours)
	if x.region == "" {
		b.obs.Add(company.FieldZone, zoneOfOffset(x.get(roleOffset)))
	}
	address, note := x.get(roleAddress), x.get(roleAddressNote)
	if address != "" && x.city != "" && x.l.preset.place && !strings.Contains(address, x.city) {
		address = x.city + ", " + address
	}
	if address != "" {
		b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldAddress, Value: address, Note: note})
		if x.l.preset.place && x.place != "" {
			b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldBranch, Key: x.place, Value: address, Note: note})
		}
	}
}

func (b *builder) contacts() {
	for _, p := range b.x.phones {
		b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldPhone, Value: p.Value(), Note: p.Note})
	}
	b.x.each(roleEmail, func(_ int, text, link string) {
		emails, _ := company.ParseEmails(text)
		if len(emails) == 0 {
			emails, _ = company.ParseEmails(link)
		}
		for _, e := range emails {
			b.email(e)
		}
	})
	b.x.each(roleSite, func(_ int, text, link string) {
		found := false
		for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
			found = b.site(s) || found
		}
		if !found {
			b.site(link)
		}
	})
	b.x.each(roleCard, func(_ int, text, link string) {
		if site, err := company.ParseSite(first(link, text)); err == nil {
			b.obs.Add(company.FieldCard, site.URL)
		}
	})
	if key := b.x.get(roleKey); strings.HasPrefix(key, "http") {
		b.obs.Add(company.FieldCard, key)
	}
}

// email files an address. One that names a person is that person's data.
func (b *builder) email(e company.Email) {
	f := company.Fact{Field: company.FieldEmail, Value: e.Address}
	if e.Role == company.RolePerson {
		if !b.o.persons {
			return
		}
		f.Subject = company.SubjectPerson
	}
	b.obs.Facts = append(b.obs.Facts, f)
}

func (b *builder) site(s string) bool {
	site, err := company.ParseSite(s)
	if err != nil {
		return false
	}
	b.obs.Add(company.FieldSite, site.URL)
	return true
}

func (b *builder) people() {
	if b.o.persons {
		b.copy(roleHeadName, company.FieldHeadName)
	}
	b.copy(roleHeadPost, company.FieldHeadPost)
}

// subjects marks whom the facts speak of.
func (b *builder) subjects() {
	sole := b.sole || b.x.inn.Person() || b.x.ogrn.Sole()
	for i := range b.obs.Facts {
		f := &b.obs.Facts[i]
		if info, _ := f.Field.Info(); info.Person {
			f.Subject = company.SubjectPerson
		} else if sole && f.Subject == company.SubjectCompany {
			f.Subject = company.SubjectSole
		}
	}
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
