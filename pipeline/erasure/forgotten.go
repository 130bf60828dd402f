package erasure

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strings"
	"sync"

	"obzvon/pipeline/company"
)

// kind says what a digest is of.
type kind uint8

const (
	kindPhone      kind = iota // a number under +7, in E.164
	kindAbroad                 // another number, in E.164
	kindEmail                  // an address as company.Email has it
	kindSole                   // ИНН of a sole proprietor: everything of it
	kindOGRN                   // of a sole proprietor
	kindCard                   // id of an observation that is not taken again
	kindPeople                 // ИНН of a legal entity: its people
	kindPeopleCard             // id of an observation without ИНН: its people
	kindLost                   // id of a key that is lost, and what was digested under it
	kinds
)

var kindNames = [kinds]string{"tel", "abroad", "mail", "sole", "ogrn", "card", "people", "people-card", "lost"}

type digest [sha256.Size]byte

// Forgotten is what was forgotten, as digests. The zero value is nothing. It may
// be used from several goroutines.
type Forgotten struct {
	key    *Key
	by     [kinds]map[digest]company.Date // of people: the day until which all is theirs
	hashes sync.Pool                      // of hash.Hash under the key
	any    bool
}

// ErrKey is digests without the key under which they were made.
var ErrKey = errors.New("the key of what was forgotten is missing")

// New makes it of the digests that the store has. Key may be nil if there are
// none. Digests under another key are ErrKey, unless that key was declared lost.
func New(key *Key, digests []string) (*Forgotten, error) {
	f := &Forgotten{key: key}
	lost := map[string]bool{}
	for _, text := range digests {
		if id, ok := strings.CutPrefix(text, kindNames[kindLost]+":"); ok {
			lost[id] = true
		}
	}
	for _, text := range digests {
		k, id, d, day, err := parseDigest(text)
		switch {
		case err != nil:
			return nil, err
		case k == kindLost || lost[id]:
			continue
		case key == nil || key.id != id:
			return nil, fmt.Errorf("%w: put %s with the key %s… back into the folder of the store", ErrKey, KeyName, id)
		}
		f.put(k, d, day)
	}
	return f, nil
}

func (f *Forgotten) put(k kind, d digest, day company.Date) {
	if f.by[k] == nil {
		f.by[k] = map[digest]company.Date{}
	}
	f.by[k][d] = max(f.by[k][d], day)
	f.any = true
}

// ErrDigest is a digest of another form.
var ErrDigest = errors.New("not a digest of what was forgotten")

// parseDigest reads KIND:KEY:DIGEST, of people with :DAY.
func parseDigest(text string) (k kind, id string, d digest, day company.Date, err error) {
	parts := strings.Split(text, ":")
	for k = range kinds {
		if kindNames[k] == parts[0] {
			break
		}
	}
	ok := k < kinds && len(parts) > 1
	if ok && k == kindLost {
		return k, parts[1], d, 0, nil
	}
	if ok = ok && len(parts) > 2 && len(parts[2]) == 2*len(d); ok {
		_, err = hex.Decode(d[:], []byte(parts[2]))
	}
	if ok && err == nil && len(parts) > 3 {
		day, err = company.ParseDate(parts[3])
	}
	if !ok || err != nil {
		return k, "", d, 0, fmt.Errorf("%q: %w", text, ErrDigest)
	}
	return k, parts[1], d, day, nil
}

// Empty tells that nothing was forgotten, so that nothing needs to be looked at.
func (f *Forgotten) Empty() bool { return f == nil || !f.any }

// digestOf digests a value of a kind. The kind is part of it.
func (f *Forgotten) digestOf(k kind, value ...[]byte) (d digest) {
	h, ok := f.hashes.Get().(hash.Hash)
	if !ok {
		h = hmac.New(sha256.New, f.key.bytes)
	}
	h.Reset()
	var head [16]byte
	h.Write(append(append(head[:0], kindNames[k]...), ':'))
	for i, v := range value {
		if i > 0 {
			h.Write([]byte{0})
		}
		h.Write(v)
	}
	h.Sum(d[:0])
	f.hashes.Put(h)
	return d
}

// remembers tells whether a value of a kind was forgotten. Of a kind of which
// nothing was it costs nothing.
func (f *Forgotten) remembers(k kind, value ...[]byte) bool {
	_, there := f.until(k, value...)
	return there
}

// until is the day of a value of a kind that was forgotten.
func (f *Forgotten) until(k kind, value ...[]byte) (company.Date, bool) {
	if f == nil || len(f.by[k]) == 0 {
		return 0, false
	}
	day, there := f.by[k][f.digestOf(k, value...)]
	return day, there
}

// text is a digest as the store keeps it.
func (f *Forgotten) text(k kind, value ...[]byte) string {
	d := f.digestOf(k, value...)
	return kindNames[k] + ":" + f.key.id + ":" + hex.EncodeToString(d[:])
}

// Lost declares the keys lost under which digests were made, other than the given
// one, which may be nil: what is to be added to the digests, so that New takes them.
// It tells how many digests are given up.
func Lost(key *Key, digests []string) (declared []string, n int) {
	lost := map[string]bool{}
	for _, text := range digests {
		if k, id, _, _, err := parseDigest(text); err == nil && k == kindLost {
			lost[id] = true
		}
	}
	for _, text := range digests {
		k, id, _, _, err := parseDigest(text)
		if err != nil || k == kindLost || lost[id] || key != nil && key.id == id {
			continue
		}
		n++
		if name := kindNames[kindLost] + ":" + id; !slices.Contains(declared, name) {
			declared = append(declared, name)
		}
	}
	return declared, n
}
