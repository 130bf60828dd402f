package egrul

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
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

var both = []string{ViaMirror, ViaNalog}

func check(t *testing.T, a pipeline.Answer, persons bool, want map[company.Field]string) {
	t.Helper()
	for f, value := range want {
		if got := a.Observation.First(f); got != value {
			t.Errorf("%s: %s = %q, want %q", a.ID, f, got, value)
		}
	}
	if err := sourcetest.CheckObservation(&a.Observation, persons); err != nil {
		t.Errorf("%s: %v", a.ID, err)
	}
}

func TestOutcomes(t *testing.T) {
	for _, via := range both {
		v := servicetest.New(t, site(via))
		answers, err := enrich(t, over(t, v, via, nil), false, asksOf(companies(t)))
		if err != nil {
			t.Fatal(err)
		}
		for inn, want := range map[company.INN]string{known: "", ended: "", absent: "not_found", liar: "poison", broke: "", sole: ""} {
			a := answers[string(inn)]
			again := now.Add(Defaults().Again)
			if want != "" {
				again = now.Add(Defaults().Missing)
			}
			if a.Outcome != want || a.Found != (want == "") || !a.Again.Equal(again) {
				t.Errorf("%s: %s: %+v", via, inn, a)
			}
			if a.Found && a.Observation.First(company.FieldHeadName) != "" {
				t.Errorf("%s: a name though named people are off", via)
			}
		}
		check(t, answers[string(ended)], false, map[company.Field]string{company.FieldStatus: "liquidated"})
		check(t, answers[string(broke)], false, map[company.Field]string{company.FieldStatus: "bankrupt"})
		check(t, answers[string(sole)], false, map[company.Field]string{company.FieldStatus: "active", company.FieldOGRN: "324590000000013"})
		if f := answers[string(sole)].Observation.Facts[0]; f.Field != company.FieldNameFull || f.Subject != company.SubjectSole {
			t.Errorf("%+v", f)
		}
	}
}

func TestExtract(t *testing.T) {
	v := servicetest.New(t, site(ViaMirror))
	answers, err := enrich(t, over(t, v, ViaMirror, nil), true, asksOf(companies(t)))
	if err != nil {
		t.Fatal(err)
	}
	a := answers[string(known)]
	if a.Observation.Date.String() != "2026-11-18" {
		t.Errorf("dated %s", a.Observation.Date)
	}
	check(t, a, true, map[company.Field]string{
		company.FieldNameShort: `ООО "АЗИМУТ"`, company.FieldRegistered: "1999-02-03", company.FieldKPP: "590201001", company.FieldRegion: "59", company.FieldCity: "Пермь",
		company.FieldAddress: "614000, Пермский край, Город Пермь, ул. Заводская, д. 5, к. 1", company.FieldAddressDoubt: "сведения недостоверны (по результатам проверки)",
		company.FieldEmail: "info@azimut.example", company.FieldCapital: "10001", company.FieldStatus: "reorganizing",
		company.FieldStatusText: "Принято решение о предстоящем исключении; Реорганизация в форме присоединения",
		company.FieldOKVEDMain:  "24.10.2", company.FieldOKVEDReported: "24.20", company.FieldHeadPost: "Генеральный директор", company.FieldHeadName: "Выдуманный Пётр Ильич",
		company.FieldRisk: "disqualified",
	})
	if extra := a.Observation.All(company.FieldOKVEDExtra); len(extra) != 1 || extra[0] != "25.11" {
		t.Errorf("additional codes %v", extra)
	}
	check(t, answers[string(ended)], true, map[company.Field]string{
		company.FieldStatusText: "Ликвидировано по решению учредителей", company.FieldCity: "Кунгур", company.FieldAddress: "614001, Пермский край, город Кунгур, ул. Мира, Д. 7",
	})
	for _, f := range answers[string(ended)].Observation.Facts {
		if f.Field == company.FieldStatusText && f.Note != "с 06.05.2024" {
			t.Errorf("%+v", f)
		}
	}
	check(t, answers[string(broke)], true, map[company.Field]string{company.FieldManager: "ООО «Азимут», ИНН 5902000008"})
}

