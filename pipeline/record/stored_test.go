package record

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"obzvon/pipeline/company"
)

func stored(days ...company.Date) company.Observation {
	o := example()
	for i := range o.Facts {
		o.Facts[i].FirstSeen = days[min(i, len(days)-1)]
	}
	return o
}

func readBack(t *testing.T, b []byte) company.Observation {
	t.Helper()
	back := company.Observation{Source: "мсп", Key: "7700000001"}
	if err := ReadStored(string(b), &back); err != nil {
		t.Fatal(err)
	}
	return back
}

func TestStoredForm(t *testing.T) {
	for _, o := range []company.Observation{
		stored(20401), stored(20401, 20402), stored(1, 2, 3, 4, 5), stored(1, 2, 2, 1), stored(0, -1),
		{Source: "мсп", Key: "7700000001"},
	} {
		b := AppendStored([]byte("before"), &o)[len("before"):]
		if back := readBack(t, b); !reflect.DeepEqual(back, o) {
			t.Errorf("%+v, want %+v", back, o)
		}
		content := AppendContent(nil, &o)
		if !bytes.HasPrefix(b, content) || FactsIn(b) != len(o.Facts) {
			t.Errorf("the stored form does not begin with its content, or has %d facts of %d", FactsIn(b), len(o.Facts))
		}
		if date, err := StampDate(b[len(content):]); err != nil || date != o.Date {
			t.Errorf("date %d, want %d (%v)", date, o.Date, err)
		}
	}
}

// What comes for the first time is stamped without being read: the form is the
// same.
func TestStampOfNew(t *testing.T) {
	o := stored(20500)
	if b := AppendStamp(AppendContent(nil, &o), o.Date, o.Origin, 20500); !bytes.Equal(b, AppendStored(nil, &o)) {
		t.Errorf("%q, want %q", b, AppendStored(nil, &o))
	}
}

func TestRestamp(t *testing.T) {
	o := stored(20401, 20402)
	content := AppendContent(nil, &o)
	b, err := Restamp(nil, content, AppendStored(nil, &o)[len(content):], 20777, "b.zip")
	if err != nil {
		t.Fatal(err)
	}
	o.Date, o.Origin = 20777, "b.zip"
	if back := readBack(t, b); !reflect.DeepEqual(back, o) {
		t.Errorf("%+v, want %+v", back, o)
	}
	if _, err := Restamp(nil, content, []byte{0, 9}, 1, ""); !errors.Is(err, ErrDamaged) {
		t.Errorf("a damaged stamp: %v", err)
	}
}

func TestDamagedStored(t *testing.T) {
	o := stored(1, 2)
	b := AppendStored(nil, &o)
	for cut := range b {
		if err := ReadStored(string(b[:cut]), &company.Observation{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
	if err := ReadStored(string(b)+"x", &company.Observation{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte too many: %v", err)
	}
}

func FuzzStoredRoundTrip(f *testing.F) {
	f.Add("5900000015", "city", "", "Пермь", "склад", int32(20000), int32(20001), "a.zip", byte(1))
	f.Add("", "f", "\x00", "\xff", "", int32(-1), int32(0), "", byte(255))
	f.Fuzz(func(t *testing.T, inn, field, key, value, note string, day, seen int32, origin string, n byte) {
		o := company.Observation{INN: company.INN(inn[:min(len(inn), 12)]), Date: company.Date(day), Origin: origin}
		for i := range int(n % 5) {
			o.Facts = append(o.Facts, company.Fact{
				Field: company.Field("x" + field), Key: fmt.Sprint(key, i), Value: value, Note: note,
				Subject: company.Subject(n % 3), Date: company.Date(day), FirstSeen: company.Date(seen + int32(i/2)),
			})
		}
		var back company.Observation
		if err := ReadStored(string(AppendStored(nil, &o)), &back); err != nil || fmt.Sprintf("%+v", back) != fmt.Sprintf("%+v", o) {
			t.Errorf("got %+v, want %+v (%v)", back, o, err)
		}
		other := o
		other.Facts = append(other.Facts[:len(o.Facts):len(o.Facts)], company.Fact{Field: "x"})
		if bytes.HasPrefix(AppendStored(nil, &o), AppendContent(nil, &other)) {
			t.Error("one more fact is the same content")
		}
	})
}

// FuzzReadStored: no panic whatever the bytes, and what can be read is written
// so that it reads the same.
func FuzzReadStored(f *testing.F) {
	o := stored(1, 2)
	good := AppendStored(nil, &o)
	f.Add(good)
	f.Add(good[:len(good)-2])
	f.Add(append([]byte{255}, make([]byte, 300)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		FactsIn(b)
		if _, err := Restamp(nil, nil, b, 1, "x"); err != nil && !errors.Is(err, ErrDamaged) {
			t.Error(err)
		}
		var o, back company.Observation
		if ReadStored(string(b), &o) != nil {
			return
		}
		if err := ReadStored(string(AppendStored(nil, &o)), &back); err != nil || !reflect.DeepEqual(back, o) {
			t.Errorf("read %+v, written and read again %+v, %v", o, back, err)
		}
	})
}

func BenchmarkReadStored(b *testing.B) {
	o := stored(20401)
	text := string(AppendStored(nil, &o))
	b.ReportAllocs()
	var back company.Observation
	for b.Loop() {
		if err := ReadStored(text, &back); err != nil {
			b.Fatal(err)
		}
	}
}
