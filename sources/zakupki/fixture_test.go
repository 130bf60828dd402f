package zakupki

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

var now = time.Date(2026, time.November, 23, 1, 0, 0, 0, time.UTC)

// innOf completes nine digits to the number of an invented firm.
func innOf(nine int) string {
	for d := range 10 {
		if inn, err := company.ParseINN(fmt.Sprintf("%09d%d", nine, d)); err == nil {
			return string(inn)
		}
	}
	panic("one of ten digits is right")
}

// manOf completes ten digits to the number of an invented sole proprietor.
func manOf(ten int) string {
	for d := range 100 {
		if inn, err := company.ParseINN(fmt.Sprintf("%010d%02d", ten, d)); err == nil {
			return string(inn)
		}
	}
	panic("two of a hundred digits are right")
}

// ikzOf is the code of a purchase of a group of ОКПД2 by a firm.
func ikzOf(inn, group string) string { return "262" + inn + "770101001" + "0001001" + group + "244" }

// item is an invented notice of a list.
type item struct {
	number, subject, customer, organiser, ikz, price string
	law                                              string
}

func items(n int) []item {
	var out []item
	for i := range n {
		out = append(out, item{
			number: fmt.Sprintf("03%017d", 1000+i), subject: fmt.Sprintf("Поставка подшипников, лот %d", i),
			customer: fmt.Sprintf(`ГБУ "Выдумка № %d"`, i), ikz: ikzOf(innOf(990000000+i), "2815"), price: "506000.50", law: "44",
		})
	}
	return out
}

func feedText(list []item) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Результаты</title><link>/epz/order</link>`)
	for _, it := range list {
		link := "https://zakupki.gov.ru/epz/order/notice/ea20/view/common-info.html?regNumber=" + it.number
		d := `<b>Параметры поиска: </b><br/><strong>Закупки по: </strong>44-ФЗ<br/><br><strong>Найденный результат:</strong><br/><strong>Электронный аукцион</strong> <a href='` + link + `'><strong>№ </strong><strong>` + it.number + `</strong></a><br/>` +
			`<strong>Наименование объекта закупки: </strong>` + html.EscapeString(it.subject) + `<br/>`
		if it.organiser != "" {
			d += `<strong>Организация, осуществляющая размещение: </strong>` + html.EscapeString(it.organiser) + `<br/>`
		}
		if it.customer != "" {
			d += `<strong>Наименование Заказчика: </strong>` + strings.Replace(html.EscapeString(it.customer), "Выдумка", "Выду<span class='highlightColor'>мка", 1) + `<br/>`
		}
		d += `<strong>Начальная цена контракта: </strong>` + it.price + `<strong> Валюта: </strong>Российский рубль<br/><strong>Размещено: </strong>20.11.2026<br/><strong>Обновлено: </strong>21.11.2026<br/>`
		if it.ikz != "" {
			d += `<strong>Идентификационный код закупки (ИКЗ): </strong>` + it.ikz + `<br/>`
		}
		fmt.Fprintf(&b, "<item><title>Электронный аукцион №%s</title><link>%s</link><description>%s</description><pubDate>Fri, 20 Nov 2026 06:59:36 GMT</pubDate><author>%s</author></item>",
			it.number, link, html.EscapeString(d), html.EscapeString(it.customer+it.organiser))
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

func pageText(list []item, total string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><title>ЕИС</title></head><body><div class="search-results__total">` + total + `</div>`)
	for _, it := range list {
		fmt.Fprintf(&b, `<div class="search-registry-entry-block box"><div class="registry-entry__header-top__title">%s-ФЗ Электронный аукцион</div>
<div class="registry-entry__header-mid__number"><a href="/epz/order/notice/ea20/view/common-info.html?regNumber=%s">№ %s</a></div>
<div class="registry-entry__body-title">Объект закупки</div><div class="registry-entry__body-value">%s</div>`,
			it.law, it.number, it.number, strings.Replace(html.EscapeString(it.subject), "подшипник", "<span class='highlightColor'>подшипник</span>", 1))
		if it.organiser != "" {
			fmt.Fprintf(&b, `<div class="registry-entry__body-title">Организация, осуществляющая размещение</div><div class="registry-entry__body-href"><a href="/o">%s</a></div>`, html.EscapeString(it.organiser))
		}
		if it.customer != "" {
			fmt.Fprintf(&b, `<div class="registry-entry__body-title">Заказчик</div><div class="registry-entry__body-href"><a href="/o">%s</a></div>`, html.EscapeString(it.customer))
		}
		fmt.Fprintf(&b, `<div class="price-block__value">506&nbsp;000,50 ₽</div><div class="data-block__title">Размещено</div><div class="data-block__value">20.11.2026</div>
<div class="data-block__title">Окончание подачи заявок</div><div class="data-block__value">30.11.2026</div><a onclick="openPlanGraphSearchUrl('%s')">Позиция</a></div>`, it.ikz)
	}
	b.WriteString(`</body></html>`)
	return b.String()
}

const person = "<ns3:lastName>Выдуманный</ns3:lastName><ns3:firstName>Пётр</ns3:firstName><ns3:middleName>Ильич</ns3:middleName>"

