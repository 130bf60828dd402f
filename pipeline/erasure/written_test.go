package erasure

import (
	"slices"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

// A number or an address that a manager wrote beside a name is that person's, unless
// a source tells it as the company's or others have it.
func TestWrittenBesideAName(t *testing.T) {
	const (
		direct, switchboard, shared, unnamed = "+73432000001", "+73432000002", "+73432000003", "+73432000004"
		contacted, pocket                    = "+73432000005", "+79070000006"
	)
	ctx, s := t.Context(), memory.New()
	for _, o := range []company.Observation{
		observed("gis", "1", firmINN, fact(company.FieldPhone, "", switchboard), fact(company.FieldEmail, "", "info@firm.example")),
		observed("gis", "2", "7700000009", fact(company.FieldPhone, "", shared+";ext=2")),
		observed(config.ManagerSource, string(firmINN), firmINN, fact(company.FieldPhone, "", direct+";ext=7"), fact(company.FieldPhone, "", unnamed),
			fact(company.FieldContactName, "k", "Пример Анна"), fact(company.FieldContactPhone, "k", contacted)),
	} {
		if _, err := s.Commit(ctx, store.Commit{Source: o.Source, Day: friday, Batch: pipeline.Batch{Observations: []company.Observation{o}}}); err != nil {
			t.Fatal(err)
		}
	}
	results := []store.Result{
		{INN: firmINN, Day: friday, File: "a", Person: "Пример Анна", Phones: []string{direct + ";ext=7", switchboard + ";ext=9", shared}, Email: "zakup@firm.example"},
		{INN: firmINN, Day: friday, File: "b", Person: "Пример Анна", Email: "info@firm.example"},
		{INN: firmINN, Day: friday, File: "c", Phones: []string{unnamed, pocket}, Email: "sbyt@firm.example"},
	}
	if _, err := s.PutResults(ctx, results); err != nil {
		t.Fatal(err)
	}
	p, err := MakePlan(ctx, s, Subject{Kind: SubjectFirm, Value: string(firmINN)})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []struct {
		name      string
		got, want []string
	}{
		{"with", p.With, []string{direct, contacted, pocket, "zakup@firm.example"}},
		{"shared", p.Shared, []string{shared}},
		{"public", p.Public, []string{switchboard, "info@firm.example"}},
		{"unnamed", p.Unnamed, []string{unnamed, "sbyt@firm.example"}},
	} {
		if !slices.Equal(part.got, part.want) {
			t.Errorf("%s: %q, want %q", part.name, part.got, part.want)
		}
	}
}
