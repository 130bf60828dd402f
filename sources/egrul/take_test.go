package egrul

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
)

const extra = `<СвОКВЭДДоп КодОКВЭД="45.31" НаимОКВЭД="Имя" ПрВерсОКВЭД="2014"/>`

// TestWhatIsTaken holds the filter against one document each.
func TestWhatIsTaken(t *testing.T) {
	cars, any := wantCars(), pipeline.Wanted{}
	at := func(text string) time.Time { return day(text).Time() }
	also := cars
	also.Additional = true
	plain := func(code, more string) string { return entity(1, "2026-09-10", code, more) }
	withExtra := strings.Replace(plain("01.11", ""), "</СвОКВЭД>", extra+"</СвОКВЭД>", 1)
	report := func(main, extra string) string {
		return plain("01.11", fmt.Sprintf(`<СвОКВЭДОтч><СвОКВЭДОтчОсн КодОКВЭД="%s"/><СвОКВЭДОтчДоп КодОКВЭД="%s"/></СвОКВЭДОтч>`, main, extra))
	}
	status := func(code string) string {
		return fmt.Sprintf(`<СвСтатус><СвСтатус КодСтатусЮЛ="%s" НаимСтатусЮЛ="Имя статуса"/></СвСтатус>`, code)
	}
	former := func(ended string) string {
		return `<СвИП ДатаВып="2026-09-10" ОГРНИП="321230000000033" ДатаОГРНИП="2019-05-05" ИННФЛ="230000020386" КодВидИП="1">` +
			`<СвПрекращ><СвСтатус КодСтатус="201" ДатаПрекращ="` + ended + `"/><ГРНИПДата ДатаЗаписи="` + ended + `"/></СвПрекращ>` +
			`<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="45.20" ПрВерсОКВЭД="2014"/></СвОКВЭД></СвИП>`
	}
	mine := held(firmINN(1))
	for _, c := range []struct {
		name  string
		body  string
		want  pipeline.Wanted
		held  *company.INNSet
		now   time.Time
		taken bool
	}{
		{"everything is wanted", plain("01.11", ""), any, nil, time.Time{}, true},
		{"main code", plain("45.20.1", ""), cars, nil, time.Time{}, true},
		{"another main code", plain("01.11", ""), cars, nil, time.Time{}, false},
		{"held", plain("01.11", ""), cars, mine, time.Time{}, true},
		{"another is held", plain("01.11", ""), cars, held(firmINN(2)), time.Time{}, false},
		{"reported main code", report("45.20", "01.11"), cars, nil, time.Time{}, true},
		{"reported additional code", report("01.11", "45.20"), cars, nil, time.Time{}, false},
		{"reported additional code, asked for", report("01.11", "45.20"), also, nil, time.Time{}, true},
		{"additional code", withExtra, cars, nil, time.Time{}, false},
		{"additional code, asked for", withExtra, also, nil, time.Time{}, true},
		{"main code of the first classifier", strings.Replace(plain("45.20", ""), `"2014"`, `"2001"`, 1), cars, nil, time.Time{}, false},
		{"main code without a version", strings.Replace(plain("45.20", ""), ` ПрВерсОКВЭД="2014"`, ``, 1), cars, nil, time.Time{}, false},
		{"ended", plain("45.20", over), cars, nil, time.Time{}, false},
		{"ended, everything is wanted", plain("45.20", over), any, nil, time.Time{}, false},
		{"ended, held", plain("01.11", over), cars, mine, time.Time{}, true},
		{"ended by its status alone", plain("45.20", status("415")), cars, nil, time.Time{}, false},
		{"to be struck off", plain("45.20", status("105")), cars, nil, time.Time{}, true},
		{"bankrupt", plain("45.20", status("117")), cars, nil, time.Time{}, true},
		{"ended of late", plain("45.20", over), cars, nil, at("2026-09-20"), true},
		{"ended of late with another code", plain("01.11", over), cars, nil, at("2026-09-20"), false},
		{"ended of late, everything is wanted", plain("01.11", over), any, nil, at("2026-09-20"), true},
		{"ended 400 days ago, in the evening", plain("45.20", over), cars, nil, at("2027-10-06").Add(23 * time.Hour), true},
		{"ended 401 days ago", plain("45.20", over), cars, nil, at("2027-10-07"), false},
		{"ended long ago, held", plain("45.20", over), cars, mine, at("2036-01-01"), true},
		{"ended after the clock's day", plain("45.20", over), cars, nil, at("2026-08-01"), true},
		{"ended on no day", plain("45.20", strings.Replace(over, "2026-09-01", "", 1)), cars, nil, at("2026-09-20"), false},
		{"ended on a day that is none", plain("45.20", strings.Replace(over, "2026-09-01", "2026-13-01", 1)), cars, nil, at("2026-09-20"), false},
		{"ended by its status alone, with a clock", plain("45.20", status("415")), cars, nil, at("2026-09-20"), false},
		{"a person who ended of late", former("2026-09-01"), cars, nil, at("2026-09-20"), true},
		{"a person who ended long ago", former("2020-09-01"), cars, nil, at("2026-09-20"), false},
		{"a person who ended on no day", former(""), cars, nil, at("2026-09-20"), false},
	} {
		p := pullFrom(t, pipeline.Request{Wanted: c.want, Held: c.held, Now: c.now}, Options{}, input("a.xml", exchange(document1(1, c.body))))
		want := pipeline.Counts{Declared: 1, Read: 1, NotWanted: 1}
		if c.taken {
			want = pipeline.Counts{Declared: 1, Read: 1, Taken: 1}
		}
		if p.err != nil || p.counts != want || len(p.found) != int(want.Taken) {
			t.Errorf("%s: error %v, counts %+v, want %+v", c.name, p.err, p.counts, want)
		}
	}
}

