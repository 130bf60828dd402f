package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// eraseBatch is how many observations are erased in one transaction at most:
// each may touch pages all over the file, which stay in memory until then.
const eraseBatch = 200

// EraseObservations implements store.Erasure. What people decided goes first,
// since opening makes joins of it; all else of an observation goes in one
// transaction. As to what is left in the file see EraseMemories.
func (s *Store) EraseObservations(ctx context.Context, ids []store.ObservationID) error {
	if err := store.CheckIDs(ids); err != nil {
		return fmt.Errorf("erase observations: %w", err)
	}
	sorted := slices.Compact(slices.SortedFunc(slices.Values(ids), store.ObservationID.Compare))
	for batch := range slices.Chunk(sorted, min(s.batch, eraseBatch)) {
		if err := s.eraseSome(ctx, batch); err != nil {
			return fmt.Errorf("erase %d observations from %v on: %w", len(batch), batch[0], err)
		}
	}
	return nil
}

func (s *Store) eraseSome(ctx context.Context, ids []store.ObservationID) error {
	var alone []company.INN
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		var err error
		alone, err = carriedAlone(tx, ids)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.eraseDecisions(ctx, ids, alone); err != nil {
		return err
	}
	return s.registry.update(ctx, func(tx *bbolt.Tx) error {
		e, err := newEraser(tx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := e.erase(id); err != nil {
				return err
			}
		}
		return e.finish()
	})
}

// carriedAlone returns the ИНН that only these observations carry.
func carriedAlone(tx *bbolt.Tx, ids []store.ObservationID) ([]company.INN, error) {
	carried := map[company.INN]map[store.ObservationID]bool{}
	for _, id := range ids {
		record := newShelves(tx).record(id)
		if record == nil {
			continue
		}
		inn, err := innOf(record)
		if err != nil {
			return nil, err
		}
		if len(inn) > 0 {
			of := company.INN(inn)
			if carried[of] == nil {
				carried[of] = map[store.ObservationID]bool{}
			}
			carried[of][id] = true
		}
	}
	var out []company.INN
	for inn, by := range carried {
		others, err := carriedByOthers(tx, inn, by)
		if err != nil {
			return nil, err
		}
		if !others {
			out = append(out, inn)
		}
	}
	return out, nil
}

// carriedByOthers tells whether an observation that stands in no annex carries
// the ИНН, and is none of these.
func carriedByOthers(tx *bbolt.Tx, inn company.INN, but map[store.ObservationID]bool) (bool, error) {
	found, own := false, bucket(tx, bucketOwn)
	err := own.ForEachBucket(func(source []byte) error {
		id := store.ObservationID{Source: string(source), Key: string(inn)}
		found = found || !but[id] && own.Bucket(source).Get([]byte(inn)) != nil
		return nil
	})
	if err != nil || found {
		return found, err
	}
	prefix := innPrefix(inn)
	c := bucket(tx, bucketIndex).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		id, err := splitID(k[len(prefix):])
		if err != nil || !but[id] {
			return true, err
		}
	}
	return false, nil
}

// eraseDecisions removes those on these observations and about these ИНН.
func (s *Store) eraseDecisions(ctx context.Context, ids []store.ObservationID, inns []company.INN) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		var keys [][]byte
		b := bucket(tx, bucketDecisions)
		err := b.ForEach(func(k, _ []byte) error {
			end := bytes.LastIndexByte(k, 0)
			id, err := splitID(k[:max(end, 0)])
			if err != nil {
				return err
			}
			_, named := slices.BinarySearchFunc(ids, id, store.ObservationID.Compare)
			if named || slices.Contains(inns, company.INN(k[end+1:])) {
				keys = append(keys, bytes.Clone(k))
			}
			return nil
		})
		if err == nil && len(keys) == 0 {
			return errNothing
		}
		return errors.Join(err, deleteKeys(b, keys))
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

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