func TestRow(t *testing.T) {
	v := servicetest.New(t, site(ViaNalog))
	answers, err := enrich(t, over(t, v, ViaNalog, nil), true, asksOf(companies(t)[:2]))
	if err != nil {
		t.Fatal(err)
	}
	check(t, answers[string(known)], true, map[company.Field]string{
		company.FieldStatus: "active", company.FieldRegistered: "", company.FieldRegion: "59", company.FieldKPP: "590201001",
		company.FieldHeadPost: "Генеральный директор", company.FieldHeadName: "Выдуманный Пётр Ильич",
	})
	check(t, answers[string(ended)], true, map[company.Field]string{company.FieldRegistered: "2010-05-06", company.FieldStatusText: "Деятельность прекращена"})
	var log []string
	for _, a := range v.Asked() {
		log = append(log, a.Method+" "+a.Path)
	}
	if want := "POST /,GET /search-result/T5902000008,GET /search-result/T5902000008"; !strings.HasPrefix(strings.Join(log, ","), want) {
		t.Errorf("asked %q", log)
	}
	for _, head := range []string{`УПРАВЛЯЮЩАЯ ОРГАНИЗАЦИЯ: ООО "АЗИМУТ"`, "ЛИКВИДАТОР: Выдуманный Иван", "", "ДИРЕКТОР"} {
		o := company.Observation{Source: "register", Key: "x", INN: known, Date: 1}
		f := found{Head: head}
		f.observe(&o, false)
		o.Sort()
		if err := sourcetest.CheckObservation(&o, false); err != nil {
			t.Errorf("%q: %v", head, err)
		}
		if got := o.First(company.FieldManager); (got != "") != strings.Contains(head, "ООО") {
			t.Errorf("%q: manager %q", head, got)
		}
		if got := o.First(company.FieldStatus); (got == "liquidating") != strings.HasPrefix(head, "ЛИКВ") {
			t.Errorf("%q: status %q", head, got)
		}
	}
}

func TestStatusOf(t *testing.T) {
	for _, c := range []struct {
		code, text string
		sole       bool
		want       company.Status
	}{
		{"101", "", false, company.StatusLiquidating},
		{"103", "", true, company.StatusLiquidating},
		{"105", "", false, company.StatusActive},
		{"117", "", false, company.StatusBankrupt},
		{"124", "", false, company.StatusReorganizing},
		{"407", "", false, company.StatusLiquidated},
		{"", "Находится в стадии ликвидации", false, company.StatusLiquidating},
		{"999", "", false, company.StatusLiquidated},
		{"150", "новое", false, company.StatusActive},
	} {
		if got := statusOf(c.code, c.text, c.sole); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.code, c.text, got, c.want)
		}
	}
}

// TestShelf: a second run of the day asks nothing; without a basis for named people
// nothing that names them is kept.
func TestShelf(t *testing.T) {
	for _, via := range both {
		for _, persons := range []bool{true, false} {
			v := servicetest.New(t, site(via))
			e := over(t, v, via, func(so *service.Options) { so.Shelf = &servicetest.Shelf{Now: v.Clock.Now} })
			var calls []int
			for range 2 {
				if answers, err := enrich(t, e, persons, asksOf(companies(t)[:1])); err != nil || !answers[string(known)].Found {
					t.Fatal(err)
				}
				calls = append(calls, len(v.Asked()))
			}
			if (calls[0] == calls[1]) != persons {
				t.Errorf("%s, people %v: %v calls", via, persons, calls)
			}
		}
	}
}

// TestDeadToken: a token that was kept, and is not known any more, is asked for anew.
func TestDeadToken(t *testing.T) {
	n := &nalog{}
	v := servicetest.New(t, n)
	shelf := &servicetest.Shelf{Now: v.Clock.Now}
	e := over(t, v, ViaNalog, func(so *service.Options) { so.Shelf = shelf })
	if _, _, err := e.token(t.Context(), known, false); err != nil {
		t.Fatal(err)
	}
	n.dead = true
	answers, err := enrich(t, e, true, asksOf(companies(t)[:1]))
	if err != nil || !answers[string(known)].Found {
		t.Errorf("%+v, %v", answers, err)
	}
}

