package risk

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/enrichtest"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func TestAnswers(t *testing.T) {
	v := servicetest.New(t, &registries{})
	answers, err := enrich(t, over(t, v, nil), false, asksOf(companies(t)))
	if err != nil {
		t.Fatal(err)
	}
	for inn, want := range map[company.INN]map[company.Risk]string{
		clean: nil, saved: nil,
		fallen: {company.RiskBankruptcy: "Конкурсное производство, дело А50-1/2026, с 14.01.2026"},
		unfair: {company.RiskUnfair: "44-ФЗ, запись № 26000001, с 13.08.2026, до 14.08.2028"},
		warned: {
			company.RiskMassAddress: "организаций по этому адресу: 10", company.RiskMassHead: "руководитель в нескольких организациях: 12",
			company.RiskDoubt: "сведения о руководителе недостоверны", company.RiskNoReports: "налоговая отчётность не представляется более года",
			company.RiskTaxDebt: "задолженность свыше 1000 ₽, направлена судебным приставам; недоимка 1234567 ₽",
		},
		sole: {company.RiskDoubt: "сведения в ЕГРЮЛ недостоверны"},
	} {
		a := answers[string(inn)]
		if !maps.Equal(risks(a.Observation), want) || a.Found != (want != nil) || (a.Outcome == "clean") == a.Found || !a.Again.Equal(now.Add(Defaults().Again)) {
			t.Errorf("%s: %+v", inn, a)
		}
		if a.Found {
			if err := sourcetest.CheckObservation(&a.Observation, false); err != nil {
				t.Errorf("%s: %v", inn, err)
			}
		}
	}
	if o := answers[string(fallen)].Observation; o.First(company.FieldStatus) != "bankrupt" || o.First(company.FieldStatusText) != "Конкурсное производство" {
		t.Errorf("%+v", o)
	}
	if o := answers[string(sole)].Observation; o.Facts[0].Subject != company.SubjectSole {
		t.Errorf("%+v", o)
	}
	for _, a := range v.Asked() {
		if a.Path == "/backend/cmpbankrupts" && strings.Contains(a.Query, string(sole)) {
			t.Error("a case of a person was looked for")
		}
	}
}

func TestStages(t *testing.T) {
	for _, c := range []struct {
		code, words string
		over        bool
	}{
		{"Watching", "Наблюдение", false},
		{"Tender", "Конкурсное производство", false},
		{"ExternalManagement", "Внешнее управление", false},
		{"ProceedingsStopped", "", true},
		{"ProceedingsFinished", "", true},
		{"Novel", "Производство по делу прекращено", true},
		{"Novel", "Что-то новое", false},
		{"SettlementAgreement", "Утверждено мировое соглашение", true},
	} {
		if got := ended(c.code, c.words); got != c.over {
			t.Errorf("%s %s: ended %v", c.code, c.words, got)
		}
	}
}

// TestOldRisk: one that is over does not stand for ever; one of a part that is down does.
func TestOldRisk(t *testing.T) {
	old := company.Observation{Source: "trouble", Key: string(clean), INN: clean, Date: company.NewDate(2026, time.January, 1)}
	old.Facts = []company.Fact{
		{Field: company.FieldRisk, Value: string(company.RiskTaxDebt), Note: "старое"}, {Field: company.FieldRisk, Value: string(company.RiskUnfair), Note: "старое", FirstSeen: 1},
	}
	old.Sort()
	site := &registries{downs: map[Part]int{}}
	v := servicetest.New(t, site)
	ask := asksOf([]company.Company{about(t, clean, old)})
	answers, err := enrich(t, over(t, v, nil), false, ask)
	a := answers[string(clean)]
	if err != nil || !a.Found || len(risks(a.Observation)) != 0 || len(a.Observation.All(company.FieldCard)) != 1 || a.Outcome != "clean" {
		t.Errorf("%+v, %v", a, err)
	}
	site.downs[PartUnfair] = http.StatusNotFound
	answers, err = enrich(t, over(t, v, nil), false, ask)
	a = answers[string(clean)]
	if !errors.Is(err, ErrRefused) || !maps.Equal(risks(a.Observation), map[company.Risk]string{company.RiskUnfair: "старое"}) || !a.Again.Equal(now.Add(partly)) {
		t.Errorf("%+v, %v", a, err)
	}
	if err := sourcetest.CheckObservation(&a.Observation, false); err != nil {
		t.Error(err)
	}
	site.downs = map[Part]int{PartBankruptcy: http.StatusUnauthorized}
	answers, _ = enrich(t, over(t, v, nil), false, ask)
	if a = answers[string(clean)]; !a.Found || len(risks(a.Observation)) != 0 || a.Outcome != "key" {
		t.Errorf("what other parts said stands: %+v", a)
	}
}

