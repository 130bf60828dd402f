// Package analyst is the pages of who tunes the weights: what counts and how
// much, what would move if it counted otherwise, what calls say of it, matches to
// decide on, rows that could not be read, and the sources. Nothing here shows a
// phone, an e-mail or the name of a person.
package analyst
