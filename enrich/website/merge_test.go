package website

import (
	"fmt"
	"strings"
	"testing"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
	"obzvon/pipeline/sourcetest"
)

func onPage(f finding.Page, as topic) pageMemory {
	return pageMemory{Topic: as, Day: company.DateOf(night), Found: f}
}

// TestMerge: pages of contacts speak before others; a number bears the remark
// of the page that has one, or of the department it belongs to.
func TestMerge(t *testing.T) {
	m := merge([]pageMemory{
		onPage(finding.Page{URL: "/", Phones: []finding.Phone{{Value: "+79071230041"}, {Value: "+79071230042"}}, Names: []string{"ООО «Шаблон»"}, Hours: "9-18"}, topicHome),
		onPage(finding.Page{
			URL: "/k", Phones: []finding.Phone{{Value: "+79071230042", Label: "факс"}, {Value: "+79071230043"}}, Names: []string{"ООО «Вега»"},
			People: []finding.Person{{Post: "Отдел снабжения", Duty: company.DutySupply, Phones: []string{"+79071230043"}}},
		}, topicContacts),
	})
	if m.name.text != "ООО «Вега»" || m.hours.text != "9-18" {
		t.Errorf("name %q, hours %q", m.name.text, m.hours.text)
	}
	var got []string
	for _, p := range m.phones {
		got = append(got, p.text[9:]+"="+p.note)
	}
	if s := strings.Join(got, " "); s != "042=факс 043=Отдел снабжения 041=" {
		t.Errorf("numbers %s", s)
	}
}

// TestContacts: one person on two pages is one contact, two with one post are
// two, and keys stay the same from visit to visit.
func TestContacts(t *testing.T) {
	a := onPage(finding.Page{URL: "/a", People: []finding.Person{
		{Name: "Вымышленный Пётр Ильич", Post: "Главный механик", Duty: company.DutyMechanic},
		{Post: "Менеджер", Duty: company.DutySales, Phones: []string{"+79071230041"}},
		{Post: "Менеджер", Duty: company.DutySales, Phones: []string{"+79071230042"}},
		{Name: "Без Отчества"},
	}}, topicPeople)
	b := onPage(finding.Page{URL: "/b", People: []finding.Person{
		{Name: "ВЫМЫШЛЕННЫЙ Петр Ильич", Phones: []string{"+79071230049"}},
		{Post: "менеджер", Duty: company.DutySales, Phones: []string{"+79071230042"}, Emails: []string{"sales@zavod.ru"}},
	}}, topicPeople)
	keys := func(pages ...pageMemory) map[string]string {
		c := firm(vega)
		o, _ := (&Enricher{name: "website"}).observe(&c, "vega.example", "http://vega.example/", merge(pages), company.DateOf(night))
		if err := sourcetest.CheckObservation(&o, true); err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, f := range o.Facts {
			if strings.HasPrefix(string(f.Field), "contact.") && f.Field != company.FieldContactPage {
				out[f.Key] += string(f.Field) + "=" + f.Value + ";"
			}
		}
		return out
	}
	got := keys(a, b)
	if len(got) != 4 {
		t.Errorf("%d contacts, want 4: %q", len(got), got)
	}
	for k, v := range got {
		if strings.Contains(v, "Вымышленный") && (!strings.Contains(v, "Главный механик") || !strings.Contains(v, "+79071230049")) {
			t.Errorf("%s: %s: the two pages are not joined", k, v)
		}
		if !strings.Contains(v, "contact.duty=") {
			t.Errorf("%s: %s: no duty", k, v)
		}
	}
	if again := keys(a, b); fmt.Sprint(again) != fmt.Sprint(got) {
		t.Errorf("%v, then %v", got, again)
	}
}

// TestManyValues: a site made to hurt makes no monstrous observation.
func TestManyValues(t *testing.T) {
	var all []pageMemory
	for i := range 50 {
		f := finding.Page{URL: fmt.Sprint("/", i)}
		for j := range 100 {
			v := fmt.Sprintf("+7907%03d%04d", i, j)
			f.Phones = append(f.Phones, finding.Phone{Value: v, Label: strings.Repeat("ы", 1000)})
			f.Emails = append(f.Emails, finding.Email{Value: fmt.Sprintf("a%d.%d@zavod.ru", i, j)})
			f.People = append(f.People, finding.Person{Post: fmt.Sprint("Пост ", i, j), Phones: []string{v}})
			f.INNs = append(f.INNs, fmt.Sprint(i, j))
		}
		all = append(all, onPage(f, topicContacts))
	}
	m := merge(all)
	if len(m.phones) > maxPhones || len(m.emails) > maxEmails || len(m.contacts) > maxContacts || len(m.inns) > maxPrinted {
		t.Errorf("%d numbers, %d addresses, %d contacts, %d ИНН", len(m.phones), len(m.emails), len(m.contacts), len(m.inns))
	}
	for _, p := range m.phones {
		if len(p.note) > maxNote {
			t.Fatalf("a remark of %d bytes", len(p.note))
		}
	}
}

// TestSubjects: facts say of whom they are; names only of persons.
func TestSubjects(t *testing.T) {
	page := onPage(finding.Page{
		URL: "http://vega.example/kontakty", Phones: []finding.Phone{{Value: "+79071230041"}}, Emails: []finding.Email{{Value: "p.vymyshlenny@zavod.ru"}},
		People: []finding.Person{{Name: "Вымышленный Пётр", Post: "Директор", Duty: company.DutyHead, Emails: []string{"p.vymyshlenny@zavod.ru"}}},
	}, topicContacts)
	for inn, want := range map[company.INN]company.Subject{vega: company.SubjectCompany, "590200000143": company.SubjectSole} {
		c := firm(inn)
		o, _ := (&Enricher{name: "website"}).observe(&c, "vega.example", "http://vega.example/", merge([]pageMemory{page}), company.DateOf(night))
		for _, f := range o.Facts {
			of := want
			switch f.Field {
			case company.FieldContactName, company.FieldEmail, company.FieldContactEmail:
				of = company.SubjectPerson
			}
			if f.Subject != of {
				t.Errorf("%s: %s is of subject %d, want %d", inn, f.Field, f.Subject, of)
			}
		}
	}
}
