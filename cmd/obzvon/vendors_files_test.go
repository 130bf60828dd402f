package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// configure writes the config: each adapter that there is in a section of its own.
// more goes into every section of a vendor.
func (w *bazaar) configure(more string) {
	w.t.Helper()
	w.write("obzvon.yaml", strings.NewReplacer(
		"URL", w.URL, "DAY", (w.day+30).String(), "OLD", (w.day-2).String(), "MORE", more, "DIR", w.dir,
	).Replace(bazaarConfig))
}

const bazaarConfig = `schema_version: 1
strategy: {start_date: "2018-01-01"}
calendar: {holidays: []}
run: {deadline: "23:59"}
fetch: {allow_prefixes: ["127.0.0.0/8", "::1/128"], proxy: "URL", contact: "operator@obzvon.example"}
sources:
  rsmp: {adapter: rsmp, trust: 80, whole: "yes", paths: ["DIR/rsmp.xml"]}
  egrul: {adapter: egrul, trust: 90, terms_accepted: "OLD", paths: ["DIR/egrul.xml"]}
  revexp: {adapter: fns, set: revexp, trust: 60, paths: ["DIR/revexp.xml"]}
  table: {adapter: table, trust: 50, terms_accepted: "OLD", date: "OLD", paths: ["DIR/table.csv"]}
  contracts: {adapter: zakupki, mode: files, trust: 70, terms_accepted: "OLD", paths: ["DIR/contract.xml"]}
  zakupki: {adapter: zakupki, trust: 70, terms_accepted: "OLD", base: "URL/vendor/zakupki"MORE}
  b2bcenter: {adapter: b2bcenter, trust: 40, terms_accepted: "OLD", base: "URL/vendor/b2bcenter"MORE}
  fair: {adapter: exhibitors, trust: 40, terms_accepted: "OLD", base: "URL/vendor/exhibitors", list: /ru/list, fair: vydumka-2027, title: "Выдумка", day: "DAY"MORE}
  osm: {adapter: osm, trust: 30, terms_accepted: "OLD", base: "URL/vendor/osm", regions: ["59"], tags: ["shop=car_repair Автосервис", "shop=car_parts Автозапчасти"]MORE}
  twogis: {adapter: twogis, trust: 50, terms_accepted: "OLD", base: "URL/vendor/twogis", rubrics: ["9041 СТО", "430 Автозапчасти"], regions: ["16"]MORE}
  girbo: {adapter: girbo, trust: 75, terms_accepted: "OLD", base: "URL/vendor/girbo", regions: ["59"], digits: 2, reports: list, rows: 2MORE}
  checko: {adapter: checko, trust: 70, terms_accepted: "OLD", base: "URL/vendor/checko/v2", codes: ["45.20", "28.41"], regions: ["59"], cards: 2MORE}
  ofdata: {adapter: ofdata, trust: 65, terms_accepted: "OLD", base: "URL/vendor/ofdata/v2", codes: ["45.20"], regions: ["59"]MORE}
enrich:
  ask-rmsp: {adapter: rmsp, trust: 60, terms_accepted: "OLD", base: "URL/vendor/rmsp", budget: 50MORE}
  ask-egrul: {adapter: egrul, trust: 85, terms_accepted: "OLD", base: "URL/vendor/egrul", budget: 50MORE}
  ask-risk: {adapter: risk, trust: 60, terms_accepted: "OLD", bankruptcy_base: "URL/vendor/bankrot", unfair_base: "URL/vendor/rnp", flags_base: "URL/vendor/pb", budget: 50MORE}
  ask-dadata: {adapter: dadata, trust: 60, terms_accepted: "OLD", base: "URL/vendor/dadata", plan: maximal, budget: 50MORE}
  ask-kontur: {adapter: kontur, trust: 60, terms_accepted: "OLD", base: "URL/vendor/kontur", contacts: true, budget: 50MORE}
  ask-saby: {adapter: saby, trust: 60, terms_accepted: "OLD", base: "URL/vendor/saby", budget: 50MORE}
  ask-checko: {adapter: checko, trust: 60, terms_accepted: "OLD", base: "URL/vendor/checko/v2", budget: 50MORE}
  ask-ofdata: {adapter: ofdata, trust: 60, terms_accepted: "OLD", base: "URL/vendor/ofdata/v2", budget: 50MORE}
  website: {trust: 65, budget: 50, at_once: 1}
  numbering: {trust: 10}
waterfall:
  order: [ask-rmsp, ask-egrul, ask-risk, ask-dadata, ask-kontur, ask-saby, ask-checko, ask-ofdata]
`

// askingOf are the names of sections by the vendor that they ask.
func askingOf() map[string][]string {
	return map[string][]string{
		"zakupki": {"zakupki"}, "b2bcenter": {"b2bcenter"}, "exhibitors": {"fair"}, "osm": {"osm"}, "twogis": {"twogis"}, "girbo": {"girbo"},
		"checko": {"checko", "ask-checko"}, "ofdata": {"ofdata", "ask-ofdata"}, "rmsp": {"ask-rmsp"}, "egrul": {"ask-egrul"},
		"dadata": {"ask-dadata"}, "kontur": {"ask-kontur"}, "saby": {"ask-saby"}, "bankrot": {"ask-risk"}, "rnp": {"ask-risk"}, "pb": {"ask-risk"},
	}
}

