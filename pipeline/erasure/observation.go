package erasure

import (
	"cmp"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// verdict is what becomes of something.
type verdict uint8

const (
	stays verdict = iota
	changes
	goes
)

// observation takes out of an observation what was forgotten, or says that all of
// it goes. Its facts are not written to: they are others then.
func (f *Forgotten) observation(o *company.Observation) verdict {
	if f.Empty() {
		return stays
	}
	if f.card(o.Source, o.Key) || f.Sole(o.INN) || o.Key != string(o.INN) && f.Has(o.Key) || o.INN == "" && f.prints(o) {
		return goes
	}
	if !f.concerns(o) {
		return stays
	}
	facts := f.facts(o)
	origin := f.Redact(o.Origin)
	switch {
	case len(facts) == 0 && len(o.Facts) > 0:
		return goes
	case origin == o.Origin && slices.Equal(facts, o.Facts):
		return stays
	}
	o.Facts, o.Origin = facts, origin
	o.Sort()
	return changes
}

// concerns tells whether anything of an observation is to be looked at closely.
func (f *Forgotten) concerns(o *company.Observation) bool {
	if _, people := f.People(o.INN); people || f.remembers(kindPeopleCard, []byte(o.Source), []byte(o.Key)) || f.Has(o.Origin) {
		return true
	}
	for i := range o.Facts {
		if x := &o.Facts[i]; f.inFact(x) || x.Key != "" && f.Has(x.Key) || x.Note != "" && f.Has(x.Note) {
			return true
		}
	}
	return false
}

// card tells an observation that is not taken again.
func (f *Forgotten) card(source, key string) bool {
	return f.remembers(kindCard, []byte(source), []byte(key))
}

// prints tells a listing that prints the number of a forgotten sole proprietor.
func (f *Forgotten) prints(o *company.Observation) bool {
	return slices.ContainsFunc(o.Facts, func(x company.Fact) bool {
		return identity(x.Field) && f.inFact(&x)
	})
}

// identity tells fields that hold an ИНН or an ОГРН: ten digits of it are no phone.
func identity(field company.Field) bool {
	return field == company.FieldPrintedINN || field == company.FieldPrintedOGRN || field == company.FieldOGRN
}

// inFact tells whether the value of a fact holds what was forgotten.
func (f *Forgotten) inFact(x *company.Fact) bool {
	switch {
	case identity(x.Field):
		return f.remembers(kindSole, []byte(x.Value)) || f.remembers(kindOGRN, []byte(x.Value))
	case quantity(x.Field):
		return false
	}
	return f.Has(x.Value)
}

// facts are those that stay.
func (f *Forgotten) facts(o *company.Observation) []company.Fact {
	until, people := f.People(o.INN)
	people = people || f.remembers(kindPeopleCard, []byte(o.Source), []byte(o.Key))
	named := namedContacts(o.Facts)
	kept := make([]company.Fact, 0, len(o.Facts))
	unreachable := map[string]bool{}
	for _, x := range o.Facts {
		told := o.Source == config.ManagerSource && cmp.Or(x.Date, o.Date) > until // to a manager, since
		switch {
		case people && !told && ofPeople(x, named), f.Has(x.Key):
			continue
		case people && !told && o.Source == config.ManagerSource && direct(x.Value):
			continue
		case people && !told:
			x.Note = ""
		}
		if f.inFact(&x) {
			if x.Field == company.FieldContactPhone || x.Field == company.FieldContactEmail {
				unreachable[x.Key] = true
			}
			if x.Value = f.Redact(x.Value); x.Value == "" || !prose(x.Field) {
				continue
			}
		}
		x.Note = f.Redact(x.Note)
		kept = append(kept, x)
	}
	return withoutUnreachable(kept, unreachable)
}

// withoutUnreachable drops named contacts that nothing leads to any more.
func withoutUnreachable(facts []company.Fact, lost map[string]bool) []company.Fact {
	if len(lost) == 0 {
		return facts
	}
	for _, x := range facts {
		if x.Field == company.FieldContactPhone || x.Field == company.FieldContactEmail {
			delete(lost, x.Key)
		}
	}
	named := namedContacts(facts)
	return slices.DeleteFunc(facts, func(x company.Fact) bool { return contact(x.Field) && named[x.Key] && lost[x.Key] })
}

// namedContacts are the keys of contacts with a name.
func namedContacts(facts []company.Fact) map[string]bool {
	out := map[string]bool{}
	for _, x := range facts {
		if x.Field == company.FieldContactName {
			out[x.Key] = true
		}
	}
	return out
}

// ofPeople tells a fact that names a person, or leads to one.
func ofPeople(x company.Fact, named map[string]bool) bool {
	switch {
	case store.NamesPerson(x), contact(x.Field) && named[x.Key], x.Field == company.FieldContactPage:
		return true
	case x.Field == company.FieldEmail, x.Field == company.FieldContactEmail:
		return ownMailbox(x.Value)
	}
	return false
}

// ownMailbox tells a mailbox that bears a person's name.
func ownMailbox(address string) bool {
	emails, _ := company.ParseEmails(address)
	return len(emails) == 1 && emails[0].Role == company.RolePerson
}

// contact tells the fields of whom to ask for.
func contact(f company.Field) bool {
	switch f {
	case company.FieldContactDuty, company.FieldContactPost, company.FieldContactName,
		company.FieldContactPhone, company.FieldContactEmail, company.FieldContactPage:
		return true
	}
	return false
}

// quantity tells fields whose digits are never a number to dial, nor a person's.
func quantity(f company.Field) bool {
	switch f {
	case company.FieldKPP, company.FieldOKVEDMain, company.FieldOKVEDExtra, company.FieldOKVEDReported, company.FieldOKVEDRepExtra,
		company.FieldHeadcount, company.FieldRevenue, company.FieldProfit, company.FieldExpense, company.FieldTax, company.FieldDebt,
		company.FieldFine, company.FieldCapital, company.FieldProduct, company.FieldRegistered, company.FieldSMESince, company.FieldTenderDeadline,
		company.FieldTenderDay, company.FieldTenderPrice, company.FieldSupplyDay, company.FieldSupplyPrice, company.FieldFairDay:
		return true
	}
	return false
}

// prose tells fields of which the rest is worth keeping.
func prose(f company.Field) bool {
	switch f {
	case company.FieldNameFull, company.FieldNameShort, company.FieldNameBrand, company.FieldDescription, company.FieldAddress,
		company.FieldBranch, company.FieldHours, company.FieldStatusText, company.FieldLicence, company.FieldAddressDoubt,
		company.FieldTenderSubject, company.FieldSupplySubject, company.FieldFairTitle, company.FieldFairStand, company.FieldManager, company.FieldContactPost, company.FieldHeadPost, company.FieldRubric,
		company.FieldCity, company.FieldDistrict:
		return true
	}
	return false
}
