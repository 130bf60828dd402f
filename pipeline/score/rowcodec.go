package score

import (
	"encoding/binary"
	"errors"
	"fmt"

	"obzvon/pipeline/company"
)

// RowVersion is raised whenever the layout or the meaning of a row changes.
const RowVersion = 4

// RowSize is the length of an encoded row in bytes. Layout, big-endian:
// version 1, ИНН key 8, revenue 8, matches 16, headcount 4, registered 4,
// known 4, seen 4, tender 4, whole releases 2, branches 2, then one byte each of region,
// SME category, status, reach, given, marks, origin.
const RowSize = 1 + 8 + 8 + MaxSegments + 5*4 + 2*2 + 7

// Errors of DecodeRow.
var (
	ErrRowSize    = errors.New("scoring row of another length")
	ErrRowVersion = errors.New("scoring row of another version")
	ErrRowValue   = errors.New("scoring row with an impossible value")
)

// AppendBinary appends the encoded row; it never fails, the error is there
// for encoding.BinaryAppender.
func (r *Row) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, RowVersion)
	b = binary.BigEndian.AppendUint64(b, uint64(r.inn))
	b = binary.BigEndian.AppendUint64(b, uint64(r.Revenue))
	for _, m := range r.Match {
		b = append(b, byte(m))
	}
	b = binary.BigEndian.AppendUint32(b, uint32(r.Headcount))
	b = binary.BigEndian.AppendUint32(b, uint32(r.Registered))
	b = binary.BigEndian.AppendUint32(b, uint32(r.Known))
	b = binary.BigEndian.AppendUint32(b, uint32(r.Seen))
	b = binary.BigEndian.AppendUint32(b, uint32(r.Tender))
	b = binary.BigEndian.AppendUint16(b, r.Whole)
	b = binary.BigEndian.AppendUint16(b, r.Branches)
	return append(b, r.Region, r.SME, byte(r.Status), byte(r.Reach), byte(r.Given), byte(r.Marks), byte(r.Origin)), nil
}

// DecodeRow reads what AppendBinary wrote. Every row it accepts encodes to
// the same bytes again.
func DecodeRow(b []byte) (Row, error) {
	var r Row
	err := r.UnmarshalBinary(b)
	return r, err
}

// UnmarshalBinary is DecodeRow into a row that is used again, for those who
// hand rows on by reference. After an error the row is worth nothing.
func (r *Row) UnmarshalBinary(b []byte) error {
	if len(b) != RowSize {
		return fmt.Errorf("%d bytes, want %d: %w", len(b), RowSize, ErrRowSize)
	}
	if b[0] != RowVersion {
		return fmt.Errorf("version %d, want %d: %w", b[0], RowVersion, ErrRowVersion)
	}
	r.inn = innKey(binary.BigEndian.Uint64(b[1:]))
	r.Revenue = int64(binary.BigEndian.Uint64(b[9:]))
	for i := range r.Match {
		r.Match[i] = Match(b[17+i])
	}
	b = b[17+MaxSegments:]
	r.Headcount = int32(binary.BigEndian.Uint32(b))
	r.Registered = company.Date(binary.BigEndian.Uint32(b[4:]))
	r.Known = company.Date(binary.BigEndian.Uint32(b[8:]))
	r.Seen = company.Date(binary.BigEndian.Uint32(b[12:]))
	r.Tender = company.Date(binary.BigEndian.Uint32(b[16:]))
	r.Whole = binary.BigEndian.Uint16(b[20:])
	r.Branches = binary.BigEndian.Uint16(b[22:])
	r.Region, r.SME, r.Status = b[24], b[25], Status(b[26])
	r.Reach, r.Given, r.Marks = Reach(b[27]), Given(b[28]), Marks(b[29])
	r.Origin = Origin(b[30])
	return r.check()
}

func (r *Row) check() error {
	var what string
	switch {
	case !r.inn.valid():
		what = "ИНН"
	case r.Revenue < Unknown:
		what = "revenue"
	case r.Headcount < Unknown:
		what = "headcount"
	case r.Region > 99:
		what = "region"
	case r.SME > 3:
		what = "SME category"
	case r.Status > statusLast:
		what = "status"
	case r.Reach > reachAll, r.Given > givenAll, r.Marks > marksAll, r.Origin > originAll:
		what = "flags"
	default:
		return nil
	}
	return fmt.Errorf("%s of %s: %w", what, r.INN(), ErrRowValue)
}
