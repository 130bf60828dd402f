package erasure

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

// eachList hands the issued lists out, by rising day.
func eachList(ctx context.Context, s Store, do func(company.Date, *calllist.List) error) error {
	days, err := s.ListDays(ctx)
	if err != nil {
		return fmt.Errorf("read which days have a list: %w", err)
	}
	for _, day := range days {
		data, err := s.List(ctx, day)
		if err != nil {
			return fmt.Errorf("read the list of %s: %w", day, err)
		}
		l, err := calllist.Decode(data)
		if err != nil {
			return fmt.Errorf("read the list of %s: %w", day, err)
		}
		if err := do(day, l); err != nil {
			return err
		}
	}
	return nil
}

// list takes out of an issued list what was forgotten, and tells of how many rows.
// A row goes with its sole proprietor, or when no number is left to dial; the
// others keep their numbers.
func (f *Forgotten) list(l *calllist.List) (rows int) {
	kept := make([]calllist.Entry, 0, len(l.Rows))
	for _, e := range l.Rows {
		switch f.entry(l.Day, &e) {
		case goes:
			rows++
			continue
		case changes:
			rows++
		case stays:
		}
		kept = append(kept, e)
	}
	l.Rows = kept
	l.Targets = slices.DeleteFunc(l.Targets, f.Sole)
	return rows
}

func (f *Forgotten) entry(day company.Date, e *calllist.Entry) verdict {
	if f.Sole(e.Row.INN) {
		return goes
	}
	before := len(e.Phones)
	changed := f.contacts(e)
	if f.peopleUntil(e.Row.INN, day) && anonymous(e) {
		changed = true
	}
	if redactIn(f, e) {
		changed = true
	}
	switch {
	case before > 0 && len(e.Phones) == 0:
		return goes
	case changed:
		return changes
	}
	return stays
}

// contacts takes numbers and addresses out of a row.
func (f *Forgotten) contacts(e *calllist.Entry) (changed bool) {
	r := &e.Row
	for _, cell := range []struct {
		at  *string
		sep string
	}{{&r.Phone, "; "}, {&r.PhoneLink, "; "}, {&r.OtherPhones, "; "}, {&r.Email, ", "}, {&r.Site, ", "}} {
		if now := f.without(*cell.at, cell.sep); now != *cell.at {
			*cell.at, changed = now, true
		}
	}
	for _, all := range []*[]string{&e.Phones, &e.Emails} {
		n := len(*all)
		*all = slices.DeleteFunc(*all, f.Has)
		changed = changed || len(*all) < n
	}
	return changed
}

// extension is one of a number, as company.Phone writes it: a row does not tell
// whether a manager wrote it, and it leads to one person's desk.
var extension = regexp.MustCompile(` доб\. [0-9]+|;ext=[0-9]+`)

// anonymous takes the people out of a row, with what was said.
func anonymous(e *calllist.Entry) (changed bool) {
	r := &e.Row
	outcome, _, _ := strings.Cut(r.LastResult, ": ")
	email := r.Email
	if ownMailbox(email) {
		email = ""
	}
	changed = r.Person != "" || r.Post != "" || outcome != r.LastResult || email != r.Email
	r.Person, r.Post, r.LastResult, r.Email = "", "", outcome, email
	for _, cell := range []*string{&r.Phone, &r.PhoneLink, &r.OtherPhones} {
		if now := extension.ReplaceAllString(*cell, ""); now != *cell {
			*cell, changed = now, true
		}
	}
	n := len(e.Emails)
	e.Emails = slices.DeleteFunc(e.Emails, ownMailbox)
	return changed || len(e.Emails) < n
}
