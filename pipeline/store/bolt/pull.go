package bolt

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// storedPull is a pull in JSON, with the cursor as bytes, since it need not
// be text.
type storedPull struct {
	store.Pull

	Cursor []byte `json:"cursor,omitempty"`
}

// BeginPull implements store.Pulls.
func (s *Store) BeginPull(ctx context.Context, p store.Pull) error {
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		if err := dropBucket(bucket(tx, bucketRejects), p.Source); err != nil {
			return err
		}
		return putPull(tx, p.Begun())
	})
	if err != nil {
		return fmt.Errorf("begin pull of source %q: %w", p.Source, err)
	}
	return nil
}

// NotePull implements store.Pulls.
func (s *Store) NotePull(ctx context.Context, source string, batch pipeline.Batch) error {
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		return notePull(tx, source, 0, batch, store.Delta{})
	})
	if err != nil {
		return fmt.Errorf("note batch %q of source %q: %w", batch.Unit, source, err)
	}
	return nil
}

func notePull(tx *bbolt.Tx, source string, day company.Date, batch pipeline.Batch, delta store.Delta) error {
	p, ok, err := getPull(tx, source)
	if err != nil {
		return err
	}
	if !ok {
		p = store.Pull{Source: source, Day: day}
	}
	p.Note(batch, delta)
	if err := putPull(tx, p); err != nil {
		return err
	}
	return putRejects(tx, source, batch.Rejects)
}

func putRejects(tx *bbolt.Tx, source string, rejects []pipeline.Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	b, err := bucket(tx, bucketRejects).CreateBucketIfNotExists([]byte(source))
	if err != nil {
		return err
	}
	values := make([][]byte, 0, len(rejects))
	for i := range rejects {
		value, err := appendReject(nil, &rejects[i])
		if err != nil {
			return err
		}
		values = append(values, value)
	}
	return appendRejects(b, values)
}

// appendRejects gives stored rows the next numbers.
func appendRejects(b *bbolt.Bucket, values [][]byte) error {
	b.FillPercent = fillSorted
	for _, value := range values {
		n, err := b.NextSequence()
		if err != nil {
			return err
		}
		if err := b.Put(sequenceKey(n), value); err != nil {
			return err
		}
	}
	return nil
}

func sequenceKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// EndPull implements store.Pulls.
func (s *Store) EndPull(ctx context.Context, source string, end store.PullEnd) error {
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		p, ok, err := getPull(tx, source)
		if err == nil && !ok {
			err = store.ErrNotFound
		}
		if err != nil {
			return err
		}
		p.End(end)
		return putPull(tx, p)
	})
	if err != nil {
		return fmt.Errorf("end pull of source %q: %w", source, err)
	}
	return nil
}

// Pull implements store.Pulls.
func (s *Store) Pull(ctx context.Context, source string) (store.Pull, error) {
	var out store.Pull
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		p, ok, err := getPull(tx, source)
		if err == nil && !ok {
			err = store.ErrNotFound
		}
		out = p
		return err
	})
	if err != nil {
		return store.Pull{}, fmt.Errorf("pull of source %q: %w", source, err)
	}
	return out, nil
}

// Rejects implements store.Pulls.
func (s *Store) Rejects(ctx context.Context, source string, after, limit int) ([]pipeline.Reject, error) {
	var out []pipeline.Reject
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketRejects).Bucket([]byte(source))
		if b == nil {
			return nil
		}
		c := b.Cursor()
		// Rows are numbered from 1 without a gap.
		for k, v := c.Seek(sequenceKey(uint64(max(after, 0)) + 1)); k != nil && len(out) < limit; k, v = c.Next() {
			r, err := decodeReject(v)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

func getPull(tx *bbolt.Tx, source string) (store.Pull, bool, error) {
	var p storedPull
	ok, err := getJSON(bucket(tx, bucketPulls), []byte(source), &p)
	p.Pull.Cursor = string(p.Cursor)
	return p.Pull, ok, err
}

func putPull(tx *bbolt.Tx, p store.Pull) error {
	return putJSON(bucket(tx, bucketPulls), []byte(p.Source), storedPull{Pull: p, Cursor: []byte(p.Cursor)})
}

// getJSON reads a value, false if there is none.
func getJSON(b *bbolt.Bucket, key []byte, v any) (bool, error) {
	data := b.Get(key)
	if data == nil {
		return false, nil
	}
	if err := json.Unmarshal(data, v); err != nil {
		return false, fmt.Errorf("%w: %w", errRecord, err)
	}
	return true, nil
}

func putJSON(b *bbolt.Bucket, key []byte, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return b.Put(key, data)
}
