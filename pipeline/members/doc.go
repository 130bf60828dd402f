// Package members reads what registries are published as: XML files, and zips
// with many of them. It is the part of a source that does not know what stands
// in the files: it lists them in order, has several read at a time, and hands
// out one batch for each in the order of the input, with cursor, progress, gaps
// and an end to everything when the iteration is broken off or cancelled.
//
// A source gives a Reader: its inputs in reading order, the Form that they are
// held to, and workers that turn one file into one batch. What cannot be read
// becomes a gap, and the pull goes on; only when nothing at all could be read
// does it end in an error, the first there was.
//
// # Cursors
//
// A cursor names the place of an input, of a file in it, and whether any file so
// far could be read: "1:0:17:true". It holds for equal inputs in an equal order,
// whatever the number of workers. Any other text is ErrCursor.
package members
