package score

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
)

func scoreOf(t *testing.T, sc *Scorer, c *company.Company) (Row, Result) {
	t.Helper()
	row := RowOf(sc.matcher, nil, c)
	return row, sc.Score(&row)
}

func TestScoreByHand(t *testing.T) {
	_, res := scoreOf(t, newScorer(t, testSegments(), Options{}), serviceChain())
	// fit: 30 + 20 + 7×0.6 + 9 + 8, capped at 45
	// size: 10×0.5 + 8 + 2×0.7 + 6, capped at 20
	// reach: 6 + 3 + 2 + 2; the person is unknown
	// state: 5×0.8 + 3 + 1 + 1; now: 10
	want := 45*Point + 20*Point + 13*Point + 9*Point + 10*Point
	if res.Total != want || res.Segment != service || res.Priority != 1 || res.Intent != 10*Point {
		t.Errorf("result %+v, want %s in segment %d", res, want, service)
	}
	if res.Fits != 1<<service|1<<chains {
		t.Errorf("fits %b", res.Fits)
	}
	// of the weight nothing is known of the person and of needs, of which no source tells
	if want := (160 - 2 - 25) * 1000 / 160; res.Known != want {
		t.Errorf("known %d, want %d", res.Known, want)
	}
}

func TestUnknownIsNotZero(t *testing.T) {
	sc := newScorer(t, testSegments(), Options{})
	head := func(facts ...fact) Points {
		facts = append(facts, f(company.FieldOKVEDMain, "45.20"))
		_, res := scoreOf(t, sc, firm(inn10(1), facts))
		return res.Total
	}
	unknown := head()
	zero := head(fk(company.FieldHeadcount, "2025", "0"))
	if unknown-zero != 2*Point { // 10 × (0.3 − 0.1)
		t.Errorf("unknown headcount %s, none %s", unknown, zero)
	}
}

func TestConditions(t *testing.T) {
	sc := newScorer(t, testSegments(), Options{})
	staff := func(n string) fact { return fk(company.FieldHeadcount, "2025", n) }
	dealer := f(company.FieldOKVEDMain, "46.69.2")
	plant := f(company.FieldOKVEDMain, "33.12")
	shop := f(company.FieldOKVEDMain, "45.32")
	tests := []struct {
		name  string
		facts []fact
		want  int
	}{
		{"small enough", []fact{dealer, staff("100")}, dealers},
		{"too large", []fact{dealer, staff("101")}, Outside},
		{"size unknown does not exclude", []fact{dealer}, dealers},
		{"large enough", []fact{plant, staff("20")}, industry},
		{"too small", []fact{plant, staff("19")}, Outside},
		{"a chain", append(places(3), shop), chains},
		{"too few places", append(places(2), shop), Outside},
		{"places unknown do exclude", []fact{shop}, Outside},
		{"default code alone", []fact{f(company.FieldOKVEDMain, "46.90")}, Outside},
		{"a word alone", []fact{f(company.FieldNameShort, "ООО «Завод»")}, industry},
		{"an additional code alone", []fact{f(company.FieldOKVEDExtra, "45.20")}, service},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, res := scoreOf(t, sc, firm(inn10(1), tt.facts)); res.Segment != tt.want {
				t.Errorf("segment %d, want %d", res.Segment, tt.want)
			}
		})
	}
}

func TestTheHighestTotalWins(t *testing.T) {
	s := testSegments()
	for i := range s.Segments {
		s.Segments[i].Season = nil
	}
	twin := s.Segments[service]
	twin.ID, twin.Priority = "twin", 1
	better := twin
	better.ID, better.Priority = "better", 1
	s.Segments[service].Priority = 2
	s.Segments = append(s.Segments, twin, better)
	sc := newScorer(t, s, Options{})
	c := firm(inn10(1), []fact{f(company.FieldOKVEDMain, "45.20")})
	if _, res := scoreOf(t, sc, c); s.Segments[res.Segment].ID != "twin" {
		t.Errorf("of equal totals %s wins: want the better priority, then the first", s.Segments[res.Segment].ID)
	}
	s.Segments[service].Season = []int{int(time.November)}
	sc = newScorer(t, s, Options{})
	if _, res := scoreOf(t, sc, c); res.Segment != service || res.Priority != 2 {
		t.Errorf("segment %d: want the higher total whatever its priority", res.Segment)
	}
}

