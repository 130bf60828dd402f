package bolt

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/tinylib/msgp/msgp"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// errRecord is a stored record that cannot be read.
var errRecord = errors.New("damaged record")

// A stored observation is its content followed by its stamp. The content is
// one byte with the length of the ИНН, the ИНН, and the array of facts without
// their first-seen days. No content is the beginning of another, so a stored
// record says the same as a new one exactly if it begins with its content.

// appendContent appends the content of an observation.
func appendContent(b []byte, o *company.Observation) ([]byte, error) {
	b = append(b, byte(len(o.INN)))
	b = append(b, o.INN...)
	b = msgp.AppendArrayHeader(b, uint32(len(o.Facts)))
	for i := range o.Facts {
		f := &o.Facts[i]
		one := fact{
			Field: string(f.Field), Key: f.Key, Value: f.Value, Note: f.Note,
			Subject: uint8(f.Subject), Date: int32(f.Date),
		}
		var err error
		if b, err = one.MarshalMsg(b); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// appendStamp appends what makes content a record, with one first-seen day for
// all facts.
func appendStamp(b []byte, date company.Date, origin string, firstSeen ...int32) ([]byte, error) {
	s := stamp{Date: int32(date), Origin: origin, FirstSeen: firstSeen}
	return s.MarshalMsg(b)
}

// appendRecord appends a whole observation.
func appendRecord(b []byte, o *company.Observation) ([]byte, error) {
	b, err := appendContent(b, o)
	if err != nil {
		return nil, err
	}
	days := make([]int32, len(o.Facts))
	last := 0
	for i := range o.Facts {
		days[i] = int32(o.Facts[i].FirstSeen)
		if days[i] != days[last] {
			last = i
		}
	}
	return appendStamp(b, o.Date, o.Origin, days[:min(last+1, len(days))]...)
}

// innOf reads the ИНН of a record without decoding the rest.
func innOf(record []byte) (company.INN, error) {
	if len(record) == 0 || len(record) < 1+int(record[0]) {
		return "", errRecord
	}
	return company.INN(record[1 : 1+int(record[0])]), nil
}

// sameContent tells whether a record holds the content.
func sameContent(record, content []byte) bool { return bytes.HasPrefix(record, content) }

// decodeContent reads content and returns what follows it. It shares no memory
// with b: all texts are cut out of one copy of it.
func decodeContent(id store.ObservationID, b []byte) (o company.Observation, rest []byte, err error) {
	o.Source, o.Key = id.Source, id.Key
	if o.INN, err = innOf(b); err != nil {
		return o, nil, err
	}
	n, rest, err := msgp.ReadArrayHeaderBytes(b[1+len(o.INN):])
	if err != nil || int64(n) > int64(len(rest)) {
		return o, nil, errRecord
	}
	if n > 0 {
		o.Facts = make([]company.Fact, n)
	}
	r := factReader{text: string(b), rest: rest}
	for i := range o.Facts {
		if r.read(&o.Facts[i]); r.err != nil {
			return o, nil, fmt.Errorf("%w: fact %d: %w", errRecord, i, r.err)
		}
	}
	return o, r.rest, nil
}

// decodeRecord reads a whole observation. It shares no memory with b.
func decodeRecord(id store.ObservationID, b []byte) (company.Observation, error) {
	o, rest, err := decodeContent(id, b)
	if err != nil {
		return o, fmt.Errorf("observation %q of source %q: %w", id.Key, id.Source, err)
	}
	var s stamp
	if rest, err = s.UnmarshalMsg(rest); err != nil || len(rest) > 0 {
		return o, fmt.Errorf("observation %q of source %q: stamp: %w", id.Key, id.Source, errors.Join(errRecord, err))
	}
	o.Date, o.Origin = company.Date(s.Date), s.Origin
	if len(s.FirstSeen) > 0 {
		for i := range o.Facts {
			o.Facts[i].FirstSeen = company.Date(s.FirstSeen[min(i, len(s.FirstSeen)-1)])
		}
	}
	return o, nil
}
