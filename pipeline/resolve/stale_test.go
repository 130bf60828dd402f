package resolve

import (
	"testing"

	"obzvon/pipeline/store"
)

// What an earlier night joined, under other settings or before a company
// moved, is neither kept nor evidence.
func TestEarlierJoinsHaveNoSay(t *testing.T) {
	const phone, phone2 = "+79070000001", "+79070000002"
	s := open(t,
		obs("rsmp", "a", innA, fShort, `ООО "ЯСЕНЬ"`, fPhone, phone),
		obs("2gis", "1", "", fBrand, "Клён", fPhone, phone2),
		obs("2gis", "2", "", fBrand, "Клён", fPhone, phone2),
		obs("2gis", "3", "", fBrand, "Ясень", fPhone, phone),
	)
	stale := store.Join{ID: store.ObservationID{Source: "2gis", Key: "1"}, INN: innA, Evidence: []store.Evidence{{Kind: "phone", Value: phone2}}}
	err := s.ReplaceJoins(t.Context(), nil, func(yield func(store.Join, error) bool) { yield(stale, nil) })
	if err != nil {
		t.Fatal(err)
	}
	run(t, s)
	got := joins(t, s)
	if len(got) != 1 || got["2gis/3"].INN != innA {
		t.Errorf("joins %+v", got)
	}
}
