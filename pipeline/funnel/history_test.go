package funnel

import (
	"math/rand/v2"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

const testINN = company.INN("7707083893")

// monday is the first day of the histories.
var monday = company.NewDate(2026, time.November, 23)

// calendar has weekends, and the holidays of a new year.
type calendar struct{}

func (calendar) Workday(d company.Date) bool {
	at := d.Time()
	if at.Month() == time.January && at.Day() <= 8 {
		return false
	}
	return at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
}

func (c calendar) Next(d company.Date) company.Date {
	for d++; !c.Workday(d); d++ {
	}
	return d
}

// byTheBook is the cadence of the embedded segments file.
func byTheBook(tb testing.TB) Cadence {
	tb.Helper()
	_, data := config.DefaultFiles()
	s, err := config.ParseSegments("segments.yaml", data)
	if err != nil {
		tb.Fatal(err)
	}
	return NewCadence(s.Cadence, 2, calendar{})
}

// call is a result of a list's row, as intake makes it.
func call(day company.Date, outcome string) store.Result {
	return store.Result{
		INN: testINN, Day: day, List: day.String(), File: "f-" + day.String(), Saved: day.Time().Add(18 * time.Hour),
		Manager: "manager-1", Outcome: outcome, Dialled: "+79070000001",
	}
}

// on is the call with a day agreed.
func on(r store.Result, next company.Date, at int) store.Result {
	r.Next, r.NextAt = next, at
	return r
}

// dice makes choices out of bytes, so that one generator serves the property
// tests and the fuzzer. When the bytes are used up every choice is 0.
type dice struct{ left []byte }

func (d *dice) n(n int) int {
	if len(d.left) == 0 {
		return 0
	}
	v := int(d.left[0]) % n
	d.left = d.left[1:]
	return v
}

func randomDice(r *rand.Rand, n int) *dice {
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(r.Uint32())
	}
	return &dice{data}
}

func pick[T any](d *dice, from ...T) T { return from[d.n(len(from))] }

// history invents what files may say of a company: the same lists from several
// files, plain tables, edits, days in the past, and words that are none.
func history(d *dice) []store.Result {
	said := append(Outcomes(), NoAnswer, NoAnswer, CallBack, OfferSent, "", "", "Что-то")
	phones := []string{"", "+79070000001", "+79070000002", "+79070000003"}
	seen := map[store.ResultKey]bool{}
	var all []store.Result
	for len(d.left) > 0 && len(all) < 40 {
		day := monday + company.Date(d.n(90))
		r := call(day, said[d.n(len(said))])
		r.File = pick(d, "aa", "bb", "cc")
		r.Saved = day.Time().Add(time.Duration(d.n(3)) * time.Hour)
		if d.n(4) == 0 {
			r.List, r.Origin, r.Undated = "", "выставка", d.n(2) == 0
		}
		if d.n(3) == 0 {
			r.Next, r.NextAt = day+company.Date(d.n(40)-3), pick(d, 0, 600, 905)
		}
		r.Consent = pick(d, "", "", "", "", "", "", store.ConsentGiven, store.ConsentGiven, store.ConsentRefused)
		r.Amount = pick(d, int64(0), 0, 50_000, 120_000)
		r.Half = pick(d, store.HalfAny, store.HalfMorning, store.HalfEvening)
		r.Dialled = pick(d, phones...)
		r.Manager = pick(d, "manager-1", "manager-2", "")
		if d.n(5) == 0 {
			r.Phones = []string{pick(d, phones[1:]...) + pick(d, "", ";ext=7")}
			r.Person = pick(d, "", "Образцов О.О.", "Примеров П.П.")
		}
		if !seen[r.Key()] {
			seen[r.Key()] = true
			all = append(all, r)
		}
	}
	return all
}

// jumbled is the same in another order, some of it twice.
func jumbled(r *rand.Rand, all []store.Result) []store.Result {
	out := append([]store.Result(nil), all...)
	for _, one := range all {
		if r.IntN(3) == 0 {
			out = append(out, one)
		}
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}
