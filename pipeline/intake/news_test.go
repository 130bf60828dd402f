package intake

import (
	"strings"
	"testing"

	"obzvon/pipeline/funnel"
	"obzvon/pipeline/intake/heading"
)

// A corrected copy tells only what it changes; one that came too late changes
// nothing.
func TestNewsOfACorrectedCopy(t *testing.T) {
	o := newOffice(t)
	fill := map[int]map[string]string{
		1: {heading.TitleResult: funnel.NoAnswer}, 2: {heading.TitleResult: funnel.CallBack, heading.TitleNext: "24.11.2026 в 25:00"}, 3: {heading.TitleComment: "узнать"},
	}
	first := book(t, "manager-1", 17, fill)
	if f := o.take(t, first).Files[0]; f.New != 3 || f.Changed != 0 || f.Same != 0 || f.Partial != 1 || f.Problems != 0 || o.results(t, 2)[0].Next != day(t, "2026-11-24") {
		t.Errorf("first: %+v", f)
	}
	if f := o.take(t, first).Files[0]; f.New != 0 || f.Changed != 0 || f.Same != 3 {
		t.Errorf("the same again: %+v", f)
	}
	fill[1] = map[string]string{heading.TitleResult: funnel.Interest}
	fill[4] = map[string]string{heading.TitleResult: funnel.NoAnswer}
	if f := o.take(t, book(t, "manager-1", 18, fill)).Files[0]; f.New != 1 || f.Changed != 1 || f.Same != 2 {
		t.Errorf("corrected: %+v", f)
	}
	late := book(t, "manager-1", 16, map[int]map[string]string{1: {heading.TitleResult: funnel.NoAnswer}})
	if f := o.take(t, late).Files[0]; f.New != 0 || f.Changed != 0 || f.Same != 1 {
		t.Errorf("older: %+v", f)
	}
}

// Two tables that tell of the same call are one call.
func TestNewsOfTables(t *testing.T) {
	o := newOffice(t)
	row := cells{heading.TitleINN: string(innOf(30)), heading.TitleResult: funnel.Contract, heading.TitleDay: "05.11.2026", heading.TitleAmount: "100"}
	if f := o.take(t, plainTable(t, 10, row)).Files[0]; f.New != 1 {
		t.Errorf("first: %+v", f)
	}
	if f := o.take(t, plainTable(t, 11, row)).Files[0]; f.New != 0 || f.Same != 1 {
		t.Errorf("again: %+v", f)
	}
	row[heading.TitleAmount] = "200"
	if f := o.take(t, plainTable(t, 12, row)).Files[0]; f.Changed != 1 || f.New != 0 {
		t.Errorf("another amount: %+v", f)
	}
	row[heading.TitleDay] = "06.11.2026"
	if f := o.take(t, plainTable(t, 13, row)).Files[0]; f.New != 1 || f.Changed != 0 {
		t.Errorf("another day: %+v", f)
	}
}

// Every stop of a row names the company, and who called, also of a row that could
// not be taken.
func TestStopsNameTheCompany(t *testing.T) {
	o := newOffice(t)
	b := book(t, "manager-1", 18, map[int]map[string]string{1: {heading.TitleResult: funnel.DoNotCall}})
	b.Rows = append(b.Rows, filled(9, cells{heading.TitlePhone: pretty(700), heading.TitleResult: funnel.DoNotCall}, nil))
	for _, s := range o.take(t, b).Files[0].Stops {
		if named := strings.HasSuffix(s.Note, StopsWith(innOf(1))); named != (s.Value != phoneOf(700)) || s.By != "manager-1" {
			t.Errorf("%+v", s)
		}
	}
}
