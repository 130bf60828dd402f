package bolt

import (
	"bytes"
	"errors"
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
)

// errRecord is what is stored and cannot be read.
var errRecord = errors.New("damaged record")

// sameContent tells whether a stored record holds the content.
func sameContent(stored, content []byte) bool { return bytes.HasPrefix(stored, content) }

// innOf reads the ИНН of a stored record as its own bytes.
func innOf(stored []byte) ([]byte, error) {
	if len(stored) == 0 || len(stored) < 1+int(stored[0]) {
		return nil, errRecord
	}
	return stored[1 : 1+int(stored[0])], nil
}

// decodeInto reads a stored observation into one whose facts are written over.
func decodeInto(o *company.Observation, id store.ObservationID, stored []byte) error {
	o.Source, o.Key = id.Source, id.Key
	if err := record.ReadStored(string(stored), o); err != nil {
		return fmt.Errorf("observation %q of source %q: %w: %w", id.Key, id.Source, errRecord, err)
	}
	return nil
}

// decodeRecord reads a stored observation. It shares no memory with the bytes.
func decodeRecord(id store.ObservationID, stored []byte) (company.Observation, error) {
	var o company.Observation
	err := decodeInto(&o, id, stored)
	return o, err
}
