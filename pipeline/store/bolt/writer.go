package bolt

import (
	"bytes"
	"errors"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
)

// writing is what the writes of one call have in common.
type writing struct {
	source string
	day    company.Date
	annex  bool
	sorted bool // keys come in order
	redate bool // what says the same takes the newer date
	quiet  bool // removals count as dropped: see store.Replacement.Silent
	silent bool // nothing is an event: see beginReplace and store.Replacement.Silent
}

// writer writes observations of one source in one transaction: records, index,
// events, and whose rows are stale. It implements tree.
type writer struct {
	writing
	*shelfCursor

	tx       *bbolt.Tx
	shelf    shelf
	events   *dayEvents
	stale    *spoiler
	owners   *noter    // whose tokens become stale
	carriers *carriers // for an annex
	dated    int       // how many took the newer date
	delta    store.Delta
	mem      *arena // records and events: bbolt keeps values until the end

	keyRoom []byte
	room    struct{ was, base, next company.Observation } // used again for each
}

func newWriter(tx *bbolt.Tx, w writing, mem *arena) (*writer, error) {
	s, err := writeShelf(tx, w.source, w.annex)
	if err != nil {
		return nil, err
	}
	stale, err := newSpoiler(tx)
	if err != nil {
		return nil, err
	}
	owners, err := newNoter(tx, staleOwners())
	if err != nil {
		return nil, err
	}
	out := &writer{writing: w, tx: tx, shelf: s, stale: stale, owners: owners, mem: mem, shelfCursor: s.cursor()}
	out.events = newDayEvents(tx, w, mem)
	if w.annex {
		if out.carriers, err = newCarriers(tx); err != nil {
			return nil, err
		}
	}
	if w.sorted {
		for _, tree := range []*bbolt.Bucket{s.own, s.keyed, out.events.bucket} {
			if tree != nil {
				tree.FillPercent = fillSorted
			}
		}
	}
	return out, nil
}

func (w *writer) expect(least, greatest string) { w.events.expect(least, greatest) }

func (w *writer) id(key string) store.ObservationID {
	return store.ObservationID{Source: w.source, Key: key}
}

// key is the bytes of a key until the next one: bbolt copies keys.
func (w *writer) key(key string) []byte {
	w.keyRoom = append(w.keyRoom[:0], key...)
	return w.keyRoom
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
	if !w.events.none {
		var err error
		if before, prior, err = w.events.before(in.key, old); err != nil {
			return err
		}
	}
	if !has && !prior {
		return w.writeNew(in)
	}
	return w.writeKnown(in, old, before)
}

// writeNew is the way of nearly all in a first load: nothing is decoded, nor
// copied.
func (w *writer) writeNew(in item) error {
	w.delta.New++
	if err := w.shelf.put(w.key(in.key), nil, in.stored); err != nil {
		return err
	}
	inn, err := innOf(in.stored)
	if err == nil {
		_, err = w.change(in.key, inn)
	}
	if err != nil || w.silent || w.annex {
		return err
	}
	return w.events.put(&store.Event{Day: w.day, ID: w.id(in.key), INN: company.INN(inn), Kind: store.EventNew}, nil)
}

// change is spoil for an observation whose content changes: its owner's tokens
// become stale, too.
func (w *writer) change(key string, inn []byte) (carried bool, err error) {
	switch {
	case w.annex:
	case w.owners.state.all:
		w.owners.any = true
	default:
		w.keyRoom = appendStaleKey(w.keyRoom[:0], ownerOf(w.source, key, inn))
		w.owners.add(w.keyRoom)
	}
	return w.spoil(key, inn)
}

// spoil notes that the row of an observation's company becomes stale, and
// tells whether an annex adds to a company.
func (w *writer) spoil(key string, inn []byte) (carried bool, err error) {
	if !w.annex {
		return true, w.stale.observation(w.id(key), inn)
	}
	carried = (!w.stale.state.all || !w.silent) && w.carriers.has(inn)
	if carried || w.stale.state.all {
		w.stale.add(inn)
	}
	return carried, nil
}

