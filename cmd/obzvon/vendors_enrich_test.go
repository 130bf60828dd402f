package main

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// rmsp knows contacts that few have entered.
func (w *bazaar) rmsp(out http.ResponseWriter, r *http.Request) {
	rows := []object{}
	for _, inn := range strings.Split(r.PostFormValue("innList"), ",") {
		if f := w.byINN(inn); f != nil && f.known("rmsp") {
			rows = append(rows, object{
				"id": 1, "inn": inn, "ogrn": f.ogrn, "name_ex": f.short(), "regioncode": "59", "citytype": "г.", "cityname": "Пермь", "okved1": f.okved, "nptype": "UL",
				"category": 2, "is_active": 1, "dtregistry": "01.08.2016 00:00:00", "od2_sschr": 17, "phone": f.phone, "email": f.email, "www": f.site,
			})
		}
	}
	writeJSON(out, object{"dtQueryBegin": (w.day - 1).Russian() + " 05:00:00", "data": rows, "rowCount": len(rows), "rowLimit": 0})
}

// egrul is the mirror of the register: it has everybody but sole proprietors.
func (w *bazaar) egrul(out http.ResponseWriter, r *http.Request) {
	inn := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/"), ".json")
	f := w.byINN(inn)
	if inn == "7707083893" {
		f = w.firm("azimut")
	}
	if f == nil || f.form == "ИП" {
		http.NotFound(out, r)
		return
	}
	writeJSON(out, object{"СвЮЛ": object{
		"@attributes": object{"ДатаВып": (w.day - 2).String(), "ОГРН": f.ogrn, "ДатаОГРН": "2002-10-01", "ИНН": inn, "КПП": "590201001"},
		"СвНаимЮЛ":    object{"@attributes": object{"НаимЮЛПолн": f.short()}, "СвНаимЮЛСокр": object{"@attributes": object{"НаимСокр": f.short()}}},
		"СвОКВЭД":     object{"СвОКВЭДОсн": object{"@attributes": object{"КодОКВЭД": f.okved, "ПрВерсОКВЭД": "2014"}}},
	}})
}

// dadata has the plan «Максимальный»; of one company it tells another's name.
func (w *bazaar) dadata(out http.ResponseWriter, r *http.Request) {
	var q struct {
		Query string `json:"query"`
	}
	body, _ := io.ReadAll(r.Body)
	if r.Header.Get("Authorization") != "Token "+vendorKeys()["OBZVON_KEY_DADATA"] || json.Unmarshal(body, &q) != nil {
		out.WriteHeader(http.StatusForbidden)
		writeJSON(out, object{"message": "Permission denied"})
		return
	}
	found := []object{}
	if f := w.byINN(q.Query); f != nil && (f.known("dadata") || f.known("dadata-false")) {
		name, phone := f.short(), f.phone
		if f.known("dadata-false") {
			name, phone = `ООО "СОВСЕМ ИНОЕ"`, "+79070009999"
		}
		found = append(found, object{"value": "x", "data": object{
			"inn": string(f.inn), "ogrn": f.ogrn, "type": "LEGAL", "branch_type": "MAIN", "okved": f.okved, "okved_type": "2014", "name": object{"short_with_opf": name},
			"state":  object{"status": "ACTIVE", "registration_date": 1267660800000},
			"phones": []object{{"value": phone}}, "emails": []object{{"value": f.email}}, "employee_count": 640,
			"finance": object{"income": 950000000.0, "year": w.day.Time().Year() - 1},
		}})
	}
	writeJSON(out, object{"suggestions": found})
}

// kontur answers several ИНН at a time, method by method.
func (w *bazaar) kontur(out http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("key") != vendorKeys()["OBZVON_KEY_KONTUR"] {
		http.Error(out, "the key is not known", http.StatusForbidden)
		return
	}
	all := []object{}
	for _, inn := range strings.Split(q.Get("inn"), ",") {
		f := w.byINN(inn)
		if f == nil || !f.known("kontur") {
			continue
		}
		one := object{"inn": inn, "ogrn": f.ogrn}
		switch strings.TrimPrefix(r.URL.Path, "/") {
		case "req":
			one["UL"] = object{"legalName": object{"short": f.short()}, "status": object{"statusString": "Действующее"}, "registrationDate": "2010-03-04"}
		case "egrDetails":
			one["UL"] = object{"activities": object{"principalActivity": object{"code": f.okved}, "okvedVersion": "2"}}
		case "financeAnalytics":
			one["financeAnalyticsData"] = object{"lastBuhYear": object{"data": w.day.Time().Year() - 1}, "incomeEnd": object{"data": 2000000.0}}
		case "contacts":
			one["contactPhones"] = object{"count": 1, "phones": []any{f.phone}}
		case "contactEmails":
			one["contactEmails"] = object{"emails": []string{f.email}}
		case "sites":
			one["sites"] = []string{f.site}
		}
		all = append(all, one)
	}
	writeJSON(out, all)
}

