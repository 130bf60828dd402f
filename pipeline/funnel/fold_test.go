package funnel

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func date(month time.Month, day int) company.Date { return company.NewDate(2026, month, day) }

func TestFold(t *testing.T) {
	const nov, dec = time.November, time.December
	half := func(r store.Result, h store.Half) store.Result { r.Half = h; return r }
	refused := func(r store.Result) store.Result { r.Consent = store.ConsentRefused; return r }
	for _, test := range []struct {
		name    string
		results []store.Result
		stage   Stage
		band    Band
		due     company.Date
		at      int
		half    store.Half
	}{
		{name: "never called"},
		{
			"no answer: tomorrow in the other half",
			[]store.Result{half(call(date(nov, 23), NoAnswer), store.HalfMorning)},
			StageLead, BandRetry, date(nov, 24), 0, store.HalfEvening,
		},
		{
			"in the evening: the morning after the weekend",
			[]store.Result{half(call(date(nov, 27), NoAnswer), store.HalfEvening)},
			StageLead, BandRetry, date(nov, 30), 0, store.HalfMorning,
		},
		{
			"an unknown half after one attempt",
			[]store.Result{call(date(nov, 23), NoAnswer)},
			StageLead, BandRetry, date(nov, 24), 0, store.HalfEvening,
		},
		{
			"an unknown half after two",
			[]store.Result{call(date(nov, 23), NoAnswer), call(date(nov, 24), NotDecider)},
			StageLead, BandRetry, date(nov, 26), 0, store.HalfMorning,
		},
		{
			"called back on the day and hour",
			[]store.Result{on(call(date(nov, 23), CallBack), date(dec, 1), 905)},
			StageProspect, BandAgreed, date(dec, 1), 905, "",
		},
		{
			"agreed for a day off",
			[]store.Result{on(call(date(nov, 23), CallBack), date(nov, 28), 600)},
			StageProspect, BandAgreed, date(nov, 30), 600, "",
		},
		{
			"a call back without a day",
			[]store.Result{call(date(nov, 27), CallBack)},
			StageProspect, BandAgreed, date(nov, 30), 0, "",
		},
		{
			"a day in the past is a slip",
			[]store.Result{on(call(date(nov, 25), OfferSent), date(nov, 20), 600)},
			StageOffer, BandFollow, date(nov, 30), 0, "",
		},
		{
			"agreed for the same day",
			[]store.Result{on(call(date(nov, 25), CallBack), date(nov, 25), 960)},
			StageProspect, BandAgreed, date(nov, 26), 960, "",
		},
		{
			"a day without an answer is no agreement",
			[]store.Result{on(call(date(nov, 25), NoAnswer), date(dec, 7), 0)},
			StageLead, BandRetry, date(dec, 7), 0, "",
		},
		{
			"the one who decides will be there",
			[]store.Result{on(call(date(nov, 25), NotDecider), date(dec, 7), 0)},
			StageLead, BandAgreed, date(dec, 7), 0, "",
		},
		{
			"an attempt out of turn leaves the agreed day",
			[]store.Result{on(call(date(nov, 23), Interest), date(dec, 7), 600), call(date(nov, 25), NoAnswer)},
			StageProspect, BandAgreed, date(dec, 7), 600, "",
		},
		{
			"on the agreed day nobody answers",
			[]store.Result{on(call(date(nov, 23), OfferSent), date(nov, 26), 0), half(call(date(nov, 26), NoAnswer), store.HalfMorning)},
			StageOffer, BandRetry, date(nov, 27), 0, store.HalfEvening,
		},
		{
			"not interested",
			[]store.Result{call(date(nov, 23), NotInterested)},
			StageLead, BandRest, company.NewDate(2027, time.May, 24), 0, "", // 180 days later is a Saturday
		},
		{
			"not interested, but in spring",
			[]store.Result{on(call(date(nov, 23), NotInterested), company.NewDate(2027, time.March, 1), 0)},
			StageLead, BandAgreed, company.NewDate(2027, time.March, 1), 0, "",
		},
		{
			"a stray attempt does not end the rest",
			[]store.Result{call(date(nov, 23), NotInterested), call(date(dec, 1), NoAnswer)},
			StageLead, BandRest, company.NewDate(2027, time.May, 24), 0, "",
		},
		{
			"interest for the second time",
			[]store.Result{call(date(nov, 23), Interest), call(date(nov, 24), Interest)},
			StageProspect, BandFollow, date(nov, 27), 0, "",
		},
		{"an offer", []store.Result{call(date(nov, 23), OfferSent)}, StageOffer, BandFollow, date(nov, 26), 0, ""},
		{
			"an offer for the fourth time",
			[]store.Result{call(date(nov, 23), OfferSent), call(date(nov, 26), OfferSent), call(date(dec, 3), OfferSent), call(date(dec, 10), OfferSent)},
			StageOffer, BandStuck, 0, 0, "",
		},
		{
			"then only by agreement",
			[]store.Result{call(date(nov, 23), OfferSent), call(date(nov, 26), OfferSent), call(date(dec, 3), OfferSent), on(call(date(dec, 10), OfferSent), date(dec, 25), 0)},
			StageOffer, BandAgreed, date(dec, 25), 0, "",
		},
		{"a trial over the new year", []store.Result{call(date(dec, 21), Trial)}, StageTrial, BandTrial, company.NewDate(2027, time.January, 12), 0, ""},
		{
			"a stage is not lost",
			[]store.Result{call(date(nov, 23), Trial), call(date(dec, 7), NoAnswer)},
			StageTrial, BandRetry, date(dec, 8), 0, store.HalfMorning,
		},
		{"not a customer", []store.Result{on(call(date(nov, 23), NotOurs), date(dec, 7), 0)}, StageOut, BandOut, 0, 0, ""},
		{"not a customer, later not reached", []store.Result{call(date(nov, 23), NotOurs), call(date(nov, 24), NoAnswer)}, StageOut, BandOut, 0, 0, ""},
		{"not a customer after all one", []store.Result{call(date(nov, 23), NotOurs), call(date(nov, 24), OfferSent)}, StageOffer, BandFollow, date(nov, 27), 0, ""},
		{"asked for no calls", []store.Result{on(call(date(nov, 23), DoNotCall), date(dec, 7), 0), on(call(date(nov, 24), Interest), date(dec, 7), 0)}, StageOut, BandOut, 0, 0, ""},
		{"refused in a row without a result", []store.Result{refused(call(date(nov, 23), "")), call(date(nov, 24), Contract)}, StageOut, BandOut, 0, 0, ""},
		{"a day put into a row without a result", []store.Result{on(call(date(nov, 23), ""), date(dec, 7), 600)}, StageLead, BandRetry, date(dec, 7), 600, ""},
		{"a word that is no result", []store.Result{call(date(nov, 23), "Что-то")}, StageLead, BandNew, 0, 0, ""},
		{"no such number: the next one", []store.Result{call(date(nov, 27), NoSuchNumber)}, StageLead, BandRetry, date(nov, 30), 0, ""},
		{"a contract", []store.Result{call(date(nov, 23), Contract)}, StageContract, BandOnboarding, date(nov, 24), 0, ""},
		{"a week after the contract", []store.Result{call(date(nov, 20), Contract), call(date(nov, 23), NoAnswer)}, StageContract, BandRetry, date(nov, 24), 0, store.HalfMorning},
		{"the next day of onboarding comes before the retry", []store.Result{call(date(nov, 20), Contract), call(date(nov, 23), NoAnswer), call(date(nov, 26), NoAnswer)}, StageContract, BandOnboarding, date(nov, 27), 0, ""},
		{"a client orders again", []store.Result{call(date(nov, 20), Contract), call(date(nov, 27), RepeatOrder)}, StageRepeat, BandOnboarding, date(dec, 4), 0, ""},
		{"a client with nothing planned", []store.Result{call(date(nov, 20), Contract), call(company.NewDate(2027, time.February, 1), RepeatOrder)}, StageRepeat, BandClient, 0, 0, ""},
		{"a client asks for a day", []store.Result{call(date(nov, 20), Contract), on(call(date(nov, 23), RepeatOrder), date(dec, 15), 0)}, StageRepeat, BandAgreed, date(dec, 15), 0, ""},
		{"a client wants an offer", []store.Result{call(date(nov, 20), Contract), call(date(dec, 7), OfferSent)}, StageContract, BandFollow, date(dec, 10), 0, ""},
		{"a client asks for a call on a day of onboarding", []store.Result{call(date(nov, 20), Contract), call(date(nov, 26), CallBack)}, StageContract, BandAgreed, date(nov, 27), 0, ""},
		{"a day put down for a client", []store.Result{call(date(nov, 20), Contract), on(call(date(nov, 23), NoAnswer), date(dec, 15), 0)}, StageContract, BandRetry, date(dec, 15), 0, ""},
		{"an old client does not answer", []store.Result{call(company.NewDate(2023, time.May, 2), Contract), call(date(nov, 23), NoAnswer)}, StageContract, BandClient, 0, 0, ""},
		{"an attempt before the day put down", []store.Result{on(call(date(nov, 23), NoAnswer), date(dec, 7), 600), call(date(nov, 26), NoAnswer)}, StageLead, BandRetry, date(dec, 7), 600, ""},
		{
			"no customer, then one that calls back: moves count anew",
			[]store.Result{call(date(nov, 9), CallBack), call(date(nov, 10), CallBack), call(date(nov, 11), CallBack), call(date(nov, 12), NotOurs), on(call(date(nov, 23), CallBack), date(dec, 7), 0)},
			StageProspect, BandAgreed, date(dec, 7), 0, "",
		},
		{"a client does not want", []store.Result{call(date(nov, 20), Contract), call(date(nov, 23), NotInterested)}, StageContract, BandRest, company.NewDate(2027, time.May, 24), 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := byTheBook(t).Fold(testINN, test.results)
			if p.Stage != test.stage || p.Band != test.band || p.Due != test.due || p.At != test.at || p.Half != test.half {
				t.Errorf("got %s, %s, due %v at %d in %q; want %s, %s, due %v at %d in %q",
					p.Stage.Title(), p.Band.Title(), p.Due, p.At, p.Half, test.stage.Title(), test.band.Title(), test.due, test.at, test.half)
			}
		})
	}
}

