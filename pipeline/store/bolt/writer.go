package bolt

import (
	"bytes"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// writer writes observations of one source in one transaction: records,
// index and events. It implements tree.
type writer struct {
	*shelfCursor

	shelf  shelf
	day    company.Date
	events *bbolt.Bucket
	fresh  bool // the day has no event of the source from the first key on
	quiet  bool // removals are no events: see store.Replacement.Refiltered
	redate bool // what says the same takes the newer date
	dated  int  // how many did
	delta  store.Delta
	mem    *arena      // records and events: bbolt keeps values until the end
	put    [][2][]byte // events to write, in the order of keys
	gone   [][]byte    // events to delete
}

func newWriter(tx *bbolt.Tx, source string, day company.Date, mem *arena, sorted bool) (*writer, error) {
	s, err := writeShelf(tx, source)
	if err != nil {
		return nil, err
	}
	w := &writer{shelf: s, day: day, mem: mem, events: bucket(tx, bucketEvents)}
	w.shelfCursor = s.cursor()
	if sorted {
		s.own.FillPercent, s.keyed.FillPercent, w.events.FillPercent = fillSorted, fillSorted, fillSorted
	}
	return w, nil
}

// expect tells the writer the least and the greatest key that it will write,
// so that on a day without events it need not look for each.
func (w *writer) expect(least, greatest string) {
	k, _ := w.events.Cursor().Seek(eventKey(w.day, w.id(least)))
	w.fresh = k == nil || bytes.Compare(k, eventKey(w.day, w.id(greatest))) > 0
}

func (w *writer) id(key string) store.ObservationID {
	return store.ObservationID{Source: w.shelf.source, Key: key}
}

func (w *writer) find(key []byte) ([]byte, bool) {
	old := w.shelf.get(key)
	return old, old != nil
}

// write upserts one observation.
func (w *writer) write(in item, old []byte, has bool) error {
	if has && sameContent(old, in.content) {
		w.delta.Unchanged++
		return w.writeDate(in, old)
	}
	before, prior := old, false
	if !w.fresh {
		var err error
		if before, prior, err = w.before(in.key, old); err != nil {
			return err
		}
	}
	if !has && !prior {
		return w.writeNew(in)
	}
	return w.writeKnown(in, old, before)
}

// writeNew is the way of nearly all in a first load: nothing is decoded.
func (w *writer) writeNew(in item) error {
	w.delta.New++
	record, err := appendStamp(append(w.mem.tail(), in.content...), in.date, in.origin, int32(w.day))
	if err != nil {
		return err
	}
	record = w.mem.keep(record)
	if err := w.shelf.put([]byte(in.key), nil, record); err != nil {
		return err
	}
	return w.record(&store.Event{Day: w.day, ID: w.id(in.key), INN: in.inn, Kind: store.EventNew}, nil)
}

// writeKnown writes one that is stored, or was this morning.
func (w *writer) writeKnown(in item, old, before []byte) error {
	next, _, err := decodeContent(w.id(in.key), in.content)
	if err != nil {
		return err
	}
	next.Date, next.Origin = in.date, in.origin
	was, err := w.decode(in.key, old)
	if err != nil {
		return err
	}
	base, err := w.decode(in.key, before)
	if err != nil {
		return err
	}
	store.Stamp(&next, w.day, was, base)
	record, err := appendRecord(w.mem.tail(), &next)
	if err != nil {
		return err
	}
	record = w.mem.keep(record)
	if was == nil {
		w.delta.New++
	} else {
		w.delta.Changed++
	}
	if err := w.shelf.put([]byte(in.key), old, record); err != nil {
		return err
	}
	return w.net(in.key, base, &next, before)
}

// writeDate moves an unchanged observation to the day it was said again.
func (w *writer) writeDate(in item, old []byte) error {
	if !w.redate {
		return nil
	}
	o, err := w.decode(in.key, old)
	if err != nil || in.date <= o.Date {
		return err
	}
	o.Date, o.Origin = in.date, in.origin
	record, err := appendRecord(w.mem.tail(), o)
	if err != nil {
		return err
	}
	w.dated++
	return w.shelf.put([]byte(in.key), old, w.mem.keep(record))
}

// remove deletes one observation.
func (w *writer) remove(key, old []byte) error {
	if w.quiet {
		w.delta.Dropped++
		w.gone = append(w.gone, eventKey(w.day, w.id(string(key))))
		return w.shelf.remove(key, old)
	}
	w.delta.Gone++
	before, _, err := w.before(string(key), old)
	if err != nil {
		return err
	}
	base, err := w.decode(string(key), before)
	if err != nil {
		return err
	}
	if err := w.net(string(key), base, nil, before); err != nil {
		return err
	}
	return w.shelf.remove(key, old)
}

// before returns the record as it was before the day's first write, nil if
// there was none; prior tells that the day has an event already.
func (w *writer) before(key string, old []byte) (record []byte, prior bool, err error) {
	value := w.events.Get(eventKey(w.day, w.id(key)))
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

func (w *writer) decode(key string, record []byte) (*company.Observation, error) {
	if record == nil {
		return nil, nil
	}
	o, err := decodeRecord(w.id(key), record)
	return &o, err
}

// net folds what happened to an observation into the day's event.
func (w *writer) net(key string, base, now *company.Observation, before []byte) error {
	e, ok := store.Net(w.day, base, now)
	if !ok {
		w.gone = append(w.gone, eventKey(w.day, w.id(key)))
		return nil
	}
	return w.record(&e, before)
}

func (w *writer) record(e *store.Event, before []byte) error {
	value, err := appendEvent(w.mem.tail(), e, before)
	if err != nil {
		return err
	}
	w.put = append(w.put, [2][]byte{eventKey(e.Day, e.ID), w.mem.keep(value)})
	return nil
}

// finish writes the events.
func (w *writer) finish() (wrote bool, err error) {
	for _, e := range w.put {
		if err := w.events.Put(e[0], e[1]); err != nil {
			return false, err
		}
	}
	for _, k := range w.gone {
		if err := w.events.Delete(k); err != nil {
			return false, err
		}
	}
	return w.delta.New+w.delta.Changed+w.delta.Gone+w.delta.Dropped > 0 || w.dated > 0, nil
}