// writeKnown writes one that is stored, or was this morning.
func (w *writer) writeKnown(in item, old, before []byte) error {
	id := w.id(in.key)
	w.room.next.Source, w.room.next.Key, w.room.next.Date, w.room.next.Origin = id.Source, id.Key, in.date, in.origin
	if _, err := record.ReadContent(in.content, &w.room.next); err != nil {
		return err
	}
	was, base, err := w.decodeBoth(id, old, before)
	if err != nil {
		return err
	}
	store.Stamp(&w.room.next, w.day, was, base)
	stored := w.mem.keep(record.AppendStored(w.mem.tail(), &w.room.next))
	if was == nil {
		w.delta.New++
	} else {
		w.delta.Changed++
		if _, err := w.change(in.key, []byte(was.INN)); err != nil {
			return err
		}
	}
	carried, err := w.change(in.key, []byte(w.room.next.INN))
	if err != nil {
		return err
	}
	if err := w.shelf.put(w.key(in.key), old, stored); err != nil {
		return err
	}
	return w.net(in.key, base, &w.room.next, before, carried)
}

// decodeBoth reads what is stored and what was before the day's first write;
// most often they are the same.
func (w *writer) decodeBoth(id store.ObservationID, old, before []byte) (was, base *company.Observation, err error) {
	if old != nil {
		was = &w.room.was
		err = decodeInto(was, id, old)
	}
	if bytes.Equal(old, before) {
		return was, was, err
	}
	if before != nil && err == nil {
		base = &w.room.base
		err = decodeInto(base, id, before)
	}
	return was, base, err
}

// writeDate moves an unchanged observation to the day it was said again.
func (w *writer) writeDate(in item, old []byte) error {
	if !w.redate {
		return nil
	}
	stamp := old[len(in.content):]
	date, err := record.StampDate(stamp)
	if err != nil || in.date <= date {
		return err
	}
	stored, err := record.Restamp(w.mem.tail(), in.content, stamp, in.date, in.origin)
	if err != nil {
		return err
	}
	inn, err := innOf(old)
	if err != nil {
		return err
	}
	if _, err := w.spoil(in.key, inn); err != nil {
		return err
	}
	w.dated++
	return w.shelf.put(w.key(in.key), old, w.mem.keep(stored))
}

// remove deletes one observation.
func (w *writer) remove(key, old []byte) error {
	inn, err := innOf(old)
	if err != nil {
		return err
	}
	if _, err := w.change(string(key), inn); err != nil {
		return err
	}
	if w.quiet {
		w.delta.Dropped++
		w.events.drop(string(key))
		return w.shelf.remove(key, old)
	}
	w.delta.Gone++
	before, _, err := w.events.before(string(key), old)
	if err != nil {
		return err
	}
	_, base, err := w.decodeBoth(w.id(string(key)), old, before)
	if err != nil {
		return err
	}
	if err := w.net(string(key), base, nil, before, false); err != nil {
		return err
	}
	return w.shelf.remove(key, old)
}

// net folds what happened to an observation into the day's event. In an annex
// only what changed of a company that others carry is one.
func (w *writer) net(key string, base, now *company.Observation, before []byte, carried bool) error {
	if w.silent {
		w.events.drop(key)
		return nil
	}
	e, ok := store.Net(w.day, base, now)
	if !ok || w.annex && (e.Kind != store.EventChanged || !carried) {
		w.events.drop(key)
		return nil
	}
	return w.events.put(&e, before)
}

// finish writes what was put off.
func (w *writer) finish() (wrote bool, err error) {
	d := w.delta
	if d.New+d.Changed+d.Gone+d.Dropped == 0 && w.dated == 0 {
		return false, nil
	}
	if err := w.events.finish(); err != nil {
		return false, err
	}
	if err := errors.Join(w.stale.finish(), w.owners.finish()); err != nil {
		return false, err
	}
	if !w.annex && d.New+d.Changed+d.Gone+d.Dropped > 0 {
		if err := raiseGeneration(w.tx); err != nil {
			return false, err
		}
	}
	if d.New+d.Changed > 0 {
		err = noteSince(w.tx, w.day)
	}
	return true, err
}
