package bolt

import (
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// ownerKind is which of the two kinds an owner of tokens is. They have buckets
// of their own, and the first byte of a key in the list of stale ones tells them
// apart in the order of store.Owner.Compare.
type ownerKind byte

const (
	ofFirm ownerKind = iota
	ofListing
)

func ownerKindOf(o store.Owner) ownerKind {
	if o.INN != "" {
		return ofFirm
	}
	return ofListing
}

// entries is the bucket from owner to entry.
func (k ownerKind) entries() string {
	if k == ofFirm {
		return bucketFirmEntries
	}
	return bucketListingEntries
}

// tokens is the bucket of token·owner.
func (k ownerKind) tokens() string {
	if k == ofFirm {
		return bucketFirmTokens
	}
	return bucketListingTokens
}

// ownerOf tells whose tokens an observation makes.
func ownerOf(source, key string, inn []byte) store.Owner {
	if len(inn) > 0 {
		return store.Owner{INN: company.INN(inn)}
	}
	return store.Owner{ID: store.ObservationID{Source: source, Key: key}}
}

// appendOwner appends the key of an owner among those of its kind.
func appendOwner(b []byte, o store.Owner) []byte {
	if o.INN != "" {
		return appendINN(b, o.INN)
	}
	b = append(b, o.ID.Source...)
	b = append(b, 0)
	return append(b, o.ID.Key...)
}

func (k ownerKind) owner(key []byte) (store.Owner, error) {
	if k == ofListing {
		id, err := splitID(key)
		return store.Owner{ID: id}, err
	}
	inn, err := readINN(key)
	return store.Owner{INN: inn}, err
}

// appendStaleKey appends the key of an owner in the list of stale ones.
func appendStaleKey(b []byte, o store.Owner) []byte {
	return appendOwner(append(b, byte(ownerKindOf(o))), o)
}

func readStaleKey(key []byte) (store.Owner, error) {
	if len(key) == 0 || key[0] > byte(ofListing) {
		return store.Owner{}, fmt.Errorf("stale owner %q: %w", key, errRecord)
	}
	return ownerKind(key[0]).owner(key[1:])
}

// An ИНН is packed four bits a digit, so that one of ten digits takes five
// bytes, and sorts as its text. Any other byte is an escape, that of one before
// or after the digits, and its own eight bits. What is left of the last byte is
// zero, which stands for nothing.
const (
	nibbleBefore = 1
	nibbleZero   = 2 // the digit 0
	nibbleAfter  = nibbleZero + 10
)

func appendINN(b []byte, inn company.INN) []byte {
	half := false
	add := func(n byte) {
		if half {
			b[len(b)-1] |= n
		} else {
			b = append(b, n<<4)
		}
		half = !half
	}
	for i := range len(inn) {
		c := inn[i]
		switch {
		case c >= '0' && c <= '9':
			add(c - '0' + nibbleZero)
			continue
		case c < '0':
			add(nibbleBefore)
		default:
			add(nibbleAfter)
		}
		add(c >> 4)
		add(c & 15)
	}
	return b
}

// readINN reads what appendINN wrote, and nothing else.
func readINN(key []byte) (company.INN, error) {
	var room [12]byte
	out, last := room[:0], 2*len(key)-1
	at := func(i int) byte { return key[i/2] >> (4 * (1 - i%2)) & 15 }
	for i := 0; i <= last; i++ {
		n := at(i)
		switch {
		case n >= nibbleZero && n < nibbleAfter:
			out = append(out, n-nibbleZero+'0')
			continue
		case n == 0 && i == last:
			continue
		case n != nibbleBefore && n != nibbleAfter || i+2 > last:
			return "", fmt.Errorf("packed ИНН %x: %w", key, errRecord)
		}
		c := at(i+1)<<4 | at(i+2)
		if n == nibbleBefore && c >= '0' || n == nibbleAfter && c <= '9' {
			return "", fmt.Errorf("packed ИНН %x: %w", key, errRecord)
		}
		out = append(out, c)
		i += 2
	}
	return company.INN(out), nil
}
