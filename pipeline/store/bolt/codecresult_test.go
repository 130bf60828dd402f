package bolt

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
	"time"

	"obzvon/pipeline/store"
)

var someTime = time.Date(2026, time.November, 16, 18, 30, 5, 123456789, time.UTC)

func fullResult() store.Result {
	return store.Result{
		INN: "5900000015", Day: 20773, List: "list", File: "web:1", Saved: someTime, Row: 40, Manager: "m1", Origin: "выставка",
		Outcome: "Перезвонить", Next: 20774, NextAt: 570, Comment: "после обеда", Consent: store.ConsentGiven, Amount: -3,
		Dialled: "+79070000001", Half: store.HalfMorning, Phones: []string{"+79070000002", ""}, Person: "Вымышленная Анна",
		Post: "снабженец", Email: "a@firm.example", FileName: "a.xlsx", By: "анна", Taken: someTime.Add(time.Hour), Undated: true,
	}
}

// Each field by itself, and all together, come back; a field that none of the
// cases has set is one that the codec may have forgotten.
func TestResultComesBack(t *testing.T) {
	full := reflect.ValueOf(fullResult())
	cases := []store.Result{{}, fullResult()}
	for i := range full.NumField() {
		if full.Field(i).IsZero() {
			t.Errorf("%s is not set", full.Type().Field(i).Name)
		}
		one := reflect.New(full.Type()).Elem()
		one.Field(i).Set(full.Field(i))
		cases = append(cases, one.Interface().(store.Result))
	}
	for _, want := range cases {
		got, err := decodeResult(resultKey(want.Key()), appendResult([]byte("before")[:0], &want))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v comes back as %+v, %v", want, got, err)
		}
	}
}

func TestResultIsRefused(t *testing.T) {
	full := fullResult()
	key, value := resultKey(full.Key()), appendResult(nil, &full)
	for name, tt := range map[string]struct{ key, value []byte }{
		"no key":           {nil, value},
		"a key of one":     {[]byte("5900000015"), value},
		"a short day":      {[]byte("5900000015\x00abc"), value},
		"no list":          {[]byte("5900000015\x00abcd"), value},
		"no file":          {[]byte("5900000015\x00abcd\x00list"), value},
		"nothing":          {key, nil},
		"half a mask":      {key, value[:3]},
		"cut":              {key, value[:len(value)-1]},
		"more than that":   {key, append(bytes.Clone(value), 0)},
		"unknown fields":   {key, append([]byte{0x80}, value[1:]...)},
		"a long text":      {key, []byte{0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff, 0x0f}},
		"many phones":      {key, []byte{0, 0, 0x10, 0, 0xff, 0xff, 0xff, 0xff, 0x0f}},
		"many nanoseconds": {key, []byte{0, 0, 0, 1, 2, 0x80, 0x94, 0xeb, 0xdc, 3}},
	} {
		if r, err := decodeResult(tt.key, tt.value); !errors.Is(err, errRecord) {
			t.Errorf("%s: %+v, %v, want errRecord", name, r, err)
		}
	}
}

// FuzzDecodeResult: whatever is read, is written so that it is read again.
func FuzzDecodeResult(f *testing.F) {
	full, bare := fullResult(), store.Result{INN: "5900000015", File: "f"}
	f.Add(resultKey(full.Key()), appendResult(nil, &full))
	f.Add(resultKey(bare.Key()), appendResult(nil, &bare))
	f.Add([]byte("5900000015\x00abcd\x00\x00f"), []byte{0, 0, 0x10, 0, 2, 0, 1})
	f.Fuzz(func(t *testing.T, key, value []byte) {
		r, err := decodeResult(key, value)
		if err != nil {
			return
		}
		if !bytes.Equal(resultKey(r.Key()), key) {
			t.Errorf("key %q is written as %q", key, resultKey(r.Key()))
		}
		again, err := decodeResult(key, appendResult(nil, &r))
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Errorf("%+v comes back as %+v, %v", r, again, err)
		}
	})
}
