package record

import (
	"encoding/binary"
	"fmt"

	"obzvon/pipeline/company"
)

// ReadContent reads what AppendContent wrote into o, whose facts are written
// over, and returns what follows it. All texts are cut out of one copy of b, so
// o shares no memory with it.
func ReadContent(b []byte, o *company.Observation) (rest []byte, err error) {
	r := reader{text: string(b)}
	if err := r.content(o); err != nil {
		return nil, err
	}
	return b[r.at:], nil
}

// reader cuts texts out of one string. After bad is set it yields nothing.
type reader struct {
	text string
	at   int
	bad  bool
}

func (r *reader) fail() { r.bad = true }

func (r *reader) content(o *company.Observation) error {
	r.inn(o)
	n := r.uvarint()
	if n > uint64(len(r.text)-r.at)/factMin {
		r.fail()
	}
	o.Facts = o.Facts[:0]
	if r.bad {
		return fmt.Errorf("at byte %d: %w", r.at, ErrDamaged)
	}
	if uint64(cap(o.Facts)) < n {
		o.Facts = make([]company.Fact, 0, n)
	}
	for range n {
		o.Facts = append(o.Facts, company.Fact{})
		if r.fact(&o.Facts[len(o.Facts)-1]); r.bad {
			return fmt.Errorf("fact %d, at byte %d: %w", len(o.Facts), r.at, ErrDamaged)
		}
	}
	if n == 0 {
		o.Facts = nil
	}
	return nil
}

func (r *reader) inn(o *company.Observation) {
	if len(r.text) == 0 || len(r.text) < 1+int(r.text[0]) {
		r.fail()
		return
	}
	r.at = 1 + int(r.text[0])
	o.INN = company.INN(r.text[1:r.at])
}

func (r *reader) byte() byte {
	if r.bad || r.at >= len(r.text) {
		r.fail()
		return 0
	}
	r.at++
	return r.text[r.at-1]
}

func (r *reader) fact(f *company.Fact) {
	head := r.byte()
	f.Subject = company.Subject(head & subjectMask)
	number := r.byte()
	if number == 0 {
		f.Field = company.Field(r.string())
	} else {
		f.Field = fieldOf(number)
	}
	if r.bad || head > headMask || f.Field == "" {
		r.fail()
		return
	}
	if head&hasKey != 0 {
		f.Key = r.string()
	}
	f.Value = r.string()
	if head&hasNote != 0 {
		f.Note = r.string()
	}
	if head&hasDate != 0 {
		f.Date = company.Date(r.varint())
	}
}

func (r *reader) string() string {
	n := r.uvarint()
	if r.bad || n > uint64(len(r.text)-r.at) {
		r.fail()
		return ""
	}
	s := r.text[r.at : r.at+int(n)]
	r.at += int(n)
	return s
}

// uvarint reads most lengths, which have one byte, without a call.
func (r *reader) uvarint() uint64 {
	if !r.bad && r.at < len(r.text) && r.text[r.at] < 0x80 {
		r.at++
		return uint64(r.text[r.at-1])
	}
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		c := r.byte()
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	r.fail()
	return 0
}

func (r *reader) varint() int32 {
	u := r.uvarint()
	n := int64(u>>1) ^ -int64(u&1)
	if n != int64(int32(n)) {
		r.fail()
		return 0
	}
	return int32(n)
}

// AppendSorting appends the form in which records are sorted outside the store.
func AppendSorting(b []byte, p *Packed) []byte {
	b = appendText(b, p.Key)
	b = binary.AppendVarint(b, int64(p.Date))
	b = appendText(b, p.Origin)
	return append(b, p.Content...)
}

// ReadSorting reads what AppendSorting wrote. Content points into b.
func ReadSorting(source string, b []byte) (Packed, error) {
	p := Packed{Source: source}
	key, rest, ok := cutText(b)
	date, n := binary.Varint(rest)
	if !ok || n <= 0 || date != int64(int32(date)) {
		return p, fmt.Errorf("record of source %q on its way: %w", source, ErrDamaged)
	}
	origin, content, ok := cutText(rest[n:])
	if !ok {
		return p, fmt.Errorf("record %q of source %q on its way: %w", key, source, ErrDamaged)
	}
	inn, err := INNOf(content)
	if err != nil {
		return p, fmt.Errorf("record %q of source %q on its way: %w", key, source, err)
	}
	p.Key, p.Date, p.Origin, p.INN, p.Content = string(key), company.Date(date), string(origin), inn, content
	return p, nil
}

// SortingKey is the key of a record in its sorting form, nil for other bytes.
func SortingKey(b []byte) []byte {
	key, _, _ := cutText(b)
	return key
}

func cutText(b []byte) (text, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil, false
	}
	return b[size : size+int(n)], b[size+int(n):], true
}
