package score

import (
	"slices"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// A want is met by each of its fields, and by nothing else; a sole proprietor is whom
// to ask for.
func TestHas(t *testing.T) {
	values := map[company.Field]fact{
		company.FieldPhone: f(company.FieldPhone, "+79070000001"), company.FieldEmail: f(company.FieldEmail, "info@obrazec.example"),
		company.FieldSite: f(company.FieldSite, "https://obrazec.example"), company.FieldHeadcount: fk(company.FieldHeadcount, "2025", "7"),
		company.FieldRevenue: fk(company.FieldRevenue, "2025", "900000"), company.FieldHeadName: f(company.FieldHeadName, "Примеров Пример"),
		company.FieldContactDuty: fk(company.FieldContactDuty, "1", string(company.DutySupply)), company.FieldStatus: f(company.FieldStatus, "active"),
		company.FieldRegion: f(company.FieldRegion, perm), company.FieldOKVEDMain: f(company.FieldOKVEDMain, "45.20"),
	}
	m, err := NewMatcher(testSegments())
	if err != nil {
		t.Fatal(err)
	}
	row := func(facts ...fact) Row { return RowOf(m, nil, firm(inn10(1), facts)) }
	for _, w := range config.Wants() {
		for field, value := range values {
			r := row(value)
			if got, want := r.Has(w), slices.Contains(w.Fields(), field); got != want {
				t.Errorf("%s by %s: %v, want %v", w, field, got, want)
			}
		}
		if r := row(); r.Has(w) || r.Has("fax") {
			t.Errorf("%s by nothing", w)
		}
	}
	for _, r := range []Row{
		row(f(company.FieldPhone, "+442071838750")),
		row(fk(company.FieldContactDuty, "1", string(company.DutyAccounts))),
		row(fk(company.FieldRevenue, "2025", "5000000000"), f(company.FieldSME, "1"), fk(company.FieldHeadcount, "2025", "0")),
	} {
		if r.Has(config.WantPhone) || r.Has(config.WantPerson) || r.Has(config.WantRevenue) {
			t.Errorf("known by what is no good: %+v", r)
		}
	}
	if r := RowOf(m, nil, firm(inn12(5), nil)); !r.Has(config.WantPerson) {
		t.Error("a sole proprietor is nobody")
	}
}
