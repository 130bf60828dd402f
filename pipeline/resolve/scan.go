package resolve

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// readCompanies goes once through all companies and keeps those that share a
// token with a listing.
func (m *matching) readCompanies(ctx context.Context, base Base) error {
	if len(m.marks) == 0 {
		return nil
	}
	var after company.INN
	for {
		page, err := base.Dossiers(ctx, after, pageSize)
		if err != nil {
			return fmt.Errorf("read companies after %q: %w", after, err)
		}
		for i := range page {
			m.addCompany(&page[i])
		}
		if len(page) == 0 {
			return nil
		}
		after = page[len(page)-1].INN
	}
}

// addCompany looks at the company's own observations only: what earlier nights
// joined to it has no say.
func (m *matching) addCompany(d *store.Dossier) {
	var sign int32
	signed := false
	var met *firm
	for i := range d.Observations {
		o := &d.Observations[i]
		if o.INN != d.INN {
			continue
		}
		m.reader.clues(o, func(c clue) {
			id, ok := m.ids[c.token]
			if !ok || c.space == spaceName && d.INN.Person() {
				return
			}
			if met == nil {
				met = newFirm(d)
				m.firms[d.INN] = met
			}
			k := &m.marks[id]
			k.addINN(d.INN)
			if c.space == spaceName {
				k.addCarrier(carrier{d.INN, c.form})
				return
			}
			if !signed {
				sign, signed = m.sign(companySign(d)), true
			}
			k.addSign(sign, m.shared)
		})
	}
}

// addCarrier keeps the forms under which the kept companies carry the name.
func (k *mark) addCarrier(c carrier) {
	if slices.Contains(k.inns, c.inn) && !slices.Contains(k.carriers, c) {
		k.carriers = append(k.carriers, c)
	}
}

// companySign is the one name by which the company counts at a phone, however
// many signs it has.
func companySign(d *store.Dossier) string {
	for i := range d.Observations {
		if o := &d.Observations[i]; o.INN == d.INN {
			if key := company.ParseName(legalName(o)).Key(); key != "" {
				return identity(key)
			}
		}
	}
	return string(d.INN)
}

// newFirm gathers what the company's own observations say of it.
func newFirm(d *store.Dossier) *firm {
	var f firm
	for i := range d.Observations {
		o := &d.Observations[i]
		if o.INN != d.INN {
			continue
		}
		if f.name == "" {
			f.name = company.ParseName(legalName(o)).String()
		}
		f.city = cmp.Or(f.city, o.First(company.FieldCity))
		f.ogrn = cmp.Or(f.ogrn, o.First(company.FieldOGRN))
		if p := placeOf(o); p != (place{}) && !slices.Contains(f.places, p) {
			f.places = append(f.places, p)
		}
	}
	f.name = cmp.Or(f.name, "ИНН "+string(d.INN))
	return &f
}

// legalName is the name of a company's own observation, best first.
func legalName(o *company.Observation) string {
	return cmp.Or(o.First(company.FieldNameShort), o.First(company.FieldNameFull), o.First(company.FieldNameBrand))
}

func (f *firm) near(p place) bool { return slices.ContainsFunc(f.places, p.near) }
