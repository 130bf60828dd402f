package score

import (
	"encoding/binary"
	"errors"
	"fmt"

	"obzvon/pipeline/company"
)

// RowVersion is raised whenever the layout or the meaning of a row changes.
const RowVersion = 5

// RowSize is the length of an encoded row in bytes. Layout, big-endian:
// version 1, ИНН key 8, revenue 8, matches 16, headcount 4, registered 4; two
// bytes each of the days known, seen, tender, notice, fair, supply, of the whole
// releases and the branches; one byte each of region, status above SME category
// (its two lowest bits), reach, given, marks, origin, risks.
const RowSize = 1 + 8 + 8 + MaxSegments + 2*4 + 8*2 + 7

const (
	statusShift = 2
	smeMask     = 1<<statusShift - 1
)

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
	for _, day := range [...]company.Date{r.Known, r.Seen, r.Tender, r.Notice, r.Fair, r.Supply} {
		b = binary.BigEndian.AppendUint16(b, uint16(day))
	}
	b = binary.BigEndian.AppendUint16(b, r.Whole)
	b = binary.BigEndian.AppendUint16(b, r.Branches)
	standing := byte(r.Status)<<statusShift | r.SME&smeMask
	return append(b, r.Region, standing, byte(r.Reach), byte(r.Given), byte(r.Marks), byte(r.Origin), byte(r.Risks)), nil
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
	r.Known = company.Date(binary.BigEndian.Uint16(b[8:]))
	r.Seen = company.Date(binary.BigEndian.Uint16(b[10:]))
	r.Tender = company.Date(binary.BigEndian.Uint16(b[12:]))
	r.Notice = company.Date(binary.BigEndian.Uint16(b[14:]))
	r.Fair = company.Date(binary.BigEndian.Uint16(b[16:]))
	r.Supply = company.Date(binary.BigEndian.Uint16(b[18:]))
	r.Whole = binary.BigEndian.Uint16(b[20:])
	r.Branches = binary.BigEndian.Uint16(b[22:])
	r.Region, r.SME, r.Status = b[24], b[25]&smeMask, Status(b[25]>>statusShift)
	r.Reach, r.Given, r.Marks = Reach(b[26]), Given(b[27]), Marks(b[28])
	r.Origin, r.Risks = Origin(b[29]), Risks(b[30])
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
	case r.Status > statusLast:
		what = "status"
	case r.Reach > reachAll, r.Given > givenAll, r.Marks > marksAll, r.Origin > originAll:
		what = "flags"
	default:
		return nil
	}
	return fmt.Errorf("%s of %s: %w", what, r.INN(), ErrRowValue)
}
