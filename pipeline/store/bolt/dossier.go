package bolt

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
)

// dossierReader turns what a walk finds into dossiers. ИНН must rise. Of each
// it finds all stored records first and then reads them into memory of one
// size: one text, one array of facts.
type dossierReader struct {
	all     shelves
	annexes []lane
	joined  side // of the index from ИНН to joined observation
	joins   *bbolt.Bucket

	prefix []byte // of the index entries of the present ИНН
	found  []standing
	text   []byte
}

// standing is a stored record and what it is of; its key is the ИНН if it has
// no id.
type standing struct {
	source string
	key    string
	stored []byte
	facts  int
}

func newDossierReader(tx *bbolt.Tx) (*dossierReader, error) {
	d := &dossierReader{all: newShelves(tx), joined: side{cursor: bucket(tx, bucketJoined).Cursor()}, joins: bucket(tx, bucketJoins)}
	annexes := bucket(tx, bucketAnnexes)
	err := annexes.ForEachBucket(func(name []byte) error {
		d.annexes = append(d.annexes, lane{source: string(name), side: side{cursor: annexes.Bucket(name).Cursor()}})
		return nil
	})
	return d, err
}

func (d *dossierReader) read(f found) (store.Dossier, error) {
	out := store.Dossier{INN: company.INN(f.inn)}
	d.found = d.found[:0]
	for _, l := range f.own {
		d.stands(l.source, string(out.INN), l.value)
	}
	for _, ref := range f.refs {
		if err := d.indexed(ref); err != nil {
			return out, err
		}
	}
	for i := range d.annexes {
		if l := &d.annexes[i]; l.reaches(f.inn) {
			d.stands(l.source, string(out.INN), l.value)
		}
	}
	if err := d.addJoined(&out); err != nil {
		return out, err
	}
	return out, d.decode(&out)
}

func (d *dossierReader) stands(source, key string, stored []byte) {
	d.found = append(d.found, standing{source: source, key: key, stored: stored, facts: record.FactsIn(stored)})
}

func (d *dossierReader) indexed(ref []byte) error {
	id, err := splitID(ref)
	if err != nil {
		return err
	}
	stored := d.all.record(id)
	if stored == nil {
		return fmt.Errorf("index of %v: no such observation: %w", id, errRecord)
	}
	d.stands(id.Source, id.Key, stored)
	return nil
}

func (d *dossierReader) addJoined(out *store.Dossier) error {
	d.prefix = append(append(d.prefix[:0], out.INN...), 0)
	d.joined.follow(d.prefix)
	for d.joined.key != nil && bytes.HasPrefix(d.joined.key, d.prefix) {
		if err := d.addJoin(out, d.joined.key[len(d.prefix):]); err != nil {
			return err
		}
		d.joined.key, _ = d.joined.cursor.Next()
	}
	return nil
}

// addJoin adds one joined observation if it is there and without ИНН.
func (d *dossierReader) addJoin(out *store.Dossier, ref []byte) error {
	id, err := splitID(ref)
	if err != nil {
		return err
	}
	stored := d.all.record(id)
	if stored == nil {
		return nil
	}
	inn, err := innOf(stored)
	if err != nil || len(inn) > 0 {
		return err
	}
	value := d.joins.Get(ref)
	if value == nil {
		return fmt.Errorf("index of joins of %q: no join of %v: %w", out.INN, id, errRecord)
	}
	j, err := decodeJoin(ref, value)
	if err != nil {
		return err
	}
	d.stands(id.Source, id.Key, stored)
	out.Joins = append(out.Joins, j)
	return nil
}

// decode reads what was found, in the order of ids.
func (d *dossierReader) decode(out *store.Dossier) error {
	if !slices.IsSortedFunc(d.found, standing.compare) {
		slices.SortFunc(d.found, standing.compare)
	}
	total := 0
	d.text = d.text[:0]
	for i := range d.found {
		d.text = append(d.text, d.found[i].stored...)
		total += d.found[i].facts
	}
	text, facts := string(d.text), make([]company.Fact, total)
	out.Observations = make([]company.Observation, len(d.found))
	for i := range d.found {
		s := &d.found[i]
		o := &out.Observations[i]
		o.Source, o.Key, o.Facts = s.source, s.key, facts[:0:s.facts]
		if err := record.ReadStored(text[:len(s.stored)], o); err != nil {
			return fmt.Errorf("observation %q of source %q: %w: %w", s.key, s.source, errRecord, err)
		}
		text, facts = text[len(s.stored):], facts[s.facts:]
	}
	return nil
}

func (s standing) compare(other standing) int {
	return cmp.Or(cmp.Compare(s.source, other.source), cmp.Compare(s.key, other.key))
}
