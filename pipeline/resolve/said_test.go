package resolve

import (
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

func TestSaid(t *testing.T) {
	tests := []struct {
		e           store.Evidence
		said, brief string
	}{
		{store.Evidence{Kind: kindPhone, Value: phone1}, "телефон +7 907 000-00-01", "телефон +7 907 000-00-01"},
		{store.Evidence{Kind: kindSite, Value: "firma.example"}, "сайт firma.example", "сайт firma.example"},
		{store.Evidence{Kind: "name", Value: "ясень"}, "название «ясень»", "название"},
		{store.Evidence{Kind: "city", Value: "пермь"}, "город пермь", "город"},
		{store.Evidence{Kind: "region", Value: "59"}, "регион", "регион"},
		{store.Evidence{Kind: "of a later version", Value: "1"}, "of a later version 1", "of a later version"},
	}
	for _, tt := range tests {
		if got := Said(tt.e); got != tt.said {
			t.Errorf("%+v: said %q, want %q", tt.e, got, tt.said)
		}
		if got := Brief(tt.e); got != tt.brief {
			t.Errorf("%+v: in brief %q, want %q", tt.e, got, tt.brief)
		}
	}
}

// Every kind of evidence has words, and all that compare values say which.
func TestComparedFields(t *testing.T) {
	for kind, text := range kindTexts {
		title, fields := Compared(kind)
		if title != text.title || title == "" {
			t.Errorf("%s: title %q", kind, title)
		}
		if none := kind == kindPrior || kind == kindKin || kind == "alias"; none != (len(fields) == 0) {
			t.Errorf("%s: compared %v", kind, fields)
		}
		for _, group := range fields {
			for _, f := range group {
				if !slices.ContainsFunc(company.Fields(), func(i company.FieldInfo) bool { return i.Field == f }) {
					t.Errorf("%s: there is no field %s", kind, f)
				}
			}
		}
	}
	if title, fields := Compared("of a later version"); title == "" || fields != nil {
		t.Errorf("an unknown kind: %q %v", title, fields)
	}
}

func TestDifferences(t *testing.T) {
	all := []store.Evidence{
		{Kind: kindPrior, Weight: -12000},
		{Kind: "city", Value: "пермь", Weight: -800},
		{Kind: "name", Value: "ясень", Weight: 9000},
		{Kind: kindKin, Weight: -7000},
		{Kind: kindPhone, Value: phone1, Weight: -1200},
	}
	var kinds []string
	for _, e := range Differences(all) {
		kinds = append(kinds, e.Kind)
	}
	if want := []string{kindPhone, "city"}; !slices.Equal(kinds, want) {
		t.Errorf("differences %v, want %v", kinds, want)
	}
	if got := Against(all); len(got) != 3 || got[0].Kind != kindKin {
		t.Errorf("against %+v", got)
	}
	if got := Uncompared(all); !slices.Equal(got, []string{kindSite}) {
		t.Errorf("uncompared %v", got)
	}
	if got := Uncompared(nil); !slices.Equal(got, []string{kindPhone, kindSite}) {
		t.Errorf("uncompared of nothing %v", got)
	}
}

// What stands under «Почему не решено» says nothing of kindred firms, and of
// another town only where the town is another.
func TestWhyOfAHouseElsewhere(t *testing.T) {
	at := func(kind, value string, weight int64) store.Evidence {
		return store.Evidence{Kind: kind, Value: value, Weight: weight}
	}
	part, kin := at("name_part", "северный ясень", 6000), at(kindKin, "", -5000)
	tests := []struct {
		name   string
		pieces []store.Evidence
		want   Reason
		why    string
	}{
		{
			"another house of the town",
			[]store.Evidence{part, kin, at("region", "59", 3000), at("city", "пермь", 500), at("address", "лесная 7", -900)},
			ReasonWeak, "Совпадает слишком мало: часть названия «северный ясень», регион, город пермь; не совпадает адрес лесная 7.",
		},
		{
			"another town",
			[]store.Evidence{part, kin, at("region", "59", 3000), at("city", "пермь", -900)},
			ReasonOtherCity, "Совпадает только часть названия «северный ясень», а город другой или неизвестен.",
		},
		{
			"no town",
			[]store.Evidence{part, kin, at("address", "лесная 7", -900)},
			ReasonOtherCity, "Совпадает только часть названия «северный ясень», а город другой или неизвестен.",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			reason, why := tooLittle(&candidateOf{weighed: evidence.Weighed{Evidence: tt.pieces}})
			if reason != tt.want || why != tt.why {
				t.Errorf("%s: %q, want %s: %q", reason, why, tt.want, tt.why)
			}
			if strings.Contains(why, kindTexts[kindKin].title) {
				t.Errorf("tells of kindred firms: %q", why)
			}
		})
	}
}
