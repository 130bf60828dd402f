package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"go.etcd.io/bbolt"
)

// prepare makes the buckets of a new file and checks those of an old one. One of
// an older format is given what it lacks, or emptied if it can be had again.
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
	switch {
	case err != nil || format == k.format:
		return err
	case format < k.kept:
		return db.Update(k.empty)
	}
	return db.Update(k.upgrade)
}

// upgrade gives a file of an older format the buckets that it lacks.
func (k fileKind) upgrade(tx *bbolt.Tx) error {
	for _, name := range k.later {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return k.sign(tx)
}

// empty removes whatever is in the file and makes the buckets anew.
func (k fileKind) empty(tx *bbolt.Tx) error {
	names, err := topBuckets(tx)
	for _, name := range names {
		err = errors.Join(err, tx.DeleteBucket(name))
	}
	if err != nil {
		return err
	}
	return k.create(tx)
}

func topBuckets(tx *bbolt.Tx) (names [][]byte, err error) {
	err = tx.ForEach(func(name []byte, _ *bbolt.Bucket) error {
		names = append(names, bytes.Clone(name))
		return nil
	})
	return names, err
}

// create makes the buckets that are not there.
func (k fileKind) create(tx *bbolt.Tx) error {
	for _, name := range slices.Concat(k.buckets, k.later) {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return k.sign(tx)
}

// sign writes the format down.
func (k fileKind) sign(tx *bbolt.Tx) error {
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
	if format < k.kept && k.rebuilt {
		return format, nil
	}
	names := k.buckets
	if format == k.format {
		names = slices.Concat(k.buckets, k.later)
	}
	for _, name := range names {
		if bucket(tx, name) == nil {
			return format, fmt.Errorf("%s lacks the bucket %q", k.name, name)
		}
	}
	return format, nil
}
