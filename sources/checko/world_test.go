package checko

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/sources/checko/api"
)

// innOf makes the ИНН of an invented company of Пермский край.
func innOf(n int) string {
	base := fmt.Sprintf("59%07d", n)
	sum := 0
	for i, w := range []int{2, 4, 10, 3, 5, 9, 4, 6, 8} {
		sum += w * int(base[i]-'0')
	}
	return base + strconv.Itoa(sum%11%10)
}

func ogrnOf(n int) string {
	base := fmt.Sprintf("1025900%05d", n)
	v, _ := strconv.Atoi(base)
	return base + strconv.Itoa(v%11%10)
}

// vendor plays the interface: companies by code and region, cards with contacts.
type vendor struct {
	*servicetest.Vendor
	purse servicetest.Purse
	shelf servicetest.Shelf
	of    map[string]int // "45.20|59|org" -> how many companies
	rows  func(n int) map[string]any
}

func newVendor(t *testing.T, of map[string]int) *vendor {
	t.Helper()
	v := &vendor{of: of, rows: row}
	v.Vendor = servicetest.New(t, http.HandlerFunc(v.answer))
	v.shelf.Now = v.Clock.Now
	return v
}

func row(n int) map[string]any {
	return map[string]any{
		"ИНН": innOf(n), "ОГРН": ogrnOf(n), "НаимСокр": fmt.Sprintf(`ООО "АЗИМУТ-%d"`, n), "ДатаРег": "2010-03-04",
		"Статус": "Действует", "РегионКод": "59", "ОКВЭД": "Техническое обслуживание и ремонт автотранспортных средств",
	}
}

func (v *vendor) answer(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("key") != "secret" {
		http.Error(w, `{"meta":{"status":"error","message":"Неверный ключ"}}`, http.StatusForbidden)
		return
	}
	meta := map[string]any{"status": "ok", "today_request_count": len(v.Asked()), "balance": 0.0}
	if strings.HasSuffix(r.URL.Path, "/company") {
		write(w, map[string]any{"data": card(q.Get("inn")), "meta": meta})
		return
	}
	limit, _ := strconv.Atoi(q.Get("limit"))
	page, _ := strconv.Atoi(q.Get("page"))
	all := v.of[q.Get("query")+"|"+q.Get("region")+"|"+q.Get("obj")]
	rows := []any{}
	for n := (page - 1) * limit; n < min(page*limit, all); n++ {
		rows = append(rows, v.rows(n))
	}
	write(w, map[string]any{"data": map[string]any{"ЗапВсего": all, "СтрВсего": (all + limit - 1) / limit, "СтрТекущ": page, "Записи": rows}, "meta": meta})
}

// card is that of a company of row; of every third it is about somebody else.
func card(inn string) map[string]any {
	n, _ := strconv.Atoi(inn[2:9])
	name := fmt.Sprintf(`ООО "АЗИМУТ-%d"`, n)
	if n%3 == 2 {
		name = `ООО "РОМАШКА"`
	}
	return map[string]any{
		"ИНН": inn, "ОГРН": ogrnOf(n), "НаимСокр": name, "ОКВЭД": map[string]string{"Код": "45.20.1"}, "Статус": map[string]string{"Код": "001", "Наим": "Действует"},
		"Контакты": map[string]any{"Тел": []string{fmt.Sprintf("+7 907 000-%02d-%02d", n/100, n%100)}, "Емэйл": []string{"info@azimut.example"}},
	}
}

func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v) // the other end may have gone
}

func options(codes ...config.Code) Options {
	o := Defaults()
	o.Codes, o.Regions, o.Objects = codes, []config.Code{"59"}, []string{api.Organisations}
	return o
}

// source makes one over the vendor, with so many calls a day.
func (v *vendor) source(t *testing.T, o Options, perDay int64, key string) *Source {
	t.Helper()
	o.Base = v.URL + "/v2"
	so := Interface(o, key)
	so.PerDay, so.Purse, so.Shelf, so.Pace = perDay, &v.purse, &v.shelf, 0
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	made, err := New("checko", s, o)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (v *vendor) request(cursor string) pipeline.Request {
	return pipeline.Request{Now: v.Clock.Now(), Cursor: cursor}
}

// pull reads to the end; the error is what it ends in.
func pullAll(t *testing.T, s *Source, req pipeline.Request) (all []company.Observation, batches []pipeline.Batch, err error) {
	t.Helper()
	for b, e := range s.Pull(t.Context(), req) {
		if e != nil {
			return all, batches, e
		}
		if c := b.Counts.Check(); c != nil {
			t.Fatal(c)
		}
		batches = append(batches, b)
		all = append(all, b.Observations...)
	}
	return all, batches, nil
}

const dayLong = 24 * time.Hour