// TestPartsGoDownAlone: what one site refuses the others still tell, and it is not asked
// again that night.
func TestPartsGoDownAlone(t *testing.T) {
	for part, code := range map[Part]int{PartBankruptcy: http.StatusUnauthorized, PartUnfair: http.StatusNotFound, PartFlags: http.StatusForbidden} {
		v := servicetest.New(t, &registries{downs: map[Part]int{part: code}})
		answers, err := enrich(t, over(t, v, nil), false, asksOf(companies(t)))
		if !errors.Is(err, ErrRefused) || !errors.Is(err, service.ErrLimit) || len(answers) != 6 {
			t.Fatalf("%s: %d answers, %v", part, len(answers), err)
		}
		found := 0
		for _, a := range answers {
			if a.Found {
				found++
			}
		}
		if found < 2 {
			t.Errorf("%s: %d found", part, found)
		}
		if n := asked(v, part); n != 1 {
			t.Errorf("%s was asked %d times", part, n)
		}
	}
	v := servicetest.New(t, &registries{downs: map[Part]int{PartBankruptcy: http.StatusUnauthorized, PartUnfair: http.StatusBadGateway, PartFlags: http.StatusTooManyRequests}})
	answers, err := enrich(t, over(t, v, nil), false, asksOf(companies(t)))
	if len(answers) != 0 || !errors.Is(err, ErrRefused) || !errors.Is(err, service.ErrDown) || !errors.Is(err, service.ErrLimit) {
		t.Errorf("all down: %d answers, %v", len(answers), err)
	}
}

// asked is how often the vendor was asked by a part.
func asked(v *servicetest.Vendor, p Part) int {
	n := 0
	for _, a := range v.Asked() {
		flags := strings.HasSuffix(a.Path, "-proc.json")
		if p == PartFlags == flags && (flags || (p == PartUnfair) == strings.HasPrefix(a.Path, "/epz")) {
			n++
		}
	}
	return n
}

// TestBudgets: each part has its own, held to the call.
func TestBudgets(t *testing.T) {
	v := servicetest.New(t, &registries{})
	purse := &servicetest.Purse{}
	e := over(t, v, func(p Part, so *service.Options) {
		so.Purse, so.PerDay = purse, map[Part]int64{PartBankruptcy: 100, PartUnfair: 2, PartFlags: 7}[p]
	})
	answers, err := enrich(t, e, false, asksOf(companies(t)))
	if !errors.Is(err, pipeline.ErrUnfinished) || len(answers) != 6 || asked(v, PartUnfair) != 2 || asked(v, PartFlags) != 7 || asked(v, PartBankruptcy) != 5 {
		t.Errorf("%d answers, %d, %d, %d asked: %v", len(answers), asked(v, PartBankruptcy), asked(v, PartUnfair), asked(v, PartFlags), err)
	}
	if a := answers[string(warned)]; a.Outcome != "budget" || !a.Again.Equal(now.Add(partly)) {
		t.Errorf("%+v", a)
	}
	v.Clock.Advance(24 * time.Hour)
	if answers, err = enrich(t, e, false, asksOf(companies(t)[3:4])); err != nil || len(risks(answers[string(warned)].Observation)) != 5 {
		t.Errorf("the next day: %+v, %v", answers, err)
	}
}

// TestShelf: a second run of the day asks nothing; without a basis for named people
// nothing is kept.
func TestShelf(t *testing.T) {
	for _, persons := range []bool{true, false} {
		v := servicetest.New(t, &registries{})
		shelf := &servicetest.Shelf{Now: v.Clock.Now}
		e := over(t, v, func(_ Part, so *service.Options) { so.Shelf = shelf })
		var calls []int
		for range 2 {
			if answers, err := enrich(t, e, persons, asksOf(companies(t))); err != nil || !answers[string(warned)].Found {
				t.Fatal(err)
			}
			calls = append(calls, len(v.Asked()))
		}
		if (calls[0] == calls[1]) != persons {
			t.Errorf("people %v: %v calls", persons, calls)
		}
	}
}

