package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// daySize is the size of a day in a key, in bytes.
const daySize = 4

// resultKey is the key of a result. The bytes of a day may be zero, but have a
// fixed number.
func resultKey(k store.ResultKey) []byte {
	b := make([]byte, 0, len(k.INN)+len(k.List)+len(k.File)+daySize+3)
	b = append(append(b, k.INN...), 0)
	b = append(append(b, dayKey(k.Day)...), 0)
	b = append(append(b, k.List...), 0)
	return append(b, k.File...)
}

// splitResultKey reads a key. What it returns shares one string.
func splitResultKey(key []byte) (store.ResultKey, error) {
	inn := bytes.IndexByte(key, 0)
	if inn < 0 {
		return wrongResultKey(key)
	}
	day, rest, err := splitDay(key[inn+1:])
	if err != nil || len(rest) == 0 || rest[0] != 0 {
		return wrongResultKey(key)
	}
	list := inn + 1 + daySize + 1
	end := bytes.IndexByte(key[list:], 0)
	if end < 0 {
		return wrongResultKey(key)
	}
	text := string(key)
	return store.ResultKey{INN: company.INN(text[:inn]), Day: day, List: text[list : list+end], File: text[list+end+1:]}, nil
}

func wrongResultKey(key []byte) (store.ResultKey, error) {
	return store.ResultKey{}, fmt.Errorf("key %q of a result: %w", key, errRecord)
}

// A result is stored as four bytes that tell which of its fields are there, in
// the order of appendResult, and those fields: numbers as varints, texts behind
// their length, times as seconds since 1970 and nanoseconds, phones behind their
// number, what is only true or not as nothing more.
const fieldsSize = 4

// appendResult appends what is not in the key.
func appendResult(b []byte, r *store.Result) []byte {
	w := fieldWriter{at: len(b), b: append(b, make([]byte, fieldsSize)...)}
	w.time(r.Saved)
	w.number(int64(r.Row))
	w.text(r.Manager)
	w.text(r.Origin)
	w.text(r.Outcome)
	w.number(int64(r.Next))
	w.number(int64(r.NextAt))
	w.text(r.Comment)
	w.text(r.Consent)
	w.number(r.Amount)
	w.text(r.Dialled)
	w.text(string(r.Half))
	w.texts(r.Phones)
	w.text(r.Person)
	w.text(r.Post)
	w.text(r.Email)
	w.text(r.FileName)
	w.text(r.By)
	w.time(r.Taken)
	w.there(r.Undated)
	return w.end()
}

// decodeResult reads a stored result. It shares no memory with the bytes.
func decodeResult(key, value []byte) (store.Result, error) {
	k, err := splitResultKey(key)
	if err != nil {
		return store.Result{}, err
	}
	r := store.Result{INN: k.INN, Day: k.Day, List: k.List, File: k.File}
	f := readFields(value)
	r.Saved = f.time()
	r.Row = int(f.number())
	r.Manager = f.text()
	r.Origin = f.text()
	r.Outcome = f.text()
	r.Next = company.Date(f.number())
	r.NextAt = int(f.number())
	r.Comment = f.text()
	r.Consent = f.text()
	r.Amount = f.number()
	r.Dialled = f.text()
	r.Half = store.Half(f.text())
	r.Phones = f.texts()
	r.Person = f.text()
	r.Post = f.text()
	r.Email = f.text()
	r.FileName = f.text()
	r.By = f.text()
	r.Taken = f.time()
	r.Undated = f.there()
	if !f.whole() {
		return store.Result{}, fmt.Errorf("result of %q on %v: %w", k.INN, k.Day, errRecord)
	}
	return r, nil
}

// fieldWriter writes fields one after the other and notes which are there.
type fieldWriter struct {
	b    []byte
	at   int
	next uint32
	mask uint32
}

// there notes whether the next field is.
func (w *fieldWriter) there(is bool) bool {
	if is {
		w.mask |= 1 << w.next
	}
	w.next++
	return is
}

func (w *fieldWriter) put(text string) {
	w.b = binary.AppendUvarint(w.b, uint64(len(text)))
	w.b = append(w.b, text...)
}

func (w *fieldWriter) text(v string) {
	if w.there(v != "") {
		w.put(v)
	}
}

func (w *fieldWriter) texts(v []string) {
	if w.there(len(v) > 0) {
		w.b = binary.AppendUvarint(w.b, uint64(len(v)))
		for _, one := range v {
			w.put(one)
		}
	}
}

func (w *fieldWriter) number(v int64) {
	if w.there(v != 0) {
		w.b = binary.AppendVarint(w.b, v)
	}
}

func (w *fieldWriter) time(v time.Time) {
	if w.there(!v.IsZero()) {
		w.b = binary.AppendVarint(w.b, v.Unix())
		w.b = binary.AppendUvarint(w.b, uint64(v.Nanosecond()))
	}
}

func (w *fieldWriter) end() []byte {
	binary.BigEndian.PutUint32(w.b[w.at:], w.mask)
	return w.b
}

// fieldReader reads what fieldWriter wrote. All texts share one string.
type fieldReader struct {
	data []byte
	all  string
	at   int
	next uint32
	mask uint32
	bad  bool
}

func readFields(data []byte) *fieldReader {
	if len(data) < fieldsSize {
		return &fieldReader{bad: true}
	}
	return &fieldReader{data: data, all: string(data), at: fieldsSize, mask: binary.BigEndian.Uint32(data)}
}

// there tells whether the next field is, and can be read.
func (f *fieldReader) there() bool {
	is := !f.bad && f.mask>>f.next&1 == 1
	f.next++
	return is
}

func (f *fieldReader) unsigned() uint64 {
	if f.bad {
		return 0
	}
	v, n := binary.Uvarint(f.data[f.at:])
	f.advance(n)
	return v
}

func (f *fieldReader) signed() int64 {
	if f.bad {
		return 0
	}
	v, n := binary.Varint(f.data[f.at:])
	f.advance(n)
	return v
}

func (f *fieldReader) advance(n int) {
	if n <= 0 {
		f.bad = true
		return
	}
	f.at += n
}

func (f *fieldReader) take() string {
	n := f.unsigned()
	if f.bad || n > uint64(len(f.data)-f.at) {
		f.bad = true
		return ""
	}
	from := f.at
	f.at += int(n)
	return f.all[from:f.at]
}

func (f *fieldReader) text() string {
	if !f.there() {
		return ""
	}
	return f.take()
}

func (f *fieldReader) texts() []string {
	if !f.there() {
		return nil
	}
	n := f.unsigned()
	if f.bad || n == 0 || n > uint64(len(f.data)-f.at) { // each takes a byte at least
		f.bad = true
		return nil
	}
	out := make([]string, 0, n)
	for range n {
		out = append(out, f.take())
	}
	return out
}

func (f *fieldReader) number() int64 {
	if !f.there() {
		return 0
	}
	return f.signed()
}

func (f *fieldReader) time() time.Time {
	if !f.there() {
		return time.Time{}
	}
	seconds, nanoseconds := f.signed(), f.unsigned()
	if nanoseconds >= uint64(time.Second) {
		f.bad = true
		return time.Time{}
	}
	return time.Unix(seconds, int64(nanoseconds)).UTC()
}

// whole tells whether all was read, and nothing is left.
func (f *fieldReader) whole() bool {
	return !f.bad && f.at == len(f.data) && f.mask>>f.next == 0
}
