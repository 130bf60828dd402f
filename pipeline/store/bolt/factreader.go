package bolt

import (
	"github.com/tinylib/msgp/msgp"

	"obzvon/pipeline/company"
)

// factReader reads what fact.MarshalMsg wrote. The generated decoder makes a
// copy of each text; with some fifteen facts a record that is most of the cost
// of reading companies.
type factReader struct {
	text string // the whole record
	rest []byte // the end of it that is not yet read
	err  error
}

// factFields is the number of fields of a fact.
const factFields = 6

func (r *factReader) read(f *company.Fact) {
	n, rest, err := msgp.ReadArrayHeaderBytes(r.rest)
	if err == nil && n != factFields {
		err = msgp.ArrayError{Wanted: factFields, Got: n}
	}
	r.rest, r.err = rest, err
	f.Field = company.Field(r.string())
	f.Key = r.string()
	f.Value = r.string()
	f.Note = r.string()
	if r.err != nil {
		return
	}
	var subject uint8
	if subject, r.rest, r.err = msgp.ReadUint8Bytes(r.rest); r.err != nil {
		return
	}
	var date int32
	date, r.rest, r.err = msgp.ReadInt32Bytes(r.rest)
	f.Subject, f.Date = company.Subject(subject), company.Date(date)
}

func (r *factReader) string() string {
	if r.err != nil {
		return ""
	}
	var v []byte
	if v, r.rest, r.err = msgp.ReadStringZC(r.rest); r.err != nil {
		return ""
	}
	end := len(r.text) - len(r.rest)
	return r.text[end-len(v) : end]
}