// Six attempts with the days between them, then a rest of sixty.
func TestAttemptsAndRest(t *testing.T) {
	c := byTheBook(t)
	for _, outcome := range []string{NoAnswer, NotDecider} {
		var results []store.Result
		day := monday
		for attempt, days := range []company.Date{1, 2, 5, 7, 9} { // +1, +2, +3, +5, +7 working ones
			results = append(results, call(day, outcome))
			p := c.Fold(testINN, results)
			if p.Band != BandRetry || p.Due != day+days || p.Attempt != attempt+2 {
				t.Fatalf("%s, attempt %d: %s due %v, coming attempt %d; want %v", outcome, attempt+1, p.Band.Title(), p.Due, p.Attempt, day+days)
			}
			day = p.Due
		}
		results = append(results, call(day, outcome))
		if p := c.Fold(testINN, results); p.Band != BandRest || p.Due != calendar.Next(calendar{}, day+59) {
			t.Errorf("%s six times: %s due %v", outcome, p.Band.Title(), p.Due)
		}
		results = append(results, call(c.Fold(testINN, results).Due, outcome))
		if p := c.Fold(testINN, results); p.Band != BandRetry || p.Due != calendar.Next(calendar{}, p.LastDay) {
			t.Errorf("%s after the rest: %s due %v", outcome, p.Band.Title(), p.Due)
		}
	}
}

