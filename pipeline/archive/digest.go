package archive

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
)

// DirectoryDigest names the content of a zip of the given size in bytes
// without reading its members: by that size and by everything from the
// directory to the end of the file. The directory has name, sizes, checksum
// and place of every member, so equal digests mean equal members as far as
// their checksums tell, and bytes that went bad in the middle show only when
// the member is read. ok is false for a file that is no zip or whose directory
// cannot be trusted to be all of it; sum is then nil. The only errors are
// those of reading.
func DirectoryDigest(r io.ReaderAt, size int64) (sum []byte, ok bool, err error) {
	from, err := directoryAt(r, size)
	switch {
	case unfit(err):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("digest of the list of members: %w", err)
	}
	h := sha256.New()
	h.Write(binary.BigEndian.AppendUint64([]byte("zip "), uint64(size)))
	n, err := io.Copy(h, io.NewSectionReader(r, from, size-from))
	switch {
	case err != nil:
		return nil, false, fmt.Errorf("digest of the list of members: %w", err)
	case n != size-from:
		return nil, false, nil
	}
	return h.Sum(nil), true, nil
}

// directoryAt is where the directory begins. It is counted, as Open does, so
// that what is digested is what will be read.
func directoryAt(r io.ReaderAt, size int64) (int64, error) {
	if err := checkHead(r, size); err != nil {
		return 0, err
	}
	e, err := readEnd(r, size)
	if err != nil {
		return 0, err
	}
	if e.size > directoryMax {
		return 0, fmt.Errorf("%w: a list of members of %d bytes", pipeline.ErrTooLarge, e.size)
	}
	if err := countMembers(r, e); err != nil {
		return 0, err
	}
	return int64(e.offset), nil
}

// unfit tells what is wrong with a file from what went wrong with reading it.
func unfit(err error) bool {
	return errors.Is(err, pipeline.ErrUnknownForm) || errors.Is(err, pipeline.ErrDamaged) ||
		errors.Is(err, pipeline.ErrTooLarge) || errors.Is(err, pipeline.ErrEmpty)
}
