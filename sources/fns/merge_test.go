package fns

import (
	"testing"

	"obzvon/pipeline"
)

// TestOneINNTwice: documents of one ИНН within a member make one observation,
// whatever their order.
func TestOneINNTwice(t *testing.T) {
	for _, c := range []struct {
		name, set string
		docs      []string
		want      string
	}{
		{"years stand side by side", "sshr2019", []string{
			doc("sshr2019", 1, `<СведССЧР КолРаб="14"/>`), on("31.12.2024", doc("sshr2019", 1, `<СведССЧР КолРаб="12"/>`)),
		}, "headcount 2024=12, headcount 2025=14"},
		{"of one day the greater", "sshr2019", []string{
			doc("sshr2019", 1, `<СведССЧР КолРаб="0"/>`), doc("sshr2019", 1, `<СведССЧР КолРаб="12"/>`), doc("sshr2019", 1, `<СведССЧР КолРаб="3"/>`),
		}, "headcount 2025=12"},
		{"of one year the later day", "sshr2019", []string{
			doc("sshr2019", 1, `<СведССЧР КолРаб="3"/>`), on("01.12.2025", doc("sshr2019", 1, `<СведССЧР КолРаб="12"/>`)),
		}, "headcount 2025=3"},
		{"different figures of one day", "revexp", []string{
			doc("revexp", 1, `<СведДохРасх СумДоход="5.00"/>`), doc("revexp", 1, `<СведДохРасх СумРасход="4.00"/>`),
		}, "revenue 2025=5, expense 2025=4"},
		{"parts of a list", "paytax", []string{
			doc("paytax", 1, tax("А", "100.30")), doc("paytax", 1, tax("Б", "20.30")),
		}, "tax 2025=121"},
		{"rounded after all parts are there", "paytax", []string{
			doc("paytax", 1, tax("А", "0.40")), doc("paytax", 1, tax("Б", "0.40")), doc("paytax", 1, tax("В", "0.40")),
		}, "tax 2025=1"},
		{"the same list again", "paytax", []string{
			doc("paytax", 1, payload("paytax")), doc("paytax", 1, payload("paytax")), doc("paytax", 1, payload("paytax")),
		}, "tax 2025=1053806"},
		{"a list that holds another and more", "paytax", []string{
			doc("paytax", 1, tax("А", "100.00")), doc("paytax", 1, tax("А", "100.00")+tax("А", "7.00")+tax("Б  В", "1.00")), doc("paytax", 1, tax("Б В", "1.00")),
		}, "tax 2025=108"},
		{"a row twice in one list and once in another", "paytax", []string{
			doc("paytax", 1, tax("А", "5.00")+tax("А", "5.00")), doc("paytax", 1, tax("А", "5.00")),
		}, "tax 2025=10"},
		{"zeros beside a sum", "paytax", []string{
			doc("paytax", 1, tax("А", "0.00")), doc("paytax", 1, tax("А", "5.00")),
		}, "tax 2025=5"},
		{"lists of different years", "paytax", []string{
			doc("paytax", 1, tax("А", "5.00")), on("31.12.2024", doc("paytax", 1, tax("А", "5.00"))),
		}, "tax 2024=5, tax 2025=5"},
		{"the list of a later day of the year", "paytax", []string{
			doc("paytax", 1, tax("А", "5.00")), on("30.12.2025", doc("paytax", 1, tax("Б", "9.00"))),
		}, "tax 2025=5"},
		{"fines have no names", "taxoffence", []string{
			doc("taxoffence", 1, `<СведНаруш СумШтраф="200.00"/>`), doc("taxoffence", 1, `<СведНаруш СумШтраф="300.00"/><СведНаруш СумШтраф="200.00"/>`),
		}, "fine 2025=500"},
		{"debts of two days", "debtam", []string{
			doc("debtam", 1, debt("А", "5.00")), on("01.08.2026", doc("debtam", 1, debt("А", "9.00"))),
		}, "debt 2026-08-01=9, debt 2026-09-01=5"},
		{"regimes of one day", "snr", []string{
			doc("snr", 1, `<СведСНР ПризнУСН="1"/>`), doc("snr", 1, `<СведСНР ПризнЕСХН="1"/>`), doc("snr", 1, `<СведСНР ПризнУСН="1"/>`),
		}, "regime=ЕСХН, regime=УСН"},
		{"regimes of a later day", "snrip", []string{
			doc("snrip", 1, `<СведСНР ПризнСНР="4"/><СведСНР ПризнСНР="5"/>`), on("01.08.2026", doc("snrip", 1, `<СведСНР ПризнСНР="1"/><СведСНР ПризнСНР="2"/>`)),
		}, "regime=НПД, regime=ПСН"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, docs := range orders(c.docs) {
				p := pullFrom(t, Options{Set: c.set}, input("a.xml", file(c.set, append(docs, doc(c.set, 2, payload(c.set)))...)))
				n := int64(len(c.docs)) + 1
				if p.err != nil || p.counts != (pipeline.Counts{Declared: n, Read: n, Taken: n}) || len(p.all) != 2 {
					t.Fatalf("error %v, counts %+v, %d observations", p.err, p.counts, len(p.all))
				}
				if got := p.facts(inn(c.set, 1)); got != c.want {
					t.Errorf("%s, want %s", got, c.want)
				}
				checkObservation(t, &p.all[0], c.set)
			}
		})
	}
}

// orders are all orders of the elements.
func orders(all []string) [][]string {
	if len(all) == 0 {
		return [][]string{nil}
	}
	var out [][]string
	for i := range all {
		var rest []string
		rest = append(append(rest, all[:i]...), all[i+1:]...)
		for _, tail := range orders(rest) {
			out = append(out, append([]string{all[i]}, tail...))
		}
	}
	return out
}

// TestPartsBeyondAllBounds: the document that takes a sum out of bounds is
// quarantined, those before it stand.
func TestPartsBeyondAllBounds(t *testing.T) {
	much := "999999999999999.00"
	p := pullFrom(t, Options{Set: "paytax"}, input("a.xml", file("paytax",
		doc("paytax", 1, tax("А", much)), doc("paytax", 1, tax("Б", "2.00")), doc("paytax", 1, tax("А", much)))))
	if p.err != nil || p.counts != (pipeline.Counts{Declared: 3, Read: 3, Taken: 2, Quarantined: 1}) {
		t.Fatalf("error %v, counts %+v", p.err, p.counts)
	}
	if r := p.rejects[0]; r.Row != 2 || r.Reason != pipeline.ReasonFormat {
		t.Errorf("reject %+v", r)
	}
	if got := p.facts(inn("paytax", 1)); got != "tax 2025=999999999999999" {
		t.Errorf("%s", got)
	}
}

// TestObservationsAreOrdered by ИНН, whatever the order of documents.
func TestObservationsAreOrdered(t *testing.T) {
	p := pullFrom(t, Options{Set: "sshr2019"}, input("a.xml", file("sshr2019",
		doc("sshr2019", 9, payload("sshr2019")), doc("sshr2019", 2, payload("sshr2019")), doc("sshr2019", 5, payload("sshr2019")))))
	for i, n := range []int{2, 5, 9} {
		if p.all[i].INN != inn("sshr2019", n) {
			t.Errorf("observation %d is of %s", i, p.all[i].INN)
		}
	}
}
