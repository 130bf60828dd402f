package bolt

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// walk goes through all ИНН in order: a merge of the sources' own trees, whose
// keys are ИНН, and the index of the others.
type walk struct {
	lanes []lane
	index side
	takes func(source string) bool
	last  found  // its slices are used again
	start []byte // of the present ИНН's index entries
}

type lane struct {
	side
	source string
}

// found is one ИНН with where its observations stand. What it points to is
// valid until the walk goes on.
type found struct {
	inn  []byte
	own  []lane   // with the record as value
	refs [][]byte // source and key of those in the index
}

// newWalk starts at the ИНН, or right after it. Only sources are visited that
// takes says yes to.
func newWalk(tx *bbolt.Tx, inn company.INN, after bool, takes func(source string) bool) (*walk, error) {
	first, firstIndexed := []byte(inn), innPrefix(inn)
	if after {
		// Entries of an ИНН go on with a zero byte; so 1 is behind them all,
		// and behind those without ИНН if it is empty.
		first, firstIndexed = successor(first), append([]byte(inn), 1)
	}
	w := &walk{takes: takes}
	own := bucket(tx, bucketOwn)
	err := own.ForEachBucket(func(name []byte) error {
		if source := string(name); takes(source) {
			l := lane{source: source, side: side{cursor: own.Bucket(name).Cursor()}}
			l.key, l.value = l.cursor.Seek(first)
			w.lanes = append(w.lanes, l)
		}
		return nil
	})
	w.index.cursor = bucket(tx, bucketIndex).Cursor()
	w.index.key, _ = w.index.cursor.Seek(firstIndexed)
	return w, err
}

// next returns the next ИНН, false at the end.
func (w *walk) next() (found, bool, error) {
	f := found{own: w.last.own[:0], refs: w.last.refs[:0]}
	for i := range w.lanes {
		if k := w.lanes[i].key; k != nil && (f.inn == nil || bytes.Compare(k, f.inn) < 0) {
			f.inn = k
		}
	}
	indexed, err := w.nextIndexed()
	if err != nil {
		return f, false, err
	}
	if indexed != nil && (f.inn == nil || bytes.Compare(indexed, f.inn) < 0) {
		f.inn = indexed
	}
	if f.inn == nil {
		return f, false, nil
	}
	for i := range w.lanes {
		if l := &w.lanes[i]; l.key != nil && bytes.Equal(l.key, f.inn) {
			f.own = append(f.own, *l)
			l.key, l.value = l.cursor.Next()
		}
	}
	w.start = append(append(w.start[:0], f.inn...), 0)
	for w.index.key != nil && bytes.HasPrefix(w.index.key, w.start) {
		if ref := w.index.key[len(w.start):]; w.takesRef(ref) {
			f.refs = append(f.refs, ref)
		}
		w.index.key, _ = w.index.cursor.Next()
	}
	w.last = f
	return f, true, nil
}

// nextIndexed returns the ИНН of the next index entry that is wanted.
func (w *walk) nextIndexed() ([]byte, error) {
	for ; w.index.key != nil; w.index.key, _ = w.index.cursor.Next() {
		inn, ref, ok := bytes.Cut(w.index.key, []byte{0})
		if !ok {
			return nil, fmt.Errorf("index key %q: %w", w.index.key, errRecord)
		}
		if w.takesRef(ref) {
			return inn, nil
		}
	}
	return nil, nil
}

func (w *walk) takesRef(ref []byte) bool {
	source, _, _ := bytes.Cut(ref, []byte{0})
	return w.takes(string(source))
}

// shelves opens the shelves of a transaction once each.
type shelves struct {
	tx     *bbolt.Tx
	opened map[string]shelf
}

func newShelves(tx *bbolt.Tx) shelves { return shelves{tx: tx, opened: map[string]shelf{}} }

// record returns the stored form of an observation, nil if there is none.
func (s shelves) record(id store.ObservationID) []byte {
	shelf, ok := s.opened[id.Source]
	if !ok {
		shelf = readShelf(s.tx, id.Source)
		s.opened[id.Source] = shelf
	}
	return shelf.get([]byte(id.Key))
}