// TestForgottenSearch: one that was begun at another time, and is not known there any
// more, is begun anew.
func TestForgottenSearch(t *testing.T) {
	forgotten := true
	base := &registries{}
	v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("method") == "get-response" && forgotten {
			_, _ = io.WriteString(w, "null")
			return
		}
		if r.FormValue("mode") == "search-ul" {
			forgotten = false
		}
		base.ServeHTTP(w, r)
	}))
	shelf := &servicetest.Shelf{Now: v.Clock.Now}
	e := over(t, v, func(_ Part, so *service.Options) { so.Shelf = shelf }, PartFlags)
	if _, _, err := e.reply(t.Context(), searchForm(warned, false)); err != nil {
		t.Fatal(err)
	}
	forgotten = true
	answers, err := enrich(t, e, true, asksOf(companies(t)[3:4]))
	if err != nil || !answers[string(warned)].Found {
		t.Errorf("%+v, %v", answers, err)
	}
}

func TestSitesComplain(t *testing.T) {
	other := `{"pageData":[` + caseOf(unfair, "Tender", "Конкурсное производство") + `],"total":40}`
	for name, c := range map[string]struct {
		part    Part
		code    int
		body    string
		want    error
		outcome string
	}{
		"captcha":             {PartFlags, 400, `{"ERRORS":{"pbSearchCaptcha":["Требуется ввести цифры с картинки"]}}`, ErrCaptcha, ""},
		"captcha with 200":    {PartFlags, 200, `{"id":"x","captchaRequired":true}`, ErrCaptcha, ""},
		"too often":           {PartFlags, 429, `{"ERRORS":{"pbRateLimit":["x"]}}`, service.ErrLimit, ""},
		"of the question":     {PartFlags, 400, `{"ERRORS":{"queryUl":["x"]}}`, nil, "ask"},
		"never done":          {PartFlags, 200, `null`, nil, "pending"},
		"no rows":             {PartFlags, 200, `{"id":"x"}`, service.ErrLayout, ""},
		"Qrator":              {PartBankruptcy, 401, `<html>`, ErrRefused, ""},
		"a page of Qrator":    {PartBankruptcy, 200, `<!DOCTYPE html><html>`, ErrBlocked, ""},
		"not all rows":        {PartBankruptcy, 200, other, nil, "ask"},
		"another's name":      {PartBankruptcy, 200, `{"pageData":[{"inn":"5902000008","name":"ООО \"СОВСЕМ ДРУГОЕ\""}],"total":1}`, nil, "poison"},
		"hidden refusal":      {PartUnfair, 404, ``, ErrRefused, ""},
		"no label":            {PartUnfair, 200, `<rss><channel><item><description>x</description></item></channel></rss>`, service.ErrLayout, ""},
		"a cut feed":          {PartUnfair, 200, `<rss><channel><item>`, nil, "broken"},
		"another's record":    {PartUnfair, 200, `<rss><channel>` + record(string(clean), `ООО "СОВСЕМ ДРУГОЕ"`, "Размещено") + `</channel></rss>`, nil, "poison"},
		"a page in its stead": {PartUnfair, 200, `<html><body>Вы не робот?</body></html>`, ErrBlocked, ""},
	} {
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.code)
			_, _ = io.WriteString(w, c.body)
		}))
		answers, err := enrich(t, over(t, v, nil, c.part), false, asksOf(companies(t)[:1]))
		if !errors.Is(err, c.want) || c.want == nil && (err != nil || answers[string(clean)].Outcome != c.outcome || answers[string(clean)].Found) {
			t.Errorf("%s: %v, %+v", name, err, answers)
		}
		if errors.Is(err, ErrCaptcha) && (!errors.Is(err, service.ErrLimit) || len(v.Asked()) != 1) {
			t.Errorf("%s: %v after %d calls", name, err, len(v.Asked()))
		}
	}
}

func TestHolds(t *testing.T) {
	for part, want := range map[Part]string{PartBankruptcy: "0 rows", PartUnfair: "1 records", PartFlags: "no picture"} {
		t.Run(string(part), func(t *testing.T) {
			v := servicetest.New(t, &registries{})
			e := over(t, v, nil, part)
			servicetest.Hold(t, v, func(t *testing.T) error {
				answers, err := enrich(t, e, false, asksOf(companies(t)[:1]))
				if err == nil && answers[string(clean)].Outcome == "broken" {
					return service.ErrBroken // told in the answer: the next may come whole
				}
				return err
			})
			v.Forget()
			if saw, err := e.Probe(t.Context()); err != nil || !strings.Contains(saw, want) || len(v.Asked()) != 1 {
				t.Errorf("mended: %q, %v", saw, err)
			}
		})
	}
}

func TestConforms(t *testing.T) {
	enrichtest.Run(t, func() pipeline.Enricher { return withoutNetwork(t) }, companies(t)...)
}

