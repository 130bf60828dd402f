package zakupki

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// contractKey sets the keys of contracts apart from those of notices: both registers
// have numbers of nineteen digits.
const contractKey = "contract/"

// errNobody is a purchase of which nothing tells who buys.
var errNobody = errors.New("nothing tells who buys")

// observer turns purchases into observations.
type observer struct {
	source  string
	persons bool
}

// observe makes one observation for each customer. by is the position by which the
// purchase is wanted where its subject does not say so. An error is that of an ИНН
// that is printed and wrong, or errNobody.
func (o *observer) observe(p *purchase, by, origin string) ([]company.Observation, error) {
	var out []company.Observation
	for i := range p.customers {
		c := &p.customers[i]
		inn := c.code.inn
		if c.inn != "" {
			printed, err := company.ParseINN(c.inn)
			if err != nil {
				return nil, err
			}
			inn = printed
		}
		if inn == "" && subjectOf(cmp.Or(c.full, c.short)) == "" {
			return nil, errNobody
		}
		obs := company.Observation{Source: o.source, Key: p.number, INN: inn, Date: p.date(), Origin: origin}
		if p.kind == kindContract {
			obs.Key = contractKey + p.number
		}
		if len(p.customers) > 1 {
			obs.Key += "/" + cmp.Or(string(inn), strings.Join(company.FoldWords(cmp.Or(c.full, c.short)), " "))
		}
		describe(&obs, c)
		if p.kind == kindContract {
			supply(&obs, p, by)
		} else {
			tender(&obs, p, by)
			o.contact(&obs, p)
		}
		if inn.Person() {
			for j := range obs.Facts {
				if obs.Facts[j].Subject == company.SubjectCompany {
					obs.Facts[j].Subject = company.SubjectSole
				}
			}
		}
		obs.Sort()
		out = append(out, obs)
	}
	if len(out) == 0 {
		return nil, errNobody
	}
	return out, nil
}

// describe adds who the customer is.
func describe(obs *company.Observation, c *customer) {
	full, short := subjectOf(c.full), subjectOf(c.short)
	obs.Add(company.FieldNameFull, full)
	if short != full {
		obs.Add(company.FieldNameShort, short)
	}
	if v, err := company.ParseOGRN(c.ogrn); err == nil {
		obs.Add(company.FieldOGRN, string(v))
	}
	kpp := c.code.kpp
	if v, err := company.ParseKPP(c.kpp); err == nil {
		kpp = v
	}
	obs.Add(company.FieldKPP, string(kpp))
	address := subjectOf(strings.TrimPrefix(subjectOf(c.address), "Российская Федерация, "))
	obs.Add(company.FieldAddress, address)
	region := regionOf(address)
	obs.Add(company.FieldRegion, region)
	phones, _ := company.ParsePhones(c.phone, region, "")
	for _, p := range phones {
		obs.Add(company.FieldPhone, p.Value())
	}
	emails, _ := company.ParseEmails(c.email)
	for _, e := range emails {
		obs.Add(company.FieldEmail, e.Address)
	}
}

// regionOf is the code of the subject that an address names; "" = none.
func regionOf(address string) string {
	code, ok := company.AddressRegion(address)
	if !ok {
		return ""
	}
	return code
}

// tender adds what is bought, under the notice's number.
func tender(obs *company.Observation, p *purchase, by string) {
	add := adder(obs, p.number)
	add(company.FieldTenderSubject, subjectWith(p.subject, by))
	add(company.FieldTenderDay, p.day.String())
	add(company.FieldTenderDeadline, p.deadline.String())
	add(company.FieldTenderPrice, roublesText(p.roubles))
	add(company.FieldTenderPage, p.page)
}

// supply adds from whom is bought, under the contract's number. The supplier gets no
// observation: he sells what we sell.
func supply(obs *company.Observation, p *purchase, by string) {
	add := adder(obs, p.number)
	add(company.FieldSupplySubject, subjectWith(p.subject, by))
	add(company.FieldSupplyDay, p.day.String())
	add(company.FieldSupplyPrice, roublesText(p.roubles))
	add(company.FieldSupplyPage, p.page)
	text, sole := p.supplier.named()
	add(company.FieldSupplyFrom, text)
	if n := len(obs.Facts); text != "" && sole {
		obs.Facts[n-1].Subject = company.SubjectSole
	}
}

func adder(obs *company.Observation, key string) func(company.Field, string) {
	return func(f company.Field, value string) {
		if value != "" {
			obs.Facts = append(obs.Facts, company.Fact{Field: f, Key: key, Value: value})
		}
	}
}

// subjectWith adds to a subject the position that is meant.
func subjectWith(subject, by string) string {
	by = subjectOf(by)
	switch {
	case subject == "":
		return by
	case by == "":
		return subject
	default:
		return members.Line(subject + " — " + by)
	}
}

func roublesText(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// contactOf is the key under which a customer's contact for purchases stands: one of
// all its notices, so that ten of them are no ten contacts.
const contactOf = "eis-purchases"

// contact adds whom the notice names for questions. The person's name and a mailbox
// that carries one come only where named people may be collected.
func (o *observer) contact(obs *company.Observation, p *purchase) {
	add := adder(obs, contactOf)
	phones, _ := company.ParsePhones(p.contact.phone, obs.First(company.FieldRegion), "")
	emails, _ := company.ParseEmails(p.contact.email)
	before := len(obs.Facts)
	if len(phones) > 0 {
		add(company.FieldContactPhone, phones[0].Value())
	}
	if len(emails) > 0 && (o.persons || emails[0].Role != company.RolePerson) {
		add(company.FieldContactEmail, emails[0].Address)
	}
	if name := subjectOf(p.contact.name); o.persons && name != "" {
		obs.Facts = append(obs.Facts, company.Fact{Field: company.FieldContactName, Key: contactOf, Value: name, Subject: company.SubjectPerson})
	}
	if len(obs.Facts) > before {
		add(company.FieldContactDuty, string(company.DutySupply))
		add(company.FieldContactPage, p.page)
	}
}
