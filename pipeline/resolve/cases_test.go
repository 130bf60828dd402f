package resolve

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

const (
	phone1, phone2, phone3 = "+79070000001", "+79070000002", "+79070000003"
	mobile                 = "+79070000004"
)

// perm and ufa are what stands beside a name.
func perm(pairs ...string) []string { return append(pairs, fRegion, "59", fCity, "Пермь") }
func ufa(pairs ...string) []string  { return append(pairs, fRegion, "02", fCity, "Уфа") }

func TestCases(t *testing.T) {
	innA, innB := validINN(1), validINN(2)
	tests := []struct {
		name   string
		base   []company.Observation
		inn    company.INN // to which the listing L is joined, "" = it is not
		rests  string      // kinds of evidence that must be among the join's
		reason Reason
		cands  []company.INN // that must be shown
	}{
		{
			"phone and name",
			[]company.Observation{firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fPhone, phone1)...), card("L", perm(fBrand, "Северный ясень", fPhone, phone1)...)},
			innA, "phone name", "", nil,
		},
		{
			"name and address",
			[]company.Observation{
				firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fAddress, "улица Лесная, 7")...),
				card("L", perm(fBrand, "Северный ясень", fAddress, "ул. Лесная, д. 7")...),
			},
			innA, "name address", "", nil,
		},
		{
			"ИНН printed",
			[]company.Observation{firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`)...), card("L", fBrand, "Северный ясень", fPrinted, string(innA))},
			innA, "inn", "", nil,
		},
		{
			"ОГРН of another company",
			[]company.Observation{
				firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fOGRN, validOGRN(1), fPhone, phone1)...),
				card("L", perm(fBrand, "Северный ясень", fOGRN, validOGRN(5), fPhone, phone1)...),
			},
			"", "", ReasonOtherOGRN,
			[]company.INN{innA},
		},
		{
			"namesakes",
			[]company.Observation{
				firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`)...), firmOf(2, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`)...),
				card("L", perm(fBrand, "Северный ясень, ООО")...),
			},
			"", "", ReasonNamesakes,
			[]company.INN{innA, innB},
		},
		{
			"two firms' data",
			[]company.Observation{
				firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fSite, "https://yasen.example")...), firmOf(2, perm(fShort, `ООО "КЛЁН"`, fPhone, phone2)...),
				card("L", perm(fSite, "https://yasen.example", fPhone, phone2)...),
			},
			"", "", ReasonConflict,
			[]company.INN{innA, innB},
		},
		{
			"one phone of two firms",
			[]company.Observation{
				firmOf(1, perm(fShort, `ООО "ЯСЕНЬ"`, fPhone, phone1)...), firmOf(2, perm(fShort, `ООО "КЛЁН"`, fPhone, phone1)...), card("L", perm(fPhone, phone1)...),
			},
			"", "", ReasonShared,
			[]company.INN{innA, innB},
		},
		{
			"two firms at one address stay two",
			[]company.Observation{
				firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fAddress, "улица Лесная, 7")...), firmOf(2, perm(fShort, `ООО "КРАСНЫЙ КЛЁН"`, fAddress, "улица Лесная, 7")...),
				card("L", perm(fBrand, "Северный ясень", fAddress, "ул. Лесная, д. 7")...), card("K", perm(fBrand, "Красный клён", fAddress, "ул. Лесная, д. 7")...),
			},
			innA, "name", "", nil,
		},
		{
			"the name in another region",
			[]company.Observation{
				firmOf(1, ufa(fShort, `ООО "ЯСЕНЬ"`)...), card("L", perm(fBrand, "Ясень")...),
			},
			"", "", ReasonOtherCity, nil,
		},
		{
			"nothing known",
			[]company.Observation{firmOf(1, fShort, "ООО Клён", fPhone, phone1), card("L", fPhone, phone2)},
			"", "", ReasonUnknown, nil,
		},
		{
			"nothing to match by",
			[]company.Observation{firmOf(1, fShort, "ООО Клён"), card("L", fCity, "Пермь")},
			"", "", ReasonBare, nil,
		},
		{
			"free mail and a site builder",
			[]company.Observation{
				firmOf(1, fShort, "ООО Клён", fEmail, "a@pochta.example", fSite, "https://klen.builder.example"), card("L", fEmail, "b@pochta.example"),
			},
			"", "", ReasonUnknown, nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newStore(t, tt.base...)
			rep := once(t, s)
			j, joined := joinsOf(t, s)["L"]
			if j.INN != tt.inn || j.Manual {
				t.Errorf("joined to %q (%+v), want %q", j.INN, j.Evidence, tt.inn)
			}
			sum := int64(0)
			for _, e := range j.Evidence {
				sum += e.Weight
			}
			for kind := range strings.FieldsSeq(tt.rests) {
				if !slices.ContainsFunc(For(j.Evidence), func(e store.Evidence) bool { return e.Kind == kind }) {
					t.Errorf("no %s among %+v", kind, j.Evidence)
				}
			}
			if joined && sum < 2197 { // ln(0.9/0.1)
				t.Errorf("joined by %d in all", sum)
			}
			row, waits := rowOf(rep, "L")
			if !waits && !joined && len(tt.cands) == 0 && rep.Reasons[tt.reason] > 0 && rep.Decidable == 0 {
				return // there is nothing to decide between
			}
			if waits == joined {
				t.Fatalf("joined %v and in review %v", joined, waits)
			}
			checkRow(t, row, tt.reason, tt.cands)
		})
	}
}

func checkRow(t *testing.T, row ReviewRow, want Reason, cands []company.INN) {
	t.Helper()
	if row.Reason != want {
		t.Errorf("reason %q (%s), want %q; candidates %+v", row.Reason, row.Why, want, row.Candidates)
	}
	for i, c := range row.Candidates {
		if c.Name == "" || c.Probability < 0 || c.Probability > 1 || len(c.Evidence) == 0 {
			t.Errorf("candidate %+v", c)
		}
		if i > 0 && c.Probability > row.Candidates[i-1].Probability {
			t.Errorf("candidates out of order: %+v", row.Candidates)
		}
	}
	for _, inn := range cands {
		if !slices.ContainsFunc(row.Candidates, func(c Candidate) bool { return c.INN == inn }) {
			t.Errorf("candidates %+v, want %s among them", row.Candidates, inn)
		}
	}
	if want != "" {
		checkSentence(t, row.Why)
	}
}

func checkSentence(t *testing.T, why string) {
	t.Helper()
	n := utf8.RuneCountInString(why)
	if n == 0 || n > whyLetters || !strings.HasSuffix(why, ".") && !strings.HasSuffix(why, "…") || !utf8.ValidString(why) {
		t.Errorf("%d letters: %q", n, why)
	}
}

// The companies stand in a column of their own; the reason is one short
// sentence however long the names are.
func TestReasonsAreShort(t *testing.T) {
	long := "ООО «" + strings.Repeat("Ясень ", 40) + "»"
	rep := once(t, newStore(t,
		firmOf(1, perm(fShort, long, fSite, "https://yasen.example")...), firmOf(2, perm(fShort, long, fPhone, phone2)...),
		card("L", perm(fSite, "https://yasen.example", fPhone, phone2)...)))
	row, ok := rowOf(rep, "L")
	if !ok || row.Reason != ReasonConflict {
		t.Fatalf("row %+v", row)
	}
	checkSentence(t, row.Why)
}

func TestEveryReasonIsInRussian(t *testing.T) {
	for _, r := range Reasons() {
		if r.Title() == string(r) || strings.ContainsAny(r.Title(), "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("%s is called %q", r, r.Title())
		}
		if r.rank() < 0 {
			t.Errorf("%s has no rank", r)
		}
	}
}

// What the enricher finds on a site that prints an ИНН is a listing; it is the
// printed company's, and brings it the site, by which a card finds it.
func TestSiteThatPrintsAnINN(t *testing.T) {
	site := obs("website", "yasen.example", "", fSite, "https://yasen.example", fPrinted, string(validINN(1)), fPhone, phone2)
	base := []company.Observation{
		firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fOGRN, validOGRN(1))...),
		card("L", perm(fBrand, "Колесо", fSite, "http://www.yasen.example/contacts", fPhone, phone2)...),
	}
	s := newStore(t, base...)
	once(t, s)
	if got := joinsOf(t, s); len(got) != 0 {
		t.Fatalf("joined without the site: %+v", got)
	}
	commit(t, s, site)
	once(t, s)
	got := joinsOf(t, s)
	if j := got["yasen.example"]; j.INN != validINN(1) || For(j.Evidence)[0].Kind != "inn" {
		t.Errorf("the site is joined to %+v", j)
	}
	if j := got["L"]; j.INN != validINN(1) {
		t.Errorf("the card is joined to %+v", j)
	}
	// The site prints another company's number by now.
	commit(t, s, obs("website", "yasen.example", "", fSite, "https://yasen.example", fPrinted, string(validINN(2)), fPhone, phone2))
	once(t, s)
	if got := joinsOf(t, s); len(got) != 0 {
		t.Errorf("still joined: %+v", got)
	}
}

// What the enricher found under the ИНН it asked for is the company's own.
func TestSiteOfTheCompanyItself(t *testing.T) {
	s := newStore(t,
		firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`)...),
		obs("website", "yasen.example "+string(validINN(1)), validINN(1), fSite, "https://yasen.example", fPhone, phone2),
		card("L", perm(fBrand, "Северный ясень", fPhone, phone2)...))
	once(t, s)
	if j := joinsOf(t, s)["L"]; j.INN != validINN(1) || !slices.ContainsFunc(j.Evidence, func(e store.Evidence) bool { return e.Kind == "phone" && e.Weight > 0 }) {
		t.Errorf("joined to %+v", j)
	}
}

