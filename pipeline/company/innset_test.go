package company

import "testing"

func TestINNSet(t *testing.T) {
	var none *INNSet
	if none.Has("7700000001") || none.HasText([]byte("7700000001")) || none.Len() != 0 {
		t.Error("the nil set holds something")
	}
	a, b := &INNSet{}, &INNSet{}
	all := []INN{"7700000001", "0000000012", "000000000012", "770000000012"}
	for i := range all {
		a.Add(all[i])
		b.Add(all[len(all)-1-i])
	}
	a.Add("no number")
	if a.Len() != len(all) || a.Hash() != b.Hash() {
		t.Errorf("%d of %d, %s and %s", a.Len(), len(all), a.Hash(), b.Hash())
	}
	for _, inn := range all {
		if !a.Has(inn) || !a.HasText([]byte(inn)) {
			t.Errorf("%s is not there", inn)
		}
	}
	for _, other := range []INN{"", "7700000002", "770000000001", "no number!"} {
		if a.Has(other) {
			t.Errorf("%q is there", other)
		}
	}
	if b.Add("7700000002"); a.Hash() == b.Hash() || a.Hash() == none.Hash() {
		t.Error("other sets, one hash")
	}
	text := []byte("7700000001")
	if n := testing.AllocsPerRun(10, func() { a.HasText(text) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
