// Package record is the form in which observations are kept: in the store and
// on the way to it. Equal content is equal bytes, so that what a new release
// says again is found by comparing bytes.
//
// Content is one byte with the length of the ИНН, the ИНН, the number of facts
// and the facts. No content is the beginning of another. A fact is
//
//	head     one byte: bits 0-1 the subject; 2 key, 3 note, 4 date follow
//	field    its number in fields.go; 0 and the name for a field not in it
//	key      if bit 2: text
//	value    text
//	note     if bit 3: text
//	date     if bit 4: signed varint, days since 1970
//
// A text is its length as varint and its bytes. The order of parts is the
// format: another order is another format of the store.
package record

import (
	"encoding/binary"
	"errors"
	"fmt"

	"obzvon/pipeline/company"
)

// ErrDamaged is returned for bytes that Append did not write.
var ErrDamaged = errors.New("damaged record")

// Packed is an observation ready to be stored or sorted.
type Packed struct {
	Source  string
	Key     string
	INN     company.INN
	Date    company.Date
	Origin  string
	Content []byte // as AppendContent writes it
}

// Pack makes the packed form, with the content appended to b.
func Pack(b []byte, o *company.Observation) Packed {
	return Packed{
		Source: o.Source, Key: o.Key, INN: o.INN, Date: o.Date, Origin: o.Origin,
		Content: AppendContent(b, o),
	}
}

// Unpack makes the observation again, without first-seen days. It shares no
// memory with p but texts.
func (p *Packed) Unpack() (company.Observation, error) {
	o := company.Observation{Source: p.Source, Key: p.Key, Date: p.Date, Origin: p.Origin}
	rest, err := ReadContent(p.Content, &o)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%d bytes after the last fact: %w", len(rest), ErrDamaged)
	}
	if err == nil && o.INN != p.INN {
		err = fmt.Errorf("ИНН %q in the content of %q: %w", o.INN, p.INN, ErrDamaged)
	}
	if err != nil {
		return o, fmt.Errorf("observation %q of source %q: %w", p.Key, p.Source, err)
	}
	return o, nil
}

const (
	subjectMask = 3
	hasKey      = 1 << 2
	hasNote     = 1 << 3
	hasDate     = 1 << 4
	headMask    = hasDate<<1 - 1

	factMin = 3 // bytes of the shortest fact
)

// AppendContent appends ИНН and facts. The ИНН has at most 255 bytes.
func AppendContent(b []byte, o *company.Observation) []byte {
	b = append(b, byte(len(o.INN)))
	b = append(b, o.INN...)
	b = binary.AppendUvarint(b, uint64(len(o.Facts)))
	for i := range o.Facts {
		b = appendFact(b, &o.Facts[i])
	}
	return b
}

func appendFact(b []byte, f *company.Fact) []byte {
	head := byte(f.Subject) & subjectMask
	if f.Key != "" {
		head |= hasKey
	}
	if f.Note != "" {
		head |= hasNote
	}
	if f.Date != 0 {
		head |= hasDate
	}
	n := numberOf(f.Field)
	b = append(b, head, n)
	if n == 0 {
		b = appendText(b, string(f.Field))
	}
	if f.Key != "" {
		b = appendText(b, f.Key)
	}
	b = appendText(b, f.Value)
	if f.Note != "" {
		b = appendText(b, f.Note)
	}
	if f.Date != 0 {
		b = binary.AppendVarint(b, int64(f.Date))
	}
	return b
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// FactsIn reads how many facts content says it has, at most as many as can
// stand in it.
func FactsIn(content []byte) int {
	if len(content) == 0 || len(content) < 1+int(content[0]) {
		return 0
	}
	n, size := binary.Uvarint(content[1+content[0]:])
	if size <= 0 {
		return 0
	}
	return int(min(n, uint64(len(content)/factMin)))
}

// INNOf reads the ИНН of content without decoding the rest.
func INNOf(content []byte) (company.INN, error) {
	if len(content) == 0 || len(content) < 1+int(content[0]) {
		return "", ErrDamaged
	}
	return company.INN(content[1 : 1+int(content[0])]), nil
}