// Branches that share a number and a site become those of one company, though
// the registry's address leads to one of them only.
func TestBranchesOfANetwork(t *testing.T) {
	const branches = 6
	base := []company.Observation{firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fAddress, "улица Лесная, 7")...)}
	for i := range branches {
		key := fmt.Sprintf("%03d", i)
		site := []string{fBrand, "Северный ясень", fSite, "https://yasen.example", fPhone, phone1}
		if i == 4 {
			base = append(base, card(key, perm(append(site, fAddress, "ул. Лесная, 7")...)...))
		} else {
			base = append(base, card(key, ufa(append(site, fAddress, fmt.Sprintf("ул. Южная, %d", i))...)...))
		}
	}
	s := newStore(t, base...)
	rep := once(t, s)
	if rep.Joined != branches {
		t.Errorf("%d of %d joined; %v; %+v", rep.Joined, branches, rep.Reasons, rep.Review[:min(1, len(rep.Review))])
	}
}

// A franchise is many firms under one sign: a listing is nobody's by the sign
// and the brand's site alone.
func TestFranchiseStaysMany(t *testing.T) {
	var base []company.Observation
	for i := range 12 {
		base = append(base,
			firmOf(i, perm(fShort, fmt.Sprintf(`ООО "ДЕРЕВО-%d"`, i), fPhone, fmt.Sprintf("+7907%07d", i))...),
			card(fmt.Sprintf("%02d", i), perm(fBrand, "Северный ясень", fSite, "https://yasen.example", fPhone, fmt.Sprintf("+7907%07d", i))...),
			card(fmt.Sprintf("x%02d", i), perm(fBrand, "Северный ясень", fSite, "https://yasen.example", fPhone, fmt.Sprintf("+7907%07d", 100+i))...))
	}
	s := newStore(t, base...)
	once(t, s)
	for key, j := range joinsOf(t, s) {
		if strings.HasPrefix(key, "x") || j.INN != base[indexOfCard(base, key)-1].INN {
			t.Errorf("%s is joined to %s: %+v", key, j.INN, j.Evidence)
		}
	}
}

func indexOfCard(base []company.Observation, key string) int {
	return slices.IndexFunc(base, func(o company.Observation) bool { return o.Source == "gis" && o.Key == key })
}

// A number that more listings print than are counted still finds its company.
func TestLargeNetwork(t *testing.T) {
	base := []company.Observation{firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`)...)}
	for i := range 3 * evidence.CarrierLimit {
		base = append(base, card(fmt.Sprintf("%03d", i), ufa(fBrand, "Северный ясень", fPrinted, string(validINN(1)))...))
	}
	s := newStore(t, base...)
	if rep := once(t, s); rep.Joined != 3*evidence.CarrierLimit {
		t.Errorf("%d joined; %v", rep.Joined, rep.Reasons)
	}
}