func TestMovedTooOften(t *testing.T) {
	c := byTheBook(t)
	var results []store.Result
	day := monday - 28
	for move := range 5 {
		results = append(results, on(call(day, CallBack), day+1, 0), call(day+1, NoAnswer))
		p := c.Fold(testINN, results)
		if stuck := p.Band == BandStuck; stuck != (move > 2) {
			t.Errorf("call back said %d times: %s", move+1, p.Band.Title())
		}
		day += 7
	}
	decided := on(call(day, ""), day+7, 600) // the head puts a day down
	results = append(results, decided)
	if p := c.Fold(testINN, results); p.Band != BandAgreed || p.Due != day+7 {
		t.Errorf("after the head's word: %s due %v", p.Band.Title(), p.Due)
	}
	results = append(results, on(call(day+7, CallBack), day+8, 0))
	if p := c.Fold(testINN, results); p.Band != BandAgreed {
		t.Errorf("a move after the head's word: %s", p.Band.Title())
	}
	results = append(results, call(day+8, Interest), on(call(day+9, CallBack), day+14, 0))
	if p := c.Fold(testINN, results); p.Band != BandAgreed || p.Due != day+14 {
		t.Errorf("interest ends the row: %s due %v", p.Band.Title(), p.Due)
	}
}

func TestOnboarding(t *testing.T) {
	c := byTheBook(t)
	results := []store.Result{call(monday, Contract)}
	var days []company.Date
	for len(days) < 10 {
		p := c.Fold(testINN, results)
		if p.Band != BandOnboarding {
			if p.Band != BandClient || p.Due != 0 || p.ClientSince != monday {
				t.Errorf("in the end %s due %v, a client since %v", p.Band.Title(), p.Due, p.ClientSince)
			}
			break
		}
		days = append(days, p.Due-monday)
		results = append(results, call(p.Due, RepeatOrder))
	}
	// Day 45 falls into the holidays: the first working day is Monday, 11 January.
	if want := []company.Date{1, 7, 14, 30, 49, 60}; !slices.Equal(days, want) {
		t.Errorf("called on days %v after the contract, want %v", days, want)
	}
}