func TestVetoesComeFirst(t *testing.T) {
	sc := newScorer(t, testSegments(), Options{Exclusions: excluded{inn10(55): NewVeto(VetoClient), inn10(66): NewVeto(VetoStop)}})
	status := func(s company.Status) []fact {
		return []fact{f(company.FieldOKVEDMain, "45.20"), f(company.FieldStatus, string(s))}
	}
	tests := []struct {
		name string
		c    *company.Company
		want string
	}{
		{"active", firm(inn10(1), status(company.StatusActive)), ""},
		{"reorganizing", firm(inn10(1), status(company.StatusReorganizing)), ""},
		{"liquidating", firm(inn10(1), status(company.StatusLiquidating)), VetoLiquidating},
		{"liquidated", firm(inn10(1), status(company.StatusLiquidated)), VetoLiquidated},
		{"bankrupt", firm(inn10(1), status(company.StatusBankrupt)), VetoBankrupt},
		{"client", firm(inn10(55), status(company.StatusActive)), VetoClient},
		{"stop", firm(inn10(66), status(company.StatusActive)), VetoStop},
		{"liquidated client", firm(inn10(55), status(company.StatusLiquidated)), VetoLiquidated},
		{"maker", firm(inn10(1), []fact{f(company.FieldOKVEDMain, "28.15.1")}), VetoMaker},
		{"competitor", firm(inn10(777), status(company.StatusActive)), VetoCompetitor},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, res := scoreOf(t, sc, tt.c)
			if res.Veto.Code != tt.want || res.Lead() != (tt.want == "") {
				t.Errorf("veto %q, want %q", res.Veto.Code, tt.want)
			}
			if tt.want != "" && (res.Total != 0 || res.Segment != Outside || res.Veto.Text == tt.want) {
				t.Errorf("a vetoed company has points, a segment or no text: %+v", res)
			}
		})
	}
}

// excluded excludes by ИНН, and by contacts given as the key of the map.
type excluded map[company.INN]Veto

func (e excluded) Excluded(c Contacts) Veto {
	for _, key := range slices.Concat([]string{string(c.INN)}, c.Phones, c.Emails, c.Domains) {
		if v, ok := e[company.INN(key)]; ok {
			return v
		}
	}
	return Veto{}
}

func TestContactsOf(t *testing.T) {
	got := ContactsOf(serviceChain())
	want := Contacts{
		INN: inn10(101), Phones: []string{"+73432000000", "+79070000001"},
		Emails: []string{"info@obrazec-ural.ru"}, Domains: []string{"obrazec-ural.ru"},
	}
	slices.Sort(got.Phones)
	if got.INN != want.INN || !slices.Equal(got.Phones, want.Phones) || !slices.Equal(got.Emails, want.Emails) || !slices.Equal(got.Domains, want.Domains) {
		t.Errorf("contacts %+v, want %+v", got, want)
	}
}

func TestAgeAndFreshnessFollowTheDay(t *testing.T) {
	c := firm(inn10(1), []fact{f(company.FieldOKVEDMain, "28"), f(company.FieldRegistered, "2021-11-24")})
	total := func(day company.Date) Points {
		_, res := scoreOf(t, newScorer(t, testSegments(), Options{Today: day}), c)
		return res.Total
	}
	fifth := company.NewDate(2026, time.November, 24)
	if got := total(fifth) - total(fifth-1); got != 1800 { // 3 × (1 − 0.4)
		t.Errorf("the fifth birthday gives %s, want 1,8", got)
	}
	old := company.NewDate(2026, time.December, 25) // 45 days after the source's date
	if got := total(old) - total(old-1); got != -500 {
		t.Errorf("day 45 gives %s, want −0,5", got)
	}
}

func TestProximity(t *testing.T) {
	tests := []struct {
		region string
		seller string
		want   Points
	}{
		{"59", "59", 5000}, {"66", "59", 4000}, {"74", "59", 2500}, {"77", "59", 1000}, {"", "59", 1500}, {"66", "66", 5000},
	}
	for _, tt := range tests {
		s := testSegments()
		sc := newScorer(t, s, Options{SellerRegion: tt.seller})
		row := RowOf(sc.matcher, nil, firm(inn10(1), []fact{f(company.FieldRegion, tt.region)}))
		i := slices.IndexFunc(sc.signals, func(s signal) bool { return s.kind == proximity })
		if got := sc.measure(&sc.signals[i], &row, sc.known(&row), 0).points; got != tt.want {
			t.Errorf("region %q from %q: %s, want %s", tt.region, tt.seller, got, tt.want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	tests := []struct {
		name   string
		change func(*config.Segments, *Options)
		want   error
		text   string
	}{
		{"unknown signal", func(s *config.Segments, _ *Options) { s.Signals[3].ID = "hedcount" }, ErrUnknownSignal, `signals[3].id: "hedcount"`},
		{"unknown group", func(s *config.Segments, _ *Options) { s.Signals[3].Group = "x" }, ErrSettings, `"x"`},
		{"twice", func(s *config.Segments, _ *Options) { s.Signals[3].ID = "age" }, ErrSettings, "age"},
		{"negative", func(s *config.Segments, _ *Options) { s.Signals[3].Points = -1 }, ErrSettings, "negative"},
		{"caps", func(s *config.Segments, _ *Options) { s.Groups[0].Cap = 46 }, ErrSettings, "101"},
		{"groups", func(s *config.Segments, _ *Options) { s.Groups = make([]config.Group, maxGroups+1) }, ErrTooMany, "17"},
		{"no day", func(_ *config.Segments, o *Options) { o.Today = 0 }, ErrSettings, "day"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, o := testSegments(), Options{Today: today}
			tt.change(s, &o)
			_, err := New(s, o)
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("error %v, want %v with %s", err, tt.want, tt.text)
			}
		})
	}
}

// The config refuses what the scorer cannot measure, and nothing else.
func TestSignalsAreThoseOfTheConfig(t *testing.T) {
	want, got := config.SignalIDs(), signalIDs[:]
	if !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("the scorer measures %q, the config knows %q", got, want)
	}
	for i, id := range want {
		if k, err := kindOf(i, id); err != nil || signalIDs[k] != id {
			t.Errorf("%s is kind %d (%v)", id, k, err)
		}
	}
}

