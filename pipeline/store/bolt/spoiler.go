package bolt

import (
	"context"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// spoiler notes in one transaction whose rows it makes stale.
type spoiler struct {
	*noter

	joins *bbolt.Bucket
}

func newSpoiler(tx *bbolt.Tx) (*spoiler, error) {
	n, err := newNoter(tx, staleRows())
	return &spoiler{noter: n, joins: bucket(tx, bucketJoins)}, err
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

// RowState implements store.ScoreRows.
func (s *Store) RowState(ctx context.Context) (store.RowState, error) {
	var out store.RowState
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		state, err := staleRows().read(tx)
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
