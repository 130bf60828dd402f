package bolt

import (
	"context"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// postingBatch is how many postings commit together for one entry of
// Options.ReplaceBatch: they are small.
const postingBatch = 4

// ReplaceIndex implements store.Index. The entries are written as they come;
// then who carries a token is read from them again, as many of the least
// postings at a time as memory is spent on, and written in the order of tokens.
func (s *Store) ReplaceIndex(ctx context.Context, tag string, mark uint64, seq iter.Seq2[store.Entry, error]) error {
	l := indexLoad{stream: stream{batch: s.batch}, db: s.registry, found: newPostings(postingsKept, postingKeys)}
	err := l.run(ctx, seq)
	if err == nil {
		err = s.registry.update(ctx, func(tx *bbolt.Tx) error {
			if err := staleOwners().freshen(tx, mark); err != nil || tag == "" {
				return err
			}
			return bucket(tx, bucketMeta).Put([]byte(metaIndexTag), []byte(tag))
		})
	}
	if err != nil {
		return fmt.Errorf("replace the index: %w", err)
	}
	return nil
}

// indexLoad makes the index anew.
type indexLoad struct {
	stream

	db     *database
	counts [2]tokenCounts // of each kind of owner
	found  *postings
}

func (l *indexLoad) run(ctx context.Context, seq iter.Seq2[store.Entry, error]) error {
	if err := l.db.update(ctx, clearIndex); err != nil {
		return err
	}
	err := l.write(entryItems(&l.stream, l.counted(seq)), func(items []item) error {
		return l.db.bulk(ctx, func(tx *bbolt.Tx) error { return putEntries(tx, items) })
	})
	if err != nil {
		return err
	}
	for _, kind := range []ownerKind{ofFirm, ofListing} {
		p := poster{db: l.db, kind: kind, batch: l.batch, counts: &l.counts[kind], found: l.found}
		if err := p.run(ctx); err != nil {
			return err
		}
	}
	return nil
}

// counted counts the tokens of the entries.
func (l *indexLoad) counted(seq iter.Seq2[store.Entry, error]) iter.Seq2[store.Entry, error] {
	return func(yield func(store.Entry, error) bool) {
		for e, err := range seq {
			l.counts[ownerKindOf(e.Owner)].add(e.Tokens)
			if !yield(e, err) {
				return
			}
		}
	}
}

// clearIndex takes the tag away and removes all entries.
func clearIndex(tx *bbolt.Tx) error {
	if err := bucket(tx, bucketMeta).Delete([]byte(metaIndexTag)); err != nil {
		return err
	}
	for _, kind := range []ownerKind{ofFirm, ofListing} {
		for _, name := range []string{kind.entries(), kind.tokens()} {
			if err := emptyBucket(tx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// entryItems turns entries into items whose keys are those of stale owners. An
// empty entry has no content.
func entryItems(s *stream, seq iter.Seq2[store.Entry, error]) iter.Seq2[item, error] {
	return func(yield func(item, error) bool) {
		var room []byte
		for e, err := range seq {
			if err == nil {
				err = e.Check()
			}
			var in item
			if err == nil {
				room = appendStaleKey(room[:0], e.Owner)
				in.key = string(room)
				if !e.Empty() {
					in.content = s.mem().keep(appendEntry(s.mem().tail(), &e))
				}
			}
			if !yield(in, err) || err != nil {
				return
			}
		}
	}
}

func putEntries(tx *bbolt.Tx, items []item) error {
	for _, in := range items {
		if len(in.content) == 0 {
			continue // an empty entry
		}
		b := bucket(tx, ownerKind(in.key[0]).entries())
		b.FillPercent = fillSorted
		if err := b.Put([]byte(in.key[1:]), in.content); err != nil {
			return err
		}
	}
	return nil
}
