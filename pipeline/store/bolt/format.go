package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"go.etcd.io/bbolt"
)

// prepare makes the buckets of a new file, checks those of an old one, and
// empties one of an older format if it can be had again.
func (k fileKind) prepare(db *bbolt.DB) error {
	format := 0
	err := db.View(func(tx *bbolt.Tx) error {
		if name, _ := tx.Cursor().First(); name == nil {
			return nil
		}
		var err error
		format, err = k.checkFormat(tx)
		return err
	})
	if err == nil && format < k.format {
		err = db.Update(k.empty)
	}
	return err
}

// empty removes whatever is in the file and makes the buckets anew.
func (k fileKind) empty(tx *bbolt.Tx) error {
	var names [][]byte
	err := tx.ForEach(func(name []byte, _ *bbolt.Bucket) error {
		names = append(names, bytes.Clone(name))
		return nil
	})
	for _, name := range names {
		err = errors.Join(err, tx.DeleteBucket(name))
	}
	if err != nil {
		return err
	}
	return k.create(tx)
}

func (k fileKind) create(tx *bbolt.Tx) error {
	for _, name := range k.buckets {
		if _, err := tx.CreateBucket([]byte(name)); err != nil {
			return err
		}
	}
	return bucket(tx, bucketMeta).Put([]byte(metaFormat), []byte(strconv.Itoa(k.format)))
}

// checkFormat checks format and buckets of a file that is not new and returns
// the format. Of an older one that will be emptied nothing else counts.
func (k fileKind) checkFormat(tx *bbolt.Tx) (int, error) {
	meta := bucket(tx, bucketMeta)
	if meta == nil {
		return 0, fmt.Errorf("%s has no format: not a file of this program", k.name)
	}
	text := string(meta.Get([]byte(metaFormat)))
	format, err := strconv.Atoi(text)
	if err != nil || format < 1 {
		return 0, fmt.Errorf("%s has the format %q: not a file of this program", k.name, text)
	}
	if format > k.format {
		return format, &FormatError{File: k.name, Format: format, Known: k.format}
	}
	if format < k.format && k.rebuilt {
		return format, nil
	}
	for _, name := range k.buckets {
		if bucket(tx, name) == nil {
			return format, fmt.Errorf("%s lacks the bucket %q", k.name, name)
		}
	}
	return format, nil
}
