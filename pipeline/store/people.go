package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// People is what is needed of a store to forget named people.
type People interface {
	Observations
	Pulls
	Events
	Visits
}

// The Filter of an enricher's pull tells whether named people were allowed.
const (
	withPeople    = "named people"
	withoutPeople = "no named people"
)

// peoplePage is how many are read, and written, at a time.
const peoplePage = 200

// PeopleFilter returns the Filter for the pull of an enricher.
func PeopleFilter(allowed bool) string {
	if allowed {
		return withPeople
	}
	return withoutPeople
}

// NamesPerson tells a fact that names a natural person or belongs to one.
func NamesPerson(f company.Fact) bool {
	info, _ := f.Field.Info()
	return info.Person || f.Subject == company.SubjectPerson
}

// SettlePeople makes an enricher forget named people when they are no longer
// allowed (152-ФЗ, ст. 21: what has lost its ground is destroyed): unless its
// pull says that they were not allowed then either, it does ForgetPeople and has
// the pull say so. It is to be called before the enricher is asked, and for those
// that are not asked too; a pull that begins must have the Filter of
// PeopleFilter. It tells whether there was anything to settle. Killed in the
// middle, it is begun again by the next call.
func SettlePeople(ctx context.Context, s People, source string, day company.Date, allowed bool) (bool, error) {
	if allowed {
		return false, nil
	}
	p, err := s.Pull(ctx, source)
	switch {
	case errors.Is(err, ErrNotFound):
		return false, nil // never asked
	case err != nil || p.Filter == withoutPeople:
		return false, err
	}
	if err := ForgetPeople(ctx, s, source, day); err != nil {
		return false, err
	}
	return true, refilter(ctx, s, p, withoutPeople)
}

// refilter gives an enricher's pull another filter. All else stays; rejects and
// gaps it has none.
func refilter(ctx context.Context, s Pulls, p Pull, filter string) error {
	begun := p
	begun.Filter = filter
	if err := s.BeginPull(ctx, begun); err != nil {
		return err
	}
	if err := s.NotePull(ctx, p.Source, pipeline.Batch{Counts: p.Counts, Cursor: p.Cursor}); err != nil || p.Ended.IsZero() {
		return err
	}
	return s.EndPull(ctx, p.Source, PullEnd{At: p.Ended, Complete: p.Complete, Error: p.Error, Delta: p.Delta})
}

// ForgetPeople takes away what came of named people from a source that keeps
// visits: what visits remember, since nobody but the source can tell what of it
// is of people; events, which tell what was before; and last, silently, the facts
// that NamesPerson tells. Visits keep their days, so nobody is asked earlier. Day
// is the list's day. It is a run of transactions and can be repeated.
func ForgetPeople(ctx context.Context, s People, source string, day company.Date) error {
	_, err := ForgetMemories(ctx, s, source, func(Visit) bool { return true })
	if err == nil {
		err = s.EraseEvents(ctx, source)
	}
	if err == nil {
		err = forgetOfCompanies(ctx, s, source, day)
	}
	if err == nil {
		err = forgetOfListings(ctx, s, source, day)
	}
	if err != nil {
		return fmt.Errorf("forget named people of %s: %w", source, err)
	}
	return nil
}

// ForgetMemories takes away what the visits remember that which says yes to: of
// one source, or of all when it is "". It tells of how many. It is a run of
// transactions and can be repeated.
func ForgetMemories(ctx context.Context, s Visits, source string, which func(Visit) bool) (int, error) {
	forgotten := 0
	for after := (ObservationID{Source: source}); ; {
		page, err := s.Visits(ctx, after, peoplePage)
		if err != nil {
			return forgotten, err
		}
		ids := map[string][]string{}
		for _, v := range page {
			if v.Memory != nil && (source == "" || v.Source == source) && which(v) {
				ids[v.Source] = append(ids[v.Source], v.ID)
			}
		}
		for of, some := range ids {
			n, err := s.EraseMemories(ctx, of, some)
			if forgotten += n; err != nil {
				return forgotten, err
			}
		}
		if len(page) < peoplePage || source != "" && page[len(page)-1].Source != source {
			return forgotten, nil
		}
		last := page[len(page)-1]
		after = ObservationID{Source: last.Source, Key: last.ID}
	}
}

func forgetOfCompanies(ctx context.Context, s Observations, source string, day company.Date) error {
	for after := company.INN(""); ; {
		page, err := s.INNs(ctx, []string{source}, after, peoplePage)
		if err != nil {
			return err
		}
		var of []company.Observation
		for _, inn := range page {
			d, err := s.Dossier(ctx, inn)
			if err != nil {
				return err
			}
			for _, o := range d.Observations {
				if o.Source == source && o.INN != "" {
					of = append(of, o)
				}
			}
		}
		if err := strip(ctx, s, source, day, of); err != nil || len(page) < peoplePage {
			return err
		}
		after = page[len(page)-1]
	}
}

func forgetOfListings(ctx context.Context, s Observations, source string, day company.Date) error {
	for after := (ObservationID{Source: source}); ; {
		page, err := s.WithoutINN(ctx, after, peoplePage)
		if err != nil {
			return err
		}
		of := slices.DeleteFunc(slices.Clone(page), func(o company.Observation) bool { return o.Source != source })
		if err := strip(ctx, s, source, day, of); err != nil || len(of) < peoplePage {
			return err
		}
		last := page[len(page)-1]
		after = ObservationID{Source: last.Source, Key: last.Key}
	}
}

// strip writes those that name people without them.
func strip(ctx context.Context, s Observations, source string, day company.Date, of []company.Observation) error {
	c := Commit{Source: source, Day: day, Silent: true}
	for _, o := range of {
		if slices.ContainsFunc(o.Facts, mayName) {
			o.Facts = slices.DeleteFunc(o.Facts, func(f company.Fact) bool { return NamesPerson(f) || f.Field == company.FieldContactPage })
			for i := range o.Facts {
				o.Facts[i].Note = ""
			}
			c.Batch.Observations = append(c.Batch.Observations, o)
		}
	}
	if len(c.Batch.Observations) == 0 {
		return nil
	}
	_, err := s.Commit(ctx, c)
	return err
}

// mayName tells a fact that names a person, or may beside its value: remarks
// and addresses of pages were written when names were allowed.
func mayName(f company.Fact) bool {
	return NamesPerson(f) || f.Note != "" || f.Field == company.FieldContactPage
}