// A client that a table of old ones brings in is not welcomed anew.
func TestOldClients(t *testing.T) {
	c := byTheBook(t)
	p := c.Fold(testINN, []store.Result{{INN: testINN, Day: company.NewDate(2023, time.May, 2), Outcome: Contract, File: "aa"}})
	if p.DueOn(monday) || p.BandOn(monday, nil) != BandClient || p.ClientSince == 0 {
		t.Errorf("due %v until %v, %s", p.Due, p.Until, p.BandOn(monday, nil).Title())
	}
	if first := p.ClientSince + 1; !p.DueOn(first) || p.BandOn(first, nil) != BandOnboarding {
		t.Error("then it was")
	}
}

// Nor is one of whom a table says no day, however often it comes: nobody called,
// and what was agreed stands.
func TestClientsWithoutADay(t *testing.T) {
	c := byTheBook(t)
	known := func(day company.Date, outcome string) store.Result {
		return store.Result{INN: testINN, Day: day, Outcome: outcome, File: day.String(), Saved: day.Time(), Undated: true}
	}
	for _, outcome := range []string{Contract, RepeatOrder} {
		results := []store.Result{known(monday, outcome)}
		p := c.Fold(testINN, results)
		if p.Band != BandClient || p.Due != 0 || p.Dials != 0 || p.LastDay != 0 || !p.Reached || p.ClientSince != monday || !p.OldClient || len(p.Orders) != 0 {
			t.Errorf("%s: %+v", outcome, p)
		}
		results = append(results, call(monday+3, RepeatOrder))
		if p = c.Fold(testINN, results); p.Band != BandClient || p.Dials != 1 || len(p.Orders) != 1 {
			t.Errorf("%s, then an order: %s after %d calls, %v", outcome, p.Band.Title(), p.Dials, p.Orders)
		}
		results = append(results, on(call(monday+7, CallBack), monday+21, 600), known(monday+14, outcome))
		if p = c.Fold(testINN, results); p.Band != BandAgreed || p.Due != monday+21 || p.LastDay != monday+7 {
			t.Errorf("%s, agreed: %s due %v, called on %v", outcome, p.Band.Title(), p.Due, p.LastDay)
		}
	}
	for name, results := range map[string][]store.Result{
		"an offer goes out":   {call(monday, OfferSent), known(monday+1, Contract)},
		"nobody answered":     {call(monday, NoAnswer), known(monday+1, Contract)},
		"not ours":            {call(monday, NotOurs), known(monday+1, Contract)},
		"the head's decision": {call(monday-9, CallBack), call(monday-8, CallBack), call(monday-7, CallBack), call(monday, CallBack), known(monday+1, Contract)},
	} {
		if p := c.Fold(testINN, results); p.Band != BandClient || p.Stage != StageContract {
			t.Errorf("%s: %s, %s", name, p.Stage.Title(), p.Band.Title())
		}
	}
	next := on(known(monday, Contract), monday+2, 600)
	if p := c.Fold(testINN, []store.Result{next}); p.Band != BandAgreed || p.Due != monday+2 || p.At != 600 {
		t.Errorf("a day beside it: %s due %v", p.Band.Title(), p.Due)
	}
	fresh := []store.Result{call(monday, Contract), known(monday+1, Contract)}
	if p := c.Fold(testINN, fresh); p.Band != BandOnboarding || p.OldClient {
		t.Errorf("a new client in the table: %s", p.Band.Title())
	}
	again := plain(call(monday+1, Contract)) // of another table, with its day
	if p := c.Fold(testINN, []store.Result{call(monday, Contract), known(monday+1, Contract), again}); p.Dials != 2 {
		t.Errorf("%d calls, want 2", p.Dials)
	}
}

