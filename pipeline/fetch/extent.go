package fetch

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Signatures and lengths of PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16.
const (
	localMark   = "PK\x03\x04"
	listMark    = "PK\x01\x02"
	endMark     = "PK\x05\x06"
	end64Mark   = "PK\x06\x06"
	locatorMark = "PK\x06\x07"

	localLen   = 30
	listLen    = 46
	endLen     = 22
	end64Len   = 56
	locatorLen = 20
	commentMax = 1<<16 - 1
	listMax    = 64 << 20
	none32     = 1<<32 - 1
)

// span is a run of bytes in a file.
type span struct{ from, to int64 }

// extent is the run of bytes that holds one member: its local header, its data
// and whatever follows up to the next member.
type extent struct {
	span
	name string
}

// layout is where a zip has what, by the list at its end alone. Local headers
// and data may be damaged; archive.Open then refuses the zip without saying
// which bytes are wrong.
type layout struct {
	members []extent // in the order of the list
	list    span     // the list and the end records
}

var errLayout = errors.New("the list of members cannot be read")

// layoutOf reads the list at the end of a zip. It judges nothing but where
// things are; the zip itself is judged by package archive.
func layoutOf(r io.ReaderAt, size int64) (layout, error) {
	list, err := listSpan(r, size)
	if err != nil {
		return layout{}, err
	}
	b := make([]byte, list.to-list.from)
	if _, err := r.ReadAt(b, list.from); err != nil {
		return layout{}, fmt.Errorf("%w: %w", errLayout, err)
	}
	l := layout{list: span{list.from, size}}
	for len(b) >= listLen && bytes.HasPrefix(b, []byte(listMark)) {
		n, e := int(binary.LittleEndian.Uint16(b[28:])), int(binary.LittleEndian.Uint16(b[30:]))
		next := listLen + n + e + int(binary.LittleEndian.Uint16(b[32:]))
		if next > len(b) {
			return layout{}, errLayout
		}
		at := headerAt(b[:listLen], b[listLen+n:listLen+n+e])
		if at < 0 || at > list.from-localLen {
			return layout{}, errLayout
		}
		l.members = append(l.members, extent{span: span{from: at}, name: string(b[listLen : listLen+n])})
		b = b[next:]
	}
	if len(b) > 0 || len(l.members) == 0 {
		return layout{}, errLayout
	}
	l.close()
	return l, nil
}

// close ends each member where the next one begins.
func (l *layout) close() {
	starts := make([]int64, 0, len(l.members)+1)
	for _, m := range l.members {
		starts = append(starts, m.from)
	}
	starts = append(starts, l.list.from)
	slices.Sort(starts)
	for i := range l.members {
		at, _ := slices.BinarySearch(starts, l.members[i].from+1)
		l.members[i].to = starts[at]
	}
}

// files are the members that are no folders, as package archive lists them.
func (l *layout) files() []extent {
	return slices.DeleteFunc(slices.Clone(l.members), func(e extent) bool { return strings.HasSuffix(e.name, "/") })
}

// headerAt is where the list says that a member begins; -1 = nowhere.
func headerAt(entry, extra []byte) int64 {
	at := uint64(binary.LittleEndian.Uint32(entry[42:]))
	if at != none32 {
		return int64(at)
	}
	skip := 0 // of the zip64 field, which has only what did not fit
	for _, field := range []int{24, 20} {
		if binary.LittleEndian.Uint32(entry[field:]) == none32 {
			skip += 8
		}
	}
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		extra = extra[4:]
		if n > len(extra) {
			return -1
		}
		if id == 1 && n >= skip+8 {
			return int64(binary.LittleEndian.Uint64(extra[skip:])) // a wild one turns negative or too large
		}
		extra = extra[n:]
	}
	return -1
}

// listSpan finds the list by the end record.
func listSpan(r io.ReaderAt, size int64) (span, error) {
	tail := make([]byte, min(size, endLen+commentMax+locatorLen))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil {
		return span{}, fmt.Errorf("%w: %w", errLayout, err)
	}
	i := bytes.LastIndex(tail, []byte(endMark))
	if i < 0 || len(tail)-i < endLen {
		return span{}, errLayout
	}
	length, from := uint64(binary.LittleEndian.Uint32(tail[i+12:])), uint64(binary.LittleEndian.Uint32(tail[i+16:]))
	end := uint64(size - int64(len(tail)-i))
	if j := i - locatorLen; j >= 0 && bytes.HasPrefix(tail[j:], []byte(locatorMark)) {
		at := binary.LittleEndian.Uint64(tail[j+8:])
		record := make([]byte, end64Len)
		if at > uint64(size)-end64Len {
			return span{}, errLayout
		}
		if _, err := r.ReadAt(record, int64(at)); err != nil || !bytes.HasPrefix(record, []byte(end64Mark)) {
			return span{}, errors.Join(errLayout, err)
		}
		length, from, end = binary.LittleEndian.Uint64(record[40:]), binary.LittleEndian.Uint64(record[48:]), at
	}
	if from > end || length != end-from || length > listMax {
		return span{}, errLayout
	}
	return span{int64(from), int64(end)}, nil
}

// lostHeaders are the members that do not begin as the list says.
func (l *layout) lostHeaders(r io.ReaderAt) []span {
	var out []span
	for _, m := range l.members {
		head := make([]byte, localLen+len(m.name))
		_, err := r.ReadAt(head, m.from)
		if err != nil || !bytes.HasPrefix(head, []byte(localMark)) || string(head[localLen:]) != m.name {
			out = append(out, m.span)
		}
	}
	return out
}