// TestEndedBetweenInputs: who takes a company of an old input for the first time
// learns of its end from a newer one, in the same pull and wherever it stands.
func TestEndedBetweenInputs(t *testing.T) {
	work := input("EGRUL_FULL_2026-01-01_1.xml", exchange(document1(1, entity(1, "2026-01-01", "45.20", ""))))
	gone := input("EGRUL_2026-09-12_1.xml", exchange(document1(1, entity(1, "2026-09-12", "45.20", over))))
	req := pipeline.Request{Wanted: wantCars(), Now: day("2026-09-20").Time()}
	for _, inputs := range [][]files.Input{{work, gone}, {gone, work}} {
		p := pullFrom(t, req, Options{}, inputs...)
		says := map[company.Date]string{}
		for _, b := range p.batches {
			for _, o := range b.Observations {
				says[o.Date] = o.First(company.FieldStatus)
			}
		}
		want := map[company.Date]string{day("2026-01-01"): string(company.StatusActive), day("2026-09-12"): string(company.StatusLiquidated)}
		if p.err != nil || !maps.Equal(says, want) {
			t.Errorf("%v, %v, want %v", p.err, says, want)
		}
	}
}

func TestStatuses(t *testing.T) {
	for _, c := range []struct {
		code, text string
		want       company.Status
	}{
		{"101", "", company.StatusLiquidating},
		{"102", "", company.StatusLiquidating},
		{"105", "", company.StatusActive},
		{"107", "", company.StatusActive},
		{"108", "", company.StatusActive},
		{"110", "", company.StatusActive},
		{"111", "", company.StatusActive},
		{"112", "", company.StatusActive},
		{"114", "", company.StatusBankrupt},
		{" 117 ", "", company.StatusBankrupt},
		{"121", "", company.StatusReorganizing},
		{"124", "", company.StatusReorganizing},
		{"132", "", company.StatusReorganizing},
		{"201", "", company.StatusLiquidated},
		{"304", "", company.StatusLiquidated},
		{"420", "", company.StatusLiquidated},
		{"701", "", company.StatusLiquidated},
		{"150", "Находится в процессе ликвидации", company.StatusLiquidating},
		{"150", "Введено наблюдение в деле о несостоятельности (банкротстве)", company.StatusBankrupt},
		{"", "Находится в процессе РЕОРГАНИЗАЦИИ", company.StatusReorganizing},
		{"", "Принято решение о предстоящем исключении (невозможность ликвидации)", company.StatusActive},
		{"нет", "Неизвестное состояние", company.StatusActive},
	} {
		if got := statusOf(c.code, c.text); got != c.want {
			t.Errorf("%q %q: %s, want %s", c.code, c.text, got, c.want)
		}
	}
}

// TestHeadOfAFarmIsGone: there is nobody to call, though the farm goes on.
func TestHeadOfAFarmIsGone(t *testing.T) {
	body := `<СвИП ДатаВып="2026-09-10" ОГРНИП="321230000000033" ДатаОГРНИП="2021-05-05" ИННФЛ="230000020386" КодВидИП="2">` +
		`<СвСтатус><СвСтатус КодСтатус="101" НаимСтатус="Глава КФХ отсутствует"/></СвСтатус></СвИП>`
	p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", exchange(document1(1, body))))
	o := p.found["230000020386"]
	if o.First(company.FieldStatus) != string(company.StatusLiquidating) || o.First(company.FieldStatusText) != "Глава КФХ отсутствует" {
		t.Errorf("%v", facts(o))
	}
}

