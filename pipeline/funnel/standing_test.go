package funnel

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/store"
)

// from is the call as a file says it that was saved at an hour of the day.
func from(file string, hour int, r store.Result) store.Result {
	r.File, r.Saved = file, r.Day.Time().Add(time.Duration(hour)*time.Hour)
	return r
}

func plain(r store.Result) store.Result { r.List = ""; return r }

func TestStanding(t *testing.T) {
	person := func(r store.Result, name string) store.Result { r.Person = name; return r }
	paid := func(r store.Result, roubles int64) store.Result { r.Amount = roubles; return r }
	said := func(r store.Result, comment string) store.Result { r.Comment = comment; return r }
	for _, test := range []struct {
		name    string
		results []store.Result
		stand   string // files with what they say
		fights  string // won over lost: columns
	}{
		{name: "nothing"},
		{"one", []store.Result{from("a", 9, call(monday, Interest))}, "a Интерес", ""},
		{
			"the later-saved wins",
			[]store.Result{from("a", 19, call(monday, Interest)), from("b", 13, call(monday, NoAnswer))},
			"a Интерес", "a>b: Результат",
		},
		{
			"at the same moment the greater digest",
			[]store.Result{from("a", 13, call(monday, Interest)), from("b", 13, call(monday, NoAnswer))},
			"b Недозвон", "b>a: Результат",
		},
		{
			"saved by another editor",
			[]store.Result{from("a", 13, call(monday, Interest)), from("b", 14, call(monday, Interest))},
			"b Интерес", "",
		},
		{
			"written on",
			[]store.Result{from("a", 13, said(call(monday, Interest), "6205")), from("b", 14, said(call(monday, Interest), "6205, 20 штук"))},
			"b Интерес", "",
		},
		{
			"three files",
			[]store.Result{from("a", 13, call(monday, Interest)), from("b", 14, on(call(monday, CallBack), monday+4, 600)), from("c", 15, call(monday, Interest))},
			"c Интерес", "c>b: Результат, Следующий контакт",
		},
		{
			"an empty result takes none away",
			[]store.Result{from("a", 13, call(monday, Interest)), from("b", 14, person(call(monday, ""), "Образцов О.О."))},
			"a Интерес|b ", "",
		},
		{
			"but its edit counts",
			[]store.Result{from("a", 13, person(call(monday, Interest), "Примеров П.П.")), from("b", 14, person(call(monday, ""), "Образцов О.О."))},
			"a Интерес|b ", "b>a: ЛПР",
		},
		{
			"an older edit is named",
			[]store.Result{from("a", 13, person(call(monday, ""), "Примеров П.П.")), from("b", 14, call(monday, Interest))},
			"b Интерес", "b>a: ЛПР",
		},
		{
			"two lists are two calls",
			[]store.Result{from("b", 14, call(monday+1, NoAnswer)), from("a", 13, call(monday, NoAnswer))},
			"a Недозвон|b Недозвон", "",
		},
		{
			"a fair and a referral on one day",
			[]store.Result{from("a", 13, plain(call(monday, Interest))), from("b", 14, plain(call(monday, OfferSent)))},
			"a Интерес|b КП отправлено", "",
		},
		{
			"two tables of clients",
			[]store.Result{from("a", 13, plain(paid(call(monday, Contract), 70_000))), from("b", 14, plain(paid(call(monday, Contract), 80_000)))},
			"b Контракт", "b>a: Сумма (₽)",
		},
		{
			"a table tells what a list has told",
			[]store.Result{from("b", 14, plain(paid(call(monday, Contract), 70_000))), from("a", 13, call(monday, Contract))},
			"a Контракт", "a>b: Сумма (₽)",
		},
		{
			"edits of a table and of a list",
			[]store.Result{from("b", 14, plain(person(call(monday, ""), "Примеров П.П."))), from("a", 13, call(monday, ""))},
			"a |b ", "",
		},
		{
			"the same file twice",
			[]store.Result{from("a", 13, call(monday, Interest)), from("a", 13, call(monday, Interest))},
			"a Интерес", "",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			stand, conflicts := Standing(test.results)
			var got, fights []string
			for _, r := range stand {
				got = append(got, r.File+" "+r.Outcome)
			}
			for _, c := range conflicts {
				fights = append(fights, c.Won.File+">"+c.Lost.File+": "+strings.Join(c.Columns, ", "))
			}
			if strings.Join(got, "|") != test.stand || strings.Join(fights, "|") != test.fights {
				t.Errorf("stand %q, conflicts %q; want %q, %q", got, fights, test.stand, test.fights)
			}
		})
	}
}

// What does not stand is either said by what stands or named as lost.
func TestNothingIsLostSilently(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for range 2000 {
		all := history(randomDice(r, 200))
		stand, conflicts := Standing(all)
		again, others := Standing(jumbled(r, all))
		if !reflect.DeepEqual(stand, again) || !reflect.DeepEqual(conflicts, others) {
			t.Fatalf("the order of %+v matters", all)
		}
		if twice, _ := Standing(stand); !reflect.DeepEqual(twice, stand) {
			t.Fatalf("of what stands %+v not all stands: %+v", stand, twice)
		}
		for i := range all {
			if !told(&all[i], stand, conflicts) {
				t.Fatalf("lost without a word: %+v\nof %+v", all[i], all)
			}
		}
	}
}

// told tells whether a result stands, is said by one that does, or is named.
func told(r *store.Result, stand []store.Result, conflicts []Conflict) bool {
	named := slices.ContainsFunc(conflicts, func(c Conflict) bool { return c.Lost.Key() == r.Key() })
	return named || slices.ContainsFunc(stand, func(s store.Result) bool { return s.Key() == r.Key() || says(&s, r) })
}

// says tells whether all that one result holds stands in another of that day.
func says(s, r *store.Result) bool {
	return s.Day == r.Day && (r.Outcome == "" || s.Outcome == r.Outcome) &&
		(r.Next == 0 || s.Next == r.Next && s.NextAt == r.NextAt) && (r.Amount == 0 || s.Amount == r.Amount) &&
		(r.Consent == "" || s.Consent == r.Consent) && (r.Person == "" || s.Person == r.Person) &&
		(r.Manager == "" || s.Manager == r.Manager) && (r.Phones == nil || slices.Equal(s.Phones, r.Phones))
}
