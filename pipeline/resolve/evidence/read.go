package evidence

import (
	"strings"

	"obzvon/pipeline/company"
)

// Listing reads an observation without ИНН.
func (m *Model) Listing(o *company.Observation) *Party {
	r := m.reader()
	r.p = &Party{}
	if o.INN != "" {
		r.number(string(o.INN), true, false)
	}
	r.observation(o)
	return m.done(r)
}

// Firm reads a company's own observations, none of those joined to it.
func (m *Model) Firm(inn company.INN, own []company.Observation) *Party {
	r := m.reader()
	r.p = &Party{inn: inn, forms: formOfINN(inn)}
	if inn != "" {
		r.number(string(inn), true, false)
	}
	for i := range own {
		r.observation(&own[i])
	}
	return m.done(r)
}

func (m *Model) reader() *reader { return m.readers.Get().(*reader) }

func (m *Model) done(r *reader) *Party {
	p := r.p
	p.finish()
	r.p = nil
	m.readers.Put(r)
	return p
}

// reader takes observations apart into one party.
type reader struct {
	m     *Model
	p     *Party
	names company.NameReader
}

func (r *reader) observation(o *company.Observation) {
	at := r.place(o)
	for i := range o.Facts {
		f := &o.Facts[i]
		switch f.Field {
		case company.FieldOGRN:
			r.number(f.Value, true, true)
		case company.FieldPrintedINN:
			r.number(f.Value, false, false)
		case company.FieldPrintedOGRN:
			r.number(f.Value, false, true)
		case company.FieldPhone, company.FieldContactPhone:
			r.phone(f.Value)
		case company.FieldMessenger:
			r.messenger(f.Value)
		case company.FieldSite:
			r.site(f.Value)
		case company.FieldEmail, company.FieldContactEmail:
			r.mail(f.Value)
		case company.FieldNameShort, company.FieldNameFull:
			r.name(f.Value, true)
		case company.FieldNameBrand:
			r.name(f.Value, false)
		case company.FieldRubric, company.FieldDescription:
			r.p.trades |= tradesOf(f.Value)
		case company.FieldOKVEDMain, company.FieldOKVEDReported:
			r.p.trades |= tradeOfCode(f.Value)
		case company.FieldOKVEDExtra, company.FieldOKVEDRepExtra:
			r.p.further |= tradeOfCode(f.Value)
		case company.FieldAddress:
			r.address(f.Value, at.city)
		case company.FieldBranch:
			r.address(f.Value, cityKey(f.Value))
		}
	}
}

// place reads where the observation puts the firm. What is not said is taken
// from the address, if that names a town that is known.
func (r *reader) place(o *company.Observation) place {
	region, city := o.First(company.FieldRegion), o.First(company.FieldCity)
	if reg, ok := company.RegionByCode(region); ok {
		region = reg.Code
	}
	if region == "" && city != "" {
		region, _ = company.TownRegion(city)
	}
	if region == "" || city == "" {
		region, city = fromAddress(o.First(company.FieldAddress), region, city)
	}
	if city == "" {
		city = cityOfRegion[region]
	}
	at := place{region: region, city: cityKey(city)}
	if at.region != "" || at.city != "" {
		r.p.places = append(r.p.places, at)
	}
	return at
}

func fromAddress(text, region, city string) (string, string) {
	if text == "" {
		return region, city
	}
	if region == "" {
		region, _ = company.AddressRegion(text)
	}
	if city == "" {
		town := company.CleanCity(text)
		if code, ok := company.TownRegion(town); ok && code == region {
			city = town
		}
	}
	return region, city
}

// cityOfRegion: a subject that is a city needs no city.
var cityOfRegion = map[string]string{"77": "Москва", "78": "Санкт-Петербург", "92": "Севастополь"}

func (r *reader) number(value string, own, entity bool) {
	if value != "" {
		r.p.numbers = append(r.p.numbers, registration{value, hashOf(KindNumber, value), own, entity})
	}
}

