package bolt

import (
	"fmt"
	"runtime"
	"strconv"

	"go.etcd.io/bbolt"
)

// formatVersion is that of both files. Raise it with every change that an
// older program would misread.
const formatVersion = 1

// The names of buckets, and of keys in "meta".
const (
	bucketMeta = "meta"

	bucketOwn     = "own"
	bucketKeyed   = "keyed"
	bucketIndex   = "index"
	bucketEvents  = "events"
	bucketPulls   = "pulls"
	bucketRejects = "rejects"
	bucketMissing = "missing"
	bucketJoins   = "joins"
	bucketJoined  = "joined"
	bucketRows    = "rows"

	bucketDecisions = "decisions"
	bucketRuns      = "runs"
	bucketLists     = "lists"
	bucketOwners    = "owners"
	bucketStops     = "stops"

	metaFormat  = "format"
	metaRowsTag = "rowstag"
)

// bucket returns a bucket of the top; prepare sees to it that all are there.
func bucket(tx *bbolt.Tx, name string) *bbolt.Bucket { return tx.Bucket([]byte(name)) }

// fileKind is one of the two files.
type fileKind struct {
	name    string
	buckets []string
	advice  string // what to do when it is damaged
	large   bool
}

// mapSize is how much of the address space to take at once: as long as a file
// is smaller, a growing one need not wait for readers, nor copy what it holds.
// It costs no memory; but on Windows the file would get that size.
func (k fileKind) mapSize() int {
	if !k.large || strconv.IntSize < 64 || runtime.GOOS == "windows" {
		return 0
	}
	return 1 << 30
}

func registryFile() fileKind {
	return fileKind{
		name: "registry.db",
		buckets: []string{
			bucketMeta, bucketOwn, bucketKeyed, bucketIndex, bucketEvents, bucketPulls, bucketRejects,
			bucketMissing, bucketJoins, bucketJoined, bucketRows,
		},
		large:  true,
		advice: "delete it and run again: all of it is pulled anew; or restore a backup",
	}
}

func stateFile() fileKind {
	return fileKind{
		name:    "state.db",
		buckets: []string{bucketMeta, bucketDecisions, bucketRuns, bucketLists, bucketOwners, bucketStops},
		advice:  "restore a backup over it; it holds issued lists, decisions and the stop list, which cannot be pulled again",
	}
}

// prepare makes the buckets of a new file, or checks those of an old one.
func (k fileKind) prepare(db *bbolt.DB) error {
	empty := false
	err := db.View(func(tx *bbolt.Tx) error {
		if name, _ := tx.Cursor().First(); name == nil {
			empty = true
			return nil
		}
		return k.checkFormat(tx)
	})
	if err == nil && empty {
		err = db.Update(k.create)
	}
	return err
}

func (k fileKind) create(tx *bbolt.Tx) error {
	for _, name := range k.buckets {
		if _, err := tx.CreateBucket([]byte(name)); err != nil {
			return err
		}
	}
	return bucket(tx, bucketMeta).Put([]byte(metaFormat), []byte(strconv.Itoa(formatVersion)))
}

// checkFormat checks format and buckets of a file that is not new.
func (k fileKind) checkFormat(tx *bbolt.Tx) error {
	meta := bucket(tx, bucketMeta)
	if meta == nil {
		return fmt.Errorf("%s has no format: not a file of this program", k.name)
	}
	text := string(meta.Get([]byte(metaFormat)))
	format, err := strconv.Atoi(text)
	if err != nil || format < 1 {
		return fmt.Errorf("%s has the format %q: not a file of this program", k.name, text)
	}
	if format > formatVersion {
		return &FormatError{File: k.name, Format: format}
	}
	for _, name := range k.buckets {
		if bucket(tx, name) == nil {
			return fmt.Errorf("%s lacks the bucket %q", k.name, name)
		}
	}
	return nil
}
