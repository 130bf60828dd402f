package dadata

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func sample(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(realfiles.Path(t, "dadata/"+name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func observed(t *testing.T, p *party) company.Observation {
	t.Helper()
	inn, err := company.ParseINN(p.INN)
	if err != nil {
		t.Fatal(err)
	}
	o := company.Observation{Source: "dadata", Key: p.INN, INN: inn, Date: company.NewDate(2026, time.November, 21)}
	p.observe(&o, false)
	if err := sourcetest.CheckObservation(&o, false); err != nil {
		t.Fatalf("%v in %+v", err, o.Facts)
	}
	if o.First(company.FieldHeadName) != "" {
		t.Error("a name though nobody asked for people")
	}
	return o
}

// TestSampleMaximal: one company of the plan «Максимальный», without an envelope.
func TestSampleMaximal(t *testing.T) {
	all, err := parse([]byte(`{"suggestions":[{"data":` + string(sample(t, "ekomobile_party.json")) + `}]}`))
	if err != nil {
		t.Fatal(err)
	}
	o := observed(t, &all[0])
	for _, w := range []string{
		"phone=+79112410309", "email=info@motorica.org", "headcount 2019=59", "revenue 2019=90183000", "expense 2019=128338000", "okved.main=72.19",
		"status=active", "sme=2", "registered=2015-02-05", "capital=51348", "kpp=773101001",
	} {
		if !slices.Contains(lines(o), w) {
			t.Errorf("%s is missing in %v", w, lines(o))
		}
	}
	if o.Date != company.NewDate(2021, time.January, 22) {
		t.Errorf("date %s", o.Date)
	}
}

// TestSamplesFree: answers of the free plan, of 2019 and of 2026.
func TestSamplesFree(t *testing.T) {
	for name, want := range map[string]int{"rbk_dadata_party_resp.json": 10, "ex3mm_suggest_party_response.json": 1} {
		all, err := parse(sample(t, name))
		if err != nil || len(all) != want {
			t.Fatalf("%s: %d companies, %v", name, len(all), err)
		}
		placed := 0
		for i := range all {
			o := observed(t, &all[i])
			if o.First(company.FieldStatus) != "active" || o.First(company.FieldOGRN) == "" || o.First(company.FieldOKVEDMain) == "" || o.First(company.FieldPhone) != "" {
				t.Errorf("%s: %v", name, lines(o))
			}
			if o.First(company.FieldRegion) == "77" && o.First(company.FieldCity) == "Москва" && o.First(company.FieldZone) == "Europe/Moscow" {
				placed++
			}
		}
		if p := best(all, "7707083893"); p == nil || p.INN != "7707083893" {
			t.Errorf("%s: the asked one is not found", name)
		}
		t.Logf("%s: %d companies, %d in Москва with its zone", name, len(all), placed)
		if want == 10 && placed < 8 {
			t.Errorf("%s: only %d placed", name, placed)
		}
	}
}

// TestStates: every status of the vendor's own table is known.
func TestStates(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(string(sample(t, "party-state.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		if statuses[row[2]] == "" {
			t.Errorf("state %s: no status for %q", row[0], row[2])
		}
	}
	t.Logf("%d states", len(rows)-1)
}

// TestOtherSampleIsRefused: the answer of another method is no company.
func TestOtherSampleIsRefused(t *testing.T) {
	for _, name := range []string{"rbk_dadata_okved_resp.json", "ekomobile_phone1.json"} {
		text := sample(t, name)
		if !json.Valid(text) {
			t.Fatalf("%s is no JSON", name)
		}
		if all, err := parse(text); err == nil {
			t.Errorf("%s: taken for %d companies", name, len(all))
		}
	}
}
