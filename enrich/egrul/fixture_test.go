package egrul

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

// The invented companies.
const (
	known  = company.INN("5902000008")
	ended  = company.INN("5902000015")
	absent = company.INN("5902000022")
	liar   = company.INN("5902000030") // answered with another's ИНН
	broke  = company.INN("5902000054")
	sole   = company.INN("590200000143")
)

var now = time.Date(2026, time.November, 21, 2, 0, 0, 0, time.UTC)

const named1 = `"СвНаимЮЛ":{"@attributes":{"НаимЮЛПолн":"ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"АЗИМУТ\""},"СвНаимЮЛСокр":{"@attributes":{"НаимСокр":"ООО \"АЗИМУТ\""}}}`

// extracts are what the mirror holds.
func extracts() map[company.INN]string {
	of := func(inn company.INN, rest string) string {
		return fmt.Sprintf(`{"СвЮЛ":{"@attributes":{"ДатаВып":"2026-11-18","ОГРН":"1025900000004","ДатаОГРН":"2002-10-01","ИНН":%q,"КПП":"590201001"},%s}}`, inn, rest)
	}
	return map[company.INN]string{
		known: of(known, named1+`,"СвОбрЮЛ":{"@attributes":{"ДатаРег":"1999-02-03"}},
"СвАдресЮЛ":{"СвАдрЮЛФИАС":{"@attributes":{"Индекс":"614000"},"Регион":"59","НаимРегион":"ПЕРМСКИЙ КРАЙ","МуниципРайон":{"@attributes":{"ВидКод":"2","Наим":"ГОРОД ПЕРМЬ"}},"ЭлУлДорСети":{"@attributes":{"Тип":"УЛ.","Наим":"ЗАВОДСКАЯ"}},"Здание":[{"@attributes":{"Тип":"Д.","Номер":"5"}},{"@attributes":{"Тип":"К.","Номер":"1"}}]},
"СвНедАдресЮЛ":{"@attributes":{"ПризнНедАдресЮЛ":"1","ТекстНедАдресЮЛ":"сведения недостоверны (по результатам проверки)"}}},
"СвАдрЭлПочты":{"@attributes":{"E-mail":"INFO@AZIMUT.EXAMPLE"}},"СвУстКап":{"@attributes":{"НаимВидКап":"УСТАВНЫЙ КАПИТАЛ","СумКап":"10000.50"}},
"СвСтатус":[{"СвСтатус":{"@attributes":{"КодСтатусЮЛ":"107","НаимСтатусЮЛ":"Принято решение о предстоящем исключении"}}},{"СвСтатус":{"@attributes":{"КодСтатусЮЛ":"132","НаимСтатусЮЛ":"Реорганизация в форме присоединения"}}}],
"СведДолжнФЛ":{"СвФЛ":{"@attributes":{"Фамилия":"ВЫДУМАННЫЙ","Имя":"ПЁТР","Отчество":"ИЛЬИЧ","ИННФЛ":"590200000143"}},"СвДолжн":{"@attributes":{"НаимДолжн":"ГЕНЕРАЛЬНЫЙ ДИРЕКТОР"}},"СвДискв":[{"@attributes":{"ДатаНачДискв":"2026-01-01"}}]},
"СвОКВЭД":{"СвОКВЭДОсн":{"@attributes":{"КодОКВЭД":"24.10.2","ПрВерсОКВЭД":"2014"}},"СвОКВЭДДоп":[{"@attributes":{"КодОКВЭД":"25.11","ПрВерсОКВЭД":"2014"}},{"@attributes":{"КодОКВЭД":"74.14","ПрВерсОКВЭД":"2001"}}]},
"СвОКВЭДОтч":{"СвОКВЭДОтчОсн":{"@attributes":{"КодОКВЭД":"24.20"}}}`),
		ended: of(ended, `"СвСтатус":{"СвСтатус":{"@attributes":{"КодСтатусЮЛ":"201","НаимСтатусЮЛ":"Ликвидировано по решению учредителей"}}},"СвПрекрЮЛ":{"@attributes":{"ДатаПрекрЮЛ":"2024-05-06"},"СпПрекрЮЛ":{"@attributes":{"НаимСпПрекрЮЛ":"Ликвидация"}}},
"СвАдресЮЛ":{"АдресРФ":{"@attributes":{"Индекс":"614001","КодРегион":"59","Дом":"Д. 7"},"Регион":{"@attributes":{"ТипРегион":"КРАЙ","НаимРегион":"ПЕРМСКИЙ"}},"Город":{"@attributes":{"ТипГород":"ГОРОД","НаимГород":"КУНГУР"}},"Улица":{"@attributes":{"ТипУлица":"УЛ.","НаимУлица":"МИРА"}}}}`),
		liar:  of(known, named1),
		broke: of(broke, `"СвУпрОрг":{"НаимИННЮЛ":{"@attributes":{"ИНН":"5902000008","НаимЮЛПолн":"ООО \"АЗИМУТ\""}}},"СвСтатус":{"СвСтатус":{"@attributes":{"КодСтатусЮЛ":"117","НаимСтатусЮЛ":"Открыто конкурсное производство"}}}`),
		sole:  `{"СвИП":{"@attributes":{"ДатаВып":"2026-11-01","ОГРНИП":"324590000000013","ДатаОГРНИП":"2024-03-01","ИННФЛ":"590200000143"},"СвФЛ":{"ФИОРус":{"@attributes":{"Фамилия":"ВЫДУМАННЫЙ","Имя":"ПЁТР"}}},"СвАдрМЖ":{"АдресРФ":{"@attributes":{"КодРегион":"59"}}}}}`,
	}
}

