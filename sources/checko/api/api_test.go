package api

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func sample(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(realfiles.Path(t, "checko/"+name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func observed(t *testing.T, c *Card, persons bool) company.Observation {
	t.Helper()
	inn, err := company.ParseINN(string(c.INN))
	if err != nil {
		t.Fatal(err)
	}
	o := company.Observation{Source: "checko", Key: string(inn), INN: inn, Date: company.NewDate(2026, time.November, 21)}
	c.Observe(&o, persons)
	if err := sourcetest.CheckObservation(&o, persons); err != nil {
		t.Fatalf("%v in %+v", err, o)
	}
	return o
}

// lines writes facts as "field key=value (note)", but for the names of people.
func lines(o company.Observation) []string {
	var out []string
	for _, f := range o.Facts {
		key := ""
		if f.Key != "" {
			key = " " + f.Key
		}
		out = append(out, fmt.Sprintf("%s%s=%s", f.Field, key, f.Value))
	}
	return out
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%q is missing in\n%s", w, strings.Join(got, "\n"))
		}
	}
}

// TestSampleSearch: a fragment of a real answer: the first row has a status and an
// activity in words, the second four keys alone.
func TestSampleSearch(t *testing.T) {
	p, err := ParsePage(sample(t, "search-fragment.json"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Total != 13955 || p.Pages != 140 || p.Page != 1 || len(p.Rows) != 2 {
		t.Fatalf("total %d, pages %d, page %d, %d rows", p.Total, p.Pages, p.Page, len(p.Rows))
	}
	for i, want := range [][]string{
		{"registered=1999-07-30", "region=77", "status=active", "status.text=Действует", "ogrn=1023201336344"},
		{"status=active", "ogrn=1024000950368"},
	} {
		row, err := p.Row(i)
		if err != nil {
			t.Fatal(err)
		}
		o := observed(t, row, false)
		expect(t, lines(o), want...)
		if o.First(company.FieldHeadName) != "" || o.First(company.FieldNameShort) == "" || o.First(company.FieldOKVEDMain) != "" {
			t.Errorf("row %d: %v", i+1, lines(o))
		}
	}
}

// TestSampleCard: the same things are objects on a card.
func TestSampleCard(t *testing.T) {
	c, _, err := ParseCard(sample(t, "company-fragment.json"))
	if err != nil {
		t.Fatal(err)
	}
	o := observed(t, c, false)
	expect(t, lines(o),
		"okved.main=62.01", "region=77", "status=active", "email=info@example.ru", "email=sales@example.ru", "site=https://example.ru",
		"headcount 2024=45", "tax 2024=1234567", "sme=2", "registered=1999-07-30")
	if o.First(company.FieldHeadName) != "" {
		t.Error("a name though nobody asked for people")
	}
	if o = observed(t, c, true); o.First(company.FieldHeadName) == "" {
		t.Error("no name though people were asked for")
	}
}

func TestForms(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
		not  []company.Field
	}{
		"a site as a list, a phone as a text": {
			`{"ИНН":"5902000008","Контакты":{"ВебСайт":["azimut.example","https://azimut.example/"],"Тел":"+7 907 000-00-01"}}`,
			[]string{"site=http://azimut.example", "phone=+79070000001"},
			nil,
		},
		"the older keys": {
			`{"ИНН":"5902000008","Статус":"Действующая","ЭконДеят":{"Код":"45.20","Наим":"x"},"ДопЭконДеят":[{"Код":"45.31"}],"РегионКод":"59",
			  "Руковод":{"ФИО":"ОБРАЗЦОВ ПЁТР ИВАНОВИЧ","ДолжнРук":"Директор"},"МСП":{"Категория":"Микропредприятие"},"НедобПост":true}`,
			[]string{"okved.main=45.20", "okved.extra=45.31", "region=59", "status=active", "sme=1", "risk=unfair", "head.post=Директор"},
			[]company.Field{company.FieldHeadName},
		},
		"a sole proprietor": {
			`{"ИНН":"590200000143","ОГРНИП":"` + ogrnip + `","ФИО":"Образцов Пётр Иванович","Статус":"Действующий","КПП":"590201001","СЧР":"3","СЧРГод":2025}`,
			[]string{"name.short=ИП Образцов Пётр Иванович", "ogrn=" + ogrnip, "headcount 2025=3"},
			[]company.Field{company.FieldKPP, company.FieldNameFull},
		},
		"one that has ended": {`{"ИНН":"5902000008","Статус":"Действует","ДатаЛикв":"2025-01-02"}`, []string{"status=liquidated"}, nil},
		"forms nobody knows": {
			`{"ИНН":5902000008,"Статус":[],"Регион":7,"ЮрАдрес":[1],"ОКВЭД":false,"Контакты":[],"Руковод":"x","Налоги":1,"РМСП":[],"СЧР":{"a":1},"ОКВЭДДоп":{}}`,
			nil,
			[]company.Field{company.FieldStatus, company.FieldHeadcount, company.FieldAddress},
		},
		"a headcount of no year": {`{"ИНН":"5902000008","СЧР":45}`, nil, []company.Field{company.FieldHeadcount}},
	} {
		t.Run(name, func(t *testing.T) {
			card, _, err := ParseCard([]byte(`{"data":` + c.text + `,"meta":{"status":"ok"}}`))
			if err != nil {
				t.Fatal(err)
			}
			o := observed(t, card, false)
			expect(t, lines(o), c.want...)
			for _, f := range c.not {
				if v := o.First(f); v != "" {
					t.Errorf("%s = %q", f, v)
				}
			}
			for _, f := range o.Facts {
				if o.INN.Person() != (f.Subject == company.SubjectSole) {
					t.Errorf("%+v is of the wrong subject", f)
				}
			}
		})
	}
}

const ogrnip = "304590200000115"

// TestOwnMailboxes: those of whoever files reports or keeps the books of many firms go.
func TestOwnMailboxes(t *testing.T) {
	for name, c := range map[string]struct{ in, domains, want []string }{
		"operators":              {[]string{"5902000008@tensor.ru", "x@sbis.ru", "a@diadoc.ru", "b@taxcom.ru", "c@kontur.ru", "d@astralnalog.ru"}, nil, nil},
		"machines and staff":     {[]string{"noreply@azimut.example", "hr@azimut.example", "support@azimut.example"}, nil, nil},
		"the best first":         {[]string{"director@azimut.example", "info@azimut.example", "sales@azimut.example", "zakupki@azimut.example"}, nil, []string{"zakupki@azimut.example", "sales@azimut.example", "info@azimut.example", "director@azimut.example"}},
		"a bookkeeper of many":   {[]string{"buh59@mail.ru", "info@buh-uslugi.example"}, nil, nil},
		"the firm's bookkeeper":  {[]string{"buh@azimut.example", "info@azimut.example"}, nil, []string{"info@azimut.example", "buh@azimut.example"}},
		"a bookkeeper by site":   {[]string{"buh@azimut.example"}, []string{"azimut.example"}, []string{"buh@azimut.example"}},
		"a bookkeeper by itself": {[]string{"buh@stranger.example"}, nil, nil},
		"a bookkeeping firm":     {[]string{"info@audit.example"}, []string{"audit.example"}, []string{"info@audit.example"}},
		"free mail stays":        {[]string{"azimut59@mail.ru; azimut59@mail.ru"}, nil, []string{"azimut59@mail.ru"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, e := range own(c.in, c.domains) {
				got = append(got, e.Address)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		code int
		body string
		want error
	}{
		"fine":                      {200, `{"data":{"ИНН":"5902000008"},"meta":{"status":"ok"}}`, nil},
		"nothing found":             {200, `{"data":{},"meta":{"status":"ok"}}`, nil},
		"without meta":              {200, `{"data":{"Записи":[]}}`, nil},
		"an error inside":           {200, `{"meta":{"status":"error","message":"Неверный ключ API"}}`, service.ErrKey},
		"spent inside":              {200, `{"meta":{"status":"error","message":"Исчерпан суточный лимит запросов"}}`, service.ErrBudget},
		"no money":                  {402, `{"meta":{"status":"error","message":"Недостаточно средств на балансе"}}`, service.ErrBudget},
		"spent with 403":            {403, `{"meta":{"status":"error","message":"Превышен лимит бесплатных запросов"}}`, service.ErrBudget},
		"too fast":                  {429, `{"meta":{"status":"error","message":"Превышен лимит: слишком частые запросы, не более 5 в секунду"}}`, service.ErrLimit},
		"not there":                 {200, `{"meta":{"status":"error","message":"Организация не найдена"}}`, pipeline.ErrNotFound},
		"misunderstood":             {200, `{"meta":{"status":"error","message":"Не указан параметр by"}}`, service.ErrAsk},
		"misunderstood with 400":    {400, `{"meta":{"status":"error","message":"Не указан параметр by"}}`, service.ErrAsk},
		"403 without words":         {403, ``, service.ErrKey},
		"404":                       {404, `{}`, pipeline.ErrNotFound},
		"404 of another address":    {404, `<html>404 Not Found</html>`, service.ErrLayout},
		"429":                       {429, ``, service.ErrLimit},
		"502 with a page":           {502, `<html>bad gateway</html>`, service.ErrDown},
		"a page":                    {200, `<!doctype html><html>Вы не робот?</html>`, service.ErrLayout},
		"empty":                     {200, ` `, service.ErrBroken},
		"cut":                       {200, `{"data":{"ИНН":"59`, service.ErrBroken},
		"another layout":            {200, `{"result":[]}`, service.ErrLayout},
		"data of another form":      {200, `{"data":{"inn":"5902000008"}}`, service.ErrLayout},
		"a list in place of data":   {200, `{"data":[1],"meta":{"status":"ok"}}`, service.ErrLayout},
		"data of text":              {200, `{"data":"нет","meta":{"status":"ok"}}`, service.ErrLayout},
		"a fault in its own words":  {500, `{"meta":{"status":"error","message":"Внутренняя ошибка, ключ не проверен"}}`, service.ErrDown},
		"a fault that says nothing": {500, `{"meta":{"status":"error","message":"Внутренняя ошибка"}}`, service.ErrDown},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := judge(c.code, []byte(c.body))
			if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestAccounts(t *testing.T) {
	for name, text := range map[string]string{
		"plain":    `{"company":{"ИНН":"5902000008"},"data":{"2023":{"2110":1000.5,"2400":-5},"2024":{"2110":"2000","1600":7},"bo":1}}`,
		"extended": `{"company":{"ИНН":"5902000008"},"data":{"2023":{"2110":{"СумОтч":1000},"2400":{"СумОтч":-5}},"2024":{"2110":{"СумОтч":2000},"2400":{}}}}`,
	} {
		a, err := ParseAccounts([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := lines(company.Observation{Facts: a.Facts()})
		if want := []string{"revenue 2023=1000", "profit 2023=-5", "revenue 2024=2000"}; !slices.Equal(got, want) || a.Of == nil || a.Of.INN != "5902000008" {
			t.Errorf("%s: got %v of %v, want %v", name, got, a.Of, want)
		}
	}
	if _, err := ParseAccounts([]byte(`{"data":[],"meta":{"status":"ok"}}`)); !errors.Is(err, pipeline.ErrNotFound) {
		t.Errorf("none: %v", err)
	}
}

func TestInterface(t *testing.T) {
	o := Interface(Checko(), "", "a+b", time.Hour)
	r, err := http.NewRequest(http.MethodGet, o.Base+"/search?by=okved", nil)
	if err != nil {
		t.Fatal(err)
	}
	o.Keys[0].Put(r, o.Keys[0].Text)
	if got := r.URL.String(); got != "https://api.checko.ru/v2/search?by=okved&key=a%2Bb" || o.PerDay != FreeADay {
		t.Errorf("%s, %d a day", got, o.PerDay)
	}
}

// FuzzAnswers: whatever comes, nothing panics, and what is taken is in canonical form.
func FuzzAnswers(f *testing.F) {
	f.Add([]byte(`{"data":{"ЗапВсего":2,"СтрВсего":1,"СтрТекущ":1,"Записи":[{"ИНН":"5902000008","ОГРН":"1","НаимСокр":"ООО \"А\"","Статус":"Действует"},{}]}}`))
	f.Add([]byte(`{"data":{"ИНН":"590200000143","ФИО":"Образцов П","Контакты":{"Тел":["8 (342) 200-00-00, доб. 5"],"Емэйл":["Info@Azimut.example"],"ВебСайт":"azimut.example"},"СЧР":4,"Налоги":{"СведУплГод":2024,"СумУпл":-1e14}}}`))
	f.Add([]byte(`{"company":{"ИНН":"5902000008"},"data":{"2024":{"2110":1}},"meta":{"status":"ok","balance":"1,5"}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var cards []*Card
		if p, err := ParsePage(body); err == nil {
			for i := range p.Rows {
				if row, err := p.Row(i); err == nil {
					cards = append(cards, row)
				}
			}
		}
		if c, _, err := ParseCard(body); err == nil {
			cards = append(cards, c)
		}
		o := company.Observation{Source: "s", Key: "k", INN: "5902000008"}
		if a, err := ParseAccounts(body); err == nil {
			o.Facts = a.Facts()
			Mark(&o)
			if err := sourcetest.CheckObservation(&o, false); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range cards {
			inn, err := company.ParseINN(string(c.INN))
			if err != nil {
				continue
			}
			o := company.Observation{Source: "s", Key: string(inn), INN: inn}
			c.Observe(&o, false)
			if err := sourcetest.CheckObservation(&o, false); err != nil {
				t.Fatalf("%v in %q", err, o)
			}
		}
	})
}
