package risk

import (
	"fmt"
	"html"
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
	clean  = company.INN("5902000008")
	fallen = company.INN("5902000015") // конкурсное производство
	unfair = company.INN("5902000022")
	warned = company.INN("5902000030") // all flags
	saved  = company.INN("5902000054") // a case that was stopped
	sole   = company.INN("590200000143")
)

var now = time.Date(2026, time.November, 21, 2, 0, 0, 0, time.UTC)

func caseOf(inn company.INN, code, words string) string {
	return fmt.Sprintf(`{"inn":%q,"ogrn":"1025900000004","name":"ООО \"ПРИМЕР\"","status":"Действующее","isActive":true,
"lastLegalCase":{"number":"А50-1/2026","arbitrManagerFio":"Выдуманный Пётр Ильич","status":{"code":%q,"description":%q,"date":"2026-01-14T00:00:00"}}}`, inn, code, words)
}

func record(inn, name, status string) string {
	d := `<strong>Параметры поиска: </strong><br/><strong>Найденный результат:</strong><br/><strong>Реестровый номер: </strong>26000001<br/><strong>Относится к: </strong>44-ФЗ<br/>` +
		`<strong>Наименование(ФИО) недобросовестного поставщика: </strong>` + name + `<br/><strong>ИНН (аналог ИНН): </strong><span class="highlightColor">` + inn + `</span><br/>` +
		`<strong>Включено: </strong>13.08.2026<br/><strong>Планируемая дата исключения: </strong>14.08.2028<br/><strong>Статус записи: </strong>` + status + `<br/>`
	return "<item><title>Запись</title><link>/x</link><description>" + html.EscapeString(d) + "</description></item>"
}

const cardText = `{"vyp":{"ИНН":"5902000030","ОГРН":"1025900000004","invalid":0,"pr_zd":1,"pr_otch":"1","totalarrearsum":1234567.8,"masrukinvalid":1,
"masruk":[{"name":"ВЫДУМАННЫЙ ПЁТР ИЛЬИЧ","inn":"590200000143","cnt":"12"}],"masuchr":[{"cnt":3.0}]},"masaddress":[{},{},{},{},{},{},{},{},{}]}`

// registries play the three sites. Each search and card of pb.nalog.ru is done at the
// second look.
type registries struct {
	mu     sync.Mutex
	looked map[string]int
	downs  map[Part]int // status in place of answers
}