// saby gives a session for the key, and items within it.
func (w *bazaar) saby(out http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/oauth/service/" {
		var q map[string]string
		body, _ := io.ReadAll(r.Body)
		if json.Unmarshal(body, &q) != nil || q["app_client_id"]+":"+q["app_secret"]+":"+q["secret_key"] != vendorKeys()["OBZVON_KEY_SABY"] {
			http.Error(out, `{"error":"no such application"}`, http.StatusUnauthorized)
			return
		}
		writeJSON(out, object{"access_token": "hush-token", "sid": "hush-session"})
		return
	}
	if r.Header.Get("X-SBISAccessToken") != "hush-token" || r.Header.Get("X-SBISSessionId") != "hush-session" {
		http.Error(out, `{"error":"no session"}`, http.StatusUnauthorized)
		return
	}
	method := strings.TrimPrefix(r.URL.Path, "/vok/")
	if method == "client/stat" {
		writeJSON(out, object{"requests_count_limit": 30000, "requests_count": 5, "unique_value_limit": 5000, "unique_value_count": 5})
		return
	}
	all := []object{}
	for _, inn := range r.URL.Query()["inn"] {
		f := w.byINN(inn)
		if f == nil || !f.known("saby") {
			continue
		}
		all = append(all, map[string]object{
			"req":               {"inn": inn, "ogrn": f.ogrn, "company_short_name": f.short(), "condition_name": "Действующий", "main_okved": f.okved},
			"contacts-official": {"phone_numbers": []string{strings.TrimPrefix(f.phone, "+")}, "sites": []string{f.site}, "emails": []string{f.email}},
			"finance":           {"financial_indicators": object{strconv.Itoa(w.day.Time().Year() - 1): object{"income": object{"value": 7000000}}}},
		}[method])
	}
	writeJSON(out, all)
}

// bankrot is the registry of bankruptcies.
func (w *bazaar) bankrot(out http.ResponseWriter, r *http.Request) {
	rows := []object{}
	if f := w.byINN(r.URL.Query().Get("searchString")); f != nil && f.known("bankrupt") {
		rows = append(rows, object{"inn": string(f.inn), "ogrn": f.ogrn, "name": f.short(), "lastLegalCase": object{
			"number": "А50-1/2026", "status": object{"code": "Tender", "description": "Конкурсное производство", "date": "2026-01-14T00:00:00"},
		}})
	}
	writeJSON(out, object{"pageData": rows, "total": len(rows)})
}

// unfair is the list of unfair suppliers, as a feed.
func (w *bazaar) unfair(out http.ResponseWriter, r *http.Request) {
	items := ""
	if f := w.byINN(r.URL.Query().Get("searchString")); f != nil && f.known("unfair") {
		items = "<item><title>Запись</title><link>/x</link><description>" + html.EscapeString(
			`<strong>Реестровый номер: </strong>26000001<br/><strong>Относится к: </strong>44-ФЗ<br/><strong>Наименование(ФИО) недобросовестного поставщика: </strong>`+f.short()+
				`<br/><strong>ИНН (аналог ИНН): </strong>`+string(f.inn)+`<br/><strong>Включено: </strong>13.08.2026<br/><strong>Статус записи: </strong>Размещено<br/>`) + "</description></item>"
	}
	fmt.Fprint(out, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>РНП</title>`+items+`</channel></rss>`)
}

// flags is pb.nalog.ru: whatever is begun there is done at the second look.
func (w *bazaar) flags(out http.ResponseWriter, r *http.Request) {
	id, response := r.PostFormValue("id"), r.PostFormValue("method") == "get-response"
	w.mu.Lock()
	if response {
		w.looked[r.URL.Path+id]++
	}
	first := response && w.looked[r.URL.Path+id] == 1
	w.mu.Unlock()
	card := r.URL.Path == "/company-proc.json"
	switch {
	case first:
		fmt.Fprint(out, "null")
	case !response && !card:
		writeJSON(out, object{"id": "S" + r.PostFormValue("queryUl") + r.PostFormValue("queryIp"), "captchaRequired": false})
	case !response:
		writeJSON(out, object{"id": "C" + r.PostFormValue("token"), "token": "second"})
	case card:
		writeJSON(out, object{"vyp": object{"invalid": 0, "masruk": []object{{"cnt": 1}}}})
	default:
		none, one := object{"data": []object{}}, object{"data": []object{}}
		if f := w.byINN(strings.TrimPrefix(id, "S")); f != nil {
			one = object{"data": []object{{"inn": string(f.inn), "namep": f.short(), "invalid": "0", "token": string(f.inn)}}}
			if f.form == "ИП" {
				none, one = one, none
			}
		}
		writeJSON(out, object{"ul": one, "ip": none})
	}
}