// Naming a day each time does not go on for ever: six attempts, then the rest, or
// the head's decision where somebody keeps putting it off.
func TestAttemptsWithDays(t *testing.T) {
	c := byTheBook(t)
	for outcome, end := range map[string]Band{NoAnswer: BandRest, NotDecider: BandStuck} {
		var results []store.Result
		day := monday
		for attempt := 1; ; attempt++ {
			results = append(results, on(call(day, outcome), c.after(day, 1), 0))
			p := c.Fold(testINN, results)
			if attempt == 6 {
				if p.Band != end {
					t.Errorf("%s six times: %s due %v", outcome, p.Band.Title(), p.Due)
				}
				break
			}
			if p.Due != c.after(day, 1) {
				t.Fatalf("%s, attempt %d: %s due %v", outcome, attempt, p.Band.Title(), p.Due)
			}
			day = p.Due
		}
		results = append(results, on(call(day, ""), day+7, 0), on(call(day+7, outcome), day+8, 0))
		results[6].File = "head"
		if p := c.Fold(testINN, results); end == BandStuck && (p.Band != BandAgreed || p.Due != day+8) {
			t.Errorf("after the head's word: %s due %v", p.Band.Title(), p.Due)
		}
	}
}

func TestNumbers(t *testing.T) {
	c := byTheBook(t)
	bad := func(day company.Date, number string) store.Result {
		r := call(day, NoSuchNumber)
		r.Dialled = number
		return r
	}
	phones := []string{"+79070000001", "+79070000002;ext=5"}
	results := []store.Result{bad(monday, "+79070000002"), bad(monday+1, "+79070000001")}
	p := c.Fold(testINN, results[:1])
	if got := p.dialable(phones); !slices.Equal(got, phones[:1]) || p.BandOn(monday+1, phones) != BandRetry {
		t.Errorf("left %q, %s", got, p.BandOn(monday+1, phones).Title())
	}
	p = c.Fold(testINN, results)
	if p.BandOn(monday+2, phones) != BandNoNumber || !slices.Equal(p.BadPhones, []string{"+79070000001", "+79070000002"}) {
		t.Errorf("%s, bad %q", p.BandOn(monday+2, phones).Title(), p.BadPhones)
	}
	better := call(monday+2, "")
	better.Phones = []string{"+79070000002;ext=6"}
	if p = c.Fold(testINN, append(results, better)); !slices.Equal(p.BadPhones, []string{"+79070000001"}) {
		t.Errorf("a number put down again is bad still: %q", p.BadPhones)
	}
	if p = c.Fold(testINN, append(results, call(monday+2, Interest))); !slices.Equal(p.BadPhones, []string{"+79070000002"}) {
		t.Errorf("a number that answered is bad still: %q", p.BadPhones)
	}
	if p = c.Fold(testINN, append(results, call(monday+2, NotOurs))); p.BandOn(monday+3, nil) != BandOut || p.Since(StageLead) != monday {
		t.Errorf("not a customer: %s", p.BandOn(monday+3, nil).Title())
	}
	// Which number was dialled is not known: the attempts must end all the same.
	var unknown []store.Result
	for day := monday; len(unknown) < 6; day = c.Fold(testINN, unknown).Due {
		unknown = append(unknown, bad(day, ""))
	}
	if p = c.Fold(testINN, unknown); p.Band != BandRest || len(p.BadPhones) != 0 {
		t.Errorf("six attempts at unknown numbers: %s, bad %q", p.Band.Title(), p.BadPhones)
	}
}

