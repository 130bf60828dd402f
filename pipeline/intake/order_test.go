package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

// dump is all that an import changes.
func (o *office) dump(t testing.TB) string {
	t.Helper()
	results, err := o.store.ResultsAfter(t.Context(), store.ResultKey{}, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	stops, err := o.store.StopList(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	marks, err := o.store.Marks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent([]any{results, stops, marks}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func pick[T any](rng *rand.Rand, of ...T) T { return of[rng.IntN(len(of))] }

// randomFill is what somebody may have written into a row.
func randomFill(rng *rand.Rand) map[string]string {
	c := cells{heading.TitleResult: pick(rng, append(funnel.Outcomes(), "", "", "", "недозвон", "Отказ", "Не звонить", "Не звонить")...)}
	if rng.IntN(3) == 0 {
		c[heading.TitleNext] = pick(rng, "в четверг", "24.11", "46360.5", "скоро", "после нового года")
	}
	if rng.IntN(3) == 0 {
		c[heading.TitleComment] = pick(rng, "a1", "b2", "-", "=1+1")
	}
	if rng.IntN(6) == 0 {
		c[heading.TitleConsent] = pick(rng, "да", "нет", "?")
	}
	if rng.IntN(5) == 0 {
		c[heading.TitlePhone] = pretty(900 + rng.IntN(5))
	}
	if rng.IntN(3) == 0 {
		c[heading.TitleManager] = pick(rng, "Первый Менеджер", "Второй Менеджер", "третий", "Никто")
	}
	if rng.IntN(8) == 0 {
		c[heading.TitleAmount] = pick(rng, "12500", "12,5 тыс", "x")
	}
	return c
}

func randomFile(t testing.TB, rng *rand.Rand, n int) pipeline.Returned {
	var f pipeline.Returned
	if kind := rng.IntN(5); kind == 0 {
		var rows []map[string]string
		for range 1 + rng.IntN(6) {
			c := randomFill(rng)
			c[heading.TitleDay] = pick(rng, "", "01.11.2026", "02.11.2026", "20.11.2026", "x")
			c[pick(rng, heading.TitleINN, heading.TitlePhone)] = pick(rng, string(innOf(1+rng.IntN(10))), string(innOf(20)), pretty(20), pretty(21), pretty(50))
			rows = append(rows, c)
		}
		f = plainTable(t, 1+rng.IntN(22), rows...)
	} else {
		fill := map[int]map[string]string{}
		for i := 1; i <= 2*rowsOf; i++ {
			if rng.IntN(2) == 0 {
				fill[i] = randomFill(rng)
			}
		}
		f = book(t, pick(rng, "", "", "manager-1", "manager-2"), 1+rng.IntN(22), fill)
		if rng.IntN(2) == 0 { // a row twice
			f.Rows = append(f.Rows, filled(90, f.Rows[0].Cells, randomFill(rng)))
		}
		rng.Shuffle(len(f.Rows), func(i, j int) { f.Rows[i], f.Rows[j] = f.Rows[j], f.Rows[i] })
	}
	f.Digest = fmt.Sprintf("digest-%d", n)
	f.Name = fmt.Sprintf("file-%d", n)
	return f
}

// The same files in any order, in one import or in several, once or again, and
// whatever sources tell meanwhile, come to the same state.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 5))
		var files []pipeline.Returned
		for n := range 2 + rng.IntN(5) {
			files = append(files, randomFile(t, rng, n))
		}
		first := newOffice(t)
		first.take(t, files...)
		want := first.dump(t)
		learn := func(o *office) {
			for n := range 10 {
				o.read(t, fmt.Sprintf("site-%d", n), 1+n, phoneOf(600+n))
			}
		}
		for range 6 {
			o := newOffice(t)
			again := slices.Concat(files, files[:rng.IntN(len(files))])
			rng.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
			when := rng.IntN(len(again))
			for len(again) > 0 {
				n := 1 + rng.IntN(len(again))
				if len(again)-n <= when {
					learn(o)
					when = -1
				}
				o.take(t, again[:n]...)
				again = again[n:]
			}
			if got := o.dump(t); got != want {
				t.Fatalf("seed %d: %s\nwant %s", seed, got, want)
			}
		}
	}
}

var errKilled = errors.New("killed")

// dying dies at a given write.
type dying struct {
	Store
	journal Journal
	left    int
}

func (d *dying) strike() error {
	if d.left == 0 {
		return errKilled
	}
	d.left--
	return nil
}

func (d *dying) Append(ctx context.Context, e ...journal.Entry) error {
	if err := d.strike(); err != nil {
		return err
	}
	return d.journal.Append(ctx, e...)
}

func (d *dying) AddStops(ctx context.Context, s []store.Stop) (int, error) {
	if err := d.strike(); err != nil {
		return 0, err
	}
	return d.Store.AddStops(ctx, s)
}

func (d *dying) PutMarks(ctx context.Context, m []store.Mark) error {
	if err := d.strike(); err != nil {
		return err
	}
	return d.Store.PutMarks(ctx, m)
}

func (d *dying) PutResults(ctx context.Context, r []store.Result) (int, error) {
	if err := d.strike(); err != nil {
		return 0, err
	}
	return d.Store.PutResults(ctx, r)
}

// Killed before any write, the same import does the rest, and nothing is written
// that the journal was not told.
func TestKilledImportIsDoneByTheNext(t *testing.T) {
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 7))
		files := []pipeline.Returned{randomFile(t, rng, 0), randomFile(t, rng, 1), randomFile(t, rng, 2)}
		whole := newOffice(t)
		whole.take(t, files...)
		want := whole.dump(t)
		for n, done := 0, false; !done; n++ {
			o := newOffice(t)
			d := &dying{Store: o.store, journal: o.notes, left: n}
			o.Store, o.Journal = d, d
			_, err := o.Take(t.Context(), files)
			if done = err == nil; !done && !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			o.toldOf(t)
			o.Store, o.Journal = o.store, o.notes
			o.take(t, files...)
			if got := o.dump(t); got != want {
				t.Fatalf("seed %d, killed before write %d: %s\nwant %s", seed, n+1, got, want)
			}
			o.toldOf(t)
		}
	}
}

