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
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

func candidate(priority, n int, phone string, until int) Candidate {
	w := Window{From: 540, Until: until}
	c := Candidate{Score: int64(1000 - n), Windows: map[string]Window{"a": w, "b": w}}
	c.Row = pipeline.Row{INN: company.INN(fmt.Sprintf("%d%09d", priority, n)), Priority: priority, LocalTime: "МСК"}
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

func rowsOf(c *Chosen, err error) ([]Candidate, map[string]int64, error) {
	if err != nil {
		return nil, nil, err
	}
	return c.Rows, c.Skipped, nil
}

func nobody(Entry) bool { return false }

func TestChoose(t *testing.T) {
	two := []config.Manager{{ID: "a", Name: "А", Dials: 10}, {ID: "b", Name: "Б", Dials: 5}}
	t.Run("phase 1 calls priority 1 only", func(t *testing.T) {
		got, _, err := rowsOf(Choose(Pick{
			Mix: Mix{1, 0, 0}, Managers: two, Stopped: nobody,
			Ranked: ranked(map[int][]Candidate{0: many(1, 8), 1: many(2, 50)}),
		}))
		if err != nil || len(got) != 8 {
			t.Fatalf("%d rows, %v; want the 8 of priority 1", len(got), err)
		}
	})
	t.Run("a dry priority leaves its places to open ones", func(t *testing.T) {
		got, _, err := rowsOf(Choose(Pick{
			Mix: Mix{0.5, 0.5, 0}, Managers: two, Stopped: nobody,
			Ranked: ranked(map[int][]Candidate{0: many(1, 3), 1: many(2, 50), 2: many(3, 50)}),
		}))
		if err != nil || len(got) != 15 {
			t.Fatalf("%d rows, %v; want 15", len(got), err)
		}
		if got[14].Row.Priority != 2 {
			t.Errorf("a closed priority got in: %d", got[14].Row.Priority)
		}
	})
	t.Run("one phone is called once", func(t *testing.T) {
		list := []Candidate{candidate(1, 0, "+79070000001", 600), candidate(1, 1, "+79070000001", 600), candidate(1, 2, "", 600), candidate(1, 3, "+79070000002", 600)}
		got, skipped, err := rowsOf(Choose(Pick{Mix: Mix{1, 0, 0}, Managers: two, Stopped: nobody, Ranked: ranked(map[int][]Candidate{0: list})}))
		if err != nil || len(got) != 2 || skipped[SkipSame] != 1 || skipped[SkipNoPhone] != 1 {
			t.Fatalf("%d rows, skipped %v, %v", len(got), skipped, err)
		}
	})
	t.Run("a company stays with its manager", func(t *testing.T) {
		list := many(1, 15)
		for i := range list[:5] {
			list[i].Keeper.Manager = "b"
		}
		got, _, err := rowsOf(Choose(Pick{Mix: Mix{1, 0, 0}, Managers: two, Stopped: nobody, Ranked: ranked(map[int][]Candidate{0: list})}))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range got {
			if c.Keeper.Manager == "b" && c.Row.ManagerID != "b" {
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
				c.Keeper.Manager = []string{"", "a", "b", "gone"}[r.IntN(4)]
				lists[p] = append(lists[p], c)
			}
		}
		managers := []config.Manager{{ID: "a", Dials: 1 + r.IntN(20)}, {ID: "b", Dials: 1 + r.IntN(20)}}
		stopped := func(e Entry) bool { return e.Row.INN[9]%5 == 0 }
		pick := Pick{Mix: Mix{0.4, 0.4, 0.2}, Managers: managers, Stopped: stopped, Ranked: ranked(lists)}
		got, _, err := rowsOf(Choose(pick))
		if err != nil {
			t.Fatal(err)
		}
		again, _, _ := rowsOf(Choose(pick))
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
	kept.Windows, kept.Keeper.Manager = map[string]Window{"early": {540, 720}}, "late"
	got, skipped, err := rowsOf(Choose(Pick{
		Mix: Mix{1, 0, 0}, Managers: managers, Stopped: nobody,
		Ranked: ranked(map[int][]Candidate{0: {east, both, none, kept}}),
	}))
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
		list[i].Keeper.Manager = "a"
	}
	got, skipped, err := rowsOf(Choose(Pick{
		Mix: Mix{1, 0, 0}, Managers: []config.Manager{{ID: "a", Dials: 2}, {ID: "b", Dials: 4}},
		Stopped: nobody, Ranked: ranked(map[int][]Candidate{0: list}),
	}))
	if err != nil || len(got) != 2 || skipped[SkipOwner] != 4 {
		t.Errorf("%d rows, skipped %v, %v", len(got), skipped, err)
	}
}

func due(n int, band funnel.Band, day company.Date, at int) Candidate {
	c := candidate(1, 500+n, fmt.Sprintf("+7907900%04d", n), 1080)
	c.Turn = Turn{Band: band, Due: day, At: at}
	return c
}

func inTurn(all []Candidate) iter.Seq[Offer] {
	return func(yield func(Offer) bool) {
		for _, c := range slices.SortedStableFunc(slices.Values(all), func(a, b Candidate) int { return a.Turn.Compare(b.Turn) }) {
			if !yield(Offer{c.Turn, c.Keeper, func() (Candidate, bool, error) { return c, true, nil }}) {
				return
			}
		}
	}
}

// What was agreed on comes first, whatever the share of new ones; other calls
// that are due leave them their room, and take what they leave.
func TestChooseMixesDueAndNew(t *testing.T) {
	manager := []config.Manager{{ID: "a", Dials: 20}, {ID: "b", Dials: 0}}
	agreedAll := func(n int) (all []Candidate) {
		for i := range n {
			all = append(all, due(i, funnel.BandAgreed, 100, 600+i))
		}
		return all
	}
	retries := func(n int) (all []Candidate) {
		for i := range n {
			all = append(all, due(100+i, funnel.BandRetry, 100, 0))
		}
		return all
	}
	follow := func(n int) (all []Candidate) {
		for i := range n {
			all = append(all, due(200+i, funnel.BandFollow, 100, 0))
		}
		return all
	}
	tests := []struct {
		name         string
		due          []Candidate
		fresh        int
		wantDue, all int
	}{
		{"agreed ones may fill the day, and more", agreedAll(25), 50, 25, 25},
		{"retries leave new ones their share", retries(25), 50, 7, 20},
		{"retries take what new ones leave", retries(25), 4, 16, 20},
		{"new ones take what retries leave", retries(2), 50, 2, 20},
		{"follow-ups do not give way to new ones", append(retries(9), follow(12)...), 50, 12, 20},
		{"agreed ones first, then retries up to the share", append(retries(9), agreedAll(5)...), 50, 7, 20},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Choose(Pick{
				Mix: Mix{1, 0, 0}, Managers: manager, Stopped: nobody, Shares: Shares{New: 0.65}, Due: inTurn(tt.due),
				Ranked: ranked(map[int][]Candidate{0: many(1, tt.fresh)}),
			})
			if err != nil || len(got.Rows) != tt.all {
				t.Fatalf("%d rows, %v; want %d", len(got.Rows), err, tt.all)
			}
			n := 0
			for i, c := range got.Rows {
				if c.Pool == PoolDue {
					n++
				}
				if c.Row.Number != i+1 {
					t.Fatalf("row %d has number %d", i+1, c.Row.Number)
				}
			}
			if n != tt.wantDue {
				t.Errorf("%d due, want %d", n, tt.wantDue)
			}
			if !slices.IsSortedFunc(got.Rows, func(a, b Candidate) int { return a.Turn.rank() - b.Turn.rank() }) {
				t.Error("bands out of order")
			}
		})
	}
}

