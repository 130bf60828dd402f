// Package erasure forgets people: what is known of a number, an address or a
// person is taken out of the store, the journal and the files, and is not taken
// in again. What was forgotten is kept as digests under a key that lies in a file
// of its own (Key), so that the store alone tells nobody what they stand for.
//
// Everything is found by those digests: each thing in a text that could be a
// number, an address or an ИНН is digested and looked up (Forgotten.Has). So what
// is erased does not depend on what a killed run still knew: the digests are
// written first, and the same run over everything (Sweep) does the rest, as often
// as it is asked to. Guard holds against them whatever comes in.
package erasure
