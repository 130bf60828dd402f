package zakupki

import (
	"errors"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

const number = "0320100007626000014"

func one(t *testing.T, text string) *purchase {
	t.Helper()
	all, err := document(strings.NewReader(text))
	if err != nil || len(all) != 1 {
		t.Fatalf("%d purchases, %v", len(all), err)
	}
	return all[0]
}

func observed(t *testing.T, p *purchase, persons bool) []company.Observation {
	t.Helper()
	w := newWanted(Defaults().Words, plain(Defaults().OKPD2))
	by, ok := w.purchase(p)
	if !ok {
		t.Fatalf("not wanted: %+v", p)
	}
	o := observer{"eis", persons}
	obs, err := o.observe(p, by, "file")
	if err != nil {
		t.Fatal(err)
	}
	for i := range obs {
		if err := sourcetest.CheckObservation(&obs[i], persons); err != nil {
			t.Errorf("%+v: %v", obs[i], err)
		}
	}
	return obs
}

func values(o company.Observation) map[company.Field]string {
	out := map[company.Field]string{}
	for _, f := range o.Facts {
		out[f.Field] = f.Value
	}
	return out
}

func check(t *testing.T, o company.Observation, want map[company.Field]string) {
	t.Helper()
	got := values(o)
	for f, v := range want {
		if got[f] != v {
			t.Errorf("%s: %q, want %q", f, got[f], v)
		}
	}
	for f, v := range got {
		if _, ok := want[f]; !ok {
			t.Errorf("%s: %q was not expected", f, v)
		}
	}
}

func TestNotice44(t *testing.T) {
	inn := innOf(254001576)
	p := one(t, notice44Text(number, "Поставка запасных частей", "CU", inn, "28.15.10.112", "Подшипник 6205", requirement("ГБУ", ikzOf(inn, "2815"))))
	want := map[company.Field]string{
		company.FieldNameFull: `ГБУ "ВЫДУМАННАЯ БОЛЬНИЦА"`, company.FieldKPP: "254001001", company.FieldRegion: "25",
		company.FieldAddress:       "690003, Приморский край, Владивосток г, УЛ ВЫДУМАННАЯ, 1",
		company.FieldTenderSubject: "Поставка запасных частей — Подшипник 6205", company.FieldTenderDay: "2026-11-20", company.FieldTenderDeadline: "2026-12-01",
		company.FieldTenderPrice: "121601", company.FieldTenderPage: "https://zakupki.gov.ru/epz/order/notice/ea20/view/common-info.html?regNumber=" + number,
		company.FieldContactDuty: "supply", company.FieldContactPhone: "+79070000001", company.FieldContactEmail: "zakupki@bolnica.example",
		company.FieldContactPage: "https://zakupki.gov.ru/epz/order/notice/ea20/view/common-info.html?regNumber=" + number,
	}
	obs := observed(t, p, false)
	if len(obs) != 1 || obs[0].INN != company.INN(inn) || obs[0].Key != number || obs[0].Date.String() != "2026-11-20" {
		t.Fatalf("%+v", obs)
	}
	check(t, obs[0], want)
	want[company.FieldContactName] = "Выдуманный Пётр Ильич"
	check(t, observed(t, p, true)[0], want)
	for _, f := range obs[0].Facts {
		if strings.HasPrefix(string(f.Field), "tender.") && f.Key != number {
			t.Errorf("%s is keyed by %q", f.Field, f.Key)
		}
	}
}

// TestPlacedForOthers: the customers are those of the ИКЗ, and the phone is not theirs.
func TestPlacedForOthers(t *testing.T) {
	a, b := innOf(250000001), innOf(250000002)
	req := requirement("ГБУ ПЕРВОЕ", ikzOf(a, "2815")) + requirement("ГБУ ВТОРОЕ", ikzOf(b, "2815")) + requirement("ГБУ ПЕРВОЕ", ikzOf(a, "2815"))
	obs := observed(t, one(t, notice44Text(number, "Поставка подшипников", "RA", innOf(254001576), "28.15.10.112", "x", req)), true)
	if len(obs) != 2 || obs[0].INN != company.INN(a) || obs[1].INN != company.INN(b) || obs[0].Key != number+"/"+a {
		t.Fatalf("%+v", obs)
	}
	for _, o := range obs {
		if v := values(o); v[company.FieldContactPhone] != "" || v[company.FieldContactName] != "" || v[company.FieldTenderSubject] != "Поставка подшипников" {
			t.Errorf("%+v", o)
		}
	}
	p := one(t, notice44Text(number, "Поставка подшипников", "RA", innOf(254001576), "28.15.10.112", "x", ""))
	o := observer{"eis", false}
	if _, err := o.observe(p, "", "x"); !errors.Is(err, errNobody) {
		t.Errorf("nobody buys: %v", err)
	}
}

func TestOlderNotice(t *testing.T) {
	inn := innOf(770100001)
	p := one(t, `<ns2:export xmlns="urn:o" xmlns:ns2="urn:x"><ns2:fcsNotificationEF schemeVersion="9.0"><purchaseNumber>0373100001118000010</purchaseNumber><docPublishDate>2018-05-03T10:00:00+03:00</docPublishDate>
<href>http://zakupki.gov.ru/epz/order/notice/ea44/view/common-info.html?regNumber=0373100001118000010</href><purchaseObjectInfo>Подшипники</purchaseObjectInfo>
<purchaseResponsible><responsibleOrg><fullName>ФГБУ "Выдумка"</fullName><INN>`+inn+`</INN></responsibleOrg><responsibleRole>CU</responsibleRole><responsibleInfo><contactPerson><lastName>Выдуманный</lastName><firstName>Пётр</firstName></contactPerson><contactPhone>+7 907 000-00-02</contactPhone></responsibleInfo></purchaseResponsible>
<procedureInfo><collecting><endDate>2018-05-14T09:00:00+03:00</endDate></collecting></procedureInfo>
<lot><maxPrice>1000.40</maxPrice><currency><code>RUB</code></currency><customerRequirements><customerRequirement><customer><fullName>ФГБУ "Выдумка"</fullName></customer><purchaseCode>`+ikzOf(inn, "2815")+`</purchaseCode></customerRequirement></customerRequirements><purchaseObjects><purchaseObject><OKPD2><code>28.15.10.110</code></OKPD2><name>Подшипник</name></purchaseObject></purchaseObjects></lot></ns2:fcsNotificationEF></ns2:export>`)
	v := values(observed(t, p, false)[0])
	if v[company.FieldTenderDeadline] != "2018-05-14" || v[company.FieldTenderPrice] != "1000" || v[company.FieldContactPhone] != "+79070000002" || len(p.positions) != 1 {
		t.Errorf("%v, %+v", v, p)
	}
}

func notice223Text(kind, subject, inn, contactINN string) string {
	return `<ns2:purchaseNotice` + kind + ` xmlns="urn:t" xmlns:ns2="urn:p"><header><guid>1</guid></header><ns2:body><ns2:item><guid>2</guid><ns2:purchaseNotice` + kind + `Data>
<ns2:registrationNumber>32600000001</ns2:registrationNumber><ns2:name>` + subject + `</ns2:name><ns2:publicationDateTime>2026-11-20T10:00:00</ns2:publicationDateTime><ns2:submissionCloseDateTime>2026-12-05T09:00:00</ns2:submissionCloseDateTime>
<ns2:customer><mainInfo><fullName>АО "ВЫДУМАННЫЙ ЗАВОД"</fullName><shortName>АО "ВЗ"</shortName><inn>` + inn + `</inn><kpp>390643001</kpp><legalAddress>236003, г. Калининград, ул. Выдуманная, 24</legalAddress><phone>7-907-0000003</phone><email>INFO@zavod.example</email></mainInfo></ns2:customer>
<ns2:contact><lastName>Выдуманный</lastName><firstName>Пётр</firstName><phone>+7 (907) 000-00-04</phone><email>snab@zavod.example</email><organization><mainInfo><inn>` + contactINN + `</inn></mainInfo></organization></ns2:contact>
<ns2:lots><lot><lotData><subject>Лот</subject><currency><code>RUB</code></currency><initialSum>500000.00</initialSum><lotItems><lotItem><okpd2><code>28.15.10.120</code><name>Подшипники роликовые</name></okpd2><additionalInfo>Подшипник 22216</additionalInfo></lotItem></lotItems></lotData></lot><lot><lotData><initialSum>1</initialSum></lotData></lot></ns2:lots></ns2:purchaseNotice` + kind + `Data></ns2:item></ns2:body></ns2:purchaseNotice` + kind + `>`
}

func TestNotice223(t *testing.T) {
	inn := innOf(390600001)
	for _, kind := range []string{"", "AE", "ZKESMBO"} {
		obs := observed(t, one(t, notice223Text(kind, "МТР для цеха", inn, inn)), false)
		page := "https://zakupki.gov.ru/223/purchase/public/purchase/info/common-info.html?regNumber=32600000001"
		if len(obs) != 1 || obs[0].INN != company.INN(inn) || obs[0].Key != "32600000001" {
			t.Fatalf("%+v", obs)
		}
		check(t, obs[0], map[company.Field]string{
			company.FieldNameFull: `АО "ВЫДУМАННЫЙ ЗАВОД"`, company.FieldNameShort: `АО "ВЗ"`, company.FieldKPP: "390643001", company.FieldRegion: "39",
			company.FieldAddress: "236003, г. Калининград, ул. Выдуманная, 24", company.FieldPhone: "+79070000003", company.FieldEmail: "info@zavod.example",
			company.FieldTenderSubject: "МТР для цеха — Подшипник 22216", company.FieldTenderDay: "2026-11-20", company.FieldTenderDeadline: "2026-12-05",
			company.FieldTenderPrice: "500001", company.FieldTenderPage: page,
			company.FieldContactDuty: "supply", company.FieldContactPhone: "+79070000004", company.FieldContactEmail: "snab@zavod.example", company.FieldContactPage: page,
		})
	}
	if v := values(observed(t, one(t, notice223Text("", "Подшипники", inn, innOf(390600002))), true)[0]); v[company.FieldContactPhone] != "" || v[company.FieldContactName] != "" {
		t.Errorf("somebody else's contact: %v", v)
	}
}

func contractText(supplier string) string {
	return `<ns3:export xmlns="urn:t" xmlns:ns3="urn:e"><ns3:contract schemeVersion="14"><regNum>2774310405926000057</regNum><publishDate>2026-09-20T10:00:00Z</publishDate><foundation><fcsOrder><order><notificationNumber>0373200018826000588</notificationNumber></order></fcsOrder></foundation>
<customer><regNum>03</regNum><fullName>ГБУ "Выдумка"</fullName><inn>` + innOf(770100001) + `</inn><kpp>770101001</kpp></customer><signDate>2026-09-15</signDate><contractSubject>Поставка подшипников</contractSubject><priceInfo><price>100000.00</price></priceInfo>
<products><product><OKPD2><code>28.15.10.110</code><name>x</name></OKPD2><name>Подшипник</name></product></products>` + supplier + `</ns3:contract></ns3:export>`
}

func TestContract(t *testing.T) {
	firm, man := innOf(770100002), manOf(5038012345)
	for name, c := range map[string]struct {
		supplier, from string
		sole           bool
	}{
		"of now":        {`<suppliersInfo><supplierInfo><legalEntityRF><EGRULInfo><fullName>ООО "ВЫДУМКА ПЛЮС"</fullName><shortName>ООО "ВП"</shortName><INN>` + firm + `</INN></EGRULInfo></legalEntityRF></supplierInfo></suppliersInfo>`, `ООО "ВП", ИНН ` + firm, false},
		"older":         {`<suppliers><supplier><legalEntityRF><legalForm><singularName>ООО</singularName></legalForm><fullName>ООО "ВЫДУМКА ПЛЮС"</fullName><INN>` + firm + `</INN></legalEntityRF></supplier></suppliers>`, `ООО "ВЫДУМКА ПЛЮС", ИНН ` + firm, false},
		"right below":   {`<supplier><INN>` + firm + `</INN><fullName>ООО "ВЫДУМКА ПЛЮС"</fullName></supplier>`, `ООО "ВЫДУМКА ПЛЮС", ИНН ` + firm, false},
		"sole":          {`<suppliersInfo><supplierInfo><individualPersonRF><isIP>true</isIP><lastName>Выдуманный</lastName><firstName>Пётр</firstName><INN>` + man + `</INN></individualPersonRF></supplierInfo></suppliersInfo>`, `ИП Выдуманный Пётр, ИНН ` + man, true},
		"a person":      {`<suppliersInfo><supplierInfo><individualPersonRF><lastName>Выдуманный</lastName><firstName>Пётр</firstName><INN>` + man + `</INN></individualPersonRF></supplierInfo></suppliersInfo>`, "", false},
		"not published": {`<suppliersInfo><supplierInfo><notPublishedOnEIS>true</notPublishedOnEIS></supplierInfo></suppliersInfo>`, "", false},
	} {
		obs := observed(t, one(t, contractText(c.supplier)), false)
		if len(obs) != 1 || obs[0].INN != company.INN(innOf(770100001)) || obs[0].Key != "contract/2774310405926000057" {
			t.Fatalf("%s: %+v", name, obs)
		}
		v := values(obs[0])
		if v[company.FieldSupplyFrom] != c.from || v[company.FieldSupplyDay] != "2026-09-15" || v[company.FieldSupplyPrice] != "100000" ||
			v[company.FieldSupplySubject] != "Поставка подшипников" || !strings.HasSuffix(v[company.FieldSupplyPage], "reestrNumber=2774310405926000057") || v[company.FieldTenderSubject] != "" {
			t.Errorf("%s: %v", name, v)
		}
		for _, f := range obs[0].Facts {
			if (f.Subject == company.SubjectSole) != (c.sole && f.Field == company.FieldSupplyFrom) {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

func TestContract223(t *testing.T) {
	inn, firm := innOf(390600001), innOf(390600003)
	p := one(t, `<ns2:contract xmlns="urn:t" xmlns:ns2="urn:c"><header/><ns2:body><ns2:item><ns2:contractData><ns2:registrationNumber>57700000001260000010000</ns2:registrationNumber><ns2:contractDate>2026-10-01</ns2:contractDate><ns2:subjectContract>Подшипники</ns2:subjectContract>
<ns2:customer><mainInfo><fullName>АО "ВЗ"</fullName><inn>`+inn+`</inn></mainInfo></ns2:customer><ns2:sum>5000</ns2:sum><ns2:supplierInfo><name>ООО "ПОСТАВКА"</name><inn>`+firm+`</inn></ns2:supplierInfo></ns2:contractData></ns2:item></ns2:body></ns2:contract>`)
	if v := values(observed(t, p, false)[0]); v[company.FieldSupplyFrom] != `ООО "ПОСТАВКА", ИНН `+firm || v[company.FieldSupplyPrice] != "5000" || v[company.FieldSupplyDay] != "2026-10-01" {
		t.Errorf("%v", v)
	}
}

func TestOtherDocuments(t *testing.T) {
	for _, text := range []string{
		`<a:epNotificationCancel xmlns:a="urn:a"><commonInfo><purchaseNumber>` + number + `</purchaseNumber></commonInfo></a:epNotificationCancel>`,
		`<export><contractProcedure><regNum>1</regNum></contractProcedure></export>`,
		`<x/>`,
	} {
		if all, err := document(strings.NewReader(text)); err != nil || len(all) != 0 {
			t.Errorf("%q: %d, %v", text, len(all), err)
		}
	}
	for text, want := range map[string]error{
		`<a><b></a>`: pipeline.ErrDamaged, `<a><b>`: pipeline.ErrDamaged, ``: pipeline.ErrUnknownForm,
		`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`:                             pipeline.ErrUnknownForm,
		strings.Repeat("<a>", depthMax+2) + strings.Repeat("</a>", depthMax+2): pipeline.ErrTooLarge,
	} {
		if _, err := document(strings.NewReader(text)); !errors.Is(err, want) {
			t.Errorf("%.40q: %v, want %v", text, err, want)
		}
	}
}

// FuzzDocument: whatever the bytes, rows add up and observations are canonical.
func FuzzDocument(f *testing.F) {
	inn := innOf(254001576)
	f.Add([]byte(notice44Text(number, "Подшипники", "CU", inn, "28.15.10", "x", requirement("ГБУ", ikzOf(inn, "2815")))))
	f.Add([]byte(notice44Text(number, "Подшипники", "RA", inn, "28.15.10", "x", requirement("ГБУ", ikzOf(inn, "2815")))))
	f.Add([]byte(notice223Text("AE", "Подшипники", inn, inn)))
	f.Add([]byte(contractText(`<suppliers><supplier><legalEntityRF><fullName>ООО</fullName></legalEntityRF></supplier></suppliers>`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := NewFiles("eis", []files.Input{files.FromBytes("a.xml", data)}, withMode(ModeFiles))
		if err != nil {
			t.Fatal(err)
		}
		for _, persons := range []bool{false, true} {
			got := pullAll(t, s, pipeline.Request{Now: now, Persons: persons})
			for i := range got.obs {
				if err := sourcetest.CheckObservation(&got.obs[i], persons); err != nil {
					t.Fatal(err)
				}
			}
			for _, b := range got.batches {
				for _, r := range b.Rejects {
					if len(r.Raw) > pipeline.RawLimit {
						t.Fatal("too much is kept of a reject")
					}
				}
			}
		}
	})
}