// TestRepeatsWhateverTheirOrder: which row stays, and how all are counted, does
// not depend on where they stand.
func TestRepeatsWhateverTheirOrder(t *testing.T) {
	other := strings.Replace(entity(1, "2026-09-30", "49.41", over), "1265900000013", "1025900000026", 1)
	other = strings.Replace(other, "2026-01-15", "2002-01-01", 1)
	for name, c := range map[string]struct {
		rows []string
		held *company.INNSet
		want string // code and status of what stays, "" = nothing
	}{
		"the latest extract": {[]string{
			entity(1, "2026-09-10", "45.20", ""), entity(1, "2026-09-12", "45.31", ""), entity(1, "2026-09-11", "45.20.1", ""),
		}, nil, "45.31 active"},
		"the greater content of one day": {[]string{
			entity(1, "2026-09-10", "45.20", ""), entity(1, "2026-09-10", "45.31", ""), entity(1, "2026-09-10", "45.20", ""),
		}, nil, "45.31 active"},
		"its end is the last word": {[]string{
			entity(1, "2026-09-10", "45.20", ""), entity(1, "2026-09-11", "45.20", over), entity(1, "2026-09-10", "45.31", ""),
		}, nil, ""},
		"its end, of the same day": {[]string{
			entity(1, "2026-09-10", "45.20", ""), entity(1, "2026-09-10", "45.20", over),
		}, held(firmINN(1)), "45.20 liquidated"},
		"no longer wanted": {[]string{
			entity(1, "2026-09-10", "45.20", ""), entity(1, "2026-09-11", "01.11", ""),
		}, nil, ""},
		"another registration has ended": {[]string{
			entity(1, "2026-09-10", "45.20", ""), other, entity(1, "2026-09-11", "45.31", ""),
		}, held(firmINN(1)), "45.31 active"},
	} {
		var first []company.Observation
		for seed := range uint64(8) {
			rows := slices.Clone(c.rows)
			r := rand.New(rand.NewPCG(seed, 408))
			r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			var docs []string
			for _, row := range rows {
				docs = append(docs, document1(7, row))
			}
			p := pullFrom(t, pipeline.Request{Wanted: wantCars(), Held: c.held}, Options{}, input("a.xml", exchange(docs...)))
			n := int64(len(rows))
			want := pipeline.Counts{Declared: n, Read: n, NotWanted: n}
			if c.want != "" {
				want = pipeline.Counts{Declared: n, Read: n, Taken: n}
			}
			o := p.found[firmINN(1)]
			got := strings.TrimSpace(o.First(company.FieldOKVEDMain) + " " + o.First(company.FieldStatus))
			if p.err != nil || p.counts != want || got != c.want {
				t.Errorf("%s, seed %d: error %v, %q of %+v, want %q of %+v", name, seed, p.err, got, p.counts, c.want, want)
			}
			all := p.batches[0].Observations
			if seed > 0 && !reflect.DeepEqual(all, first) {
				t.Errorf("%s, seed %d: %v, then %v", name, seed, first, all)
			}
			first = all
		}
	}
}

// TestPersonsOnlyIfAskedFor: neither the head nor his telephone, in facts or
// anywhere else of what is yielded.
func TestPersonsOnlyIfAskedFor(t *testing.T) {
	for _, name := range []string{"archive-4.04.xml", "exchange-4.07.xml", "exchange-4.08.xml", "exchange-egrip-4.06.xml"} {
		in := fixture(t, name)
		p := pullFrom(t, pipeline.Request{}, Options{}, in)
		text := strings.ToUpper(fmt.Sprint(p.batches))
		for _, word := range []string{"ШАРИКОВ", "СЕПАРАТОРОВ", " РОЛИКОВ", "ОБОЙМОВА", "590000020209", "79070000001"} {
			if strings.Contains(text, word) {
				t.Errorf("%s: %q is yielded", name, word)
			}
		}
		asked := strings.ToUpper(fmt.Sprint(pullFrom(t, pipeline.Request{Persons: true}, Options{}, in).batches))
		if strings.Contains(asked, "590000020209") {
			t.Errorf("%s: the own ИНН of an officer is yielded", name)
		}
	}
}

func TestBranchesAreBoundedAndDistinct(t *testing.T) {
	part := func(kpp, house string) string {
		return fmt.Sprintf(`<СвФилиал><АдрМНРФ КодРегион="59" Дом="%s"/><СвУчетНОФилиал КПП="%s"/></СвФилиал>`, house, kpp)
	}
	parts := "<СвПодразд>" + part("590243009", "9") + part("590243001", "1") + part("590243001", "2") + part("590243001", "2") + part("", "7") + "</СвПодразд>"
	text := exchange(document1(1, entity(1, "2026-09-10", "45.20", parts)))
	at := func(house string) string { return "Пермский край, д. " + house }
	want := []string{
		"590243001-" + hashed(at("1")), "590243001-" + hashed(at("2")), "590243009", hashed(at("7")),
	}
	slices.Sort(want)
	for limit, n := range map[int]int{0: 4, 3: 3, 1: 1} {
		var got []string
		o := pullFrom(t, pipeline.Request{}, Options{Branches: limit}, input("a.xml", text)).found[firmINN(1)]
		for _, f := range o.Facts {
			if f.Field == company.FieldBranch {
				got = append(got, f.Key)
			}
		}
		if !slices.Equal(got, want[:n]) {
			t.Errorf("limit %d: %q, want %q", limit, got, want[:n])
		}
	}
}
