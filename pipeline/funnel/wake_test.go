package funnel

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func TestATenderWakesFromARefusal(t *testing.T) {
	const nov = time.November
	c := byTheBook(t)
	refusal := call(date(nov, 2), NotInterested)
	refusedConsent := call(date(nov, 9), "")
	refusedConsent.Consent = store.ConsentRefused
	undated := call(date(nov, 9), Contract)
	undated.Undated = true
	for _, test := range []struct {
		name    string
		results []store.Result
		notice  company.Date
		day     company.Date
		want    bool
	}{
		{"a newer notice", []store.Result{refusal}, date(nov, 12), date(nov, 16), true},
		{"a notice of the same day", []store.Result{refusal}, date(nov, 2), date(nov, 16), false},
		{"an older notice", []store.Result{refusal}, date(nov, 1), date(nov, 16), false},
		{"a notice without a day", []store.Result{refusal}, 0, date(nov, 16), false},
		{"refused again since", []store.Result{refusal, call(date(nov, 13), NotInterested)}, date(nov, 12), date(nov, 16), false},
		{"never called", nil, date(nov, 12), date(nov, 16), false},
		{"not ours", []store.Result{refusal, call(date(nov, 9), NotOurs)}, date(nov, 12), date(nov, 16), false},
		{"not ours, then not interested", []store.Result{call(date(nov, 2), NotOurs), call(date(nov, 9), NotInterested)}, date(nov, 12), date(nov, 16), false},
		{"asked not to be called", []store.Result{refusal, call(date(nov, 9), DoNotCall)}, date(nov, 12), date(nov, 16), false},
		{"asked not to be called, then not interested", []store.Result{call(date(nov, 2), DoNotCall), call(date(nov, 9), NotInterested)}, date(nov, 12), date(nov, 16), false},
		{"refused its consent", []store.Result{refusal, refusedConsent}, date(nov, 12), date(nov, 16), false},
		{"refused, and named a day", []store.Result{on(refusal, date(nov, 30), 0)}, date(nov, 12), date(nov, 16), false},
		{"rests after six attempts", []store.Result{call(1, NoAnswer), call(2, NoAnswer), call(5, NoAnswer), call(10, NoAnswer), call(17, NoAnswer), call(30, NoAnswer)}, 40, 42, false},
		{"a client", []store.Result{call(date(nov, 1), Contract), refusal}, date(nov, 12), date(nov, 16), false},
		{"an old client", []store.Result{refusal, undated}, date(nov, 12), date(nov, 16), false},
		{"tried an hour ago", []store.Result{refusal, call(date(nov, 16), NoAnswer)}, date(nov, 12), date(nov, 16), false},
		{"tried yesterday", []store.Result{refusal, call(date(nov, 16), NoAnswer)}, date(nov, 12), date(nov, 17), true},
		{"tried twice", []store.Result{refusal, call(date(nov, 9), NoAnswer), call(date(nov, 16), NoAnswer)}, date(nov, 12), date(nov, 17), false},
		{"tried twice, two days ago", []store.Result{refusal, call(date(nov, 9), NoAnswer), call(date(nov, 16), NoAnswer)}, date(nov, 12), date(nov, 18), true},
		{"no such number, and another", []store.Result{refusal, dialled(call(date(nov, 16), NoSuchNumber), "+79070000001")}, date(nov, 12), date(nov, 17), true},
	} {
		p := c.Fold(testINN, test.results)
		if got := c.Wakes(&p, test.notice, test.day); got != test.want {
			t.Errorf("%s: %v, want %v; %+v", test.name, got, test.want, p)
		}
	}
}

func dialled(r store.Result, phone string) store.Result {
	r.Dialled = phone
	return r
}

// So often, and no more: then it rests for good.
func TestAttemptsOfAWakingAreBounded(t *testing.T) {
	c := byTheBook(t)
	results := []store.Result{call(monday, NotInterested)}
	calls := 0
	for day := monday + 10; day < monday+180; day++ {
		p := c.Fold(testINN, results)
		if c.Wakes(&p, monday+8, day) && c.days.Workday(day) {
			results = append(results, call(day, NoAnswer))
			calls++
		}
	}
	if calls != c.rules.RetryAttempts {
		t.Errorf("woken %d times, want %d", calls, c.rules.RetryAttempts)
	}
}

// Whatever the history: nobody is woken but who rests after a refusal, and never
// one that asked for none, is not ours, or is a client.
func TestNobodyElseWakes(t *testing.T) {
	c := byTheBook(t)
	r := rand.New(rand.NewPCG(7, 3))
	woken := 0
	for range 6000 {
		all := history(randomDice(r, 10+r.IntN(120)))
		p := c.Fold(testINN, all)
		stand, _ := Standing(all)
		notice := p.LastDay - 30 + company.Date(r.IntN(60))
		day := p.LastDay + company.Date(r.IntN(60))
		if !c.Wakes(&p, notice, day) {
			continue
		}
		woken++
		banned := slices.ContainsFunc(stand, func(s store.Result) bool {
			return s.Outcome == DoNotCall || s.Consent == store.ConsentRefused || s.Outcome == Contract || s.Outcome == RepeatOrder
		})
		refusal := slices.IndexFunc(stand, func(s store.Result) bool { return s.Outcome == NotInterested && s.Day == p.Refused })
		if banned || p.Band != BandRest || p.Stage == StageOut || refusal < 0 || notice <= p.Refused || day <= p.LastDay || !c.MayCall(&p, day) {
			t.Fatalf("woken on %v by a notice of %v: %+v\nof %+v", day, notice, p, stand)
		}
		for _, later := range stand[refusal+1:] {
			if rule, ok := RuleOf(later.Outcome); ok && rule.Decided && later.Day > p.Refused {
				t.Fatalf("decided otherwise since: %+v", later)
			}
		}
	}
	if woken < 20 {
		t.Errorf("%d were woken: the trials prove too little", woken)
	}
}
