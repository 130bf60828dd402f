package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// patchPostings is after how many postings that come or go a patch is
// committed: each may be on a page of its own, all of which stay in memory
// until then.
const patchPostings = 1000

// PatchIndex implements store.Index.
func (s *Store) PatchIndex(ctx context.Context, seq iter.Seq2[store.Entry, error]) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	one := stream{batch: s.batch}
	err := one.write(entryItems(&one, seq), func(items []item) error {
		for len(items) > 0 {
			var p indexPatch
			err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
				p = indexPatch{tx: tx}
				if err := p.write(items); err != nil {
					return err
				}
				return p.finish()
			})
			if err != nil && !errors.Is(err, errNothing) {
				return err
			}
			items = items[p.taken:]
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("patch the index: %w", err)
	}
	return nil
}

// indexPatch is one transaction.
type indexPatch struct {
	tx       *bbolt.Tx
	taken    int // items that are done
	wrote    bool
	postings [2][]postingChange // of each kind of owner
}

// postingChange is a key of a posting that comes or goes.
type postingChange struct {
	key  []byte
	gone bool
}

// write writes entries until enough has changed.
func (p *indexPatch) write(items []item) error {
	for _, in := range items {
		if len(p.postings[ofFirm])+len(p.postings[ofListing]) >= patchPostings {
			return nil
		}
		if err := p.entry(ownerKind(in.key[0]), []byte(in.key[1:]), in.content); err != nil {
			return err
		}
		p.taken++
	}
	return nil
}

// entry puts one entry in place of the owner's; without content it goes.
func (p *indexPatch) entry(kind ownerKind, key, content []byte) error {
	b := bucket(p.tx, kind.entries())
	old := b.Get(key)
	if bytes.Equal(old, content) {
		return nil
	}
	was, err := tokensOf(old)
	if err != nil {
		return err
	}
	now, err := tokensOf(content)
	if err != nil {
		return err
	}
	p.differ(kind, key, was, now)
	p.wrote = true
	if len(content) == 0 {
		return b.Delete(key)
	}
	return b.Put(key, content)
}

// tokensOf returns the tokens of a stored entry, not copied.
func tokensOf(stored []byte) ([]byte, error) {
	if len(stored) == 0 {
		return nil, nil
	}
	tokens, _, err := splitEntry(stored)
	return tokens, err
}

// differ notes which postings come and go.
func (p *indexPatch) differ(kind ownerKind, owner, was, now []byte) {
	note := func(token []byte, gone bool) {
		p.postings[kind] = append(p.postings[kind], postingChange{slices.Concat(token, owner), gone})
	}
	for len(was) > 0 || len(now) > 0 {
		order := bytes.Compare(head(was), head(now))
		switch {
		case len(now) == 0 || len(was) > 0 && order < 0:
			note(head(was), true)
			was = was[tokenSize:]
		case len(was) == 0 || order > 0:
			note(head(now), false)
			now = now[tokenSize:]
		default:
			was, now = was[tokenSize:], now[tokenSize:]
		}
	}
}

// head returns the first token, nil of none.
func head(tokens []byte) []byte { return tokens[:min(tokenSize, len(tokens))] }

// finish writes the postings in their order.
func (p *indexPatch) finish() error {
	if !p.wrote {
		return errNothing
	}
	for _, kind := range []ownerKind{ofFirm, ofListing} {
		b := bucket(p.tx, kind.tokens())
		changes := p.postings[kind]
		slices.SortFunc(changes, func(a, b postingChange) int { return bytes.Compare(a.key, b.key) })
		for _, c := range changes {
			var err error
			if c.gone {
				err = b.Delete(c.key)
			} else {
				err = b.Put(c.key, nil)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
