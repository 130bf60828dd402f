package bolt

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// joinTree is the joins with their index by ИНН. It implements tree.
type joinTree struct {
	plainTree

	byINN *bbolt.Bucket
	stale *spoiler
}

func newJoinTree(tx *bbolt.Tx) (*joinTree, error) {
	stale, err := newSpoiler(tx)
	return &joinTree{plainTree: newPlainTree(bucket(tx, bucketJoins)), byINN: bucket(tx, bucketJoined), stale: stale}, err
}

func (t *joinTree) finish() (wrote bool, err error) { return t.wrote, t.stale.finish() }

func (t *joinTree) write(in item, old []byte, has bool) error {
	if has && bytes.Equal(old, in.content) {
		return nil
	}
	key := []byte(in.key)
	if has {
		if err := t.unindex(key, old); err != nil {
			return err
		}
	}
	if err := t.index(key, in.content); err != nil {
		return err
	}
	t.wrote = true
	return t.bucket.Put(key, in.content)
}

func (t *joinTree) remove(key, old []byte) error {
	if err := t.unindex(key, old); err != nil {
		return err
	}
	t.wrote = true
	return t.bucket.Delete(key)
}

func (t *joinTree) index(key, value []byte) error {
	j, err := decodeJoin(key, value)
	if err != nil {
		return err
	}
	t.stale.add([]byte(j.INN))
	return t.byINN.Put(innKey(j.INN, j.ID), nil)
}

func (t *joinTree) unindex(key, value []byte) error {
	j, err := decodeJoin(key, value)
	if err != nil {
		return err
	}
	t.stale.add([]byte(j.INN))
	return t.byINN.Delete(innKey(j.INN, j.ID))
}

// ReplaceJoins implements store.Joins.
func (s *Store) ReplaceJoins(ctx context.Context, note []byte, seq iter.Seq2[store.Join, error]) error {
	m := merge{
		db: s.registry, name: joinsTree, stream: stream{batch: s.batch}, whole: true,
		begin: beginJoins,
		open:  func(tx *bbolt.Tx) (tree, error) { return newJoinTree(tx) },
		end:   func(*bbolt.Tx) error { return nil },
	}
	err := m.run(ctx, func(yield func(item, error) bool) {
		decisions, err := s.Decisions(ctx)
		if err != nil {
			yield(item{}, err)
			return
		}
		for j, err := range store.NewVerdicts(decisions).Over(seq) {
			var in item
			if err == nil {
				in, err = joinItem(m.mem(), &j)
			}
			if !yield(in, err) || err != nil {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	// Someone may have decided meanwhile.
	if err := s.applyDecisions(ctx); err != nil {
		return err
	}
	return s.endJoins(ctx, note)
}

func joinItem(mem *arena, j *store.Join) (item, error) {
	if err := j.ID.Check(); err != nil {
		return item{}, fmt.Errorf("join: %w", err)
	}
	content, err := appendJoin(mem.tail(), j)
	return item{key: string(idKey(j.ID)), content: mem.keep(content)}, err
}

// Joins implements store.Joins.
func (s *Store) Joins(ctx context.Context, after store.ObservationID, limit int) ([]store.Join, error) {
	var out []store.Join
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		c := bucket(tx, bucketJoins).Cursor()
		for k, v := c.Seek(successor(idKey(after))); k != nil && len(out) < limit; k, v = c.Next() {
			j, err := decodeJoin(k, v)
			if err != nil {
				return err
			}
			out = append(out, j)
		}
		return nil
	})
	return out, err
}
