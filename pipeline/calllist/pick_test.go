package calllist

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

func candidate(priority, n int, phone string, until int) Candidate {
	w := Window{From: 540, Until: until}
	c := Candidate{Score: int64(1000 - n), Windows: map[string]Window{"a": w, "b": w}}
	c.Row = pipeline.Row{INN: company.INN(fmt.Sprintf("%d%09d", priority, n)), Priority: priority}
	if phone != "" {
		c.Phones = []string{phone}
	}
	return c
}

func ranked(lists map[int][]Candidate) func(int) iter.Seq2[Candidate, error] {
	return func(p int) iter.Seq2[Candidate, error] {
		return func(yield func(Candidate, error) bool) {
			for _, c := range lists[p] {
				if !yield(c, nil) {
					return
				}
			}
		}
	}
}

func many(priority, n int) []Candidate {
	var out []Candidate
	for i := range n {
		out = append(out, candidate(priority, i, fmt.Sprintf("+7907%d%06d", priority, i), 600+(i%7)*60))
	}
	return out
}

func nobody(Entry) bool { return false }

func TestChoose(t *testing.T) {
	two := []config.Manager{{ID: "a", Name: "А", Dials: 10}, {ID: "b", Name: "Б", Dials: 5}}
	t.Run("phase 1 calls priority 1 only", func(t *testing.T) {
		got, _, err := Choose(Pick{
			Mix: Mix{1, 0, 0}, Managers: two, Stopped: nobody,
			Ranked: ranked(map[int][]Candidate{0: many(1, 8), 1: many(2, 50)}),
		})
		if err != nil || len(got) != 8 {
			t.Fatalf("%d rows, %v; want the 8 of priority 1", len(got), err)
		}
	})
	t.Run("a dry priority leaves its places to open ones", func(t *testing.T) {
		got, _, err := Choose(Pick{
			Mix: Mix{0.5, 0.5, 0}, Managers: two, Stopped: nobody,
			Ranked: ranked(map[int][]Candidate{0: many(1, 3), 1: many(2, 50), 2: many(3, 50)}),
		})
		if err != nil || len(got) != 15 {
			t.Fatalf("%d rows, %v; want 15", len(got), err)
		}
		if got[14].Row.Priority != 2 {
			t.Errorf("a closed priority got in: %d", got[14].Row.Priority)
		}
	})
	t.Run("one phone is called once", func(t *testing.T) {
		list := []Candidate{candidate(1, 0, "+79070000001", 600), candidate(1, 1, "+79070000001", 600), candidate(1, 2, "", 600), candidate(1, 3, "+79070000002", 600)}
		got, skipped, err := Choose(Pick{Mix: Mix{1, 0, 0}, Managers: two, Stopped: nobody, Ranked: ranked(map[int][]Candidate{0: list})})
		if err != nil || len(got) != 2 || skipped[SkipSame] != 1 || skipped[SkipNoPhone] != 1 {
			t.Fatalf("%d rows, skipped %v, %v", len(got), skipped, err)
		}
	})
	t.Run("a company stays with its manager", func(t *testing.T) {
		list := many(1, 15)
		for i := range list[:5] {
			list[i].Owner = "b"
		}
		got, _, err := Choose(Pick{Mix: Mix{1, 0, 0}, Managers: two, Stopped: nobody, Ranked: ranked(map[int][]Candidate{0: list})})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range got {
			if c.Owner == "b" && c.Row.ManagerID != "b" {
				t.Errorf("%s went from b to %s", c.Row.INN, c.Row.ManagerID)
			}
		}
	})
}

