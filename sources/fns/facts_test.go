package fns

import (
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// TestFacts holds what documents of each set become.
func TestFacts(t *testing.T) {
	for _, c := range []struct {
		set, name, payload string
		want               string
	}{
		{"sshr2019", "people", payload("sshr2019"), "headcount 2025=14"},
		{"sshr2019", "a real zero", `<СведССЧР КолРаб="0"/>`, "headcount 2025=0"},
		{"sshr2019", "leading zeros and spaces around", `<СведССЧР КолРаб=" 007 "/>`, "headcount 2025=7"},
		{"revexp", "both", payload("revexp"), "revenue 2025=8831000, expense 2025=7977000"},
		{"revexp", "real zeros", `<СведДохРасх СумДоход="0.00" СумРасход="0.00"/>`, "revenue 2025=0, expense 2025=0"},
		{"revexp", "one only", `<СведДохРасх СумРасход="147000.00"/>`, "expense 2025=147000"},
		{"revexp", "half a rouble", `<СведДохРасх СумДоход="10.50" СумРасход="10.49"/>`, "revenue 2025=11, expense 2025=10"},
		{"revexp", "the most", `<СведДохРасх СумДоход="999999999999999.00"/>`, "revenue 2025=999999999999999"},
		{"revexp", "whole roubles, one digit", `<СведДохРасх СумДоход="12" СумРасход="3.6"/>`, "revenue 2025=12, expense 2025=4"},
		{"paytax", "a sum", payload("paytax"), "tax 2025=1053806"}, // 1053805.50
		{"paytax", "zeros", tax("А", "0.00") + tax("Б", "0.00"), "tax 2025=0"},
		{"paytax", "rounded once, after the sum", tax("А", "0.40") + tax("Б", "0.40") + tax("В", "0.40"), "tax 2025=1"},
		{"paytax", "the same row twice in a document", tax("А", "5.00") + tax("А", "5.00"), "tax 2025=10"},
		{"debtam", "a sum", payload("debtam"), "debt 2026-09-01=1201"},
		{"snr", "one", payload("snr"), "regime=УСН"},
		{"snr", "several", `<СведСНР ПризнЕСХН="1" ПризнУСН="1" ПризнАУСН="0" ПризнСРП="1"/>`, "regime=ЕСХН, regime=СРП, regime=УСН"},
		{"snr", "before there was АУСН", `<СведСНР ПризнЕСХН="1" ПризнУСН="0" ПризнЕНВД="1" ПризнСРП="0"/>`, "regime=ЕСХН"},
		{"snrip", "several", payload("snrip"), "regime=ПСН, regime=УСН"},
		{
			"snrip", "all", `<СведСНР ПризнСНР="1"/><СведСНР ПризнСНР="2"/><СведСНР ПризнСНР="3"/><СведСНР ПризнСНР="4"/><СведСНР ПризнСНР="5"/>`,
			"regime=АУСН, regime=ЕСХН, regime=НПД, regime=ПСН, regime=УСН",
		},
		{"snrip", "one twice", `<СведСНР ПризнСНР="5"/><СведСНР ПризнСНР="5"/>`, "regime=НПД"},
		{"taxoffence", "a sum", payload("taxoffence"), "fine 2025=501"},
	} {
		t.Run(c.set+" "+c.name, func(t *testing.T) {
			p := pullFrom(t, Options{Set: c.set}, input("a.xml", file(c.set, doc(c.set, 1, c.payload))))
			if p.err != nil || len(p.gaps)+len(p.rejects) > 0 || p.counts != (pipeline.Counts{Declared: 1, Read: 1, Taken: 1}) {
				t.Fatalf("error %v, gaps %v, rejects %v, counts %+v", p.err, p.gaps, p.rejects, p.counts)
			}
			number := inn(c.set, 1)
			if got := p.facts(number); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			checkObservation(t, &p.all[0], c.set)
		})
	}
}

// checkObservation holds what every observation of a set has and lacks.
func checkObservation(t *testing.T, o *company.Observation, set string) {
	t.Helper()
	if err := sourcetest.CheckObservation(o, false); err != nil {
		t.Error(err)
	}
	subject := company.SubjectCompany
	if set == "snrip" {
		subject = company.SubjectSole
	}
	if o.Source != "набор" || o.Key != string(o.INN) || o.Origin != "" || !o.Date.Known() || len(o.Facts) == 0 {
		t.Errorf("observation %+v", o)
	}
	for _, f := range o.Facts {
		if f.Subject != subject || f.Note != "" || f.Date.Known() != (f.Key != "") || f.Date.Known() && !strings.HasPrefix(f.Date.String(), f.Key[:4]) {
			t.Errorf("fact %+v", f)
		}
	}
}

// TestRejects: a document that cannot be used is kept with its bytes, and the
// one beside it is taken.
func TestRejects(t *testing.T) {
	replaced := func(set, old, by string) string { return strings.Replace(doc(set, 1, payload(set)), old, by, 1) }
	number := string(inn("sshr2019", 1))
	for _, c := range []struct {
		name, set, document string
		reason              pipeline.Reason
		words               string
	}{
		{"checksum", "sshr2019", replaced("sshr2019", number, number[:9]+string('0'+('9'-number[9]))), pipeline.ReasonINN, "checksum"},
		{"too short", "sshr2019", replaced("sshr2019", number, "59"), pipeline.ReasonINN, "10 or 12 digits"},
		{"a person in a set of companies", "sshr2019", replaced("sshr2019", number, string(inn("snrip", 1))), pipeline.ReasonINN, "want 10 digits"},
		{"a company in the set of persons", "snrip", replaced("snrip", string(inn("snrip", 1)), number), pipeline.ReasonINN, "want 12 digits"},
		{"no ИНН", "sshr2019", replaced("sshr2019", "ИННЮЛ", "ИНН"), pipeline.ReasonMissing, "СведНП/ИННЮЛ"},
		{"the ИНН of the other kind", "sshr2019", replaced("sshr2019", "ИННЮЛ", "ИННФЛ"), pipeline.ReasonMissing, "СведНП/ИННЮЛ"},
		{"two subjects", "sshr2019", replaced("sshr2019", "<СведССЧР", `<СведНП ИННЮЛ="5900000027"/><СведССЧР`), pipeline.ReasonFormat, "there are 2"},
		{"no payload", "sshr2019", doc("sshr2019", 1), pipeline.ReasonMissing, "СведССЧР"},
		{"payload deeper than it should be", "sshr2019", doc("sshr2019", 1, "<Иное>"+payload("sshr2019")+"</Иное>"), pipeline.ReasonMissing, "СведССЧР"},
		{"two payloads", "sshr2019", doc("sshr2019", 1, payload("sshr2019"), payload("sshr2019")), pipeline.ReasonFormat, "there are 2"},
		{"no figure", "sshr2019", doc("sshr2019", 1, `<СведССЧР/>`), pipeline.ReasonMissing, "СведССЧР"},
		{"no amount in a row", "paytax", doc("paytax", 1, tax("А", "1.00"), tax("Б", "")), pipeline.ReasonMissing, "row 2"},
		{"half a person", "sshr2019", doc("sshr2019", 1, `<СведССЧР КолРаб="1.5"/>`), pipeline.ReasonFormat, "1.5"},
		{"fewer than none", "sshr2019", doc("sshr2019", 1, `<СведССЧР КолРаб="-1"/>`), pipeline.ReasonFormat, "-1"},
		{"more people than there are", "sshr2019", doc("sshr2019", 1, `<СведССЧР КолРаб="10000001"/>`), pipeline.ReasonFormat, "10000001"},
		{"an endless number", "sshr2019", doc("sshr2019", 1, `<СведССЧР КолРаб="`+strings.Repeat("1", 3000)+`"/>`), pipeline.ReasonFormat, "…"},
		{"negative", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход="-11000.00" СумРасход="0.00"/>`), pipeline.ReasonFormat, "-11000.00"},
		{"comma", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход="1,00" СумРасход="0.00"/>`), pipeline.ReasonFormat, "1,00"},
		{"sixteen digits", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход="1000000000000000.00"/>`), pipeline.ReasonFormat, "amount"},
		{"a tenth of a kopeck", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход="1.001"/>`), pipeline.ReasonFormat, "1.001"},
		{"a dot without kopecks", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход="1."/>`), pipeline.ReasonFormat, "amount"},
		{"no roubles", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход=".10"/>`), pipeline.ReasonFormat, "amount"},
		{"exponent", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход="1e9"/>`), pipeline.ReasonFormat, "1e9"},
		{"a space inside", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход="1 000.00"/>`), pipeline.ReasonFormat, "1 000.00"},
		{"words", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход="нет"/>`), pipeline.ReasonFormat, "нет"},
		{"a good figure beside a bad one", "revexp", doc("revexp", 1, `<СведДохРасх СумДоход="1.00" СумРасход="нет"/>`), pipeline.ReasonFormat, "СумРасход"},
		{"a sum beyond all bounds", "paytax", doc("paytax", 1, strings.Repeat(tax("А", "999999999999999.99"), 2)), pipeline.ReasonFormat, "add up"},
		{"a flag of another kind", "snr", doc("snr", 1, `<СведСНР ПризнУСН="да"/>`), pipeline.ReasonFormat, "да"},
		{"a code that there is none of", "snrip", doc("snrip", 1, `<СведСНР ПризнСНР="6"/>`), pipeline.ReasonFormat, `"6"`},
		{"code zero", "snrip", doc("snrip", 1, `<СведСНР ПризнСНР="0"/>`), pipeline.ReasonFormat, `"0"`},
		{"no day", "sshr2019", replaced("sshr2019", "ДатаСост", "Дата"), pipeline.ReasonMissing, "ДатаСост"},
		{"not a day", "sshr2019", on("31.02.2025", doc("sshr2019", 1, payload("sshr2019"))), pipeline.ReasonFormat, "31.02.2025"},
		{"a day before the tax service", "sshr2019", on("31.12.1990", doc("sshr2019", 1, payload("sshr2019"))), pipeline.ReasonFormat, "1990"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := pullFrom(t, Options{Set: c.set}, input("a.xml", file(c.set, c.document, doc(c.set, 2, payload(c.set)))))
			if p.err != nil || len(p.gaps) > 0 || p.counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 1, Quarantined: 1}) {
				t.Fatalf("error %v, gaps %v, counts %+v", p.err, p.gaps, p.counts)
			}
			r := p.rejects[0]
			if r.Reason != c.reason || r.Row != 1 || r.Unit != "a.xml" || !strings.Contains(r.Detail, c.words) || len(r.Detail) > 400 {
				t.Errorf("reject %+v, want %s and %q", r, c.reason, c.words)
			}
			if want := c.document[:min(len(c.document), pipeline.RawLimit)]; r.Raw != strings.ToValidUTF8(want, "") {
				t.Errorf("kept %q, want %q", r.Raw, want)
			}
			if p.facts(inn(c.set, 2)) == "" || len(p.all) != 1 {
				t.Errorf("the good document beside it: %+v", p.all)
			}
		})
	}
}

func TestNothingMarked(t *testing.T) {
	p := pullFrom(t, Options{Set: "snr"}, input("a.xml", file("snr",
		doc("snr", 1, `<СведСНР ПризнЕСХН="0" ПризнУСН="0" ПризнАУСН="0" ПризнСРП="0"/>`), doc("snr", 2, payload("snr")))))
	if p.err != nil || p.counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 1, NotWanted: 1}) || len(p.all) != 1 {
		t.Errorf("error %v, counts %+v, %+v", p.err, p.counts, p.all)
	}
}

// TestOfNobodyInParticular: what is wanted and held plays no part.
func TestOfNobodyInParticular(t *testing.T) {
	in := input("a.xml", file("sshr2019", doc("sshr2019", 1, payload("sshr2019")), doc("sshr2019", 2, payload("sshr2019"))))
	var held company.INNSet
	held.Add(inn("sshr2019", 1))
	for b, err := range source(t, Options{Set: "sshr2019"}, in).Pull(t.Context(), pipeline.Request{
		Wanted: pipeline.Wanted{Codes: []company.OKVED{"45.20"}}, Held: &held,
	}) {
		if err != nil || b.Counts.Taken != 2 || len(b.Observations) != 2 {
			t.Errorf("error %v, counts %+v", err, b.Counts)
		}
	}
}

// TestEverySetKeepsItsPromises runs the conformance suite over a release of two
// members and a second input, with what must be refused in it.
func TestEverySetKeepsItsPromises(t *testing.T) {
	for i := range sets {
		id := sets[i].id
		t.Run(id, func(t *testing.T) {
			bad := strings.Replace(doc(id, 5, payload(id)), string(inn(id, 5)), "5", 1)
			one := sourcetest.Zip(t, "VO_OTKRDAN_1.xml", file(id, doc(id, 1, payload(id)), doc(id, 2, payload(id)), bad),
				"VO_OTKRDAN_2.xml", file(id, doc(id, 2, payload(id)), doc(id, 3, payload(id))),
				"VO_OTKRDAN_3.xml", strings.TrimSuffix(file(id, doc(id, 4, payload(id))), "</Файл>"), "schema.xsd", "x")
			two := sourcetest.Zip(t, "a.xml", file(id, doc(id, 1, payload(id))))
			inputs := []files.Input{
				files.FromBytes("data-20260725-structure-20200408.zip", one), files.FromBytes("data-20260825-structure-20200408.zip", two), input("junk.xml", "<html/>"),
			}
			sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return source(t, Options{Set: id, Workers: 3}, inputs...) }})
			sourcetest.Run(t, sourcetest.Case{
				New: func() pipeline.Source { return source(t, Options{Set: id}, inputs[2]) }, Err: pipeline.ErrUnknownForm,
			})
			p := pullFrom(t, Options{Set: id}, inputs...)
			if want := (pipeline.Counts{Declared: 7, Read: 6, Unread: 1, Taken: 5, Quarantined: 1}); p.counts != want || len(p.gaps) != 2 || p.err != nil {
				t.Errorf("counts %+v, want %+v; gaps %v, error %v", p.counts, want, p.gaps, p.err)
			}
		})
	}
}