func TestBuiltInSegments(t *testing.T) {
	s, err := config.LoadSegments("")
	if err != nil {
		t.Fatal(err)
	}
	sc := newScorer(t, s, Options{})
	_, res := scoreOf(t, sc, serviceChain())
	if !res.Lead() || s.Segments[res.Segment].ID != "auto_service" || res.Total < 50*Point {
		t.Errorf("an auto service with everything known: %+v", res)
	}
}

func TestBuiltInVetoOfCoOperatives(t *testing.T) {
	s, err := config.LoadSegments("")
	if err != nil {
		t.Fatal(err)
	}
	sc := newScorer(t, s, Options{})
	for name, want := range map[string]string{
		`ЖСК "ОБРАЗЦОВЫЙ"`: VetoNotOurs,
		`ПОТРЕБИТЕЛЬСКИЙ ЖИЛИЩНО-СТРОИТЕЛЬНЫЙ КООПЕРАТИВ "ОБРАЗЦОВЫЙ"`: VetoNotOurs,
		`Жилищно-строительный потребительский кооператив «Образцовый»`: VetoNotOurs,
		`ТОВАРИЩЕСТВО СОБСТВЕННИКОВ НЕДВИЖИМОСТИ "ОБРАЗЕЦ"`:            VetoNotOurs,
		`ТСЖ "Образец"`: VetoNotOurs,
		`ГСК № 5`:       VetoNotOurs,
		`СНТ «Урожай»`:  VetoNotOurs,
		`ПОТРЕБИТЕЛЬСКИЙ САДОВОДЧЕСКИЙ КООПЕРАТИВ "ЛЕС"`: VetoNotOurs,
		`ООО «ГСК»`: "",
		`ООО «Жилищно-строительная компания»`:              "",
		`МУП "УПРАВЛЕНИЕ ЖИЛИЩНО-КОММУНАЛЬНОГО ХОЗЯЙСТВА"`: "",
		`АО «Садоводческое»`:                               "",
		`СПК «Образец»`:                                    "",
		`ООО «Гаражное оборудование»`:                      "",
		`ПРОИЗВОДСТВЕННЫЙ КООПЕРАТИВ "СТРОИТЕЛЬ"`:          "",
	} {
		_, res := scoreOf(t, sc, firm(inn10(1), []fact{f(company.FieldNameFull, name), f(company.FieldOKVEDMain, "41.20")}))
		if res.Veto.Code != want || res.Lead() != (want == "") {
			t.Errorf("%s: veto %q, want %q", name, res.Veto.Code, want)
		}
	}
}

// known shifts sets of bits into place instead of testing them one by one.
func TestBitsStandInTheOrderOfTheirKinds(t *testing.T) {
	sc := newScorer(t, testSegments(), Options{})
	known := func(r Row) kinds {
		r.Headcount, r.Revenue = Unknown, Unknown
		return sc.known(&r) &^ (1 << season)
	}
	for bit, k := range map[Given]kind{
		GivenMain: okvedMain, GivenReported: okvedReported, GivenExtra: okvedExtra, GivenWords: nameWords, GivenRubrics: rubric,
	} {
		if got := known(Row{Given: bit}); got != 1<<k {
			t.Errorf("given %b makes %b known, want %s", bit, got, signalIDs[k])
		}
	}
	for bit, k := range map[Reach]kind{
		ReachPhone: phone, ReachMobile: mobile, ReachEmail: email, ReachSite: site, ReachPerson: namedPerson,
	} {
		if got := known(Row{Reach: bit}); got != 1<<k {
			t.Errorf("reach %b makes %b known, want %s", bit, got, signalIDs[k])
		}
	}
	if got := known(Row{Reach: ReachListed}); got != listable {
		t.Errorf("a listing makes %b known, want %b", got, listable)
	}
	if got := known(Row{}); got != 0 {
		t.Errorf("an empty row makes %b known", got)
	}
}
