package bolt

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// Decide implements store.Joins. The decision stands in the state file first;
// if the program is killed before the join follows, the next opening mends it.
// The note of the joins goes before either.
func (s *Store) Decide(ctx context.Context, d store.Decision) error {
	if err := d.ID.Check(); err != nil {
		return err
	}
	if err := s.dropJoinsNote(ctx); err != nil {
		return err
	}
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		return putJSON(bucket(tx, bucketDecisions), decisionKey(d.ID, d.INN), d)
	})
	if err == nil {
		err = s.applyDecisions(ctx, d.ID)
	}
	if err == nil {
		err = s.dropJoinsNote(ctx) // of a ReplaceJoins that began in between
	}
	if err != nil {
		return fmt.Errorf("decide on %v and %q: %w", d.ID, d.INN, err)
	}
	return nil
}

// Decisions implements store.Joins.
func (s *Store) Decisions(ctx context.Context) ([]store.Decision, error) {
	var out []store.Decision
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketDecisions).ForEach(func(k, v []byte) error {
			var d store.Decision
			if err := json.Unmarshal(v, &d); err != nil {
				return fmt.Errorf("decision %q: %w: %w", k, errRecord, err)
			}
			out = append(out, d)
			return nil
		})
	})
	return out, err
}

// applyDecisions makes the joins of the given observations, or of all that
// were decided on, what people decided.
func (s *Store) applyDecisions(ctx context.Context, ids ...store.ObservationID) error {
	decisions, err := s.Decisions(ctx)
	if err != nil || len(decisions) == 0 {
		return err
	}
	verdicts := store.NewVerdicts(decisions)
	if len(ids) == 0 {
		ids = verdicts.IDs()
	}
	err = s.registry.update(ctx, func(tx *bbolt.Tx) error {
		t, err := newJoinTree(tx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := applyVerdict(t, verdicts, id); err != nil {
				return err
			}
		}
		wrote, err := t.finish()
		if err == nil && !wrote {
			return errNothing
		}
		return err
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

func applyVerdict(t *joinTree, verdicts store.Verdicts, id store.ObservationID) error {
	var j store.Join
	key := idKey(id)
	old, has := t.find(key)
	if has {
		var err error
		if j, err = decodeJoin(key, old); err != nil {
			return err
		}
	}
	now, stands := verdicts.Join(id, j, has)
	if !stands {
		if has {
			return t.remove(key, old)
		}
		return nil
	}
	var mem arena
	in, err := joinItem(&mem, &now)
	if err != nil {
		return err
	}
	return t.write(in, old, has)
}