func TestValidate(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"all off": func(o *Options) { o.Bankruptcy, o.Unfair, o.Flags = false, false, false },
		"address": func(o *Options) { o.MassAddress = 1 },
		"head":    func(o *Options) { o.MassHead = 0 },
		"again":   func(o *Options) { o.Again = time.Hour },
	} {
		o := Defaults()
		change(&o)
		if o.Validate() == nil {
			t.Errorf("%s is let pass", name)
		}
	}
	if _, err := New("trouble", nil, Defaults()); err == nil || !strings.Contains(err.Error(), "bankruptcy") {
		t.Errorf("without services: %v", err)
	}
	e := withoutNetwork(t)
	e.options = only(PartBankruptcy)
	person, listing := about(t, sole), company.Derive("", nil, nil)
	if e.Lacks(&person) || e.Lacks(&listing) {
		t.Error("asked for whom no part knows")
	}
}

// TestRealAnswers replays the real answers. No name of a person stands here.
func TestRealAnswers(t *testing.T) {
	read := func(name string) []byte {
		b, err := os.ReadFile(realfiles.Path(t, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	cases, row := read("efrsb-json/cmpbankrupts-0266051268.json"), read("pb-json/search-result-2026-7707083893.json")
	v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodGet:
			_, _ = w.Write(cases)
		case r.FormValue("mode") == "search-ul":
			_, _ = io.WriteString(w, `{"id":"x","captchaRequired":false}`)
		default:
			_, _ = w.Write(row)
		}
	}))
	bare := func(inn company.INN) []pipeline.Ask {
		return asksOf([]company.Company{company.Derive(inn, []company.Observation{{Source: "directory", Key: "1", INN: inn, Date: 1}}, nil)})
	}
	answers, err := enrich(t, over(t, v, nil, PartBankruptcy), false, append(bare("0266051268"), bare("5036045205")...))
	want := map[company.Risk]string{company.RiskBankruptcy: "Наблюдение, дело А07-40092/2023, с 14.01.2025"}
	if a := answers["0266051268"]; err != nil || !maps.Equal(risks(a.Observation), want) || a.Observation.First(company.FieldStatus) != "" {
		t.Errorf("%+v, %v", a, err)
	}
	if a := answers["5036045205"]; a.Found || a.Outcome != "clean" {
		t.Errorf("another's case: %+v", a)
	}
	o := only(PartFlags)
	o.Card = false
	answers, err = enrich(t, build(t, v.Client(t), v.URL, o, nil), false, bare("7707083893"))
	if a := answers["7707083893"]; err != nil || a.Found || a.Outcome != "clean" {
		t.Errorf("%+v, %v", a, err)
	}
}

func named(err error) bool {
	return slices.ContainsFunc([]error{service.ErrLayout, service.ErrBroken, service.ErrLimit, service.ErrAsk, ErrPending}, func(n error) bool { return errors.Is(err, n) })
}

func canonical(t *testing.T, facts []company.Fact) {
	t.Helper()
	o := company.Observation{Source: "trouble", Key: "x", INN: clean, Date: 1, Facts: facts}
	o.Sort()
	if err := sourcetest.CheckObservation(&o, false); err != nil {
		t.Fatalf("%+v: %v", o, err)
	}
}

// FuzzBankrupts, FuzzEntries and FuzzReply: an error has a name, and what is read is
// canonical.
func FuzzBankrupts(f *testing.F) {
	f.Add([]byte(`{"pageData":[` + caseOf(fallen, "Tender", "Конкурсное производство") + `],"total":1}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		b, err := parseBankrupts(body)
		if err != nil {
			if !named(err) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		for i := range *b.Rows {
			canonical(t, (*b.Rows)[i].facts())
		}
	})
}

func FuzzEntries(f *testing.F) {
	f.Add([]byte(`<rss><channel>` + record(string(unfair), `ООО "ПРИМЕР"`, "Размещено") + `</channel></rss>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		entries, err := parseEntries(body)
		if err != nil {
			if !named(err) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		for _, e := range entries {
			if e[labelINN] == "" {
				t.Fatalf("nobody's record %v", e)
			}
			canonical(t, []company.Fact{fact(company.RiskUnfair, e.note())})
		}
	})
}

func FuzzReply(f *testing.F) {
	f.Add([]byte(cardText))
	f.Add([]byte(`{"ul":{"data":[{"inn":1,"invalid":true,"token":null}]}}`))
	f.Add([]byte(`{"ERRORS":{"pbCaptcha":[]}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := parseReply(body)
		if err != nil {
			if !named(err) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		if r.Extract != nil {
			canonical(t, Defaults().warnings(&r.card))
		}
	})
}
