package store

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"strings"

	"obzvon/pipeline/company"
)

// Owner is whose tokens they are: a company, or an observation without ИНН. One
// of the two is set.
type Owner struct {
	INN company.INN   // "" for an observation
	ID  ObservationID // zero for a company
}

// Compare orders owners: companies by ИНН, then observations by id.
func (o Owner) Compare(p Owner) int {
	switch {
	case o.INN != "" && p.INN != "":
		return cmp.Compare(o.INN, p.INN)
	case o.INN != "":
		return -1
	case p.INN != "":
		return 1
	}
	return o.ID.Compare(p.ID)
}

// Check tells whether there can be such an owner. The error is ErrObservation.
func (o Owner) Check() error {
	switch {
	case o.INN == "":
		return o.ID.Check()
	case o.ID != (ObservationID{}):
		return fmt.Errorf("owner %q and %v: both are set: %w", o.INN, o.ID, ErrObservation)
	case len(o.INN) > maxINN || strings.Contains(string(o.INN), "\x00"):
		return fmt.Errorf("owner: ИНН %q: %w", o.INN, ErrObservation)
	}
	return nil
}

// Entry is what the index holds of one owner.
type Entry struct {
	Owner  Owner
	Tokens []uint64 // rising, distinct
	Note   []byte   // the matcher's own word on the owner, opaque
}

// Empty tells an entry that holds nothing: writing it removes the owner's.
func (e *Entry) Empty() bool { return len(e.Tokens) == 0 && len(e.Note) == 0 }

// Check tells whether an entry can be stored: an owner there cannot be is
// ErrObservation, tokens that do not rise are ErrOrder.
func (e *Entry) Check() error {
	for i := 1; i < len(e.Tokens); i++ {
		if e.Tokens[i] <= e.Tokens[i-1] {
			return fmt.Errorf("tokens of %v: %w", e.Owner, ErrOrder)
		}
	}
	return e.Owner.Check()
}

// Carriers are those that have a token.
type Carriers struct {
	Firms                   []company.INN   // rising, the first few
	Listings                []ObservationID // rising, the first few
	MoreFirms, MoreListings bool            // there are others beyond the limit
}

// IndexState tells what the index stands for.
type IndexState struct {
	Tag  string // what ReplaceIndex was given; "" = the index is not whole
	All  bool   // any owner may be stale: more has changed than is worth a list
	Mark uint64 // rises with every write that makes owners stale
}

// Index finds companies and observations without ИНН by tokens that a matcher
// makes of them, without looking at all. The store notes whose tokens may be
// stale: every write that changes what a company's own observations say (those
// that carry its ИНН, annexes excepted; joins do not count, nor does a newer day
// on which the same is said) notes its ИНН, every such write of an observation
// without ИНН its id, both when one gains or loses an ИНН, in the same
// transaction. A new store is stale as a whole. An owner that Owner.Check
// refuses ends a call with ErrObservation.
//
// No two writers may write entries at the same time.
type Index interface {
	// IndexState is asked before the first owner is read for new entries.
	IndexState(ctx context.Context) (IndexState, error)

	// StaleOwners pages through the stale owners in their order, after the given
	// one (zero = from the start). One that is gone is among them. Not to be
	// relied on while IndexState.All.
	StaleOwners(ctx context.Context, after Owner, limit int) ([]Owner, error)

	// Touch makes owners stale, as a write of them would, in one transaction.
	Touch(ctx context.Context, owners []Owner) error

	// Settle says that everything has been done about owners that became stale
	// up to the mark. Those that became stale again later stay.
	Settle(ctx context.Context, mark uint64) error

	// ReplaceIndex makes the index exactly the entries of the sequence, whose
	// owners must rise (ErrOrder), remembers the tag, and settles up to the mark.
	// It is a run of transactions in bounded memory: the tag is taken away first
	// and set last, so that an index under a tag is whole. An error of the
	// sequence ends it without a tag; what the index then holds is not told.
	// Empty entries are left out. Entries may reuse memory once the next is asked
	// for.
	ReplaceIndex(ctx context.Context, tag string, mark uint64, seq iter.Seq2[Entry, error]) error

	// PatchIndex puts single entries in place of those of their owners, which
	// must rise (ErrOrder); an empty one removes. Unchanged ones are not written.
	// Nothing is settled and the tag stays. It is a run of transactions, each
	// whole by itself; what came before an error of the sequence is written.
	// Entries may reuse memory once the next is asked for.
	PatchIndex(ctx context.Context, seq iter.Seq2[Entry, error]) error

	// Entries returns the entries of the owners in the order asked, an empty one
	// (with its Owner) where there is none.
	Entries(ctx context.Context, owners []Owner) ([]Entry, error)

	// ListingEntries pages through the entries of observations by their ids, after
	// the given one (zero = from the start).
	ListingEntries(ctx context.Context, after ObservationID, limit int) ([]Entry, error)

	// Carriers tells for each token, in the order asked, who carries it: at most
	// limit of each kind, found without reading more than that.
	Carriers(ctx context.Context, tokens []uint64, limit int) ([]Carriers, error)
}