// TestBudget: by the vendor's own log.
func TestBudget(t *testing.T) {
	v := servicetest.New(t, site(ViaMirror))
	e := over(t, v, ViaMirror, func(so *service.Options) { so.Purse, so.PerDay = &servicetest.Purse{}, 2 })
	all := asksOf(companies(t))
	answers, err := enrich(t, e, false, all)
	if !errors.Is(err, pipeline.ErrUnfinished) || len(answers) != 2 || len(v.Asked()) != 2 {
		t.Errorf("%d answers, %d calls, %v", len(answers), len(v.Asked()), err)
	}
	v.Clock.Advance(24 * time.Hour)
	if answers, err = enrich(t, e, false, all[2:4]); err != nil || len(answers) != 2 || len(v.Asked()) != 4 {
		t.Errorf("the next day: %d answers, %d calls, %v", len(answers), len(v.Asked()), err)
	}
}

func TestSitesComplain(t *testing.T) {
	for name, c := range map[string]struct {
		via     string
		code    int
		body    string
		want    error
		outcome string
	}{
		"captcha":            {ViaNalog, http.StatusOK, `{"t":"","captchaRequired":true}`, ErrCaptcha, ""},
		"captcha in ERRORS":  {ViaNalog, http.StatusBadRequest, `{"ERRORS":{"captchaSearch":["Требуется ввести цифры с картинки"]}}`, ErrCaptcha, ""},
		"a page of it":       {ViaNalog, http.StatusInternalServerError, `<html><img src="/static/captcha.bin"></html>`, ErrCaptcha, ""},
		"of the question":    {ViaNalog, http.StatusBadRequest, `{"ERRORS":{"query":["Неверно"]}}`, nil, "ask"},
		"a guard":            {ViaNalog, http.StatusMethodNotAllowed, ``, ErrRefused, ""},
		"never done":         {ViaNalog, http.StatusOK, `{"status":"wait"}`, nil, "pending"},
		"rows for a token":   {ViaNalog, http.StatusOK, `{"rows":[]}`, service.ErrLayout, ""},
		"a token of a path":  {ViaNalog, http.StatusOK, `{"t":"../x"}`, service.ErrLayout, ""},
		"nothing held":       {ViaMirror, http.StatusOK, `[]`, nil, "not_found"},
		"a guard of another": {ViaMirror, http.StatusForbidden, ``, ErrRefused, ""},
		"no subject":         {ViaMirror, http.StatusOK, `{"СвЮЛ":{"@attributes":[]}}`, service.ErrLayout, ""},
		"no number":          {ViaMirror, http.StatusOK, `{"СвЮЛ":{"@attributes":{"КПП":"1"}}}`, nil, "unnamed"},
	} {
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.code)
			_, _ = io.WriteString(w, c.body)
		}))
		answers, err := enrich(t, over(t, v, c.via, nil), false, asksOf(companies(t)[:1]))
		if !errors.Is(err, c.want) || c.want == nil && (err != nil || answers[string(known)].Outcome != c.outcome) {
			t.Errorf("%s: %v, %+v", name, err, answers)
		}
		if errors.Is(err, ErrCaptcha) && (!errors.Is(err, service.ErrLimit) || len(v.Asked()) != 1) {
			t.Errorf("%s: %v after %d calls", name, err, len(v.Asked()))
		}
	}
}

func TestHolds(t *testing.T) {
	for via, saw := range map[string]string{ViaMirror: "of 2026-11-18", ViaNalog: "no picture"} {
		t.Run(via, func(t *testing.T) {
			v := servicetest.New(t, site(via))
			e := over(t, v, via, nil)
			servicetest.Hold(t, v, func(t *testing.T) error {
				answers, err := enrich(t, e, false, asksOf(companies(t)[:1]))
				if err == nil && answers[string(known)].Outcome == "broken" {
					return service.ErrBroken // told in the answer: the next may come whole
				}
				return err
			})
			v.Forget()
			if got, err := e.Probe(t.Context()); err != nil || !strings.Contains(got, saw) || len(v.Asked()) != 1 {
				t.Errorf("mended: %q, %v", got, err)
			}
		})
	}
}

func TestConforms(t *testing.T) {
	for _, via := range both {
		t.Run(via, func(t *testing.T) {
			enrichtest.Run(t, func() pipeline.Enricher { return withoutNetwork(t, via) }, companies(t)...)
		})
	}
}