func (s *registries) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	part := map[string]Part{"/backend/cmpbankrupts": PartBankruptcy, "/epz/dishonestsupplier/search/rss": PartUnfair}[r.URL.Path]
	if part == "" {
		part = PartFlags
	}
	if code := s.downs[part]; code != 0 {
		w.WriteHeader(code)
		return
	}
	switch part {
	case PartBankruptcy:
		rows := map[string]string{
			string(fallen): caseOf(fallen, "Tender", "Конкурсное производство"), string(saved): caseOf(saved, "ProceedingsStopped", "Производство прекращено"),
			string(clean): caseOf(fallen, "Tender", "Конкурсное производство"), // a near number
		}[r.URL.Query().Get("searchString")]
		n := 1
		if rows == "" {
			n = 0
		}
		if r.Header.Get("Referer") == "" {
			n = -1
		}
		fmt.Fprintf(w, `{"pageData":[%s],"total":%d}`, rows, n)
	case PartUnfair:
		items := record("5902000222", `ООО "БЛИЗКОЕ"`, "Размещено")
		switch inn := r.URL.Query().Get("searchString"); inn {
		case string(unfair):
			items += record(inn, `ООО "ПРИМЕР"`, "Размещено") + record(inn, `ООО "ПРИМЕР"`, "Размещено")
		case string(saved):
			items += record(inn, `ООО "ПРИМЕР"`, "Исключено")
		}
		fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>РНП</title>`+items+`</channel></rss>`)
	case PartFlags:
		s.flags(w, r)
	}
}

func (s *registries) flags(w http.ResponseWriter, r *http.Request) {
	if s.looked == nil {
		s.looked = map[string]int{}
	}
	id, response := r.FormValue("id"), r.FormValue("method") == "get-response"
	if response {
		if s.looked[r.URL.Path+id]++; s.looked[r.URL.Path+id] == 1 {
			fmt.Fprint(w, "null")
			return
		}
	}
	switch {
	case !response && r.URL.Path == searchPath:
		fmt.Fprintf(w, `{"id":"S%s","captchaRequired":false}`, r.FormValue("queryUl")+r.FormValue("queryIp"))
	case !response:
		fmt.Fprintf(w, `{"id":"C%s","token":"second"}`, r.FormValue("token"))
	case r.URL.Path == cardPath && id == "C"+string(warned):
		fmt.Fprint(w, cardText)
	case r.URL.Path == cardPath:
		fmt.Fprint(w, `{"vyp":{"invalid":0,"masruk":[{"cnt":1}]}}`)
	case id == "S"+string(unfair):
		fmt.Fprint(w, `{"ul":{"data":[]},"ip":{"data":[]}}`)
	default:
		inn := strings.TrimPrefix(id, "S")
		row := fmt.Sprintf(`{"inn":%q,"namep":"ООО \"ПРИМЕР\"","invalid":"0","token":%q}`, inn, inn)
		if inn == string(sole) {
			fmt.Fprintf(w, `{"ul":{"data":[]},"ip":{"data":[%s]}}`, strings.Replace(row, `"invalid":"0"`, `"invalid":"1"`, 1))
			return
		}
		fmt.Fprintf(w, `{"ul":{"data":[%s],"hasMore":false,"rowCount":1.0}}`, row)
	}
}

func about(t testing.TB, inn company.INN, before ...company.Observation) company.Company {
	t.Helper()
	if _, err := company.ParseINN(string(inn)); err != nil {
		t.Fatal(err)
	}
	o := company.Observation{Source: "directory", Key: "1", INN: inn, Date: company.NewDate(2026, time.November, 1)}
	o.Add(company.FieldNameShort, "ООО «Пример»")
	return company.Derive(inn, append(before, o), nil)
}

func companies(t testing.TB) []company.Company {
	t.Helper()
	var out []company.Company
	for _, inn := range []company.INN{clean, fallen, unfair, warned, saved, sole} {
		out = append(out, about(t, inn))
	}
	return out
}

func asksOf(all []company.Company) []pipeline.Ask {
	var out []pipeline.Ask
	for i := range all {
		out = append(out, pipeline.Ask{ID: string(all[i].INN), Company: all[i]})
	}
	return out
}

func build(t testing.TB, c *fetch.Client, base string, o Options, change func(Part, *service.Options)) *Enricher {
	t.Helper()
	o.BankruptcyBase, o.UnfairBase, o.FlagsBase = base, base, base
	services := map[Part]*service.Service{}
	for _, p := range o.Parts() {
		so := Interface(o, p)
		if change != nil {
			change(p, &so)
		}
		s, err := service.New(c, so)
		if err != nil {
			t.Fatal(err)
		}
		services[p] = s
	}
	e, err := New("trouble", services, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func over(t testing.TB, v *servicetest.Vendor, change func(Part, *service.Options), parts ...Part) *Enricher {
	t.Helper()
	return build(t, v.Client(t), v.URL, only(parts...), change)
}

// only are the options with some parts switched on, all if none is named.
func only(parts ...Part) Options {
	o := Defaults()
	if len(parts) > 0 {
		o.Bankruptcy, o.Unfair, o.Flags = slices.Contains(parts, PartBankruptcy), slices.Contains(parts, PartUnfair), slices.Contains(parts, PartFlags)
	}
	return o
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

func withoutNetwork(t testing.TB) *Enricher {
	t.Helper()
	c := fetch.New(fetch.Options{Base: inMemory{&registries{}}, Clock: fetchtest.NewClock(), Jitter: func() float64 { return 0 }})
	t.Cleanup(c.Close)
	return build(t, c, "https://trouble.example", Defaults(), nil)
}

func enrich(t testing.TB, e *Enricher, persons bool, asks []pipeline.Ask) (answers map[string]pipeline.Answer, final error) {
	t.Helper()
	answers = map[string]pipeline.Answer{}
	for a, err := range e.Enrich(t.Context(), pipeline.Task{Now: now, Persons: persons}, slices.Values(asks)) {
		if err != nil {
			final = err
			continue
		}
		answers[a.ID] = a
	}
	return answers, final
}

// risks are those of an observation, with their remarks.
func risks(o company.Observation) map[company.Risk]string {
	out := map[company.Risk]string{}
	for _, f := range o.Facts {
		if f.Field == company.FieldRisk {
			out[company.Risk(f.Value)] = f.Note
		}
	}
	return out
}