// Some of the new ones come by lot, and none of these stands there twice.
func TestChooseDrawsSomeAtRandom(t *testing.T) {
	all := many(1, 100)
	byLot := func(yield func(Candidate, error) bool) {
		for i := range all { // the best ones are among them, and stand on the list already
			if !yield(all[(i*37)%len(all)], nil) {
				return
			}
		}
	}
	got, err := Choose(Pick{
		Mix: Mix{1, 0, 0}, Managers: []config.Manager{{ID: "a", Dials: 40}}, Stopped: nobody,
		Shares: Shares{New: 0.65, Random: 0.1}, Random: byLot, Ranked: ranked(map[int][]Candidate{0: all}),
	})
	if err != nil || len(got.Rows) != 40 {
		t.Fatalf("%d rows, %v", len(got.Rows), err)
	}
	pools, seen := map[Pool]int{}, map[company.INN]bool{}
	for _, c := range got.Rows {
		pools[c.Pool]++
		if seen[c.Row.INN] {
			t.Errorf("%s stands there twice", c.Row.INN)
		}
		seen[c.Row.INN] = true
	}
	if pools[PoolNew] != 36 || pools[PoolRandom] != 4 || got.Fresh() != 36 {
		t.Errorf("pools %v", pools)
	}
}

// Of a manager who is away only what was agreed on is lent, and stays his.
func TestChooseLendsWhatWasAgreed(t *testing.T) {
	agreed, retry := due(1, funnel.BandAgreed, 100, 0), due(2, funnel.BandRetry, 100, 0)
	for _, c := range []*Candidate{&agreed, &retry} {
		c.Keeper = Keeper{Manager: "a", Away: true}
	}
	client := due(3, funnel.BandOnboarding, 100, 0)
	client.Keeper = Keeper{Role: config.RoleRetention}
	managers := []config.Manager{{ID: "b", Dials: 10, Role: config.RoleAcquisition}, {ID: "c", Dials: 2, Role: config.RoleRetention}}
	for i := range managers {
		for _, c := range []*Candidate{&agreed, &retry, &client} {
			c.Windows[managers[i].ID] = Window{540, 1080}
		}
	}
	got, err := Choose(Pick{
		Mix: Mix{1, 0, 0}, Managers: managers, Stopped: nobody, Due: inTurn([]Candidate{agreed, retry, client}), Ranked: ranked(nil),
	})
	if err != nil || len(got.Rows) != 2 || got.Skipped[SkipAway] != 1 {
		t.Fatalf("%d rows, skipped %v, %v", len(got.Rows), got.Skipped, err)
	}
	owners := got.Owners()
	if _, moved := owners[agreed.Row.INN]; moved {
		t.Error("the company of one who is away for a day changed its manager")
	}
	if owners[client.Row.INN] != "c" {
		t.Errorf("the client went to %q, want one who keeps clients", owners[client.Row.INN])
	}
}