// notice44Text is a notice of 44-ФЗ with prefixes that no real one has together.
func notice44Text(number, subject, role, inn, okpd2, position string, requirements string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><q:epNotificationEF2020 xmlns:q="urn:q" xmlns="urn:e" xmlns:ns2="urn:2" xmlns:ns3="urn:3" schemeVersion="16.2"><versionNumber>2</versionNumber>
<commonInfo><purchaseNumber>` + number + `</purchaseNumber><publishDTInEIS>2026-11-20T23:30:00.1+10:00</publishDTInEIS><href>https://zakupki.gov.ru/epz/order/notice/ea20/view/common-info.html?regNumber=` + number + `</href><purchaseObjectInfo>` + subject + `</purchaseObjectInfo></commonInfo>
<purchaseResponsibleInfo><responsibleOrgInfo><fullName>ГБУ "ВЫДУМАННАЯ БОЛЬНИЦА"</fullName><factAddress>Российская Федерация, 690003, Приморский край, Владивосток г, УЛ ВЫДУМАННАЯ, 1</factAddress><INN>` + inn + `</INN><KPP>254001001</KPP></responsibleOrgInfo><responsibleRole>` + role + `</responsibleRole>
<responsibleInfo><contactPersonInfo>` + person + `</contactPersonInfo><contactEMail>zakupki@bolnica.example</contactEMail><contactPhone>7-907-0000001</contactPhone></responsibleInfo></purchaseResponsibleInfo>
<attachmentsInfo><ns3:attachmentInfo><ns3:signature>AAAA</ns3:signature></ns3:attachmentInfo></attachmentsInfo>
<notificationInfo><procedureInfo><collectingInfo><endDT>2026-12-01T09:00:00+10:00</endDT></collectingInfo></procedureInfo><contractConditionsInfo><maxPriceInfo><maxPrice>121600.60</maxPrice><currency><ns2:code>RUB</ns2:code></currency></maxPriceInfo></contractConditionsInfo>
<customerRequirementsInfo>` + requirements + `</customerRequirementsInfo>
<purchaseObjectsInfo><notDrugPurchaseObjectsInfo><ns3:purchaseObject><ns3:KTRU><ns2:code>` + okpd2 + `-00000001</ns2:code><ns2:name>Товар</ns2:name><ns3:OKPD2><ns2:OKPDCode>` + okpd2 + `</ns2:OKPDCode></ns3:OKPD2></ns3:KTRU><ns3:name>` + position + `</ns3:name></ns3:purchaseObject></notDrugPurchaseObjectsInfo></purchaseObjectsInfo></notificationInfo></q:epNotificationEF2020>`
}

func requirement(name, ikz string) string {
	return `<customerRequirementInfo><customer><ns2:fullName>` + name + `</ns2:fullName></customer><contractConditionsInfo><purchaseCode>` + ikz + `</purchaseCode><IKZInfo><OKPD2Info><ns3:OKPD2><ns2:OKPDCode>28.15</ns2:OKPDCode></ns3:OKPD2></OKPD2Info></IKZInfo></contractConditionsInfo></customerRequirementInfo>`
}

// pulled is all that a pull yields.
type pulled struct {
	batches []pipeline.Batch
	obs     []company.Observation
	counts  pipeline.Counts
	err     error
}

func pullAll(t testing.TB, s *Source, req pipeline.Request) pulled {
	t.Helper()
	var out pulled
	for b, err := range s.Pull(t.Context(), req) {
		if err != nil {
			out.err = err
			continue
		}
		if err := b.Counts.Check(); err != nil {
			t.Error(err)
		}
		out.batches, out.obs, out.counts = append(out.batches, b), append(out.obs, b.Observations...), out.counts.Add(b.Counts)
	}
	return out
}

// over makes a source that asks a vendor.
func over(t testing.TB, v *servicetest.Vendor, o Options, change func(*service.Options)) *Source {
	t.Helper()
	o.Base = v.URL
	so := Interface(o, "token/of&1")
	if change != nil {
		change(&so)
	}
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	src, err := New("eis", s, o)
	if err != nil {
		t.Fatal(err)
	}
	src.now = v.Clock.Now
	return src
}

// inMemory is a host without connections, whose goroutines would look like leaks.
type inMemory struct{ http.Handler }

func (m inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	for name, v := range r.Header {
		r.Header[http.CanonicalHeaderKey(name)] = v // as a server reads it
	}
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	return w.Result(), nil
}

// withoutNetwork makes a source that asks a handler.
func withoutNetwork(t testing.TB, h http.Handler, o Options) *Source {
	t.Helper()
	o.Base = "https://eis.example"
	c := fetch.New(fetch.Options{Base: inMemory{h}, Clock: fetchtest.NewClock(), Jitter: func() float64 { return 0 }})
	t.Cleanup(c.Close)
	s, err := service.New(c, Interface(o, "token"))
	if err != nil {
		t.Fatal(err)
	}
	src, err := New("eis", s, o)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func withMode(mode string) Options {
	o := Defaults()
	o.Mode = mode
	if mode == ModeDocs {
		o.Regions, o.DaysBack = append(o.Regions, "77", "50"), 2
		o.Documents = []string{"PRIZ/epNotificationEF2020", "RI223/purchaseNotice"}
	}
	return o
}

func fact(o company.Observation, f company.Field) string { return o.First(f) }
