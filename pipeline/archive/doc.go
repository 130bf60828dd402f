// Package archive opens zip files that come from strangers, and tells by its
// first bytes what a file is.
//
// Nothing in a header is believed: the end record is read and the members are
// counted before any list is built, names that lead outside and members that
// share bytes are refused, and while a member is inflated its size and its
// checksum are held against the directory. A zip inside a zip stays closed.
//
// Errors are pipeline.ErrUnknownForm (not a zip, or one that cannot be read:
// encrypted, split, another method), pipeline.ErrDamaged, pipeline.ErrEmpty
// and pipeline.ErrTooLarge.
package archive
