// Package intake takes over what people wrote into the call lists that came back
// and into plain tables of clients, contacts and referrals. It reads each row,
// says in Russian what it could not read, and turns the rest into results of
// calls, stops and what the head settled.
//
// Nothing is guessed in silence: a word that could mean two things is named and
// left alone. Nothing depends on the order in which files come, nor on how often:
// results are kept under the file that says so, and stops and marks carry the day
// or the moment of what they come from, not that of the import. A file is written
// in such an order (journal, stops, marks, results) that a kill costs nothing: the
// next import of the file does the rest.
package intake
