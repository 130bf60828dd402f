package evidence

import (
	"slices"
	"testing"

	"obzvon/pipeline/company"
)

// weightBound is more than any sum of pieces can be, in thousandths.
const weightBound = 200_000

func FuzzWeigh(f *testing.F) {
	f.Add("ООО «Вега», магазин", "Пермь", "59", "г. Пермь, ул. Ленина, д. 5", "+79070000001;ext=12", "https://vega.example", "vega@pochta.example", "5900000019")
	f.Add("ИП Вымышленный Пётр Ильич", "", "", "Шахтёров, 35", "8 800", "вега.рф", "@", "1025900000026")
	f.Add("\xff«\"СМУ-5", "x", "00", ",,,", "", "//", "a@b", "")
	m := testModel()
	f.Fuzz(func(t *testing.T, name, city, region, address, phone, site, email, number string) {
		facts := []company.Fact{
			{Field: company.FieldNameBrand, Value: name},
			{Field: company.FieldNameShort, Value: name},
			{Field: company.FieldCity, Value: city},
			{Field: company.FieldRegion, Value: region},
			{Field: company.FieldAddress, Value: address},
			{Field: company.FieldBranch, Value: address},
			{Field: company.FieldPhone, Value: phone},
			{Field: company.FieldMessenger, Value: "whatsapp:" + phone},
			{Field: company.FieldSite, Value: site},
			{Field: company.FieldEmail, Value: email},
			{Field: company.FieldOGRN, Value: number},
			{Field: company.FieldPrintedINN, Value: number},
			{Field: company.FieldRubric, Value: name},
			{Field: company.FieldOKVEDMain, Value: number},
		}
		o := company.Observation{Source: "test", Key: "1", Facts: facts}
		listing := m.Listing(&o)
		firm := m.Firm(validINN(1), []company.Observation{o})
		grown := m.Grown(firm, listing)
		for _, p := range []*Party{listing, firm, grown} {
			checkTokens(t, p)
		}
		slices.Reverse(o.Facts)
		if m.Listing(&o).Digest() != listing.Digest() {
			t.Error("facts in another order have another digest")
		}
		for _, theirs := range []*Party{firm, grown} {
			for _, count := range []func(uint64) Count{only, shared(100, 100), shared(0, 0)} {
				w := m.Weigh(listing, theirs, count)
				if sumOf(w) != w.Weight || w.Weight < -weightBound || w.Weight > weightBound {
					t.Errorf("%d, in pieces %d", w.Weight, sumOf(w))
				}
				if d := m.Decide([]Weighed{w, w}); d.Probability < 0 || d.Probability > 1 || d.Outcome == Match {
					t.Errorf("of two that are alike one is chosen: %+v", d)
				}
			}
		}
	})
}

func FuzzHouse(f *testing.F) {
	f.Add("150044, Ярославская область, г. Ярославль, ул. Полушкина Роща, д. 9 стр. 2")
	f.Add("Шахтёров, 35")
	f.Add("8 Марта 5")
	f.Fuzz(func(t *testing.T, text string) {
		if street, house := houseOf(text); (street == "") != (house == "") {
			t.Errorf("street %q, house %q", street, house)
		}
	})
}

func FuzzSound(f *testing.F) {
	f.Add("щука")
	f.Add("shchuka")
	f.Add("x\xffж")
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range company.FoldWords(text) {
			s := sound(w)
			if len(s) > 2*len(w) {
				t.Errorf("%q sounds %q", w, s)
			}
			if n := ownSounds(s); n < 0 || n > len(s) {
				t.Errorf("%d of %q are its own", n, s)
			}
		}
	})
}
