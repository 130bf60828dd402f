package bolt

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// The first Replace of a source is noted under the source's name: a byte that
// is 0 while it is under way and 1 after it has ended, and the day on which it
// did. Under way and on that day Replace makes no events.
const firstSize = 1 + 4

// beginReplace checks the kind of the source and notes a first Replace. It
// returns errNothing when it wrote nothing.
func beginReplace(tx *bbolt.Tx, r store.Replacement) error {
	shelf := readShelf(tx, r.Source)
	switch {
	case !shelf.holds():
		return bucket(tx, bucketFirsts).Put([]byte(r.Source), make([]byte, firstSize))
	case shelf.annex != r.Annex:
		return fmt.Errorf("source %q: %w", r.Source, store.ErrKind)
	}
	return errNothing
}

// endReplace notes that a first Replace has ended, unless more of it is to come.
func endReplace(tx *bbolt.Tx, r store.Replacement) error {
	note, err := readFirst(tx, r.Source)
	if err != nil || note == nil || note[0] == 1 || r.Partial {
		return err
	}
	b := binary.BigEndian.AppendUint32([]byte{1}, uint32(r.Day))
	return bucket(tx, bucketFirsts).Put([]byte(r.Source), b)
}

// silent tells whether Replace makes no events on the day.
func silent(tx *bbolt.Tx, r store.Replacement) (bool, error) {
	note, err := readFirst(tx, r.Source)
	if err != nil || note == nil {
		return false, err
	}
	return note[0] == 0 || company.Date(binary.BigEndian.Uint32(note[1:])) == r.Day, nil
}

func readFirst(tx *bbolt.Tx, source string) ([]byte, error) {
	note := bucket(tx, bucketFirsts).Get([]byte(source))
	if note != nil && (len(note) != firstSize || note[0] > 1) {
		return nil, fmt.Errorf("note on the first release of %q: %w", source, errRecord)
	}
	return note, nil
}
