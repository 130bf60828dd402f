package bolt

import (
	"bytes"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

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
