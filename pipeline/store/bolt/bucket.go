package bolt

import (
	"runtime"
	"strconv"

	"go.etcd.io/bbolt"
)

// The formats of the files. Raise one with every change that an older program
// would misread.
const (
	registryFormat = 3
	stateFormat    = 2
)

// The names of buckets, and of keys in "meta".
const (
	bucketMeta = "meta"

	bucketOwn     = "own"
	bucketAnnexes = "annexes"
	bucketFirsts  = "firsts"
	bucketStale   = "stale"
	bucketKeyed   = "keyed"
	bucketIndex   = "index"
	bucketEvents  = "events"
	bucketPulls   = "pulls"
	bucketRejects = "rejects"
	bucketMissing = "missing"
	bucketJoins   = "joins"
	bucketJoined  = "joined"
	bucketRows    = "rows"

	bucketFirmEntries    = "firmentries"
	bucketFirmTokens     = "firmtokens"
	bucketListingEntries = "listingentries"
	bucketListingTokens  = "listingtokens"
	bucketStaleOwners    = "staleowners"
	bucketVisits         = "visits"
	bucketClaims         = "claims"

	bucketDecisions = "decisions"
	bucketRuns      = "runs"
	bucketLists     = "lists"
	bucketOwners    = "owners"
	bucketStops     = "stops"
	bucketResults   = "results"
	bucketMarks     = "marks"
	bucketForgotten = "forgotten"

	metaFormat     = "format"
	metaRowsTag    = "rowstag"
	metaStale      = "stale"
	metaGeneration = "generation"
	metaSince      = "since"
	metaJoinsNote  = "joinsnote"
	metaJoinsRun   = "joinsrun"

	metaStaleOwners = "staleowners"
	metaIndexTag    = "indextag"
)

// bucket returns a bucket of the top; prepare sees to it that all are there.
func bucket(tx *bbolt.Tx, name string) *bbolt.Bucket { return tx.Bucket([]byte(name)) }

// fileKind is one of the two files.
type fileKind struct {
	name    string
	format  int
	buckets []string
	kept    int      // the least format that is kept
	later   []string // the buckets that the formats after it brought; it is given them
	advice  string   // what to do when it is damaged
	large   bool
	rebuilt bool // all of it can be had again: one of a format before kept is emptied
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
		name: "registry.db", format: registryFormat, rebuilt: true,
		buckets: []string{
			bucketMeta, bucketOwn, bucketKeyed, bucketIndex, bucketEvents, bucketPulls, bucketRejects,
			bucketMissing, bucketJoins, bucketJoined, bucketRows, bucketAnnexes, bucketFirsts, bucketStale,
		},
		kept: 2,
		later: []string{
			bucketFirmEntries, bucketFirmTokens, bucketListingEntries, bucketListingTokens,
			bucketStaleOwners, bucketVisits, bucketClaims,
		},
		large:  true,
		advice: "restore a full backup; or delete it and run again: sources are pulled anew, but what sites said is lost",
	}
}

func stateFile() fileKind {
	return fileKind{
		name: "state.db", format: stateFormat,
		buckets: []string{bucketMeta, bucketDecisions, bucketRuns, bucketLists, bucketOwners, bucketStops},
		kept:    1,
		later:   []string{bucketResults, bucketMarks, bucketForgotten},
		advice:  "restore a backup over it; it holds issued lists, results, decisions and the stop list, which cannot be pulled again",
	}
}