func mirror(w http.ResponseWriter, r *http.Request) {
	inn := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/"), ".json")
	text, ok := extracts()[company.INN(inn)]
	if inn == string(wellKnown) {
		text, ok = strings.ReplaceAll(extracts()[known], string(known), inn), true
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	fmt.Fprint(w, text)
}

// rowsOf are what egrul.nalog.ru holds.
func rowsOf() map[company.INN]string {
	return map[company.INN]string{
		known: `{"c":"ООО \"АЗИМУТ\"","n":"ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"АЗИМУТ\"","g":"ГЕНЕРАЛЬНЫЙ ДИРЕКТОР: Выдуманный Пётр Ильич","i":"5902000008","o":"1025900000004","p":"590201001","r":"01.10.2002","rn":"Пермский край","k":"ul","cnt":"1"}`,
		ended: `{"n":"ООО \"БЫЛОЕ\"","i":"5902000015","r":"06.05.2010","e":"06.05.2024","k":"ul"}`,
		liar:  `{"n":"ООО \"ЧУЖОЕ\"","i":"5902000030","o":"1025900000005","k":"ul"}`, // a number that cannot be
		broke: `{"n":"ООО \"КРАХ\"","g":"КОНКУРСНЫЙ УПРАВЛЯЮЩИЙ: Выдуманный Иван","i":"5902000054","k":"ul"}`,
		sole:  `{"n":"Выдуманный Пётр","i":"590200000143","o":"304590000000011","r":"01.03.2004","e":"01.05.2010","k":"fl"},{"n":"Выдуманный Пётр","i":"590200000143","o":"324590000000013","r":"01.03.2024","k":"fl"}`,
	}
}

// nalog plays egrul.nalog.ru: each search is done at the second look, and its token
// lives as long as the site.
type nalog struct {
	mu     sync.Mutex
	looked map[string]int
	dead   bool // tokens are not known any more
}

func (n *nalog) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.looked == nil {
		n.looked = map[string]int{}
	}
	w.Header().Set("Content-Type", "application/json")
	if r.Method == http.MethodPost {
		n.dead = false
		fmt.Fprintf(w, `{"t":"T%s","captchaRequired":false}`, r.FormValue("query"))
		return
	}
	inn, ok := strings.CutPrefix(r.URL.Path, "/search-result/T")
	if !ok || n.dead {
		http.NotFound(w, r)
		return
	}
	if n.looked[inn]++; n.looked[inn] == 1 {
		fmt.Fprint(w, `{"status":"wait"}`)
		return
	}
	fmt.Fprintf(w, `{"rows":[%s]}`, rowsOf()[company.INN(inn)])
}

func of(t testing.TB, inn company.INN, facts ...string) company.Company {
	t.Helper()
	if _, err := company.ParseINN(string(inn)); err != nil {
		t.Fatal(err)
	}
	o := company.Observation{Source: "directory", Key: "1", INN: inn, Date: company.NewDate(2026, time.November, 1)}
	for _, f := range facts {
		field, value, _ := strings.Cut(f, "=")
		o.Add(company.Field(field), value)
	}
	o.Sort()
	return company.Derive(inn, []company.Observation{o}, nil)
}

func companies(t testing.TB) []company.Company {
	t.Helper()
	return []company.Company{
		of(t, known, "name.short=ООО «Азимут»", "ogrn=1025900000004"), of(t, ended), of(t, absent), of(t, liar, "name.short=ООО «Меридиан»"),
		of(t, broke), of(t, sole, "ogrn=304590000000011"),
	}
}

func asksOf(all []company.Company) []pipeline.Ask {
	var out []pipeline.Ask
	for i := range all {
		out = append(out, pipeline.Ask{ID: string(all[i].INN), Company: all[i]})
	}
	return out
}

func options(via string) Options {
	o := Defaults()
	o.Via = via
	return o
}

func over(t testing.TB, v *servicetest.Vendor, via string, change func(*service.Options)) *Enricher {
	t.Helper()
	o := options(via)
	o.Base = v.URL
	so := Interface(o, "")
	if change != nil {
		change(&so)
	}
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	e, err := New("register", s, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func site(via string) http.Handler {
	if via == ViaNalog {
		return &nalog{}
	}
	return http.HandlerFunc(mirror)
}

// inMemory is a host without connections, whose goroutines would look like leaks.
type inMemory struct{ http.Handler }

func (m inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	return w.Result(), nil
}

func withoutNetwork(t testing.TB, via string) *Enricher {
	t.Helper()
	o := options(via)
	o.Base = "https://register.example"
	c := fetch.New(fetch.Options{Base: inMemory{site(via)}, Clock: fetchtest.NewClock(), Jitter: func() float64 { return 0 }})
	t.Cleanup(c.Close)
	s, err := service.New(c, Interface(o, ""))
	if err != nil {
		t.Fatal(err)
	}
	e, err := New("register", s, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func enrich(t testing.TB, e *Enricher, persons bool, asks []pipeline.Ask) (answers map[string]pipeline.Answer, final error) {
	t.Helper()
	answers = map[string]pipeline.Answer{}
	for a, err := range e.Enrich(t.Context(), pipeline.Task{Now: now, Persons: persons}, slices.Values(asks)) {
		if err != nil {
			return answers, err
		}
		answers[a.ID] = a
	}
	return answers, nil
}
