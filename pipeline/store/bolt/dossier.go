package bolt

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// dossierReader turns what a walk finds into dossiers. ИНН must rise.
type dossierReader struct {
	all     shelves
	annexes []lane
	joined  side // of the index from ИНН to joined observation
	begun   bool // joined stands where the last ИНН left it
	joins   *bbolt.Bucket
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
	for _, l := range f.own {
		o, err := decodeRecord(store.ObservationID{Source: l.source, Key: string(l.key)}, l.value)
		if err != nil {
			return out, err
		}
		out.Observations = append(out.Observations, o)
	}
	for _, ref := range f.refs {
		o, err := indexed(d.all, ref)
		if err != nil {
			return out, err
		}
		out.Observations = append(out.Observations, o)
	}
	for i := range d.annexes {
		l := &d.annexes[i]
		if !l.reaches(f.inn) {
			continue
		}
		o, err := decodeRecord(store.ObservationID{Source: l.source, Key: string(l.key)}, l.value)
		if err != nil {
			return out, err
		}
		out.Observations = append(out.Observations, o)
	}
	if err := d.addJoined(&out); err != nil {
		return out, err
	}
	slices.SortFunc(out.Observations, func(a, b company.Observation) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Key, b.Key))
	})
	return out, nil
}

func (d *dossierReader) addJoined(out *store.Dossier) error {
	prefix := innPrefix(out.INN)
	if c := &d.joined; !d.begun || c.key != nil && bytes.Compare(c.key, prefix) < 0 {
		c.key, _ = c.cursor.Seek(prefix)
		d.begun = true
	}
	for d.joined.key != nil && bytes.HasPrefix(d.joined.key, prefix) {
		ref := d.joined.key[len(prefix):]
		if err := d.addJoin(out, ref); err != nil {
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
	record := d.all.record(id)
	if record == nil {
		return nil
	}
	o, err := decodeRecord(id, record)
	if err != nil || o.INN != "" {
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
	out.Observations = append(out.Observations, o)
	out.Joins = append(out.Joins, j)
	return nil
}