// Whatever comes in: no more rows than dials, none over a manager's norm, the
// order holds, nobody stopped, no phone twice, and the outcome is the same
// when asked again.
func TestChooseProperties(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		lists := map[int][]Candidate{}
		for p := range 3 {
			for i := range r.IntN(40) {
				c := candidate(p+1, i, fmt.Sprintf("+790700000%02d", r.IntN(60)), 600+r.IntN(5)*60)
				c.Owner = []string{"", "a", "b", "gone"}[r.IntN(4)]
				lists[p] = append(lists[p], c)
			}
		}
		managers := []config.Manager{{ID: "a", Dials: 1 + r.IntN(20)}, {ID: "b", Dials: 1 + r.IntN(20)}}
		stopped := func(e Entry) bool { return e.Row.INN[9]%5 == 0 }
		pick := Pick{Mix: Mix{0.4, 0.4, 0.2}, Managers: managers, Stopped: stopped, Ranked: ranked(lists)}
		got, _, err := Choose(pick)
		if err != nil {
			t.Fatal(err)
		}
		again, _, _ := Choose(pick)
		if fmt.Sprint(got) != fmt.Sprint(again) {
			t.Fatalf("seed %d: two lists from one state", seed)
		}
		rows, phones := map[string]int{}, map[string]bool{}
		for _, c := range got {
			rows[c.Row.ManagerID]++
			if stopped(c.Entry) || phones[c.Phones[0]] {
				t.Fatalf("seed %d: %s must not be there", seed, c.Row.INN)
			}
			phones[c.Phones[0]] = true
		}
		for _, m := range managers {
			if rows[m.ID] > m.Dials {
				t.Fatalf("seed %d: %s has %d rows, norm %d", seed, m.ID, rows[m.ID], m.Dials)
			}
		}
		if !slices.IsSortedFunc(got, func(a, b Candidate) int { return a.Row.Priority - b.Row.Priority }) {
			t.Fatalf("seed %d: priorities out of order", seed)
		}
	}
}

func TestListIsFrozen(t *testing.T) {
	l := &List{Format: Format, ID: "x", Rows: []Entry{{Row: pipeline.Row{Number: 1, INN: "1"}}, {Row: pipeline.Row{Number: 2, INN: "2"}}}}
	data, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Decode(data)
	if err != nil || len(back.Rows) != 2 {
		t.Fatalf("%v, %v", back, err)
	}
	less, out := back.Without(func(e Entry) bool { return e.Row.INN == "1" })
	if out != 1 || len(less.Rows) != 1 || less.Rows[0].Row.Number != 2 {
		t.Errorf("numbers must stay as issued: %v", less.Rows)
	}
	if _, err := Decode([]byte(`{"format":99}`)); err == nil {
		t.Error("a list of a newer program was read")
	}
}

// A company goes only to a manager who shares working hours with it, and the
// row shows his window, not another's.
func TestChooseKeepsToEachManagersHours(t *testing.T) {
	managers := []config.Manager{{ID: "early", Dials: 3}, {ID: "late", Dials: 3}}
	east := candidate(1, 0, "+79070000001", 0)
	east.Windows = map[string]Window{"early": {300, 660}}
	both := candidate(1, 1, "+79070000002", 0)
	both.Windows = map[string]Window{"early": {540, 720}, "late": {720, 960}}
	none := candidate(1, 2, "+79070000003", 0)
	none.Windows = nil
	kept := candidate(1, 3, "+79070000004", 0)
	kept.Windows, kept.Owner = map[string]Window{"early": {540, 720}}, "late"
	got, skipped, err := Choose(Pick{
		Mix: Mix{1, 0, 0}, Managers: managers, Stopped: nobody,
		Ranked: ranked(map[int][]Candidate{0: {east, both, none, kept}}),
	})
	if err != nil || len(got) != 3 || skipped[SkipNoWindow] != 1 {
		t.Fatalf("%d rows, skipped %v, %v", len(got), skipped, err)
	}
	for _, c := range got {
		want := map[company.INN][2]string{east.Row.INN: {"early", "05:00–11:00"}, both.Row.INN: {"late", "12:00–16:00"}, kept.Row.INN: {"early", "09:00–12:00"}}[c.Row.INN]
		if c.Row.ManagerID != want[0] || c.Row.CallWindow != want[1] {
			t.Errorf("%s: %s %s, want %v", c.Row.INN, c.Row.ManagerID, c.Row.CallWindow, want)
		}
	}
}

// A company whose manager has no room waits for him.
func TestChooseNeverTakesACompanyFromItsManager(t *testing.T) {
	list := many(1, 6)
	for i := range list {
		list[i].Owner = "a"
	}
	got, skipped, err := Choose(Pick{
		Mix: Mix{1, 0, 0}, Managers: []config.Manager{{ID: "a", Dials: 2}, {ID: "b", Dials: 4}},
		Stopped: nobody, Ranked: ranked(map[int][]Candidate{0: list}),
	})
	if err != nil || len(got) != 2 || skipped[SkipOwner] != 4 {
		t.Errorf("%d rows, skipped %v, %v", len(got), skipped, err)
	}
}
