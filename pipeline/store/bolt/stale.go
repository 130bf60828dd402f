package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// maxStale is how many stale rows are listed; with more of them all rows are
// made anew.
const maxStale = 150_000

// staleState is the account of stale rows. It is stored as a byte for all and
// three numbers of eight bytes.
type staleState struct {
	all    bool   // of which rows is not known; then none is listed
	since  uint64 // the mark at which all was said last
	mark   uint64
	listed uint64
}

const staleStateSize = 1 + 3*8

func readStaleState(tx *bbolt.Tx) (staleState, error) {
	b := bucket(tx, bucketMeta).Get([]byte(metaStale))
	if b == nil {
		return staleState{all: true}, nil // a new store
	}
	if len(b) != staleStateSize || b[0] > 1 {
		return staleState{}, fmt.Errorf("account of stale rows: %w", errRecord)
	}
	return staleState{
		all: b[0] == 1, since: binary.BigEndian.Uint64(b[1:]),
		mark: binary.BigEndian.Uint64(b[9:]), listed: binary.BigEndian.Uint64(b[17:]),
	}, nil
}

func (s staleState) write(tx *bbolt.Tx) error {
	b := make([]byte, 1, staleStateSize)
	if s.all {
		b[0] = 1
	}
	b = binary.BigEndian.AppendUint64(b, s.since)
	b = binary.BigEndian.AppendUint64(b, s.mark)
	b = binary.BigEndian.AppendUint64(b, s.listed)
	return bucket(tx, bucketMeta).Put([]byte(metaStale), b)
}

// spoiler notes in one transaction whose rows it makes stale.
type spoiler struct {
	tx    *bbolt.Tx
	state staleState
	joins *bbolt.Bucket
	any   bool
	inns  []string
}

func newSpoiler(tx *bbolt.Tx) (*spoiler, error) {
	state, err := readStaleState(tx)
	return &spoiler{tx: tx, state: state, joins: bucket(tx, bucketJoins)}, err
}

// add notes an ИНН.
func (s *spoiler) add(inn []byte) {
	s.any = true
	if !s.state.all && len(inn) > 0 {
		s.inns = append(s.inns, string(inn))
	}
}

// observation notes the company of one that has the ИНН, or to which a join
// leads from it.
func (s *spoiler) observation(id store.ObservationID, inn []byte) error {
	if len(inn) > 0 || s.state.all {
		s.add(inn)
		return nil
	}
	key := idKey(id)
	value := s.joins.Get(key)
	if value == nil {
		return nil
	}
	return s.join(key, value)
}

// join notes the company to which a stored join leads.
func (s *spoiler) join(key, value []byte) error {
	if s.state.all {
		s.any = true
		return nil
	}
	j, err := decodeJoin(key, value)
	if err == nil {
		s.add([]byte(j.INN))
	}
	return err
}

// finish writes what was noted.
func (s *spoiler) finish() error {
	if !s.any {
		return nil
	}
	s.state.mark++
	if !s.state.all {
		if err := s.list(); err != nil {
			return err
		}
	}
	if s.state.all {
		s.state.since = s.state.mark
	}
	return s.state.write(s.tx)
}

func (s *spoiler) list() error {
	b := bucket(s.tx, bucketStale)
	b.FillPercent = fillSorted
	slices.Sort(s.inns)
	mark := binary.BigEndian.AppendUint64(nil, s.state.mark)
	for _, inn := range slices.Compact(s.inns) {
		key := []byte(inn)
		if b.Get(key) == nil {
			s.state.listed++
		}
		if err := b.Put(key, mark); err != nil {
			return err
		}
	}
	if s.state.listed <= maxStale {
		return nil
	}
	s.state.all, s.state.listed = true, 0
	return emptyBucket(s.tx, bucketStale)
}

func emptyBucket(tx *bbolt.Tx, name string) error {
	if err := tx.DeleteBucket([]byte(name)); err != nil {
		return err
	}
	_, err := tx.CreateBucket([]byte(name))
	return err
}

// freshen takes all that became stale up to the mark off the list.
func freshen(tx *bbolt.Tx, mark uint64) error {
	state, err := readStaleState(tx)
	if err != nil {
		return err
	}
	state.all = state.all && state.since > mark
	var keys [][]byte
	b := bucket(tx, bucketStale)
	err = b.ForEach(func(inn, noted []byte) error {
		if staleMark(noted) <= mark {
			keys = append(keys, bytes.Clone(inn))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(keys) == int(state.listed) {
		err = emptyBucket(tx, bucketStale)
	} else {
		for i := 0; i < len(keys) && err == nil; i++ {
			err = b.Delete(keys[i])
		}
	}
	if err != nil {
		return err
	}
	state.listed -= uint64(len(keys))
	return state.write(tx)
}

// freshenEach takes single rows off the list if they became stale up to the
// mark. It tells whether any was on it.
func freshenEach(tx *bbolt.Tx, mark uint64, rows []item) (any bool, err error) {
	state, err := readStaleState(tx)
	if err != nil || state.listed == 0 {
		return false, err
	}
	b := bucket(tx, bucketStale)
	for _, r := range rows {
		key := []byte(r.key)
		noted := b.Get(key)
		if noted == nil || staleMark(noted) > mark {
			continue
		}
		any = true
		state.listed--
		if err := b.Delete(key); err != nil {
			return any, err
		}
	}
	if !any {
		return false, nil
	}
	return true, state.write(tx)
}

func staleMark(value []byte) uint64 {
	if len(value) != 8 {
		return 0 // Check tells of it; taken off the list it does no harm
	}
	return binary.BigEndian.Uint64(value)
}

// RowState implements store.ScoreRows.
func (s *Store) RowState(ctx context.Context) (store.RowState, error) {
	var out store.RowState
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		state, err := readStaleState(tx)
		out = store.RowState{Tag: string(bucket(tx, bucketMeta).Get([]byte(metaRowsTag))), All: state.all, Mark: state.mark}
		return err
	})
	return out, err
}

// StaleRows implements store.ScoreRows.
func (s *Store) StaleRows(ctx context.Context, after company.INN, limit int) ([]company.INN, error) {
	var out []company.INN
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		c := bucket(tx, bucketStale).Cursor()
		for k, _ := c.Seek(successor([]byte(after))); k != nil && len(out) < limit; k, _ = c.Next() {
			out = append(out, company.INN(k))
		}
		return nil
	})
	return out, err
}
