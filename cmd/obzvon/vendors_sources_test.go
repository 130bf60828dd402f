package main

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// object is one of JSON.
type object = map[string]any

// players are the vendors by name.
func (w *bazaar) players() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"zakupki": w.zakupki, "b2bcenter": w.b2bcenter, "exhibitors": w.exhibitors, "osm": w.overpass, "twogis": w.twogis, "girbo": w.girbo,
		"checko": w.checko("checko", "OBZVON_KEY_CHECKO"), "ofdata": w.checko("ofdata", "OBZVON_KEY_OFDATA"),
		"rmsp": w.rmsp, "egrul": w.egrul, "dadata": w.dadata, "kontur": w.kontur, "saby": w.saby, "bankrot": w.bankrot, "rnp": w.unfair, "pb": w.flags,
	}
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v) // the other end may have gone
}

func writePage(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!DOCTYPE html><html><head><title>Страница</title></head><body>"+body+"</body></html>")
}

// who are the firms that are known somewhere.
func (w *bazaar) who(where string) (out []*invented) {
	for i := range w.firms {
		if w.firms[i].known(where) {
			out = append(out, &w.firms[i])
		}
	}
	return out
}

// zakupki shows the tender of each customer: open for some weeks, with the ИНН in the ИКЗ.
func (w *bazaar) zakupki(out http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/epz/order/extendedsearch/results.html" {
		http.NotFound(out, r)
		return
	}
	all := w.who("zakupki")
	if r.URL.Query().Get("fz223") == "on" {
		all = nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<div class="search-results__total">%d записей</div>`, len(all))
	for i, f := range all {
		number := fmt.Sprintf("03%017d", 1000+i)
		fmt.Fprintf(&b, `<div class="search-registry-entry-block box"><div class="registry-entry__header-top__title">44-ФЗ Электронный аукцион</div>
<div class="registry-entry__header-mid__number"><a href="/epz/order/notice/ea20/view/common-info.html?regNumber=%[1]s">№ %[1]s</a></div>
<div class="registry-entry__body-title">Объект закупки</div><div class="registry-entry__body-value">Поставка <span class='highlightColor'>подшипников</span> шариковых</div>
<div class="registry-entry__body-title">Заказчик</div><div class="registry-entry__body-href"><a href="/o">%[2]s</a></div>
<div class="price-block__value">506&nbsp;000,50 ₽</div><div class="data-block__title">Размещено</div><div class="data-block__value">%[3]s</div>
<div class="data-block__title">Окончание подачи заявок</div><div class="data-block__value">%[4]s</div><a onclick="openPlanGraphSearchUrl('262%[5]s59020100100010012815244')">Позиция</a></div>`,
			number, html.EscapeString(f.short()), (w.day - 3).Russian(), (w.day + 20).Russian(), f.inn)
	}
	writePage(out, b.String())
}

// b2bcenter shows what each organiser buys.
func (w *bazaar) b2bcenter(out http.ResponseWriter, _ *http.Request) {
	var b strings.Builder
	b.WriteString(`<div id="search-result"><table class="search-results"><thead><tr><th>Название торговой процедуры</th><th>Организатор</th><th>Опубликовано</th><th>Актуально до</th></tr></thead><tbody>`)
	for i, f := range w.who("b2bcenter") {
		number := strconv.Itoa(4900000 + i)
		fmt.Fprintf(&b, `<tr><td><a class="search-results-title visited" href="/market/podshipniki/tender-%[1]s/#btid=2">Запрос предложений № %[1]s<div class="search-results-title-desc">Подшипники 6204-2RS</div></a><small>Подшипники</small></td><td><a href="/firms/x/%[1]s/">%[2]s</a></td><td>%[3]s 17:18</td><td>%[4]s 12:00</td></tr>`,
			number, html.EscapeString(f.short()), (w.day - 3).Russian(), (w.day + 18).Russian())
	}
	writePage(out, b.String()+`</tbody></table></div>`)
}

// exhibitors is a catalogue of Expocentre's layout.
func (w *bazaar) exhibitors(out http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	if r.URL.Path == "/ru/list" {
		b.WriteString(`<table id="fresh-table"><thead><tr><th>Название компании</th><th>Страна</th><th>Павильон</th><th>Стенд</th><th>Рубрики</th></tr></thead><tbody>`)
		for i, f := range w.who("exhibitors") {
			fmt.Fprintf(&b, `<tr><td><a href="/ru/exhibitors/%d?stand=8A1">%s, %s</a></td><td>Россия</td><td>8</td><td>8A1</td><td>Станки токарные</td></tr>`, 370000+i, strings.ToUpper(f.name), f.form)
		}
		writePage(out, b.String()+`</tbody></table>`)
		return
	}
	for i, f := range w.who("exhibitors") {
		if r.URL.Path == fmt.Sprintf("/ru/exhibitors/%d", 370000+i) {
			writePage(out, fmt.Sprintf(`<h1>%s, %s</h1><dl class="dl-horizontal"><dt>Страна:</dt><dd>Россия</dd><dt>Город:</dt><dd>Пермь</dd><dt>Телефон:</dt><dd>%s</dd><dt>Сайт:</dt><dd>http://www.%s</dd><dt>E-mail:</dt><dd>%s</dd></dl>`,
				strings.ToUpper(f.name), f.form, f.phone, f.site, f.email))
			return
		}
	}
	http.NotFound(out, r)
}

