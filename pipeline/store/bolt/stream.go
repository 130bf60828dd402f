package bolt

import (
	"errors"
	"fmt"
	"iter"

	"obzvon/pipeline/store"
)

// streamBytes ends a batch early when its entries are large.
const streamBytes = 8 << 20

// stream gives a rising sequence in batches to a goroutine that writes them.
type stream struct {
	batch int    // entries of one
	items *batch // the one that is being filled
}

// mem is for what stays of an item until it is written.
func (s *stream) mem() *arena { return &s.items.mem }

// write gives what the sequence yields to fn, up to an error of its. The
// sequence is drained here; fn runs beside it.
func (s *stream) write(seq iter.Seq2[item, error], fn func(items []item) error) (err error) {
	w := newBehind(fn)
	defer func() { err = errors.Join(err, w.stop()) }()
	s.items = w.first()
	last := ""
	for in, err := range seq {
		if err == nil && in.key <= last {
			err = fmt.Errorf("key %q after %q: %w", in.key, last, store.ErrOrder)
		}
		if err != nil {
			w.full <- s.items // what came before stays
			return err
		}
		last = in.key
		if s.items.add(in); len(s.items.items) >= s.batch || s.items.bytes >= streamBytes {
			if s.items, err = w.next(s.items); err != nil {
				return nil // stop returns it
			}
		}
	}
	w.full <- s.items
	return nil
}
