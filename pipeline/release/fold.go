package release

import (
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
)

// Fold makes one record of several with one key, in the order in which they
// came. The result may share their memory.
type Fold func(group []record.Packed) (record.Packed, error)

// Newest keeps the record of the latest date, of equal dates the first: a
// registry says all of a company at once.
func Newest(group []record.Packed) (record.Packed, error) {
	best := 0
	for i := range group {
		if group[i].Date > group[best].Date {
			best = i
		}
	}
	return group[best], nil
}

// United puts the facts of all records together: a set has a release for each
// year, and parts of one ИНН in several members. A keyed fact of a later
// record takes the place of an earlier one with its key; other facts are those
// of the latest date alone, since what a newer release no longer says is over.
func United(group []record.Packed) (record.Packed, error) {
	if len(group) == 1 {
		return group[0], nil
	}
	newest, err := Newest(group)
	if err != nil {
		return newest, err
	}
	all := make([]company.Observation, len(group))
	for i := range group {
		if all[i], err = group[i].Unpack(); err != nil {
			return newest, err
		}
	}
	out := company.Observation{Source: newest.Source, Key: newest.Key, INN: newest.INN, Date: newest.Date, Origin: newest.Origin}
	for i := range all {
		for _, f := range all[i].Facts {
			if info, _ := f.Field.Info(); info.Cardinality != company.Keyed && all[i].Date != newest.Date {
				continue
			}
			if !overruled(&f, all, i) {
				out.Facts = append(out.Facts, f)
			}
		}
	}
	out.Sort()
	return record.Pack(nil, &out), nil
}

// overruled tells whether another record has the same keyed fact with more
// right: of a later date, or of the same date and behind this one.
func overruled(f *company.Fact, all []company.Observation, at int) bool {
	if info, _ := f.Field.Info(); info.Cardinality != company.Keyed {
		return false
	}
	for i := range all {
		if i == at || all[i].Date < all[at].Date || all[i].Date == all[at].Date && i < at {
			continue
		}
		for j := range all[i].Facts {
			if g := &all[i].Facts[j]; g.Field == f.Field && g.Key == f.Key {
				return true
			}
		}
	}
	return false
}