var overpassAsks = regexp.MustCompile(`area\["ISO3166-2"="RU-PER"\].*nwr\["shop"="(\w+)"\]\(area\.a\);out (center tags|count);`)

// overpass knows workshops by phone and by the ИНН on the sign.
func (w *bazaar) overpass(out http.ResponseWriter, r *http.Request) {
	m := overpassAsks.FindStringSubmatch(r.PostFormValue("data"))
	if m == nil {
		http.Error(out, "<html><body><p><strong>Error</strong>: parse error</p></body></html>", http.StatusBadRequest)
		return
	}
	elements := []object{}
	for i, f := range w.who("osm") {
		if m[1] == "car_repair" {
			elements = append(elements, object{"type": "node", "id": 100 + i, "lat": 58.01, "lon": 56.25, "tags": object{
				"shop": "car_repair", "name": f.name, "phone": f.phone, "website": "https://" + f.site, "addr:city": "Пермь", "addr:street": f.street, "addr:housenumber": "5",
				"operator": f.short(), "operator:ref:inn": string(f.inn),
			}})
		}
	}
	if m[2] == "count" {
		elements = []object{{"type": "count", "id": 0, "tags": object{"total": strconv.Itoa(len(elements))}}}
	}
	writeJSON(out, object{"version": 0.6, "osm3s": object{"timestamp_osm_base": (w.day - 3).String() + "T01:02:03Z"}, "elements": elements})
}

// twogis has doors, of some with the ИНН.
func (w *bazaar) twogis(out http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	fail := func(code int, kind, message string) {
		writeJSON(out, object{"meta": object{"code": code, "error": object{"type": kind, "message": message}}})
	}
	if q.Get("key") != vendorKeys()["OBZVON_KEY_TWOGIS"] {
		fail(403, "apiKeyIsBlocked", "Authorization error")
		return
	}
	items := []object{}
	for i := range w.firms {
		f := &w.firms[i]
		rubric := map[string]string{"45.20": "9041", "45.31": "430"}[f.okved]
		if !f.known("twogis") && !f.known("twogis-inn") || rubric != q.Get("rubric_id") {
			continue
		}
		door := object{
			"id": fmt.Sprintf("700000010000%04d_hash", i), "type": "branch", "name": f.name, "name_ex": object{"primary": f.name, "legal_name": f.short()},
			"org": object{"id": strconv.Itoa(4000 + i), "branch_count": 1}, "rubrics": []any{object{"name": map[string]string{"9041": "Авторемонт и техобслуживание (СТО)", "430": "Автозапчасти"}[rubric], "kind": "primary"}},
			"adm_div":      []any{object{"type": "country", "name": "Россия"}, object{"type": "region", "name": "Пермский край"}, object{"type": "city", "name": "Пермь"}},
			"address_name": f.street + " улица, 5",
			"contact_groups": []any{object{"contacts": []any{
				object{"type": "phone", "value": f.phone}, object{"type": "email", "value": f.email}, object{"type": "website", "url": "https://" + f.site + "/"},
			}}},
		}
		if f.known("twogis-inn") {
			door["itin"] = string(f.inn)
		}
		items = append(items, door)
	}
	if page := q.Get("page"); len(items) == 0 || page != "1" && page != "" {
		fail(404, "itemNotFound", "Results not found")
		return
	}
	writeJSON(out, object{"meta": object{"code": 200}, "result": object{"items": items, "total": len(items)}})
}

