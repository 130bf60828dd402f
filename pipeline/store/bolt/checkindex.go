package bolt

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// checkEntries reads all entries of the index. Under a tag who carries a token
// must agree with them.
func checkEntries(tx *bbolt.Tx) error {
	whole := hasKey(bucket(tx, bucketMeta), []byte(metaIndexTag))
	for _, kind := range []ownerKind{ofFirm, ofListing} {
		postings := bucket(tx, kind.tokens())
		left := 0
		if whole {
			left = countKeys(postings)
		}
		err := bucket(tx, kind.entries()).ForEach(func(key, stored []byte) error {
			o, err := kind.owner(key)
			if err != nil {
				return err
			}
			e, err := decodeEntry(o, stored)
			if err == nil {
				err = e.Check()
			}
			if err != nil {
				return fmt.Errorf("entry of %v: %w", o, err)
			}
			for _, token := range e.Tokens {
				left--
				if whole && !hasKey(postings, append(binary.BigEndian.AppendUint64(nil, token), key...)) {
					return fmt.Errorf("token %016x of %v is not in the index", token, o)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if whole && left != 0 {
			return fmt.Errorf("the index has %d tokens without an entry", left)
		}
	}
	return nil
}
