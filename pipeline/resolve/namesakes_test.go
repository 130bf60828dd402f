package resolve

import (
	"fmt"
	"strconv"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
)

// namesakes are companies that nothing but their phones tells apart.
func namesakes(n int) []company.Observation {
	out := make([]company.Observation, n)
	for i := range out {
		out[i] = firmOf(i, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fPhone, fmt.Sprintf("+7907%07d", i))...)
	}
	return out
}

// However many namesakes a town has: a listing is held against a few of them,
// is joined to none by the name, and still to the one that its phone tells.
func TestNamesakesOfOneTown(t *testing.T) {
	const few = 4
	for _, firms := range []int{2, 3, 4, 5, 12, evidence.CarrierLimit} {
		t.Run(strconv.Itoa(firms), func(t *testing.T) {
			s := newStore(t, append(namesakes(firms), card("bare", perm(fBrand, "Северный ясень")...))...)
			rep := once(t, s)
			if rep.Weighed > few || rep.Joined != 0 {
				t.Errorf("%d weighed, joins %+v", rep.Weighed, joinsOf(t, s))
			}
			if row, ok := rowOf(rep, "bare"); !ok || row.Reason != ReasonNamesakes || len(row.Candidates) < 2 {
				t.Errorf("%v %+v", ok, row)
			}
			last := firms - 1
			commit(t, s, card("phone", perm(fBrand, "Северный ясень", fPhone, fmt.Sprintf("+7907%07d", last))...))
			once(t, s)
			if j := joinsOf(t, s); len(j) != 1 || j["phone"].INN != validINN(last) {
				t.Errorf("joins %+v", j)
			}
		})
	}
}

// What a listing lends to a namesake tells it from those that stand beside it.
func TestNamesakeThatAListingTells(t *testing.T) {
	const firms, one = 12, 7
	s := newStore(t, append(namesakes(firms),
		card("printed", perm(fBrand, "Северный ясень", fPrinted, string(validINN(one)), fPhone, "+79070000101")...),
		card("phone", perm(fBrand, "Северный ясень", fPhone, "+79070000101")...))...)
	once(t, s)
	if j := joinsOf(t, s); j["phone"].INN != validINN(one) {
		t.Errorf("joins %+v", j)
	}
}

// Of those that people denied others take the place.
func TestDeniedNamesakesMakeRoom(t *testing.T) {
	const firms = 9
	s := newStore(t, append(namesakes(firms), card("bare", perm(fBrand, "Северный ясень")...))...)
	denied := map[company.INN]bool{}
	for len(denied) < firms-1 {
		row, ok := rowOf(once(t, s), "bare")
		if !ok || len(row.Candidates) == 0 {
			t.Fatalf("after %d denials nobody is shown: %+v", len(denied), row)
		}
		for _, c := range row.Candidates {
			if denied[c.INN] {
				t.Fatalf("%s is shown again", c.INN)
			}
		}
		first := row.Candidates[0].INN
		denied[first] = true
		decide(t, s, cardID("bare"), first, false)
	}
}
