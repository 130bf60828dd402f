package bolt

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"go.etcd.io/bbolt"
)

const (
	postingsKept = 3 << 17 // how many are sorted in memory at a time, 16 bytes each
	postingKeys  = 3 << 20 // bytes of the keys of their owners
)

// posting is a token and where the key of one that carries it stands.
type posting struct {
	token uint64
	at    uint32
	size  uint16
}

func (p posting) compare(q posting) int {
	return cmp.Or(cmp.Compare(p.token, q.token), cmp.Compare(p.at, q.at))
}

// postings are the least ones after a place, by token and owner, out of all that
// are added in the order of owners: as many as there is room for.
type postings struct {
	list []posting
	keys []byte

	after place
	below uint64 // this token and greater ones are not wanted,
	all   bool   // unless all are
	cut   bool   // some that were added had to go
	kept  bool   // the key of the present owner stands at the end of keys
}

// place is where postings end: those of smaller tokens, and of owners up to this
// one with this token.
type place struct {
	token uint64
	owner []byte // nil = before all
}

// newPostings has room for so many postings and bytes of keys.
func newPostings(list, keys int) *postings {
	return &postings{list: make([]posting, 0, list), keys: make([]byte, 0, keys)}
}

// begin empties the postings for those after a place and below a token.
func (p *postings) begin(after place, below uint64, all bool) {
	*p = postings{list: p.list[:0], keys: p.keys[:0], after: after, below: below, all: all}
}

// add adds the tokens of an owner.
func (p *postings) add(owner, tokens []byte) {
	p.kept = false
	for ; len(tokens) > 0; tokens = tokens[tokenSize:] {
		token := binary.BigEndian.Uint64(tokens)
		if token < p.after.token || token == p.after.token && bytes.Compare(owner, p.after.owner) <= 0 {
			continue
		}
		if len(p.list) == cap(p.list) || len(p.list) > 0 && !p.kept && len(p.keys)+len(owner) > cap(p.keys) {
			p.halve()
		}
		if !p.all && token >= p.below {
			return
		}
		if !p.kept {
			p.keys, p.kept = append(p.keys, owner...), true
		}
		p.list = append(p.list, posting{token: token, at: uint32(len(p.keys) - len(owner)), size: uint16(len(owner))})
	}
}

// halve keeps the lesser half. What comes later with the token at which it ends
// is of a greater owner, so only smaller tokens are wanted from there on.
func (p *postings) halve() {
	p.sort()
	p.list = p.list[:(len(p.list)+1)/2]
	keys := make([]byte, 0, cap(p.keys))
	for i := range p.list {
		one := &p.list[i]
		keys = append(keys, p.owner(*one)...)
		one.at = uint32(len(keys) - int(one.size))
	}
	p.keys, p.kept = keys, false
	p.below, p.all, p.cut = p.list[len(p.list)-1].token, false, true
}

func (p *postings) sort() { slices.SortFunc(p.list, posting.compare) }

func (p *postings) owner(one posting) []byte { return p.keys[one.at : one.at+uint32(one.size)] }

// end returns the place where the postings end, false if nothing is after it.
// They must be sorted.
func (p *postings) end() (place, bool) {
	if p.cut {
		last := p.list[len(p.list)-1]
		return place{last.token, bytes.Clone(p.owner(last))}, true
	}
	return place{token: p.below}, !p.all
}

// poster writes who carries a token, of one kind of owners, from their entries.
type poster struct {
	db     *database
	kind   ownerKind
	batch  int          // entries that are read in one transaction
	counts *tokenCounts // of the kind
	found  *postings    // used again
}

func (p *poster) run(ctx context.Context) error {
	for after, more := (place{}), p.counts.any(); more; after, more = p.found.end() {
		below, all := p.counts.below(after.token, cap(p.found.list))
		p.found.begin(after, below, all)
		if err := p.collect(ctx); err != nil {
			return err
		}
		p.found.sort()
		if err := p.write(ctx); err != nil {
			return err
		}
	}
	return nil
}

// collect reads all entries.
func (p *poster) collect(ctx context.Context) error {
	var last []byte
	for more := true; more; {
		err := p.db.view(ctx, func(tx *bbolt.Tx) error {
			c, n := bucket(tx, p.kind.entries()).Cursor(), 0
			k, v := c.Seek(successor(last))
			for ; k != nil && n < p.batch; k, v = c.Next() {
				tokens, _, err := splitEntry(v)
				if err != nil {
					return err
				}
				p.found.add(k, tokens)
				last = append(last[:0], k...)
				n++
			}
			more = n == p.batch
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// write writes the postings that were collected.
func (p *poster) write(ctx context.Context) error {
	var room []byte
	for batch := range slices.Chunk(p.found.list, postingBatch*p.batch) {
		err := p.db.bulk(ctx, func(tx *bbolt.Tx) error {
			b := bucket(tx, p.kind.tokens())
			b.FillPercent = fillSorted
			for _, one := range batch {
				room = append(binary.BigEndian.AppendUint64(room[:0], one.token), p.found.owner(one)...)
				if err := b.Put(room, nil); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

const countBits = 12

// tokenCounts tell how many tokens have the same first bits.
type tokenCounts [1 << countBits]int

func (c *tokenCounts) add(tokens []uint64) {
	for _, token := range tokens {
		c[token>>(64-countBits)]++
	}
}

func (c *tokenCounts) any() bool { return slices.ContainsFunc(c[:], func(n int) bool { return n > 0 }) }

// below returns a token so that most often no more than n stand before it, from
// the given one on; all says that this is so of all.
func (c *tokenCounts) below(from uint64, n int) (token uint64, all bool) {
	at := from >> (64 - countBits)
	for n -= c[at]; at+1 < uint64(len(c)); at++ {
		if n -= c[at+1]; n < 0 {
			return (at + 1) << (64 - countBits), false
		}
	}
	return 0, true
}
