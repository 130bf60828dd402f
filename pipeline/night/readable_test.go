package night

import (
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

// TestMoneyReadsAlike: every field whose title is in roubles is written as
// money, and no other is.
func TestMoneyReadsAlike(t *testing.T) {
	for _, info := range company.Fields() {
		money := strings.HasSuffix(info.Title, "₽")
		if got := readable(info.Field, "88000000"); (got == "88\u202f000\u202f000 ₽") != money {
			t.Errorf("%s, %q: %q", info.Field, info.Title, got)
		}
	}
	for in, want := range map[string]string{"-5000": "−5\u202f000 ₽", "0": "0 ₽", "много": "много"} {
		if got := readable(company.FieldExpense, in); got != want {
			t.Errorf("%q reads %q, want %q", in, got, want)
		}
	}
}

// TestReadingOrder: every field has a place of its own, money stands together.
func TestReadingOrder(t *testing.T) {
	order := readingOrder()
	places := map[int]bool{}
	for _, info := range company.Fields() {
		n, ok := order[info.Field]
		if !ok || places[n] {
			t.Errorf("%s has the place %d, %t", info.Field, n, ok)
		}
		places[n] = true
	}
	facts := []FactLine{
		{Field: "of a later version"},
		{Field: company.FieldDebt},
		{Field: company.FieldExpense, Key: "2025"},
		{Field: company.FieldSME},
		{Field: company.FieldProfit},
		{Field: company.FieldExpense, Key: "2024"},
		{Field: company.FieldHeadcount},
		{Field: company.FieldRevenue},
		{Field: company.FieldNameFull},
	}
	sortFacts(facts)
	var got []string
	for _, f := range facts {
		got = append(got, string(f.Field)+f.Key)
	}
	want := []string{"name.full", "headcount", "revenue", "expense2025", "expense2024", "profit", "debt", "sme", "of a later version"}
	if !slices.Equal(got, want) {
		t.Errorf("order %q, want %q", got, want)
	}
}

func TestMessengersHaveNames(t *testing.T) {
	for in, want := range map[string]string{
		"telegram:@firma": "Telegram @firma", "whatsapp:+79070000001": "WhatsApp +7 907 000-00-01",
		"pigeon:1": "pigeon:1", "telegram": "telegram",
	} {
		if got := readable(company.FieldMessenger, in); got != want {
			t.Errorf("%q reads %q, want %q", in, got, want)
		}
	}
}