func (r *reader) phone(value string) {
	kind, ok := r.m.phones.Of(value)
	if !ok {
		return
	}
	value, _, inside := strings.Cut(value, ";")
	r.p.phones = append(r.p.phones, contact{value: value, hash: hashOf(KindPhone, value), phone: kind, inside: inside})
}

// messenger takes the number of those that go by numbers.
func (r *reader) messenger(value string) {
	if kind, number, ok := strings.Cut(value, ":"); ok && (kind == "whatsapp" || kind == "viber") {
		r.phone(number)
	}
}

func (r *reader) site(value string) {
	if d, ok := r.m.ownDomain(value); ok {
		r.p.domains = append(r.p.domains, contact{value: d, hash: hashOf(KindDomain, d), site: true, slug: slugOf(d)})
	}
}

func (r *reader) mail(address string) {
	local, host, ok := strings.Cut(address, "@")
	if !ok || local == "" || company.ReportingOperator(host) {
		return
	}
	if r.m.freeMail[host] || company.FreeMail(host) {
		r.p.mailboxes = append(r.p.mailboxes, contact{value: address, hash: hashOf(KindMailbox, address), slug: slugOf(local)})
		return
	}
	if d, ok := r.m.ownDomain(host); ok && !r.m.freeMail[d] {
		r.p.domains = append(r.p.domains, contact{value: d, hash: hashOf(KindDomain, d), slug: slugOf(d)})
	}
}

// ownDomain returns the registered domain of a site unless many firms share it.
func (m *Model) ownDomain(address string) (string, bool) {
	s, err := company.ParseSite(address)
	if err != nil || s.Shared || m.sharedHosts[s.Domain] {
		return "", false
	}
	for host := s.Host; host != ""; {
		if m.sharedHosts[host] {
			return "", false
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return s.Domain, true
}

// name reads a name, and the sign that stands beside a legal one.
func (r *reader) name(text string, legal bool) {
	n := r.names.Read(text)
	if n.Form == "" && !legal {
		if quoted, ok := quotedSign(text); ok {
			r.folded(quoted, "", false)
			return
		}
		if front, _, ok := strings.Cut(text, ","); ok && front != "" {
			n = r.names.Read(front) // «Вега, магазин автозапчастей»
		}
	}
	r.p.forms |= formKind(n.Form)
	r.folded(n.Core, n.Form, legal || n.Form != "")
	r.folded(n.Brand, "", false)
}

// quotedSign is what a sign without a legal form puts in quotes: of «Цех
// металлообработки «Вега»» the name is «Вега».
func quotedSign(text string) ([]byte, bool) {
	if !strings.ContainsAny(text, "\"«„“") {
		return nil, false
	}
	n := company.ParseName(text)
	if n.Brand == "" || n.Brand == n.Core {
		return nil, false
	}
	return company.AppendFolded(nil, n.Brand), true
}

func (r *reader) folded(core []byte, form company.LegalForm, legal bool) {
	formed := form.Person() || r.p.inn.Person()
	if len(core) == 0 || r.known(core, legal, formed) {
		return
	}
	text := string(core)
	if p, ok := newPerson(text, formed); ok {
		r.p.people = append(r.p.people, p)
	} else if n, ok := r.m.newName(text, legal); ok {
		r.p.names = append(r.p.names, n)
	}
}

// known tells a name that was read before: registries give the full and the
// short form of one.
func (r *reader) known(text []byte, legal, formed bool) bool {
	for i := range r.p.names {
		if formed {
			break // may be a person's all the same
		}
		if n := &r.p.names[i]; n.text == string(text) && (n.legal || !legal) {
			return true
		}
	}
	for i := range r.p.people {
		if r.p.people[i].text == string(text) {
			return true
		}
	}
	return false
}

func (r *reader) address(text, city string) {
	street, house := houseOf(text)
	if street == "" || house == "" {
		return
	}
	if city == "" {
		city = cityKey(text)
	}
	r.p.addresses = append(r.p.addresses, address{text: text, place: hashOf(KindAddress, city, street, house)})
}
