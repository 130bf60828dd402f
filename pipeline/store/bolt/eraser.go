package bolt

import (
	"errors"
	"maps"
	"math"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// eraser erases observations in one transaction of the registry.
type eraser struct {
	tx      *bbolt.Tx
	rows    *spoiler
	owners  *noter
	index   indexPatch
	days    []company.Date       // that have events
	told    map[company.INN]bool // whose dossiers change
	named   map[company.INN]bool // whose ИНН erased observations carried; true = in no annex
	changed bool                 // an observation that stands in no annex has gone
}

func newEraser(tx *bbolt.Tx) (*eraser, error) {
	rows, err := newSpoiler(tx)
	if err != nil {
		return nil, err
	}
	owners, err := newNoter(tx, staleOwners())
	if err != nil {
		return nil, err
	}
	days, err := eventDays(tx)
	return &eraser{
		tx: tx, rows: rows, owners: owners, index: indexPatch{tx: tx}, days: days,
		told: map[company.INN]bool{}, named: map[company.INN]bool{},
	}, err
}

// eventDays are the days that have events, rising.
func eventDays(tx *bbolt.Tx) (days []company.Date, err error) {
	c := bucket(tx, bucketEvents).Cursor()
	for k, _ := c.First(); k != nil; {
		day, _, err := splitDay(k)
		if err != nil {
			return nil, err
		}
		days = append(days, day)
		if day == math.MaxInt32 {
			break // no day comes after it
		}
		k, _ = c.Seek(dayKey(day + 1))
	}
	return days, nil
}

// erase removes everything of one id.
func (e *eraser) erase(id store.ObservationID) error {
	if err := e.observation(id); err != nil {
		return err
	}
	if err := e.join(idKey(id)); err != nil {
		return err
	}
	if err := e.entry(store.Owner{ID: id}); err != nil {
		return err
	}
	for _, day := range e.days {
		if err := bucket(e.tx, bucketEvents).Delete(eventKey(day, id)); err != nil {
			return err
		}
	}
	if b := bucket(e.tx, bucketVisits).Bucket([]byte(id.Source)); b != nil {
		if err := b.Delete([]byte(id.Key)); err != nil {
			return err
		}
	}
	return errors.Join(
		e.missing(sourceTree(id.Source), []byte(id.Key)),
		e.missing(joinsTree, idKey(id)),
		unlist(e.owners, appendStaleKey(nil, store.Owner{ID: id})),
	)
}

func (e *eraser) observation(id store.ObservationID) error {
	s, key := readShelf(e.tx, id.Source), []byte(id.Key)
	record := s.get(key)
	if record == nil {
		return nil
	}
	value, err := innOf(record)
	if err != nil {
		return err
	}
	if inn := company.INN(value); inn != "" {
		e.told[inn] = true
		e.named[inn] = e.named[inn] || !s.annex
	}
	e.changed = e.changed || !s.annex
	return s.remove(key, record)
}

// join removes a join by its key.
func (e *eraser) join(key []byte) error {
	value := bucket(e.tx, bucketJoins).Get(key)
	if value == nil {
		return nil
	}
	j, err := decodeJoin(key, value)
	if err != nil {
		return err
	}
	e.told[j.INN] = true
	return errors.Join(bucket(e.tx, bucketJoined).Delete(innKey(j.INN, j.ID)), bucket(e.tx, bucketJoins).Delete(key))
}

// entry removes the entry of an owner from the index.
func (e *eraser) entry(o store.Owner) error {
	return e.index.entry(ownerKindOf(o), appendOwner(nil, o), nil)
}

// missing takes a key off what a Replace that was killed had not found.
func (e *eraser) missing(tree string, key []byte) error {
	if b := bucket(e.tx, bucketMissing).Bucket([]byte(tree)); b != nil {
		return b.Delete(key)
	}
	return nil
}

// unlist takes a key off a list of what is stale.
func unlist(n *noter, key []byte) error {
	b := bucket(n.tx, n.bucket)
	if !hasKey(b, key) {
		return nil
	}
	n.any = true
	n.state.listed--
	return b.Delete(key)
}

// finish tells of the companies concerned and writes what was put off.
func (e *eraser) finish() error {
	for _, inn := range slices.Sorted(maps.Keys(e.told)) {
		if err := e.company(inn); err != nil {
			return err
		}
	}
	if len(e.told) > 0 {
		e.rows.any = true
	}
	if e.changed {
		e.owners.any = true
		if err := raiseGeneration(e.tx); err != nil {
			return err
		}
	}
	if err := e.index.finish(); err != nil && !errors.Is(err, errNothing) {
		return err
	}
	meta := bucket(e.tx, bucketMeta)
	return errors.Join(e.rows.finish(), e.owners.finish(),
		meta.Delete([]byte(metaJoinsNote)), meta.Delete([]byte(metaJoinsRun)))
}

// company makes what was made of a company stale; of one that nobody carries any
// more it goes.
func (e *eraser) company(inn company.INN) error {
	own, named := e.named[inn]
	carried, err := carriedByOthers(e.tx, inn, nil)
	if err != nil {
		return err
	}
	if named && !carried {
		return e.forget(inn)
	}
	e.rows.add([]byte(inn))
	if !own {
		return nil
	}
	e.owners.add(appendStaleKey(nil, store.Owner{INN: inn}))
	return e.entry(store.Owner{INN: inn})
}

// forget removes all that names a company.
func (e *eraser) forget(inn company.INN) error {
	prefix := innPrefix(inn)
	for _, k := range keysUnder(bucket(e.tx, bucketJoined), prefix) {
		err := errors.Join(bucket(e.tx, bucketJoined).Delete(k), bucket(e.tx, bucketJoins).Delete(k[len(prefix):]))
		if err != nil {
			return err
		}
	}
	owner := store.Owner{INN: inn}
	return errors.Join(
		e.entry(owner),
		bucket(e.tx, bucketRows).Delete([]byte(inn)),
		e.missing(rowsTree, []byte(inn)),
		unlist(e.rows.noter, []byte(inn)),
		unlist(e.owners, appendStaleKey(nil, owner)),
	)
}
