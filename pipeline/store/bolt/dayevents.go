package bolt

import (
	"bytes"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// dayEvents are a source's events of one day, in one transaction. They are
// read at once and written at the end.
type dayEvents struct {
	writing

	bucket *bbolt.Bucket
	mem    *arena
	none   bool        // the day has no event of the keys that are expected
	puts   [][2][]byte // in the order of keys if they come so
	drops  [][]byte
	key    []byte // used again for each look
}

func newDayEvents(tx *bbolt.Tx, w writing, mem *arena) *dayEvents {
	return &dayEvents{writing: w, bucket: bucket(tx, bucketEvents), mem: mem}
}

// expect tells the least and the greatest key that will be written, so that on
// a day without events none need be looked for.
func (d *dayEvents) expect(least, greatest string) {
	k, _ := d.bucket.Cursor().Seek(eventKey(d.day, d.id(least)))
	d.none = k == nil || bytes.Compare(k, eventKey(d.day, d.id(greatest))) > 0
}

func (d *dayEvents) id(key string) store.ObservationID {
	return store.ObservationID{Source: d.source, Key: key}
}

// before returns the record as it was before the day's first write, nil if
// there was none; prior tells that the day has an event already.
func (d *dayEvents) before(key string, old []byte) (stored []byte, prior bool, err error) {
	d.key = appendEventKey(d.key[:0], d.day, d.id(key))
	value := d.bucket.Get(d.key)
	if value == nil {
		return old, false, nil
	}
	var h happening
	if _, err := h.UnmarshalMsg(value); err != nil {
		return nil, false, err
	}
	if len(h.Before) == 0 {
		return nil, true, nil
	}
	return h.Before, true, nil
}

func (d *dayEvents) put(e *store.Event, before []byte) error {
	key := d.mem.keep(appendEventKey(d.mem.tail(), e.Day, e.ID))
	value, err := appendEvent(d.mem.tail(), e, before)
	if err != nil {
		return err
	}
	d.puts = append(d.puts, [2][]byte{key, d.mem.keep(value)})
	return nil
}

func (d *dayEvents) drop(key string) {
	if !d.none {
		d.drops = append(d.drops, d.mem.keep(appendEventKey(d.mem.tail(), d.day, d.id(key))))
	}
}

func (d *dayEvents) finish() error {
	for _, e := range d.puts {
		if err := d.bucket.Put(e[0], e[1]); err != nil {
			return err
		}
	}
	for _, k := range d.drops {
		if err := d.bucket.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
