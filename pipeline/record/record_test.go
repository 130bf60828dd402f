package record

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

func example() company.Observation {
	o := company.Observation{Source: "мсп", Key: "7700000001", INN: "7700000001", Date: 20400, Origin: "a.zip/b.xml#1"}
	o.Add(company.FieldNameShort, "ООО «ВЕГА»")
	o.Add(company.FieldOKVEDMain, "45.20")
	o.Facts = append(o.Facts,
		company.Fact{Field: company.FieldPhone, Value: "+79070000001", Note: "склад", Subject: company.SubjectPerson},
		company.Fact{Field: company.FieldRevenue, Key: "2025", Value: "0", Date: -3},
		company.Fact{Field: "of another version", Value: strings.Repeat("я", 200)},
	)
	return o
}

func TestPackAndUnpack(t *testing.T) {
	for name, o := range map[string]company.Observation{
		"everything":  example(),
		"without ИНН": {Source: "gis", Key: "70000001", Facts: []company.Fact{{Field: company.FieldCity, Value: "Пермь"}}},
		"no facts":    {Source: "gis", Key: "1", INN: "7700000001"},
	} {
		p := Pack([]byte("before"), &o)
		p.Content = p.Content[len("before"):]
		back, err := p.Unpack()
		if err != nil || !reflect.DeepEqual(back, o) {
			t.Errorf("%s: %+v, want %+v (%v)", name, back, o, err)
		}
		sorting := AppendSorting(nil, &p)
		q, err := ReadSorting(o.Source, sorting)
		if err != nil || !reflect.DeepEqual(p, q) || string(SortingKey(sorting)) != o.Key {
			t.Errorf("%s on its way: %+v, want %+v (%v)", name, q, p, err)
		}
	}
}

// Every field of the program has a number, so that nothing is stored by name
// and then by number.
func TestEveryFieldHasANumber(t *testing.T) {
	for _, info := range company.Fields() {
		if n := numberOf(info.Field); n == 0 || fieldOf(n) != info.Field {
			t.Errorf("%s has number %d", info.Field, n)
		}
	}
	if slices.Contains(numbered[:], "") || len(numbers) != len(numbered) {
		t.Error("a number without a field, or a field with two")
	}
}

func TestNoContentBeginsAnother(t *testing.T) {
	o := example()
	whole := AppendContent(nil, &o)
	for n := range o.Facts {
		shorter := o
		shorter.Facts = o.Facts[:n]
		if bytes.HasPrefix(whole, AppendContent(nil, &shorter)) {
			t.Errorf("the content of %d facts begins that of %d", n, len(o.Facts))
		}
	}
}

func TestDamagedContent(t *testing.T) {
	o := example()
	p := Pack(nil, &o)
	for cut := range len(p.Content) {
		if _, err := ReadContent(p.Content[:cut], &company.Observation{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
	longer := p
	longer.Content = append(slices.Clone(p.Content), 0)
	if _, err := longer.Unpack(); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte too many: %v", err)
	}
	other := p
	other.INN = "7700000002"
	if _, err := other.Unpack(); !errors.Is(err, ErrDamaged) {
		t.Errorf("another ИНН: %v", err)
	}
}

// FuzzReadContent: no panic whatever the bytes, and what can be read is
// written as it was read.
func FuzzReadContent(f *testing.F) {
	o := example()
	f.Add(AppendContent(nil, &o))
	f.Add(AppendContent(nil, &company.Observation{}))
	f.Add([]byte{0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		var o company.Observation
		if _, err := ReadContent(b, &o); err != nil {
			return
		}
		var again company.Observation
		if rest, err := ReadContent(AppendContent(nil, &o), &again); err != nil || len(rest) > 0 || !reflect.DeepEqual(o, again) {
			t.Errorf("%+v became %+v (%v)", o, again, err)
		}
		if p, err := ReadSorting("s", b); err == nil {
			if q, err := ReadSorting("s", AppendSorting(nil, &p)); err != nil || !reflect.DeepEqual(p, q) {
				t.Errorf("%+v became %+v (%v)", p, q, err)
			}
		}
	})
}

func BenchmarkReadContent(b *testing.B) {
	o := example()
	content := AppendContent(nil, &o)
	b.ReportAllocs()
	var back company.Observation
	for b.Loop() {
		if _, err := ReadContent(content, &back); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendContent(b *testing.B) {
	o := example()
	var buffer []byte
	b.ReportAllocs()
	for b.Loop() {
		buffer = AppendContent(buffer[:0], &o)
	}
}
