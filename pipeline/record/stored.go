package record

import (
	"encoding/binary"
	"fmt"

	"obzvon/pipeline/company"
)

// The stored form of an observation is its content and a stamp, which is no
// part of its equality: the date as signed varint, the number of first-seen
// days and the days, each as signed varint, of the facts in their order (equal
// ones at the end are left out but one), the origin as text. So a stored record
// says the same as a new one exactly if it begins with its content.

// AppendStamp appends a stamp to content, with one first-seen day for all
// facts.
func AppendStamp(b []byte, date company.Date, origin string, firstSeen company.Date) []byte {
	b = binary.AppendVarint(b, int64(date))
	b = append(b, 1)
	b = binary.AppendVarint(b, int64(firstSeen))
	return appendText(b, origin)
}

// AppendStored appends the stored form of an observation.
func AppendStored(b []byte, o *company.Observation) []byte {
	b = binary.AppendVarint(AppendContent(b, o), int64(o.Date))
	n := len(o.Facts)
	for n > 1 && o.Facts[n-1].FirstSeen == o.Facts[n-2].FirstSeen {
		n--
	}
	b = binary.AppendUvarint(b, uint64(n))
	for i := range o.Facts[:n] {
		b = binary.AppendVarint(b, int64(o.Facts[i].FirstSeen))
	}
	return appendText(b, o.Origin)
}

// Restamp appends content with the stamp that follows it in a stored record,
// but another date and origin.
func Restamp(b, content, stamp []byte, date company.Date, origin string) ([]byte, error) {
	r := reader{text: string(stamp)}
	r.varint()
	days := r.at
	n := r.uvarint()
	for range n {
		if r.varint(); r.bad {
			return nil, ErrDamaged
		}
	}
	b = binary.AppendVarint(append(b, content...), int64(date))
	b = append(b, stamp[days:r.at]...)
	return appendText(b, origin), nil
}

// StampDate reads the date of a stamp.
func StampDate(stamp []byte) (company.Date, error) {
	date, n := binary.Varint(stamp)
	if n <= 0 || date != int64(int32(date)) {
		return 0, ErrDamaged
	}
	return company.Date(date), nil
}

// ReadStored reads what AppendStored, or AppendContent and AppendStamp, wrote
// into o, whose facts are written over; source and key stay. All texts are cut
// out of the stored one.
func ReadStored(stored string, o *company.Observation) error {
	r := reader{text: stored}
	if err := r.content(o); err != nil {
		return err
	}
	o.Date = company.Date(r.varint())
	n := r.uvarint()
	if n > uint64(len(o.Facts)) && n != 1 {
		r.fail()
	}
	for i := range o.Facts {
		if uint64(i) < n {
			o.Facts[i].FirstSeen = company.Date(r.varint())
		} else if n > 0 {
			o.Facts[i].FirstSeen = o.Facts[n-1].FirstSeen
		}
	}
	if n == 1 && len(o.Facts) == 0 {
		r.varint()
	}
	o.Origin = r.string()
	if r.bad || r.at != len(stored) {
		return fmt.Errorf("stamp, at byte %d: %w", r.at, ErrDamaged)
	}
	return nil
}
