package website

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
	"obzvon/pipeline/sourcetest"
)

const (
	sole      = company.INN("590200000143") // of a sole proprietor, invented
	vegaOGRN  = "1025900000004"
	otherOGRN = "1025900000015"
)

// known derives a company from observations of several sources: "source ИНН
// field=value".
func known(inn company.INN, said ...string) company.Company {
	var all []company.Observation
	for i, s := range said {
		part := strings.SplitN(s, " ", 3)
		o := company.Observation{Source: part[0], Key: strconv.Itoa(i), INN: company.INN(strings.Trim(part[1], "-")), Date: company.NewDate(2026, time.November, 1)}
		field, value, _ := strings.Cut(part[2], "=")
		o.Add(company.Field(field), value)
		all = append(all, o)
	}
	return company.Derive(inn, all, nil)
}

// TestMine: a site is written down under the ИНН asked for only where it proves
// to be the company's, or a source of the company's own names it and nothing
// speaks against.
func TestMine(t *testing.T) {
	const says = "registry " + string(vega) + " "
	var crowd []string
	for i := 5902000100; len(crowd) < maxPrinted-1; i++ {
		if inn, err := company.ParseINN(strconv.Itoa(i)); err == nil {
			crowd = append(crowd, string(inn))
		}
	}
	crowd = append(crowd, string(vega))
	for _, tt := range []struct {
		name  string
		said  []string
		home  string // "" = that of the host
		inns  []string
		ogrns []string
		want  bool
		is    whose
	}{
		{"named", []string{says + "site=http://vega.example"}, "", nil, nil, true, unsaid},
		{"named with www and a page of contacts", []string{says + "site=https://www.vega.example/kontakty/"}, "", nil, nil, true, unsaid},
		{"named, leads to its own www", []string{says + "site=http://vega.example"}, "https://www.vega.example/", nil, nil, true, unsaid},
		{"its ИНН", []string{says + "email=snab@vega.example"}, "", []string{string(vega)}, nil, true, own},
		{"its ИНН among others", []string{says + "email=snab@vega.example"}, "", []string{string(altair), string(vega)}, nil, true, own},
		{"its ИНН on the domain it leads to", []string{says + "site=http://vega.example"}, "http://altair.example/", []string{string(vega)}, nil, true, own},
		{"its ОГРН", []string{says + "ogrn=" + vegaOGRN}, "", nil, []string{otherOGRN, vegaOGRN}, true, own},

		{"by mail", []string{says + "email=snab@vega.example"}, "", nil, nil, false, unsaid},
		{"named by a joined listing", []string{"directory - site=http://vega.example"}, "", nil, nil, false, unsaid},
		{"named by itself", []string{"website " + string(vega) + " site=http://vega.example"}, "", nil, nil, false, unsaid},
		{"another host is named", []string{says + "site=http://shop.vega.example"}, "", nil, nil, false, unsaid},
		{"a card on it is named", []string{says + "site=http://vega.example/firms/zavod-59"}, "", nil, nil, false, unsaid},
		{"leads to another domain", []string{says + "site=http://vega.example"}, "https://altair.example/", nil, nil, false, unsaid},
		{"leads to a marketplace", []string{says + "site=http://vega.example"}, "https://vega.tiu.ru/", []string{string(vega)}, nil, false, own},
		{"another's ИНН", []string{says + "site=http://vega.example"}, "", []string{string(altair)}, nil, false, another},
		{"another's ИНН beside its ОГРН", []string{says + "site=http://vega.example", says + "ogrn=" + vegaOGRN}, "", []string{string(altair)}, []string{vegaOGRN}, false, another},
		{"another's ОГРН", []string{says + "site=http://vega.example", says + "ogrn=" + vegaOGRN}, "", nil, []string{otherOGRN}, false, another},
		{"an ОГРН, its own is unknown", []string{says + "site=http://vega.example"}, "", nil, []string{otherOGRN}, false, another},
		{"a list of firms", []string{says + "site=http://vega.example"}, "", crowd, nil, false, another},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := known(vega, tt.said...)
			home := tt.home
			if home == "" {
				home = "http://vega.example/"
			}
			m := &merged{inns: tt.inns, ogrns: tt.ogrns, phones: []value{{text: "+79071230041"}}}
			o, is := (&Enricher{name: "website"}).observe(&c, "vega.example", home, m, company.DateOf(night))
			if err := sourcetest.CheckObservation(&o, false); err != nil {
				t.Error(err)
			}
			if got := o.INN == vega; got != tt.want || is != tt.is || o.Key != "vega.example" {
				t.Errorf("ИНН %q, %d, key %s", o.INN, is, o.Key)
			}
			printed := o.All(company.FieldPrintedINN)
			switch {
			case o.INN != "" && len(printed) > 1, o.INN != "" && len(printed) == 1 && printed[0] != string(vega):
				t.Errorf("under %s: printed %q", o.INN, printed)
			case o.INN == "" && len(printed) != len(tt.inns):
				t.Errorf("printed %q, want all %d", printed, len(tt.inns))
			}
		})
	}
}

