package census

import "obzvon/pipeline/company"

// site shows what can be read off the site of a firm; not every site can be
// read, and half of those print no ИНН.
func (m *maker) site(f *firm, host string) (shown, bool) {
	w := m.w
	owner := f
	if f.group && f.role.member > 0 {
		leader := m.firm(w.layout.leader(f.role))
		owner = &leader
	}
	d := newDraw().of(w.spec.Seed, streamSite, int(sameKey(host)>>1))
	if !d.chance(rateVisited) {
		return shown{}, false
	}
	s := shown{owner: owner, domain: host}
	s.obs = company.Observation{Source: SourceSite, Key: host, Date: listingDay}
	s.obs.Add(company.FieldSite, "https://"+host)
	s.obs.Add(company.FieldNameBrand, owner.sign.plain(true))
	m.printed(d, &s)
	if d.chance(0.85) {
		s.phones = append(s.phones, owner.phones[slotMain])
	}
	if d.chance(0.4) {
		s.phones = append(s.phones, owner.phones[slotSecond])
	}
	if d.chance(rateBuilderPhone) {
		s.phones = append(s.phones, phone(phonesOfBuilders+d.zipf(1+w.spec.Companies/5000, 0.8)))
		s.troubles |= TroubleBuilder
	}
	for _, p := range s.phones {
		s.obs.Add(company.FieldPhone, p)
	}
	if d.chance(0.8) {
		s.mail = owner.mail
		if s.mail == "" {
			s.mail = owner.box
		}
		s.obs.Add(company.FieldEmail, s.mail)
	}
	if d.chance(0.5) {
		s.obs.Add(company.FieldCity, owner.works.town.name)
		s.obs.Add(company.FieldAddress, owner.works.shown(d))
	}
	s.obs.Sort()
	return s, true
}

// printed adds the numbers that a site prints: its own, those of a group, in
// rare cases only those of who built it.
func (m *maker) printed(d *draw, s *shown) {
	w, f := m.w, s.owner
	rate := ratePrints
	if f.group {
		rate = rateGroupPrints
	}
	switch {
	case d.chance(rateBuilderINN):
		b := m.firm(w.layout.at(w.spec.Companies - 1 - d.zipf(1+w.spec.Companies/20_000, 0.8)))
		s.obs.Add(company.FieldPrintedINN, string(b.inn))
		s.troubles |= TroubleWrongPrint
		return
	case !d.chance(rate):
		return
	}
	s.prints = append(s.prints, f.inn)
	s.obs.Add(company.FieldPrintedINN, string(f.inn))
	if d.chance(ratePrintsOGRN) {
		s.obs.Add(company.FieldPrintedOGRN, string(f.ogrn))
	}
	if d.chance(0.4) {
		s.obs.Add(company.FieldNameShort, f.legalName())
	}
	if f.n < 0 {
		s.troubles |= TroubleUnknownPrint
	}
	if f.role.story != storyHolding || !d.chance(0.35) {
		return
	}
	for member := 1; member < holdingFirms; member++ {
		g := m.firm(w.layout.at(w.layout.holdingsFrom() + f.role.group*holdingFirms + member))
		s.prints = append(s.prints, g.inn)
		s.obs.Add(company.FieldPrintedINN, string(g.inn))
	}
}

// legalName is «ООО «ТД Вектор»» or «ИП Иванов И.И.».
func (f *firm) legalName() string {
	if f.sole {
		return "ИП " + f.who.initials()
	}
	return f.form.short + " «" + f.title.plain(true) + "»"
}
