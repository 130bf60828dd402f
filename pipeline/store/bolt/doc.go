// Package bolt is the store on disk: two bbolt files in one folder.
//
// # Files
//
//   - registry.db: what the sources said and what follows from it. All of it
//     can be pulled and computed again, though what metered enrichers said only
//     in many nights; DropRegistry empties it of the rest.
//   - state.db: what people did and what was issued. Back it up. Its lock is
//     the lock of the whole store.
//   - holder.json: who holds the store, for the message to others. It is no
//     lock: what a killed process left there is overwritten.
//
// Each file has a bucket "meta" with the key "format". A greater format than
// this version knows is refused (ErrFormat). A registry of format 2 and a state of
// format 1 are given the buckets that they lack when they are opened, a registry
// of format 1 is emptied.
//
// # registry.db, format 3
//
// Keys of several parts have a zero byte (·) between them. Days are four bytes
// that sort as numbers, numbers eight. Observations are in the stored form of
// package record; other values are MessagePack arrays (record.go) unless said
// otherwise.
//
//	own      one bucket a source: ИНН → observation, those whose key is their ИНН
//	keyed    one bucket a source: key → observation, all others
//	index    ИНН·source·key → nothing, for keyed; the ИНН may be empty
//	annexes  one bucket a source: ИНН → observation, those of annexes
//	firsts   source → note on its first release (first.go)
//	events   day source·key → event, with the record from before the day
//	pulls    source → pull, JSON
//	rejects  one bucket a source: running number → rejected row
//	missing  one bucket a tree: key → nothing; what a running Replace has not found
//	joins    source·key → join
//	joined   ИНН·source·key → nothing, for joins
//	rows     ИНН → score row, as given
//	stale    ИНН → number, the mark at which its row became stale
//	meta     format; rowstag; stale: account of the stale rows (stale.go);
//	         generation: number; since: day; joinsnote: as given; joinsrun is
//	         there while joins are replaced and nobody decided since; indextag;
//	         staleowners: account of the stale owners of tokens
//
// And since format 3:
//
//	firmentries     packed ИНН → number of tokens, tokens, note
//	firmtokens      token and packed ИНН → nothing
//	listingentries  source·key → as in firmentries
//	listingtokens   token and source·key → nothing
//	staleowners     0 and packed ИНН, or 1 and source·key → number, as in stale
//	visits          one bucket a source: id → day, time, memory (visit.go)
//	claims          day and source → number of ids that were claimed
//
// An ИНН of ten digits is packed in five bytes and sorts as its text (owner.go).
// Who carries a token stands beside each other, companies and listings apart, so
// that the first few are found without reading more.
//
// A registry's release comes in the order of ИНН and goes to "own" as it comes,
// without an index entry: sorted keys load ten times faster than others. All
// companies in order are a merge of the sources' own trees and the index;
// annexes are asked for what they have on each.
//
// A new observation is compared with the stored one by the bytes of its
// content. What is new is written as it came, what is unchanged is not touched;
// only what changed is read.
//
// No more than maxStale rows, or owners, are listed as stale. Beyond that, and in
// a new store, all are, so that a first load pays nothing for the list.
//
// # state.db, format 2
//
//	decisions  source·key·ИНН → decision, JSON
//	runs       day → run, JSON
//	lists      day → issued list, as given
//	owners     ИНН → manager
//	stops      kind·value·reason → stop, JSON
//	meta       format
//
// And since format 2, which is another one because a list made without the
// results would have people called who have refused:
//
//	results    ИНН·day·list·file → result (codecresult.go)
//	marks      ИНН·kind → mark, JSON
//	forgotten  digest → nothing
//
// Made with the first entry, so that an older state needs no other format:
//
//	accounts   name → account, JSON
//	sessions   digest of the token → session, JSON
//	budgets    account·0·day → calls spent; day 0 = in all
//
// # Transactions
//
// Reads are pages in transactions of their own; writers queue. Replace,
// ReplaceJoins, ReplaceRows and ReplaceIndex are runs of transactions of some
// thousands of entries, written by a goroutine beside the one that reads the
// sequence; they do not write the list of free pages with each, so that after a
// kill in the middle the next opening counts the free pages once.
package bolt