func TestTurnSays(t *testing.T) {
	w := Window{540, 1020}
	tests := []struct {
		name string
		turn Turn
		want string
		half store.Half
	}{
		{"nothing agreed", Turn{}, "09:00–17:00", store.HalfAny},
		{"an hour", Turn{Band: funnel.BandAgreed, At: 630}, "в 10:30", store.HalfAny},
		{"an hour when nobody is there", Turn{Band: funnel.BandAgreed, At: 1200}, "09:00–17:00", store.HalfAny},
		{"the morning of a company two hours east", Turn{Band: funnel.BandRetry, Half: store.HalfMorning, Noon: 660}, "09:00–11:00", store.HalfMorning},
		{"its afternoon", Turn{Band: funnel.BandRetry, Half: store.HalfEvening, Noon: 660}, "11:00–17:00", store.HalfEvening},
		{"a half that nobody shares", Turn{Band: funnel.BandRetry, Half: store.HalfMorning, Noon: 540}, "09:00–17:00", store.HalfEvening},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.turn.when(tt.turn.narrow(w)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if got := tt.turn.half(tt.turn.narrow(w)); got != tt.half {
				t.Errorf("half %q, want %q", got, tt.half)
			}
		})
	}
}

// One manager's full day does not cost another's calls their places.
func TestChooseFillsEveryManagersDue(t *testing.T) {
	managers := []config.Manager{{ID: "a", Dials: 40}, {ID: "b", Dials: 40}}
	var all []Candidate
	for i := range 100 {
		c := due(i, funnel.BandRetry, 100, 0)
		c.Keeper.Manager = "a"
		if i >= 90 {
			c.Turn.Due, c.Keeper.Manager = 101, "b"
		}
		all = append(all, c)
	}
	got, err := Choose(Pick{
		Mix: Mix{1, 0, 0}, Managers: managers, Stopped: nobody, Shares: Shares{New: 0.65}, Due: inTurn(all),
		Ranked: ranked(map[int][]Candidate{0: many(1, 300)}),
	})
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for _, c := range got.Rows {
		if c.Pool == PoolDue {
			rows[c.Row.ManagerID]++
		}
	}
	if rows["a"] != 14 || rows["b"] != 10 {
		t.Errorf("due rows %v, want 14 of a and the 10 of b", rows)
	}
}

// What was agreed beyond twice a manager's dials finds no place, and is told.
func TestChooseTellsWhatItMissed(t *testing.T) {
	var all []Candidate
	for i := range 30 {
		all = append(all, due(i, funnel.BandAgreed, 100, 0))
	}
	silent := due(50, funnel.BandAgreed, 100, 0)
	silent.Phones = nil
	got, err := Choose(Pick{
		Mix: Mix{1, 0, 0}, Managers: []config.Manager{{ID: "a", Dials: 10}}, Stopped: nobody,
		Due: inTurn(append([]Candidate{silent}, all...)), Ranked: ranked(nil),
	})
	if err != nil || len(got.Rows) != 20 {
		t.Fatalf("%d rows, %v", len(got.Rows), err)
	}
	if len(got.Missed) == 0 || got.Missed[0].INN != silent.Row.INN || got.Missed[0].Reason != SkipNoPhone {
		t.Errorf("missed %v", got.Missed)
	}
}

// A pinned company waits for its manager's hours; a number that was dialled lately
// under another ИНН is left alone.
func TestChooseKeepsPinsAndQuiet(t *testing.T) {
	pinned, noisy, free := candidate(1, 0, "+79070000001", 1000), candidate(1, 1, "+79070000002", 1000), candidate(1, 2, "+79070000003", 1000)
	pinned.Keeper, pinned.Windows = Keeper{Manager: "b", Pinned: true}, map[string]Window{"a": {540, 1000}}
	got, err := Choose(Pick{
		Mix: Mix{1, 0, 0}, Managers: []config.Manager{{ID: "a", Dials: 10}, {ID: "b", Dials: 10}}, Stopped: nobody,
		Quiet:  func(phone string) bool { return phone == "+79070000002" },
		Ranked: ranked(map[int][]Candidate{0: {pinned, noisy, free}}),
	})
	if err != nil || len(got.Rows) != 1 || got.Rows[0].Row.INN != free.Row.INN || got.Skipped[SkipPinned] != 1 || got.Skipped[SkipQuiet] != 1 {
		t.Errorf("%d rows, skipped %v, %v", len(got.Rows), got.Skipped, err)
	}
}