func (w *bazaar) write(name, text string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// rewrite changes the config.
func (w *bazaar) rewrite(from, to string) {
	w.t.Helper()
	path := filepath.Join(w.dir, "obzvon.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write("obzvon.yaml", strings.ReplaceAll(string(text), from, to))
}

// files are the inputs that lie on the machine.
func (w *bazaar) files() {
	dotted := (w.day - 5).Russian()
	var rsmp, egrul, revenue, rows []string
	for i := range w.firms {
		f := &w.firms[i]
		name := strings.ReplaceAll(f.short(), `"`, "&quot;")
		if f.known("rsmp") {
			rsmp = append(rsmp, fmt.Sprintf(`<Документ ИдДок="id-%d" ДатаСост="%s" ДатаВклМСП="01.08.2016" ВидСубМСП="1" КатСубМСП="2" ПризНовМСП="2">`+
				`<ОргВклМСП НаимОрг="%s" НаимОргСокр="%s" ИННЮЛ="%s" ОГРН="%s"/><СведМН КодРегион="59"><Регион Тип="КРАЙ" Наим="ПЕРМСКИЙ"/><Город Тип="ГОРОД" Наим="ПЕРМЬ"/></СведМН>`+
				`<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="%s" НаимОКВЭД="Имя" ВерсОКВЭД="2014"/></СвОКВЭД></Документ>`, i, dotted, name, name, f.inn, f.ogrn, f.okved))
		}
		if f.known("egrul-files") || f.known("egrul-ended") {
			more := ""
			if f.known("egrul-ended") {
				more = fmt.Sprintf(`<СвПрекрЮЛ ДатаПрекрЮЛ="%s"><СпПрекрЮЛ КодСпПрекрЮЛ="201" НаимСпПрекрЮЛ="Ликвидация юридического лица"/></СвПрекрЮЛ>`, w.day-10)
			}
			egrul = append(egrul, fmt.Sprintf(`<Документ ИдДок="id-%d"><СвЮЛ ДатаВып="%s" ОГРН="%s" ДатаОГРН="2012-01-15" ИНН="%s" КПП="590201001"><СвНаимЮЛ НаимЮЛПолн="%s"/>%s`+
				`<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="%s" НаимОКВЭД="Имя" ПрВерсОКВЭД="2014"/></СвОКВЭД></СвЮЛ></Документ>`, i, w.day-4, f.ogrn, f.inn, name, more, f.okved))
		}
		if f.known("revexp") {
			revenue = append(revenue, fmt.Sprintf(`<Документ ИдДок="00000000-0000-4000-8000-%012d" ДатаДок="%s" ДатаСост="31.12.%d"><СведНП НаимОрг="%s" ИННЮЛ="%s"/>`+
				`<СведДохРасх СумДоход="88310000.00" СумРасход="79770000.00"/></Документ>`, i, dotted, w.day.Time().Year()-1, name, f.inn))
		}
		if f.known("table") {
			rows = append(rows, fmt.Sprintf("%s;%s;Пермь;%s;%s\n", f.name, f.inn, f.phone, f.email))
		}
	}
	const sender = `<ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>`
	const declared = `<?xml version="1.0" encoding="UTF-8"?>`
	w.write("rsmp.xml", fmt.Sprintf(declared+`<Файл ИдФайл="VO_RRMSPSV_0000_9965_20260711_x" ВерсФорм="4.06" ТипИнф="РЕЕСТРМСП" КолДок="%d">`, len(rsmp))+sender+strings.Join(rsmp, "")+"</Файл>")
	w.write("egrul.xml", fmt.Sprintf(declared+`<Файл ИдФайл="VO_RUGFO_0000_9965_20260912_x" ВерсФорм="4.08" ТипИнф="ЕГРЮЛ_ОТКР_СВЕД" КолДок="%d">`, len(egrul))+sender+strings.Join(egrul, "")+"</Файл>")
	w.write("revexp.xml", fmt.Sprintf(declared+`<Файл ИдФайл="VO_OTKRDAN_5_9965_9965_20260725_00000000-0000-4000-8000-000000000001" ВерсФорм="4.01" ВерсПрог="1.0" ТипИнф="ОТКРДАННЫЕ5" КолДок="%d">`, len(revenue))+sender+strings.Join(revenue, "")+"</Файл>")
	w.write("table.csv", "Название;ИНН;Город;Телефон;E-mail\n"+strings.Join(rows, ""))
	w.write("contract.xml", w.contract())
}

// contract is a customer's with another supplier.
func (w *bazaar) contract() string {
	f := w.firm("yayva")
	return fmt.Sprintf(`<ns3:export xmlns="urn:t" xmlns:ns3="urn:e"><ns3:contract schemeVersion="14"><regNum>2774310405926000057</regNum><publishDate>%[1]sT10:00:00Z</publishDate>
<customer><fullName>%[2]s</fullName><inn>%[3]s</inn><kpp>590201001</kpp></customer><signDate>%[1]s</signDate><contractSubject>Поставка подшипников роликовых</contractSubject><priceInfo><price>310000.00</price></priceInfo>
<products><product><OKPD2><code>28.15.10.120</code><name>x</name></OKPD2><name>Подшипник</name></product></products>
<suppliersInfo><supplierInfo><legalEntityRF><EGRULInfo><fullName>ООО "ЧУЖАЯ ПОСТАВКА"</fullName><INN>%[4]s</INN></EGRULInfo></legalEntityRF></supplierInfo></suppliersInfo></ns3:contract></ns3:export>`,
		(w.day - 40).String(), f.short(), f.inn, innNumbered(777, false))
}