// toldOf checks that the journal tells of every result, stop and mark.
func (o *office) toldOf(t *testing.T) {
	t.Helper()
	results := map[store.ResultKey]bool{}
	stops := map[store.Stop]bool{}
	marks := map[store.Mark]bool{}
	for _, e := range o.notes.lines {
		switch {
		case e.Result != nil:
			results[e.Result.Key()] = true
		case e.Stop != nil:
			stops[*e.Stop] = true
		case e.Mark != nil:
			m := *e.Mark
			m.At = m.At.UTC()
			marks[m] = true
		}
	}
	kept, err := o.store.ResultsAfter(t.Context(), store.ResultKey{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range kept {
		if !results[r.Key()] {
			t.Errorf("the journal knows nothing of %+v", r)
		}
	}
	list, err := o.store.StopList(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if !stops[s] {
			t.Errorf("the journal knows nothing of %+v", s)
		}
	}
	all, err := o.store.Marks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if !marks[m] {
			t.Errorf("the journal knows nothing of %+v", m)
		}
	}
}

// Whatever stands in the cells of a row, it is counted once, what is kept could
// be meant, and a refusal is never lost.
func FuzzTake(f *testing.F) {
	f.Add(string(innOf(1)), "Перезвонить", "в четверг", "позже", "да", "12 500 ₽", pretty(1), "a@firm.example", "Второй Менеджер", "01.11.2026", true, false)
	f.Add("", "не звонить", "46350.5", "", "нет", "", pretty(20), "", "", "", false, true)
	f.Fuzz(func(t *testing.T, inn, outcome, next, comment, consent, amount, phone, email, manager, when string, listed, whole bool) {
		o := newOffice(t)
		row := cells{
			heading.TitleINN: inn, heading.TitleResult: outcome, heading.TitleNext: next, heading.TitleComment: comment, heading.TitleConsent: consent,
			heading.TitleAmount: amount, heading.TitlePhone: phone, heading.TitleEmail: email, heading.TitleManager: manager, heading.TitleDay: when,
		}
		file := plainTable(t, 12, row)
		if listed {
			who := "manager-1"
			if whole {
				who = ""
			}
			file = book(t, who, 12, map[int]map[string]string{1: row})
		}
		file.Digest = "d"
		got := o.take(t, file).Files[0]
		if got.Problems > got.Unclear() {
			t.Fatalf("%d problems, %d named: %s", got.Problems, got.Unclear(), said(got))
		}
		kept, err := o.store.ResultsAfter(t.Context(), store.ResultKey{}, 10)
		if err != nil || len(kept) != got.New {
			t.Fatalf("%d kept, %d new, %v", len(kept), got.New, err)
		}
		for _, r := range kept {
			if _, err := company.ParseINN(string(r.INN)); err != nil || r.Next != 0 && r.Next < r.Day || r.Amount < 0 {
				t.Fatalf("%+v, %v", r, err)
			}
			refused := r.Outcome == funnel.DoNotCall || r.Consent == store.ConsentRefused
			if stopped := len(got.Stops) > 0; refused != stopped {
				t.Fatalf("refused %t, stopped %t: %+v", refused, stopped, r)
			}
		}
	})
}