func TestWhatIsCounted(t *testing.T) {
	order := func(day company.Date, outcome string, roubles int64) store.Result {
		r := call(day, outcome)
		r.Amount, r.Manager = roubles, "manager-2"
		return r
	}
	late := order(monday+9, RepeatOrder, 0)
	late.Manager = "" // not known
	given := call(monday+1, "")
	given.Consent = store.ConsentGiven
	p := byTheBook(t).Fold(testINN, []store.Result{
		call(monday, NoAnswer), given, order(monday+2, Trial, 20_000), order(monday+8, Contract, 150_000), late,
	})
	want := Progress{
		INN: testINN, Stage: StageRepeat, Band: BandOnboarding, Dials: 4, Contacts: 3, Attempt: 5,
		First: monday, LastDay: monday + 9, Last: late, Manager: "manager-2",
		Due: monday + 15, Until: monday + 8 + 60 + onboardingGrace, Calls: []company.Date{monday + 9, monday + 8},
		ClientSince: monday + 8, Reached: true, Consent: store.ConsentGiven,
		Days: map[Stage]company.Date{StageLead: monday, StageTrial: monday + 2, StageContract: monday + 8, StageRepeat: monday + 9},
		Orders: []Order{
			{Day: monday + 2, Outcome: Trial, Roubles: 20_000},
			{Day: monday + 8, Outcome: Contract, Roubles: 150_000},
			{Day: monday + 9, Outcome: RepeatOrder},
		},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got  %+v\nwant %+v", p, want)
	}
	for stage, first := range map[Stage]company.Date{StageLead: monday, StageOffer: monday + 2, StageContract: monday + 8, StageOut: 0} {
		if got := p.Since(stage); got != first {
			t.Errorf("since %s: %v, want %v", stage.Title(), got, first)
		}
	}
}

func TestManners(t *testing.T) {
	c := byTheBook(t)
	p := c.Fold(testINN, []store.Result{call(monday, NoAnswer), call(monday+1, NoAnswer)})
	for day, may := range map[company.Date]bool{monday + 1: false, monday + 2: false, monday + 6: false, monday + 7: true} {
		if c.MayCall(&p, day) != may {
			t.Errorf("a third call %d days after the first: %v", day-monday, !may)
		}
	}
	p = c.Fold(testINN, []store.Result{call(monday, NoAnswer), on(call(monday+1, CallBack), monday+3, 0)})
	for day, may := range map[company.Date]bool{monday + 1: false, monday + 2: false, monday + 3: true, monday + 4: true} {
		if c.MayCall(&p, day) != may {
			t.Errorf("agreed for day 3, on day %d: %v", day-monday, !may)
		}
	}
	if p.Overdue(monday+3) || !p.Overdue(monday+4) {
		t.Error("overdue is what was agreed for an earlier day")
	}
	if p = c.Fold(testINN, []store.Result{call(monday, NotOurs)}); p.Since(StageLead) != 0 || p.Since(StageOut) != monday {
		t.Errorf("out at once: a lead since %v, out since %v", p.Since(StageLead), p.Since(StageOut))
	}
	if p = c.Fold(testINN, nil); !c.MayCall(&p, monday) || p.DueOn(monday) {
		t.Error("a new company may be called, and is not due")
	}
}