func TestValidate(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"via":                func(o *Options) { o.Via = "post" },
		"another's field":    func(o *Options) { o.Via, o.Fields = ViaNalog, []string{"email"} },
		"again":              func(o *Options) { o.Again = time.Hour },
		"again when missing": func(o *Options) { o.Missing = 9000 * time.Hour },
	} {
		o := Defaults()
		change(&o)
		if o.Validate() == nil {
			t.Errorf("%s is let pass", name)
		}
		if _, err := New("register", nil, o); err == nil {
			t.Errorf("%s makes an enricher", name)
		}
	}
}

// TestRealRows replays the real answers of egrul.nalog.ru. No name stands here.
func TestRealRows(t *testing.T) {
	read := func(name string) []byte {
		b, err := os.ReadFile(realfiles.Path(t, "egrul-json/"+name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	token := read("post-response-2019.json")
	for file, c := range map[string]struct {
		inn  company.INN
		want map[company.Field]string
	}{
		"search-result-2019.json": {"0905003544", map[company.Field]string{
			company.FieldOGRN: "1030901075633", company.FieldKPP: "090501001", company.FieldStatus: "active", company.FieldHeadPost: "Руководитель", company.FieldRegistered: "",
		}},
		"search-result-2026-7707083893.json": {"7707083893", map[company.Field]string{
			company.FieldOGRN: "1027700132195", company.FieldRegion: "77", company.FieldStatus: "active", company.FieldHeadPost: "Президент, председатель правления", company.FieldAddress: "",
		}},
	} {
		rows := read(file)
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				_, _ = w.Write(token)
				return
			}
			_, _ = w.Write(rows)
		}))
		for _, persons := range []bool{false, true} {
			answers, err := enrich(t, over(t, v, ViaNalog, nil), persons, asksOf([]company.Company{of(t, c.inn)}))
			a := answers[string(c.inn)]
			if err != nil || !a.Found || (a.Observation.First(company.FieldHeadName) != "") != persons {
				t.Fatalf("%s: %+v, %v", file, a, err)
			}
			check(t, a, persons, c.want)
		}
	}
}

func fuzzAnswer(t *testing.T, o company.Observation, persons bool) {
	t.Helper()
	o.Sort()
	if err := sourcetest.CheckObservation(&o, persons); err != nil {
		t.Fatalf("%+v: %v", o, err)
	}
	if o.First(company.FieldStatus) == "" {
		t.Fatal("no state")
	}
}

// FuzzExtract and FuzzRows: what is read is canonical, whatever came.
func FuzzExtract(f *testing.F) {
	for _, inn := range []company.INN{known, ended, broke, sole} {
		f.Add([]byte(extracts()[inn]))
	}
	f.Add([]byte(`{"СвЮЛ":{"@attributes":{"ИНН":5},"СвСтатус":[[],"x",{"@attributes":{"КодСтатусЮЛ":"9999"}}]}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		n, err := parseExtract(body)
		if err != nil {
			if !errors.Is(err, service.ErrLayout) && !errors.Is(err, service.ErrBroken) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		for _, persons := range []bool{false, true} {
			o := company.Observation{Source: "register", Key: "x", INN: known, Date: 1}
			extract{n}.observe(&o, persons)
			fuzzAnswer(t, o, persons)
		}
	})
}

func FuzzRows(f *testing.F) {
	for inn := range rowsOf() {
		f.Add(fmt.Appendf(nil, `{"rows":[%s]}`, rowsOf()[inn]))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := parseAnswer(body)
		if err != nil {
			if !errors.Is(err, service.ErrLayout) && !errors.Is(err, service.ErrBroken) && !errors.Is(err, service.ErrLimit) &&
				!errors.Is(err, service.ErrAsk) && !errors.Is(err, ErrPending) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		if a.Rows == nil {
			return
		}
		rows, err := foundIn(*a.Rows)
		if err != nil {
			return
		}
		for i := range rows {
			for _, persons := range []bool{false, true} {
				o := company.Observation{Source: "register", Key: "x", INN: known, Date: 1}
				rows[i].observe(&o, persons)
				fuzzAnswer(t, o, persons)
			}
		}
	})
}