// TestListing: a listing gets no ИНН, whatever the site prints.
func TestListing(t *testing.T) {
	for _, inns := range [][]string{nil, {string(vega)}, {string(vega), string(altair)}} {
		c := known("", "directory - site=http://vega.example")
		o, _ := (&Enricher{name: "website"}).observe(&c, "vega.example", "http://vega.example/", &merged{inns: inns}, company.DateOf(night))
		if o.INN != "" || len(o.All(company.FieldPrintedINN)) != len(inns) {
			t.Errorf("%v: ИНН %q, printed %q", inns, o.INN, o.All(company.FieldPrintedINN))
		}
	}
}

// TestSoleProprietor: numbers of a sole proprietor are a person's in the eyes of
// the law, whoever asks; names and mailboxes of persons are persons' always.
func TestSoleProprietor(t *testing.T) {
	page := onPage(finding.Page{
		URL: "http://vega.example/kontakty", Phones: []finding.Phone{{Value: "+79071230041"}}, Emails: []finding.Email{{Value: "p.vymyshlenny@vega.example"}, {Value: "snab@vega.example"}},
		Messengers: []string{"whatsapp:+79071230042", "telegram:@vymyshlenny"}, Hours: "спросить Петра",
		People: []finding.Person{{Name: "Вымышленный Пётр", Post: "Директор", Duty: company.DutyHead, Phones: []string{"+79071230041"}, Emails: []string{"snab@vega.example"}}},
	}, topicContacts)
	for _, tt := range []struct {
		name  string
		c     company.Company
		inns  []string
		ogrns []string
		legal string
		want  company.Subject
	}{
		{"a firm", known(vega, "registry "+string(vega)+" site=http://vega.example"), nil, nil, "", company.SubjectCompany},
		{"a proprietor named", known(sole, "registry "+string(sole)+" site=http://vega.example"), nil, nil, "", company.SubjectSole},
		{"a proprietor printed", known(sole, "registry "+string(sole)+" email=a@vega.example"), []string{string(sole)}, nil, "", company.SubjectSole},
		{"a proprietor by mail", known(sole, "registry "+string(sole)+" email=a@vega.example"), nil, nil, "", company.SubjectSole},
		{"a firm's site for a proprietor", known(sole, "registry "+string(sole)+" site=http://vega.example"), []string{string(vega)}, nil, "", company.SubjectCompany},
		{"a proprietor's site for a firm", known(vega, "registry "+string(vega)+" site=http://vega.example"), []string{string(sole)}, nil, "", company.SubjectSole},
		{"a listing by the number of the entry", known("", "directory - site=http://vega.example"), nil, []string{"304590236500011"}, "", company.SubjectSole},
		{"a listing by its name", known("", "directory - site=http://vega.example"), nil, nil, "ИП Вымышленный П.И.", company.SubjectSole},
		{"a listing", known("", "directory - site=http://vega.example"), nil, nil, "ООО «Вега»", company.SubjectCompany},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := merge([]pageMemory{page})
			m.inns, m.ogrns, m.name.text = tt.inns, tt.ogrns, tt.legal
			o, _ := (&Enricher{name: "website"}).observe(&tt.c, "vega.example", "http://vega.example/", m, company.DateOf(night))
			for _, f := range o.Facts {
				want := tt.want
				if f.Field == company.FieldContactName || f.Field == company.FieldHours || strings.Contains(f.Value, "vymyshlenny") {
					want = company.SubjectPerson
				}
				if f.Subject != want {
					t.Errorf("%s %q is of subject %d, want %d", f.Field, f.Value, f.Subject, want)
				}
			}
		})
	}
}
