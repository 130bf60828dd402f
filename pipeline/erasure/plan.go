package erasure

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Plan is all that is forgotten with a subject.
type Plan struct {
	Subject Subject
	Known   bool     // something of an ИНН is in the store
	With    []string // numbers and addresses of the person, that nobody else has: forgotten too
	Shared  []string // those that others have as well: they stay with them
	Public  []string // those that a manager wrote beside a name, and a source tells as the company's: they stay
	Unnamed []string // those that a manager wrote beside no name: they stay
	Cards   []store.ObservationID

	values  map[string]bool // numbers and addresses that are the person's, if nobody else has them
	written map[string]bool // of a legal entity, by managers: whether beside a name, or in somebody's pocket
	public  map[string]bool // of a legal entity, that sources tell as its own
	numbers []string        // ОГРНИП
}

// MakePlan finds out what belongs to a subject. What was erased by a run that was
// killed is not found any more; its digests were written before.
func MakePlan(ctx context.Context, s Store, subject Subject) (*Plan, error) {
	p := &Plan{Subject: subject, values: map[string]bool{}, written: map[string]bool{}, public: map[string]bool{}}
	if subject.Kind != SubjectSole && subject.Kind != SubjectFirm {
		p.Known = true
		return p, nil
	}
	for _, gather := range []func(context.Context, Store) error{p.ofDossier, p.ofResults, p.ofLists} {
		if err := gather(ctx, s); err != nil {
			return nil, fmt.Errorf("find what belongs to ИНН %s: %w", subject.Value, err)
		}
	}
	p.settleWritten()
	if err := p.part(ctx, s); err != nil {
		return nil, fmt.Errorf("find who else has the numbers of ИНН %s: %w", subject.Value, err)
	}
	return p, nil
}

func (p *Plan) inn() company.INN { return company.INN(p.Subject.Value) }

func (p *Plan) sole() bool { return p.Subject.Kind == SubjectSole }

// ofDossier takes the contacts, and the cards that a source would bring again.
func (p *Plan) ofDossier(ctx context.Context, s Store) error {
	d, err := s.Dossier(ctx, p.inn())
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	p.Known = true
	for i := range d.Observations {
		o := &d.Observations[i]
		if o.Key != string(p.inn()) {
			p.Cards = append(p.Cards, idOf(o))
		}
		named := namedContacts(o.Facts)
		for _, x := range o.Facts {
			personal := contact(x.Field) && named[x.Key] || store.NamesPerson(x)
			p.ofFact(x, personal)
			switch told := o.Source == config.ManagerSource; {
			case p.sole():
			case told && personal && contact(x.Field):
				p.write(x.Value, true)
			case !told && !personal:
				p.public[bare(x.Value)] = true
			}
		}
	}
	return nil
}

func (p *Plan) ofFact(x company.Fact, named bool) {
	switch x.Field {
	case company.FieldPhone, company.FieldContactPhone, company.FieldMessenger:
		phones, _ := company.ParsePhones(afterColon(x.Value), "", "")
		for _, phone := range phones {
			p.phone(phone, named)
		}
	case company.FieldEmail, company.FieldContactEmail:
		p.email(x.Value, named)
	case company.FieldOGRN, company.FieldPrintedOGRN:
		if p.sole() && len(x.Value) == maxNumber && !slices.Contains(p.numbers, x.Value) {
			p.numbers = append(p.numbers, x.Value)
		}
	}
}

// afterColon is the number of a messenger, or the whole.
func afterColon(value string) string {
	if _, number, ok := strings.Cut(value, ":"); ok {
		return number
	}
	return value
}

// phone takes a number that is a person's: of a sole proprietor each, of a legal
// entity the mobile one of somebody who is named.
func (p *Plan) phone(phone company.Phone, named bool) {
	if p.sole() || named && (phone.Kind == company.PhoneMobile || phone.Kind == company.PhoneForeign) {
		p.values[phone.E164] = true
	}
}

// email takes an address that is a person's: of a legal entity one that bears a
// name, or one in a free mail service of somebody who is named.
func (p *Plan) email(address string, named bool) {
	emails, _ := company.ParseEmails(address)
	if len(emails) != 1 {
		return
	}
	if role := emails[0].Role; p.sole() || role == company.RolePerson || named && role == company.RoleFree {
		p.values[emails[0].Address] = true
	}
}

// ofLists takes what the rows of a sole proprietor show. What those of a legal
// entity show stands elsewhere too.
func (p *Plan) ofLists(ctx context.Context, s Store) error {
	return eachList(ctx, s, func(_ company.Date, l *calllist.List) error {
		for i := range l.Rows {
			e := &l.Rows[i]
			if e.Row.INN != p.inn() {
				continue
			}
			p.Known = true
			if !p.sole() {
				continue
			}
			for _, value := range e.Phones {
				if phone, ok := company.PhoneFromValue(value); ok {
					p.phone(phone, false)
				}
			}
			for _, address := range e.Emails {
				p.email(address, false)
			}
		}
		return nil
	})
}

// part tells what nobody else has from what others have too.
func (p *Plan) part(ctx context.Context, s Store) error {
	if len(p.values) == 0 {
		return nil
	}
	own := map[store.ObservationID]bool{}
	for _, id := range p.Cards {
		own[id] = true
	}
	shared := map[string]bool{}
	pick := func(o *company.Observation) bool {
		return o.INN != p.inn() && !own[idOf(o)] && slices.ContainsFunc(o.Facts, func(x company.Fact) bool { return p.values[bare(x.Value)] })
	}
	err := observations(ctx, s, pick, func(_ company.INN, o company.Observation) {
		for _, x := range o.Facts {
			if v := bare(x.Value); p.values[v] {
				shared[v] = true
			}
		}
	})
	for _, v := range slices.Sorted(maps.Keys(p.values)) {
		if shared[v] {
			p.Shared = append(p.Shared, v)
		} else {
			p.With = append(p.With, v)
		}
	}
	return err
}

// bare is a phone of company.FieldPhone without its extension, or the value.
func bare(value string) string {
	number, _, _ := strings.Cut(value, ";ext=")
	return number
}

// Digests are those of all that is forgotten with the subject on a day.
func (p *Plan) Digests(key *Key, day company.Date) []string {
	f := &Forgotten{key: key}
	var out []string
	add := func(k kind, value ...string) {
		parts := make([][]byte, len(value))
		for i := range value {
			parts[i] = []byte(value[i])
		}
		text := f.text(k, parts...)
		if k == kindPeople {
			text += ":" + day.String()
		}
		out = append(out, text)
	}
	contact := func(value string) {
		if strings.Contains(value, "@") {
			add(kindEmail, value)
		} else {
			add(phoneKind(value), value)
		}
	}
	card, value := kindCard, p.Subject.Value
	switch p.Subject.Kind {
	case SubjectPhone, SubjectEmail:
		contact(value)
	case SubjectSole:
		add(kindSole, value)
	case SubjectFirm:
		add(kindPeople, value)
		card = kindPeopleCard
	}
	for _, number := range p.numbers {
		add(kindOGRN, number)
	}
	for _, v := range p.With {
		contact(v)
	}
	for _, id := range p.Cards {
		add(card, id.Source, id.Key)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
