package saby

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func sample(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(realfiles.Path(t, "saby-vok/"+name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestSamples replays answers of the vendor's documentation.
func TestSamples(t *testing.T) {
	const inn = company.INN("7712040126")
	for name, wants := range map[string][]string{
		"req-basic.json":    {"okved.main=51.10.1", "status=active", "region=77", "city=Москва", "kpp=770401001", "registered=1994-06-21", "phone=+78002007799", "phone=+74957757822", "site=http://vtb.ru", "email=zakupki@vtb.ru", "revenue 2024=826215810000"},
		"req-extended.json": {"headcount 2021=16085", "headcount 2017=20781", "revenue 2023=679527743000"},
	} {
		answers := map[string][]byte{"/vok/req": sample(t, name), "/vok/contacts-official": sample(t, "contacts-basic.json"), "/vok/finance": sample(t, "finance-short.json"), loginPath: []byte(`{"access_token":"t","sid":"s"}`)}
		v := newVendor(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(answers[r.URL.Path]) })
		got, err := v.ask(t, v.enricher(t, 0, key, Defaults()), false, of(inn, `ПАО "АЭРОФЛОТ"`, "ogrn=1027700092661"))
		if err != nil || !got[inn].Found {
			t.Fatalf("%s: %+v, %v", name, got, err)
		}
		o := got[inn].Observation
		for _, w := range wants {
			if !strings.Contains(strings.Join(lines(o), "\n"), w) {
				t.Errorf("%s: %s is missing in %v", name, w, lines(o))
			}
		}
		if o.First(company.FieldHeadName) != "" || len(o.All(company.FieldRevenue)) != yearsKept {
			t.Errorf("%s: %v", name, lines(o))
		}
		t.Logf("%s: %d facts, %d numbers, %d mailboxes, %d sites", name, len(o.Facts), len(o.All(company.FieldPhone)), len(o.All(company.FieldEmail)), len(o.All(company.FieldSite)))
	}
}

// TestSampleForeign: a firm of another country has no ИНН, and is nobody's.
func TestSampleForeign(t *testing.T) {
	all, err := parse(sample(t, "req-foreign.json"))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	text := sample(t, "req-foreign.json")
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == loginPath {
			_, _ = w.Write([]byte(`{"access_token":"t","sid":"s"}`))
			return
		}
		_, _ = w.Write(text)
	})
	got, err := v.ask(t, v.enricher(t, 0, key, Defaults()), false, companies()[0], companies()[1])
	if err != nil || got[known].Outcome != "poison" || got[silent].Outcome != "poison" {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestSampleThatIsNoJSON: a comma too many, as the documentation prints it.
func TestSampleThatIsNoJSON(t *testing.T) {
	if _, err := (&door{}).judge(200, sample(t, "branches.raw.txt")); !errors.Is(err, service.ErrLayout) {
		t.Errorf("got %v", err)
	}
	if _, err := (&door{}).judge(200, sample(t, "client-stat.json")); err != nil {
		t.Errorf("the quota: %v", err)
	}
}

// FuzzParse: whatever comes, nothing panics, and what is taken is in canonical form.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`[{"inn":"5902000008","company_short_name":"ООО \"А\"","parsed_address":"{\"RegionCode\":\"77\"}","amount_of_employees":{"history_amount":[{"count":3,"year":2024,"spp":true}]},"spec_reg":{"unscrupulous_supplier":{}}}]`), true)
	f.Add([]byte(`{"phone_numbers":["79070000001",7],"sites":["a.example"],"emails":["A@a.example"],"financial_indicators":{"2024":{"income":{"value":-1e14}}}}`), false)
	f.Fuzz(func(t *testing.T, body []byte, persons bool) {
		if _, err := (&door{}).judge(http.StatusOK, body); err != nil {
			return
		}
		all, err := parse(body)
		if err != nil {
			return
		}
		for i := range all {
			inn, err := company.ParseINN(string(all[i].INN))
			if err != nil {
				inn = known
			}
			o := company.Observation{Source: "s", Key: "k", INN: inn, Date: company.NewDate(2026, 11, 21)}
			all[i].requisites(&o, persons)
			all[i].contacts(&o, persons)
			all[i].accounts(&o)
			mark(&o)
			if err := sourcetest.CheckObservation(&o, persons); err != nil {
				t.Fatalf("%v in %+v", err, o.Facts)
			}
		}
	})
}
