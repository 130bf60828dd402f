package release

import (
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
)

// Fold makes one record of two with one key; the second came later. The result
// may share their memory.
type Fold func(first, second record.Packed) (record.Packed, error)

// Newest keeps the record of the latest date, of equal dates the first: a
// registry says all of a company at once.
func Newest(first, second record.Packed) (record.Packed, error) {
	if second.Date > first.Date {
		return second, nil
	}
	return first, nil
}

// United puts the facts of both records together: a set has a release for each
// year, and parts of one ИНН in several members. A keyed fact of the later
// date, of equal dates the second, takes the place of the other with its key;
// other facts are those of the later date alone, of equal dates of both, since
// what a newer release no longer says is over.
func United(first, second record.Packed) (record.Packed, error) {
	older, newer := first, second
	if second.Date < first.Date {
		older, newer = second, first
	}
	from, err := older.Unpack()
	if err != nil {
		return newer, err
	}
	out, err := newer.Unpack()
	if err != nil {
		return newer, err
	}
	type name struct {
		field company.Field
		key   string
	}
	said := make(map[name]bool, len(out.Facts))
	for _, f := range out.Facts {
		said[name{f.Field, f.Key}] = true
	}
	for _, f := range from.Facts {
		info, _ := f.Field.Info()
		keyed := info.Cardinality == company.Keyed
		if keyed && !said[name{f.Field, f.Key}] || !keyed && from.Date == out.Date {
			out.Facts = append(out.Facts, f)
		}
	}
	out.Sort()
	packed := record.Pack(nil, &out)
	if len(packed.Content) > recordMax {
		return packed, fmt.Errorf("%w: the records of key %q together have %d bytes, %d allowed",
			pipeline.ErrTooLarge, packed.Key, len(packed.Content), recordMax)
	}
	return packed, nil
}
