package evidence

import (
	"fmt"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// testModel is the model of testConfig, which has the thresholds of the embedded config.
func testModel() *Model { return New(testConfig()) }

func testConfig() config.Resolve {
	return config.Resolve{
		MatchFrom: 0.99, ReviewFrom: 0.5, FreeMail: []string{"pochta.example"}, SharedHosts: []string{"builder.example"},
	}
}

// validINN makes the nth invented ИНН of a legal entity.
func validINN(n int) company.INN {
	body := fmt.Sprintf("59%07d", n)
	for d := range 10 {
		if inn, err := company.ParseINN(fmt.Sprintf("%s%d", body, d)); err == nil {
			return inn
		}
	}
	panic("no control digit") // each body has exactly one
}

// validPersonINN makes the nth invented ИНН of a person.
func validPersonINN(n int) company.INN {
	body := fmt.Sprintf("59%08d", n)
	for d := range 100 {
		if inn, err := company.ParseINN(fmt.Sprintf("%s%02d", body, d)); err == nil {
			return inn
		}
	}
	panic("no control digits") // each body has exactly one pair
}

// validOGRN makes the nth invented ОГРН.
func validOGRN(n int) string {
	body := fmt.Sprintf("102590%06d", n)
	for d := range 10 {
		if ogrn, err := company.ParseOGRN(fmt.Sprintf("%s%d", body, d)); err == nil {
			return string(ogrn)
		}
	}
	panic("no control digit") // each body has exactly one
}

// shortFields are what tests call the fields.
var shortFields = map[string]company.Field{
	"short": company.FieldNameShort, "full": company.FieldNameFull, "brand": company.FieldNameBrand, "ogrn": company.FieldOGRN,
	"inn": company.FieldPrintedINN, "printed": company.FieldPrintedOGRN, "region": company.FieldRegion, "city": company.FieldCity,
	"address": company.FieldAddress, "phone": company.FieldPhone, "okved": company.FieldOKVEDMain, "rubric": company.FieldRubric, "site": company.FieldSite, "email": company.FieldEmail,
}

// obs builds an observation from "field=value" pairs parted by "|".
func obs(text string) company.Observation {
	o := company.Observation{Source: "test", Key: "1", Date: 20000}
	for pair := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '|' }) {
		field, value, _ := strings.Cut(pair, "=")
		f, ok := shortFields[field]
		if !ok {
			panic("no field " + field)
		}
		o.Add(f, value)
	}
	o.Sort()
	return o
}

func listingOf(m *Model, text string) *Party {
	o := obs(text)
	return m.Listing(&o)
}

func firmOf(m *Model, inn company.INN, text string) *Party {
	o := obs(text)
	o.INN = inn
	return m.Firm(inn, []company.Observation{o})
}

// only counts the two that are compared and nobody else.
func only(uint64) Count { return Count{Firms: 1, Listings: 1} }

// shared counts so many of each.
func shared(firms, listings int) func(uint64) Count {
	return func(uint64) Count {
		return Count{Firms: min(firms, CarrierLimit), Listings: min(listings, CarrierLimit), More: max(firms, listings) > CarrierLimit}
	}
}

func logEvidence(t testing.TB, w Weighed) {
	t.Helper()
	for _, e := range w.Evidence {
		t.Logf("%8d %s %s", e.Weight, e.Kind, e.Value)
	}
}
