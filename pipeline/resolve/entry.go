package resolve

import (
	"context"
	"fmt"
	"hash/fnv"
	"iter"
	"math/bits"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

// What a token is to its owner, as entryNote.Roles has it.
const (
	roleFinds   byte = iota // owners are found by it
	roleLinks               // likewise, and it ties listings
	roleWatches             // stands for one that the owner has not, see watch
)

// watch is the token by which a listing is found when the carriers of another
// token were counted for it, which it has not itself.
func watch(token uint64) uint64 { return bits.RotateLeft64(token*0x9e3779b97f4a7c15, 31) }

// written makes the entry of an owner.
func written(o store.Owner, p *evidence.Party, digest uint64, watches map[uint64]bool, out *outcome) (store.Entry, error) {
	own := p.Tokens()
	all := make([]uint64, 0, len(own)+len(watches))
	roles := make([]byte, 0, cap(all))
	others := make([]uint64, 0, len(watches))
	for t := range watches {
		others = append(others, watch(t))
	}
	slices.Sort(others)
	for _, t := range own {
		for len(others) > 0 && others[0] <= t.Hash {
			if others[0] < t.Hash {
				all, roles = append(all, others[0]), append(roles, roleWatches)
			}
			others = others[1:]
		}
		role := roleFinds
		if t.Links {
			role = roleLinks
		}
		all, roles = append(all, t.Hash), append(roles, role)
	}
	for _, t := range others {
		all, roles = append(all, t), append(roles, roleWatches)
	}
	e := store.Entry{Owner: o, Tokens: all}
	n := entryNote{Digest: digest, Roles: roles, Outcome: out}
	var err error
	if e.Note, err = n.MarshalMsg(nil); err != nil {
		return e, fmt.Errorf("encode the entry of %s: %w", nameOwner(o), err)
	}
	return e, nil
}

// firmEntry makes that of a company.
func (r *run) firmEntry(d *store.Dossier) (*evidence.Party, store.Entry, error) {
	own := r.own(d)
	p := r.model.Firm(d.INN, own)
	name, city := called(own)
	e, err := written(store.Owner{INN: d.INN}, p, digestOfFirm(p, name, city), nil, nil)
	return p, e, err
}

// listingEntry makes that of a listing, without an outcome.
func (r *run) listingEntry(o *company.Observation) (*evidence.Party, store.Entry, error) {
	p := r.model.Listing(o)
	e, err := written(store.Owner{ID: idOf(o)}, p, p.Digest(), nil, nil)
	return p, e, err
}

// role is that of the token at i.
func (n *entryNote) role(i int) byte {
	if i < len(n.Roles) {
		return n.Roles[i]
	}
	return roleFinds
}

// read decodes the note of an entry; nil for an empty one.
func read(e *store.Entry) (*entryNote, error) {
	if len(e.Note) == 0 {
		return nil, nil
	}
	var n entryNote
	if _, err := n.UnmarshalMsg(e.Note); err != nil {
		return nil, fmt.Errorf("decode the entry of %s: %w", nameOwner(e.Owner), err)
	}
	return &n, nil
}

func nameOwner(o store.Owner) string {
	if o.INN != "" {
		return string(o.INN)
	}
	return o.ID.Source + " " + o.ID.Key
}

// digestOfFirm is that of all that the outcome of a listing takes from a
// company.
func digestOfFirm(p *evidence.Party, name, city string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %q %q", p.Digest(), name, city)
	return h.Sum64()
}

// called is how a company is shown to people.
func called(own []company.Observation) (name, city string) {
	for _, f := range []company.Field{company.FieldNameShort, company.FieldNameFull, company.FieldNameBrand} {
		for i := range own {
			if name == "" {
				name = own[i].First(f)
			}
		}
	}
	for i := range own {
		if city == "" {
			city = own[i].First(company.FieldCity)
		}
	}
	return name, city
}

// entries walks all listings of the index.
func (r *run) entries(ctx context.Context) iter.Seq2[*store.Entry, error] {
	return func(yield func(*store.Entry, error) bool) {
		for after := (store.ObservationID{}); ; {
			page, err := r.store.ListingEntries(ctx, after, pageSize)
			if err != nil {
				yield(nil, fmt.Errorf("read the index of listings: %w", err))
				return
			}
			for i := range page {
				if !yield(&page[i], nil) {
					return
				}
			}
			if len(page) < pageSize {
				return
			}
			after = page[len(page)-1].Owner.ID
		}
	}
}

// patch writes entries whose owners rise.
func (r *run) patch(ctx context.Context, entries []store.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	err := r.store.PatchIndex(ctx, func(yield func(store.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	})
	if err != nil {
		return fmt.Errorf("write %d entries of the index: %w", len(entries), err)
	}
	return nil
}
