package resolve

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

// waiting is a store with two listings of one reason and ten of another, which
// comes later.
func waiting() []company.Observation {
	all := []company.Observation{
		firmOf(1, perm(fShort, "ООО Клён", fPhone, phone1)...), firmOf(2, perm(fShort, "ООО Дуб", fPhone, phone1)...),
		card("y", perm(fPhone, phone1, string(company.FieldDescription), "0")...),
		card("z", perm(fPhone, phone1, string(company.FieldDescription), "1")...),
	}
	for i := range 10 {
		all = append(all, card(strconv.Itoa(i), fPhone, fmt.Sprintf("+7907%07d", 100+i), string(company.FieldDescription), strconv.Itoa(i%3)))
	}
	return all
}

func TestReviewPutsInterestFirst(t *testing.T) {
	for _, tt := range []struct {
		limit int
		want  string
		asked int
	}{
		{100, "z y", 2}, // the others have no candidate: there is nothing to decide
		{2, "z y", 2},
		{1, "z", 2},
		{0, "", 0},
	} {
		s := newStore(t, waiting()...)
		asked := 0
		rep := resolved(t, s, Options{ReviewAtMost: tt.limit, Interest: func(o *company.Observation) int {
			asked++
			n, err := strconv.Atoi(o.First(company.FieldDescription))
			if err != nil {
				t.Error(err)
			}
			return n
		}})
		var keys []string
		for _, r := range rep.Review {
			keys = append(keys, r.ID.Key)
			if r.Observation.Key != r.ID.Key || r.Why == "" {
				t.Errorf("row %+v", r)
			}
		}
		if got := strings.Join(keys, " "); got != tt.want || asked != tt.asked {
			t.Errorf("limit %d: %s, want %s; asked of %d, want %d", tt.limit, got, tt.want, asked, tt.asked)
		}
		if rep.Decidable != 2 {
			t.Errorf("%d to decide, want 2", rep.Decidable)
		}
		if rep.Reasons[ReasonShared] != 2 || rep.Reasons[ReasonUnknown] != 10 {
			t.Errorf("reasons %v", rep.Reasons)
		}
	}
}

// Whatever is asked after whatever, the report is that of a run that knows no
// note.
func TestNoteTellsWhatAFreshRunTells(t *testing.T) {
	s := newStore(t, waiting()...)
	unchanged := 0
	for n := range 40 {
		o := Options{ReviewAtMost: []int{0, 1, 5, 100}[n/2%4]}
		if salt := n / 3 % 3; salt > 0 {
			o.InterestBasis = strconv.Itoa(salt)
			o.Interest = func(o *company.Observation) int { return (int(o.Key[0])*31 + salt) % 7 }
		}
		got := stateOf(t, s, s, o)
		fresh := newStore(t, waiting()...)
		if diff := differ(got, stateOf(t, fresh, fresh, o)); diff != "" {
			t.Fatalf("limit %d, interest %q: %s", o.ReviewAtMost, o.InterestBasis, diff)
		}
		if resolved(t, s, o).Unchanged {
			unchanged++
		}
	}
	if unchanged != 40 {
		t.Errorf("%d of 40 knew the outcome", unchanged)
	}
}

func TestPercent(t *testing.T) {
	for p, want := range map[float64]string{0: "меньше 1 %", 0.009: "меньше 1 %", 0.011: "1 %", 0.5: "50 %", 0.976: "97 %", 0.989: "98 %", 0.996: "больше 99 %", 1: "больше 99 %"} {
		if got := Percent(p); got != want {
			t.Errorf("%v is %q, want %q", p, got, want)
		}
	}
}
