package archive

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
)

// Signatures and sizes of PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16.
const (
	localSignature     = "PK\x03\x04"
	directorySignature = "PK\x01\x02"
	endSignature       = "PK\x05\x06"
	end64Signature     = "PK\x06\x06"
	locatorSignature   = "PK\x06\x07"

	localLen     = 30
	directoryLen = 46
	endLen       = 22
	end64Len     = 56
	locatorLen   = 20
	commentMax   = 1<<16 - 1

	// directoryMax bounds what names and extra fields may cost in memory.
	directoryMax = 64 << 20
)

// end is what the end record says of the directory.
type end struct {
	members uint64
	size    uint64 // of the directory
	offset  uint64
	at      int64 // where the end record (of zip64, if there is one) stands
}

// readEnd finds the end record and holds it against itself: the directory
// must end where the end record begins. That leaves no second reading of the
// same bytes to archive/zip, which parses the directory afterwards.
func readEnd(r io.ReaderAt, size int64) (end, error) {
	tail := make([]byte, min(size, endLen+commentMax))
	if err := readAt(r, tail, size-int64(len(tail))); err != nil {
		return end{}, err
	}
	i := lastEnd(tail)
	if i < 0 {
		return end{}, damaged("no end record: the zip is cut off")
	}
	b := tail[i:]
	e := end{
		members: uint64(binary.LittleEndian.Uint16(b[10:])),
		size:    uint64(binary.LittleEndian.Uint32(b[12:])),
		offset:  uint64(binary.LittleEndian.Uint32(b[16:])),
		at:      size - int64(len(tail)) + int64(i),
	}
	disk := binary.LittleEndian.Uint16(b[4:])
	if e.members == 0xffff || e.size == 0xffff || e.offset == 0xffffffff {
		found, err := e.read64(r)
		if err != nil {
			return end{}, err
		}
		if found {
			disk = 0
		}
	}
	if disk != 0 {
		return end{}, fmt.Errorf("%w: one part of a split zip", pipeline.ErrUnknownForm)
	}
	if e.offset > uint64(e.at) || e.size != uint64(e.at)-e.offset {
		return end{}, damaged("the list of members is not where the end record says")
	}
	return e, nil
}

// lastEnd returns where the last end record with room for its comment begins.
func lastEnd(b []byte) int {
	for i := len(b); ; {
		if i = bytes.LastIndex(b[:i], []byte(endSignature)); i < 0 {
			return -1
		}
		if len(b)-i < endLen {
			continue
		}
		if endLen+int(binary.LittleEndian.Uint16(b[i+20:])) > len(b)-i {
			return -1
		}
		return i
	}
}

// read64 takes the figures from the zip64 end record if there is one.
func (e *end) read64(r io.ReaderAt) (bool, error) {
	if e.at < locatorLen {
		return false, nil
	}
	loc := make([]byte, locatorLen)
	if err := readAt(r, loc, e.at-locatorLen); err != nil {
		return false, err
	}
	if !bytes.HasPrefix(loc, []byte(locatorSignature)) {
		return false, nil
	}
	at := binary.LittleEndian.Uint64(loc[8:])
	if binary.LittleEndian.Uint32(loc[4:]) != 0 || binary.LittleEndian.Uint32(loc[16:]) != 1 {
		return false, fmt.Errorf("%w: one part of a split zip", pipeline.ErrUnknownForm)
	}
	if at > uint64(e.at) || uint64(e.at)-at < end64Len+locatorLen {
		return false, damaged("the zip64 end record is not where its locator says")
	}
	b := make([]byte, end64Len)
	if err := readAt(r, b, int64(at)); err != nil {
		return false, err
	}
	if !bytes.HasPrefix(b, []byte(end64Signature)) {
		return false, damaged("the zip64 end record is not where its locator says")
	}
	e.members = binary.LittleEndian.Uint64(b[32:])
	e.size = binary.LittleEndian.Uint64(b[40:])
	e.offset = binary.LittleEndian.Uint64(b[48:])
	e.at = int64(at)
	return true, nil
}

// countMembers walks the directory without keeping anything of it.
func countMembers(r io.ReaderAt, e end) error {
	dir := bufio.NewReaderSize(io.NewSectionReader(r, int64(e.offset), int64(e.size)), 32<<10)
	var header [directoryLen]byte
	for n := uint64(0); ; n++ {
		_, err := io.ReadFull(dir, header[:])
		switch {
		case errors.Is(err, io.EOF):
			if n != e.members {
				return damaged(fmt.Sprintf("%d members declared, %d listed", e.members, n))
			}
			return nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			return damaged("the list of members is cut off")
		case err != nil:
			return fmt.Errorf("read the list of members: %w", err)
		}
		if n == e.members || !bytes.HasPrefix(header[:], []byte(directorySignature)) {
			return damaged(fmt.Sprintf("broken list of members after %d of %d", n, e.members))
		}
		rest := int(binary.LittleEndian.Uint16(header[28:])) + int(binary.LittleEndian.Uint16(header[30:])) +
			int(binary.LittleEndian.Uint16(header[32:]))
		if _, err := dir.Discard(rest); err != nil {
			return damaged("the list of members is cut off")
		}
	}
}

// readAt fills b; a file that is shorter than its size said is damaged.
func readAt(r io.ReaderAt, b []byte, off int64) error {
	n, err := r.ReadAt(b, off)
	switch {
	case n == len(b):
		return nil
	case errors.Is(err, io.EOF):
		return damaged("the file ends early")
	default:
		return fmt.Errorf("read the zip: %w", err)
	}
}

func damaged(what string) error { return fmt.Errorf("%w: %s", pipeline.ErrDamaged, what) }
