package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// Entries implements store.Index.
func (s *Store) Entries(ctx context.Context, owners []store.Owner) ([]store.Entry, error) {
	if err := checkOwners(owners); err != nil {
		return nil, fmt.Errorf("entries of the index: %w", err)
	}
	var out []store.Entry
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		out = make([]store.Entry, 0, len(owners))
		var room []byte
		for _, o := range owners {
			room = appendOwner(room[:0], o)
			e, err := decodeEntry(o, bucket(tx, ownerKindOf(o).entries()).Get(room))
			if err != nil {
				return err
			}
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// ListingEntries implements store.Index.
func (s *Store) ListingEntries(ctx context.Context, after store.ObservationID, limit int) ([]store.Entry, error) {
	var out []store.Entry
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		c := bucket(tx, bucketListingEntries).Cursor()
		for k, v := c.Seek(successor(idKey(after))); k != nil && len(out) < limit; k, v = c.Next() {
			o, err := ofListing.owner(k)
			if err != nil {
				return err
			}
			e, err := decodeEntry(o, v)
			if err != nil {
				return err
			}
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// Carriers implements store.Index: for each token it goes to the first key of
// each kind and reads no more than one beyond the limit.
func (s *Store) Carriers(ctx context.Context, tokens []uint64, limit int) ([]store.Carriers, error) {
	var out []store.Carriers
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		firms, listings := bucket(tx, bucketFirmTokens).Cursor(), bucket(tx, bucketListingTokens).Cursor()
		out = make([]store.Carriers, len(tokens))
		for i, token := range tokens {
			c := &out[i]
			var err error
			c.MoreFirms, err = carriersOf(firms, token, limit, func(key []byte) error {
				o, err := ofFirm.owner(key)
				c.Firms = append(c.Firms, o.INN)
				return err
			})
			if err != nil {
				return err
			}
			c.MoreListings, err = carriersOf(listings, token, limit, func(key []byte) error {
				o, err := ofListing.owner(key)
				c.Listings = append(c.Listings, o.ID)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// carriersOf adds the first owners of a token and tells whether there are more.
func carriersOf(c *bbolt.Cursor, token uint64, limit int, add func(key []byte) error) (more bool, err error) {
	var prefix [tokenSize]byte
	binary.BigEndian.PutUint64(prefix[:], token)
	n := 0
	for k, _ := c.Seek(prefix[:]); bytes.HasPrefix(k, prefix[:]); k, _ = c.Next() {
		if n++; n > limit {
			return true, nil
		}
		if err := add(k[tokenSize:]); err != nil {
			return false, err
		}
	}
	return false, nil
}
