// Package bolt is the store on disk: two bbolt files in one folder.
//
// # Files
//
//   - registry.db: what the sources said and what follows from it. All of it
//     can be pulled and computed again; DropRegistry empties it.
//   - state.db: what people did and what was issued. Back it up. Its lock is
//     the lock of the whole store.
//   - holder.json: who holds the store, for the message to others. It is no
//     lock: what a killed process left there is overwritten.
//
// Each file has a bucket "meta" with the key "format"; a greater format than
// formatVersion is refused (ErrFormat).
//
// # registry.db
//
// Keys of several parts have a zero byte (·) between them. Days are four bytes
// that sort as numbers. Values are MessagePack arrays (record.go) unless said
// otherwise.
//
//	own      one bucket a source: ИНН → observation, those whose key is their ИНН
//	keyed    one bucket a source: key → observation, all others
//	index    ИНН·source·key → nothing, for keyed; the ИНН may be empty
//	events   day source·key → event, with the record from before the day
//	pulls    source → pull, JSON
//	rejects  one bucket a source: running number → rejected row
//	missing  one bucket a tree: key → nothing; what a running Replace has not found
//	joins    source·key → join
//	joined   ИНН·source·key → nothing, for joins
//	rows     ИНН → score row, as given
//	meta     format; rowstag
//
// A registry's release comes in the order of ИНН and goes to "own" as it comes,
// without an index entry: sorted keys load ten times faster than others. All
// companies in order are a merge of the sources' own trees and the index.
//
// An observation is stored as content and stamp (codec.go), so that comparing
// a new one with the stored one is a comparison of bytes.
//
// # state.db
//
//	decisions  source·key·ИНН → decision, JSON
//	runs       day → run, JSON
//	lists      day → issued list, as given
//	owners     ИНН → manager
//	stops      kind·value·reason → stop, JSON
//	meta       format
//
// # Transactions
//
// Reads are pages in transactions of their own; writers queue. Replace,
// ReplaceJoins and ReplaceRows are runs of transactions of some thousands of
// entries; they do not write the list of free pages with each, so that after a
// kill in the middle the next opening counts the free pages once.
package bolt
