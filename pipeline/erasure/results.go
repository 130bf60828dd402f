package erasure

import (
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

// result takes out of a result what was forgotten.
func (f *Forgotten) result(r *store.Result) verdict {
	if f.Sole(r.INN) {
		return goes
	}
	key, n := r.Key(), len(r.Phones)
	r.Phones = slices.DeleteFunc(slices.Clone(r.Phones), f.Has)
	changed := len(r.Phones) < n
	if f.peopleUntil(r.INN, r.Day) && anonymousResult(r) {
		changed = true
	}
	if redactIn(f, r) {
		changed = true
	}
	r.List, r.File = key.List, key.File // they name the result
	if changed {
		return changes
	}
	return stays
}

// anonymousResult takes the people out of a result, with what was said. A number or
// an address that was written beside a name goes with it. What number was dialled
// stays, if it is not theirs.
func anonymousResult(r *store.Result) (changed bool) {
	n, named := len(r.Phones), r.Person != ""
	r.Phones = slices.DeleteFunc(slices.Clone(r.Phones), func(value string) bool {
		return named || personalPhone(value) || direct(value)
	})
	email := r.Email
	if named || personalMailbox(email) {
		email = ""
	}
	changed = r.Person != "" || r.Post != "" || r.Comment != "" || email != r.Email || len(r.Phones) < n
	r.Person, r.Post, r.Comment, r.Email = "", "", "", email
	return changed
}

// personalPhone tells a number of company.FieldPhone that is in somebody's pocket.
func personalPhone(value string) bool {
	phone, ok := company.PhoneFromValue(value)
	return ok && (phone.Kind == company.PhoneMobile || phone.Kind == company.PhoneForeign)
}

// direct tells a number of company.FieldPhone with an extension: written by a
// manager it leads to one person's desk.
func direct(value string) bool {
	phone, ok := company.PhoneFromValue(value)
	return ok && phone.Ext != ""
}

// personalMailbox tells an address that bears a person's name, or one in a free mail
// service.
func personalMailbox(address string) bool {
	emails, _ := company.ParseEmails(address)
	return len(emails) == 1 && (emails[0].Role == company.RolePerson || emails[0].Role == company.RoleFree)
}

// line takes out of a line of the journal what was forgotten; false = it goes.
func (f *Forgotten) line(e journal.Entry) (journal.Entry, bool) {
	if f.Sole(e.INN()) && (e.Stop == nil) {
		return e, false
	}
	if e.Decision != nil && f.card(e.Decision.ID.Source, e.Decision.ID.Key) {
		return e, false
	}
	if e.Result != nil {
		r := store.CloneResult(*e.Result)
		f.result(&r)
		e.Result = &r
	}
	if e.Stop != nil {
		stop := f.stop(*e.Stop)
		e.Stop = &stop
	}
	if e.Mark != nil {
		m := *e.Mark
		f.mark(&m)
		e.Mark = &m
	}
	if e.Decision != nil {
		d := *e.Decision
		redactIn(f, &d)
		e.Decision = &d
	}
	e.Note, e.FileName, e.By = f.Redact(e.Note), f.Redact(e.FileName), f.Redact(e.By)
	return e, true
}

// mark takes out of a mark what was forgotten; false = nothing.
func (f *Forgotten) mark(m *store.Mark) bool {
	changed := false
	if m.Note != "" && f.peopleUntil(m.INN, company.DateOf(m.At)) {
		m.Note, changed = "", true
	}
	return redactIn(f, m) || changed
}

// StopPrefix begins the value of a stop whose number, address or ИНН was forgotten:
// behind it stands the digest. It stays in force, since nothing that has the digest
// comes in again.
const StopPrefix = "forgotten:"

// stop puts the digest in the place of what a stop names, if it was forgotten.
func (f *Forgotten) stop(s store.Stop) store.Stop {
	k := kinds
	switch s.Kind {
	case store.StopPhone:
		k = phoneKind(s.Value)
	case store.StopEmail:
		k = kindEmail
	case store.StopINN:
		k = kindSole
	}
	if k < kinds && f.remembers(k, []byte(s.Value)) {
		s.Value = StopPrefix + f.text(k, []byte(s.Value))
	}
	s.Note, s.By = f.Redact(s.Note), f.Redact(s.By)
	return s
}
