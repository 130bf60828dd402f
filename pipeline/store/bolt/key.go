package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Keys of several parts have a zero byte between them, which no part holds:
// so they sort by the first part, then the second. Days sort as numbers.

func idKey(id store.ObservationID) []byte {
	b := make([]byte, 0, len(id.Source)+1+len(id.Key))
	b = append(b, id.Source...)
	b = append(b, 0)
	return append(b, id.Key...)
}

func splitID(k []byte) (store.ObservationID, error) {
	source, key, ok := bytes.Cut(k, []byte{0})
	if !ok {
		return store.ObservationID{}, fmt.Errorf("key %q: %w", k, errRecord)
	}
	return store.ObservationID{Source: string(source), Key: string(key)}, nil
}

// innKey is the key of an index from ИНН to observation.
func innKey(inn company.INN, id store.ObservationID) []byte {
	b := make([]byte, 0, len(inn)+len(id.Source)+len(id.Key)+2)
	b = append(b, inn...)
	b = append(b, 0)
	b = append(b, id.Source...)
	b = append(b, 0)
	return append(b, id.Key...)
}

// innPrefix is where the entries of an ИНН begin.
func innPrefix(inn company.INN) []byte { return append([]byte(inn), 0) }

func dayKey(d company.Date) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(d)^1<<31)
}

func splitDay(k []byte) (company.Date, []byte, error) {
	if len(k) < 4 {
		return 0, nil, fmt.Errorf("key %q: %w", k, errRecord)
	}
	return company.Date(binary.BigEndian.Uint32(k) ^ 1<<31), k[4:], nil
}

func eventKey(day company.Date, id store.ObservationID) []byte {
	return appendEventKey(make([]byte, 0, 4+len(id.Source)+1+len(id.Key)), day, id)
}

func appendEventKey(b []byte, day company.Date, id store.ObservationID) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(day)^1<<31)
	b = append(b, id.Source...)
	b = append(b, 0)
	return append(b, id.Key...)
}

func splitEventKey(k []byte) (company.Date, store.ObservationID, error) {
	day, rest, err := splitDay(k)
	if err != nil {
		return 0, store.ObservationID{}, err
	}
	id, err := splitID(rest)
	return day, id, err
}

// decisionKey sorts by id, then ИНН.
func decisionKey(id store.ObservationID, inn company.INN) []byte {
	return append(append(idKey(id), 0), inn...)
}

// successor is the least key after k.
func successor(k []byte) []byte { return append(bytes.Clone(k), 0) }
