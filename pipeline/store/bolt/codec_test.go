package bolt

import (
	"bytes"
	"fmt"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func FuzzRecordRoundTrip(f *testing.F) {
	f.Add("5900000015", "city", "", "Пермь", "склад", int32(20000), int32(20001), "a.zip", byte(1))
	f.Add("", "", "\x00", "\xff", "", int32(-1), int32(0), "", byte(255))
	id := store.ObservationID{Source: "s", Key: "k"}
	f.Fuzz(func(t *testing.T, inn, field, key, value, note string, day, seen int32, origin string, n byte) {
		o := company.Observation{
			Source: id.Source, Key: id.Key, INN: company.INN(inn[:min(len(inn), 12)]), Date: company.Date(day), Origin: origin,
		}
		for i := range int(n % 5) {
			o.Facts = append(o.Facts, company.Fact{
				Field: company.Field(field), Key: fmt.Sprint(key, i), Value: value, Note: note,
				Subject: company.Subject(n), Date: company.Date(day), FirstSeen: company.Date(seen + int32(i/2)),
			})
		}
		record, err := appendRecord([]byte("before"), &o)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeRecord(id, bytes.TrimPrefix(record, []byte("before")))
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", o) {
			t.Errorf("got %+v, want %+v", got, o)
		}
		content, err := appendContent(nil, &o)
		if err != nil {
			t.Fatal(err)
		}
		if !sameContent(record[len("before"):], content) {
			t.Error("a record does not begin with its own content")
		}
		other := store.CloneObservation(&o)
		other.Facts = append(other.Facts, company.Fact{Field: "x"})
		if content, err = appendContent(nil, &other); err != nil || sameContent(record[len("before"):], content) {
			t.Errorf("one more fact is the same content (%v)", err)
		}
	})
}

// What stands in a damaged file must not bring the program down, and what can
// be read must be written again as the same bytes or not at all.
func FuzzDecodeRecord(f *testing.F) {
	o := company.Observation{INN: "5900000015", Facts: []company.Fact{{Field: company.FieldCity, Value: "Пермь", FirstSeen: 3}}}
	good, err := appendRecord(nil, &o)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)-2])
	f.Add(append([]byte{255}, make([]byte, 300)...))
	f.Add([]byte{0, 0xdd, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, record []byte) {
		o, err := decodeRecord(store.ObservationID{Source: "s", Key: "k"}, record)
		if err != nil {
			return
		}
		again, err := appendRecord(nil, &o)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decodeRecord(store.ObservationID{Source: "s", Key: "k"}, again)
		if err != nil || fmt.Sprintf("%+v", back) != fmt.Sprintf("%+v", o) {
			t.Errorf("read %+v, written and read again %+v, %v", o, back, err)
		}
	})
}

// The reader by hand and the generated one must read the same.
func FuzzFactReader(f *testing.F) {
	good, err := (&fact{Field: "city", Value: "Пермь", Subject: 2, Date: -1}).MarshalMsg(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(append([]byte{0x95}, good[1:]...))
	f.Fuzz(func(t *testing.T, b []byte) {
		var want fact
		wantRest, wantErr := want.UnmarshalMsg(b)
		var got company.Fact
		r := factReader{text: string(b), rest: b}
		r.read(&got)
		if (r.err != nil) != (wantErr != nil) {
			t.Fatalf("error %v, generated %v", r.err, wantErr)
		}
		if r.err != nil {
			return
		}
		same := fact{Field: string(got.Field), Key: got.Key, Value: got.Value, Note: got.Note, Subject: uint8(got.Subject), Date: int32(got.Date)}
		if same != want || !bytes.Equal(r.rest, wantRest) {
			t.Errorf("read %+v, generated %+v", got, want)
		}
	})
}

func TestKeysKeepTheirOrder(t *testing.T) {
	days := []company.Date{-2147483648, -1, 0, 1, 20000, 2147483647}
	for i := 1; i < len(days); i++ {
		if bytes.Compare(dayKey(days[i-1]), dayKey(days[i])) >= 0 {
			t.Errorf("day %d does not sort before %d", days[i-1], days[i])
		}
		if d, _, err := splitDay(dayKey(days[i])); err != nil || d != days[i] {
			t.Errorf("day %d comes back as %d, %v", days[i], d, err)
		}
	}
	ids := []store.ObservationID{{Source: "a", Key: "b"}, {Source: "a", Key: "b\x01"}, {Source: "a", Key: "я"}, {Source: "a\x01", Key: "a"}, {Source: "ab", Key: "a"}}
	for i := 1; i < len(ids); i++ {
		if bytes.Compare(idKey(ids[i-1]), idKey(ids[i])) >= 0 || ids[i-1].Compare(ids[i]) >= 0 {
			t.Errorf("%v does not sort before %v", ids[i-1], ids[i])
		}
		if id, err := splitID(idKey(ids[i])); err != nil || id != ids[i] {
			t.Errorf("%v comes back as %v, %v", ids[i], id, err)
		}
	}
}

func TestArenaKeepsValuesApart(t *testing.T) {
	var mem arena
	var kept [][]byte
	for n := range 5000 {
		value := bytes.Repeat([]byte{byte(n)}, n*37%3000)
		kept = append(kept, mem.keep(append(mem.tail(), value...)))
	}
	for n, value := range kept {
		if want := bytes.Repeat([]byte{byte(n)}, n*37%3000); !bytes.Equal(value, want) {
			t.Fatalf("value %d of %d bytes was written over", n, len(want))
		}
		if cap(value) != len(value) {
			t.Fatalf("value %d can be appended to", n)
		}
	}
}
