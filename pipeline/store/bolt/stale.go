package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"
)

// maxStale is how many keys are listed as stale; with more of them all are made
// anew.
const maxStale = 150_000

// staleList is a list of what is stale: a bucket of keys, each with the mark at
// which it became so, and an account of it in "meta".
type staleList struct{ bucket, account string }

// staleRows is the list of scoring rows, by ИНН.
func staleRows() staleList { return staleList{bucketStale, metaStale} }

// staleOwners is the list of owners of tokens, by staleKey.
func staleOwners() staleList { return staleList{bucketStaleOwners, metaStaleOwners} }

// staleState is the account of a list. It is stored as a byte for all and three
// numbers of eight bytes.
type staleState struct {
	all    bool   // which is not known; then none is listed
	since  uint64 // the mark at which all was said last
	mark   uint64
	listed uint64
}

const staleStateSize = 1 + 3*8

// anew returns the account after all of a registry was dropped.
func (s staleState) anew() staleState {
	return staleState{all: true, since: s.mark + 1, mark: s.mark + 1}
}

func (l staleList) read(tx *bbolt.Tx) (staleState, error) {
	b := bucket(tx, bucketMeta).Get([]byte(l.account))
	if b == nil {
		return staleState{all: true}, nil // a new store
	}
	if len(b) != staleStateSize || b[0] > 1 {
		return staleState{}, fmt.Errorf("account of %s: %w", l.bucket, errRecord)
	}
	return staleState{
		all: b[0] == 1, since: binary.BigEndian.Uint64(b[1:]),
		mark: binary.BigEndian.Uint64(b[9:]), listed: binary.BigEndian.Uint64(b[17:]),
	}, nil
}

func (l staleList) write(tx *bbolt.Tx, s staleState) error {
	b := make([]byte, 1, staleStateSize)
	if s.all {
		b[0] = 1
	}
	b = binary.BigEndian.AppendUint64(b, s.since)
	b = binary.BigEndian.AppendUint64(b, s.mark)
	b = binary.BigEndian.AppendUint64(b, s.listed)
	return bucket(tx, bucketMeta).Put([]byte(l.account), b)
}

// noter notes in one transaction what it makes stale.
type noter struct {
	staleList

	tx    *bbolt.Tx
	state staleState
	any   bool
	keys  []string
}

func newNoter(tx *bbolt.Tx, l staleList) (*noter, error) {
	state, err := l.read(tx)
	return &noter{staleList: l, tx: tx, state: state}, err
}

// add notes a key; an empty one stands for something that has none.
func (n *noter) add(key []byte) {
	n.any = true
	if !n.state.all && len(key) > 0 {
		n.keys = append(n.keys, string(key))
	}
}

// finish writes what was noted.
func (n *noter) finish() error {
	if !n.any {
		return nil
	}
	n.state.mark++
	if !n.state.all {
		if err := n.list(); err != nil {
			return err
		}
	}
	if n.state.all {
		n.state.since = n.state.mark
	}
	return n.write(n.tx, n.state)
}

func (n *noter) list() error {
	b := bucket(n.tx, n.bucket)
	b.FillPercent = fillSorted
	slices.Sort(n.keys)
	mark := binary.BigEndian.AppendUint64(nil, n.state.mark)
	for _, k := range slices.Compact(n.keys) {
		key := []byte(k)
		if b.Get(key) == nil {
			n.state.listed++
		}
		if err := b.Put(key, mark); err != nil {
			return err
		}
	}
	if n.state.listed <= maxStale {
		return nil
	}
	n.state.all, n.state.listed = true, 0
	return emptyBucket(n.tx, n.bucket)
}

func emptyBucket(tx *bbolt.Tx, name string) error {
	if err := tx.DeleteBucket([]byte(name)); err != nil {
		return err
	}
	_, err := tx.CreateBucket([]byte(name))
	return err
}

// freshen takes all that became stale up to the mark off the list.
func (l staleList) freshen(tx *bbolt.Tx, mark uint64) error {
	state, err := l.read(tx)
	if err != nil {
		return err
	}
	state.all = state.all && state.since > mark
	var keys [][]byte
	b := bucket(tx, l.bucket)
	err = b.ForEach(func(key, noted []byte) error {
		if staleMark(noted) <= mark {
			keys = append(keys, bytes.Clone(key))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(keys) == int(state.listed) {
		err = emptyBucket(tx, l.bucket)
	} else {
		for i := 0; i < len(keys) && err == nil; i++ {
			err = b.Delete(keys[i])
		}
	}
	if err != nil {
		return err
	}
	state.listed -= uint64(len(keys))
	return l.write(tx, state)
}

// freshenEach takes single keys off the list if they became stale up to the
// mark. It tells whether any was on it.
func (l staleList) freshenEach(tx *bbolt.Tx, mark uint64, items []item) (any bool, err error) {
	state, err := l.read(tx)
	if err != nil || state.listed == 0 {
		return false, err
	}
	b := bucket(tx, l.bucket)
	for _, in := range items {
		key := []byte(in.key)
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
	return true, l.write(tx, state)
}

// check holds the list against its account.
func (l staleList) check(tx *bbolt.Tx) error {
	state, err := l.read(tx)
	if err != nil {
		return err
	}
	listed := uint64(0)
	err = bucket(tx, l.bucket).ForEach(func(key, mark []byte) error {
		listed++
		if len(mark) != 8 || staleMark(mark) > state.mark {
			return fmt.Errorf("%s: %q: mark %x: %w", l.bucket, key, mark, errRecord)
		}
		return nil
	})
	if err == nil && (listed != state.listed || state.all && listed > 0) {
		err = fmt.Errorf("%s: %d are listed, the account says %+v", l.bucket, listed, state)
	}
	return err
}

func staleMark(value []byte) uint64 {
	if len(value) != 8 {
		return 0 // Check tells of it; taken off the list it does no harm
	}
	return binary.BigEndian.Uint64(value)
}