// girbo holds large companies and their reports.
func (w *bazaar) girbo(out http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var rows []object
	for i, f := range w.who("girbo") {
		id := 100 + i
		report := object{"id": 71, "period": strconv.Itoa(w.day.Time().Year() - 1), "gainSum": 950000 + i, "actualBfoDate": (w.day - 100).String()}
		if strings.HasPrefix(r.URL.Path, fmt.Sprintf("/nbo/organizations/%d/", id)) {
			writeJSON(out, []any{report})
			return
		}
		if strings.Contains(string(f.inn), q.Get("query")) {
			rows = append(rows, object{
				"id": id, "inn": strings.Replace(string(f.inn), q.Get("query"), "<strong>"+q.Get("query")+"</strong>", 1), "shortName": f.short(), "ogrn": f.ogrn,
				"index": "614000", "region": "ПЕРМСКИЙ", "city": "ПЕРМЬ", "street": f.street, "house": "5", "okved2": f.okved, "statusCode": "ACTIVE", "bfo": report,
			})
		}
	}
	page, _ := strconv.Atoi(q.Get("page"))
	size, _ := strconv.Atoi(q.Get("size"))
	total := len(rows)
	writeJSON(out, object{"content": append([]object{}, rows[min(total, page*size):min(total, (page+1)*size)]...), "totalElements": total})
}

// checko plays both sites of that interface.
func (w *bazaar) checko(name, variable string) http.HandlerFunc {
	return func(out http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("key") != vendorKeys()[variable] {
			out.WriteHeader(http.StatusForbidden)
			writeJSON(out, object{"meta": object{"status": "error", "message": "Неверный ключ"}})
			return
		}
		meta := object{"status": "ok", "today_request_count": 7}
		if strings.HasSuffix(r.URL.Path, "/search") {
			rows := []any{}
			for _, f := range w.who(name + "-search") {
				if f.okved == q.Get("query") && (q.Get("obj") == "ent") == (f.form == "ИП") {
					rows = append(rows, recordCard(f))
				}
			}
			writeJSON(out, object{"data": object{"ЗапВсего": len(rows), "СтрВсего": min(len(rows), 1), "СтрТекущ": 1, "Записи": rows}, "meta": meta})
			return
		}
		f := w.byINN(q.Get("inn"))
		switch {
		case q.Get("inn") == "7707083893":
			writeJSON(out, object{"data": object{"ИНН": "7707083893"}, "meta": meta})
		case f == nil || !f.known(name+"-card"):
			writeJSON(out, object{"data": object{}, "meta": meta})
		case strings.HasSuffix(r.URL.Path, "/finances"):
			writeJSON(out, object{"company": object{"ИНН": string(f.inn), "ОГРН": f.ogrn, "НаимСокр": f.short()}, "data": object{strconv.Itoa(w.day.Time().Year() - 1): object{"2110": 51000000, "2400": 1000000}}, "meta": meta})
		default:
			card := recordCard(f)
			card["ОКВЭД"], card["Статус"], card["СЧР"], card["СЧРГод"] = object{"Код": f.okved}, object{"Код": "001", "Наим": "Действует"}, 34, w.day.Time().Year()-1
			card["Контакты"] = object{"Тел": []string{f.phone}, "Емэйл": []string{f.email}, "ВебСайт": f.site}
			writeJSON(out, object{"data": card, "meta": meta})
		}
	}
}

func recordCard(f *invented) object {
	out := object{"ИНН": string(f.inn), "ДатаРег": "2010-03-04", "Статус": "Действует", "РегионКод": "59"}
	if f.form == "ИП" {
		out["ОГРНИП"], out["ФИО"] = f.ogrn, f.name
	} else {
		out["ОГРН"], out["НаимСокр"] = f.ogrn, f.short()
	}
	return out
}

// site is a company's own, one page; only without encryption.
func (w *bazaar) site(out http.ResponseWriter, r *http.Request, host string) {
	for i := range w.firms {
		if f := &w.firms[i]; f.site == host && r.Method == http.MethodGet && r.URL.Path == "/" {
			writePage(out, fmt.Sprintf(`<h1>%s</h1><p>ИНН %s</p><p>Отдел закупок: <a href="tel:+79070001%03d">+7 907 000-1%03d</a></p>`, html.EscapeString(f.short()), f.inn, i, i))
			return
		}
	}
	http.Error(out, "", http.StatusNotFound)
}
