package egrul

import (
	"maps"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func sampleInputs(t testing.TB) []files.Input {
	t.Helper()
	inputs, err := files.Expander{}.Expand([]string{realfiles.Path(t, "fns-egrul")})
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

// TestSamples reads all real files whole: a subscriber's archive of 2017 and
// two files of the exchange of 2025.
func TestSamples(t *testing.T) {
	p := pullFrom(t, pipeline.Request{}, Options{}, sampleInputs(t)...)
	if p.err != nil || len(p.gaps)+len(p.rejects) > 0 || len(p.batches) != 3 {
		t.Fatalf("error %v, gaps %v, rejects %v, %d batches", p.err, p.gaps, p.rejects, len(p.batches))
	}
	for i, want := range []struct {
		counts pipeline.Counts
		firms  int
		date   string
	}{
		{pipeline.Counts{Declared: 40, Read: 40, Taken: 8, NotWanted: 32}, 8, "2017-01-01"}, // 32 have ended
		{pipeline.Counts{Declared: 2, Read: 2, Taken: 2}, 1, "2025-11-05"},
		{pipeline.Counts{Declared: 94, Read: 94, Taken: 85, NotWanted: 9}, 71, "2025-11-28"}, // repeats; 9 have ended
	} {
		b := p.batches[i]
		if b.Counts != want.counts || len(b.Observations) != want.firms || b.Release.Date.String() != want.date || b.Release.Whole {
			t.Errorf("%s: %+v, %d firms, release %+v, want %+v", b.Unit, b.Counts, len(b.Observations), b.Release, want)
		}
	}
	fields := map[company.Field]int{}
	for _, o := range p.found {
		for _, f := range o.Facts {
			if f.Subject != company.SubjectCompany {
				t.Fatalf("%s of a person", f.Field)
			}
			fields[f.Field]++
		}
	}
	want := map[company.Field]int{
		company.FieldNameFull: 80, company.FieldNameShort: 78, company.FieldOGRN: 80, company.FieldKPP: 80, company.FieldRegistered: 80,
		company.FieldStatus: 80, company.FieldStatusText: 15, company.FieldRegion: 80, company.FieldCity: 79, company.FieldAddress: 80,
		company.FieldDistrict: 18, company.FieldAddressDoubt: 8, company.FieldHeadPost: 77, company.FieldManager: 3,
		company.FieldCapital: 65, company.FieldEmail: 14, company.FieldLicence: 29,
	}
	for f, n := range want {
		if fields[f] != n {
			t.Errorf("%s: %d facts, want %d", f, fields[f], n)
		}
	}
}

// TestSampleEnds: what has ended is taken too if that was at most 400 days
// before the clock. By the days of their ends these are two of 32 in the archive
// of 2017, and of the nine rows of the exchange, of seven companies, two of
// 2025-11-27 and seven of the day after.
func TestSampleEnds(t *testing.T) {
	for now, ended := range map[string]struct{ rows, companies int }{
		"2017-01-01": {11, 9}, "2026-11-22": {9, 7}, "2027-01-01": {9, 7}, "2027-01-02": {7, 5}, "2027-01-03": {0, 0},
	} {
		p := pullFrom(t, pipeline.Request{Now: day(now).Time()}, Options{}, sampleInputs(t)...)
		n, told := int64(ended.rows), 0
		if want := (pipeline.Counts{Declared: 136, Read: 136, Taken: 95 + n, NotWanted: 41 - n}); p.err != nil || p.counts != want {
			t.Errorf("%s: error %v, counts %+v, want %+v", now, p.err, p.counts, want)
		}
		for _, o := range p.found {
			if o.First(company.FieldStatus) == string(company.StatusLiquidated) {
				told++
			}
		}
		if told != ended.companies || len(p.found) != 80+told {
			t.Errorf("%s: %d companies, %d of them ended, want %d", now, len(p.found), told, ended.companies)
		}
	}
}

// TestSampleWithABranch: the only one that has any has ended, so it comes only
// to who holds it.
func TestSampleWithABranch(t *testing.T) {
	const inn = "7722462293"
	p := pullFrom(t, pipeline.Request{Held: held(inn)}, Options{}, sampleInputs(t)...)
	o := p.found[inn]
	if got, want := o.First(company.FieldBranch), "160010, Вологодская область, Вологодский район, д. Чашниково Семенковского Сельсовета, д. 28А"; got != want {
		t.Errorf("branch at %q, want %q", got, want)
	}
	if o.First(company.FieldStatus) != string(company.StatusLiquidated) || p.counts.NotWanted != 40 {
		t.Errorf("status %s, counts %+v", o.First(company.FieldStatus), p.counts)
	}
}

func TestSampleValues(t *testing.T) {
	p := pullFrom(t, pipeline.Request{}, Options{}, sampleInputs(t)...)
	statuses := map[string]int{}
	for _, o := range p.found {
		statuses[o.First(company.FieldStatus)]++
		for _, at := range o.All(company.FieldAddress) {
			if strings.Contains(at, "  ") || strings.ToUpper(at) == at {
				t.Errorf("address %q", at)
			}
		}
	}
	if want := map[string]int{"active": 74, "bankrupt": 2, "liquidating": 2, "reorganizing": 2}; !maps.Equal(statuses, want) {
		t.Errorf("statuses %v, want %v", statuses, want)
	}
	o := p.found["7627058186"] // a settlement that is none of its own
	if got, want := o.First(company.FieldAddress), "152021, Ярославская область, Переславль-Залесский муниципальный округ, тер. днт Ясная Поляна, ул. Ясная, д. 18"; got != want {
		t.Errorf("address %q, want %q", got, want)
	}
}

func TestSampleFilterAndConformance(t *testing.T) {
	all := sampleInputs(t)
	req := pipeline.Request{Wanted: pipeline.Wanted{Codes: []company.OKVED{"41", "46"}}, Held: held("7842159080"), Persons: true}
	p := pullFrom(t, req, Options{}, all...)
	if p.err != nil || p.counts.Taken == 0 || p.counts.NotWanted == 0 || p.counts.Read != 136 {
		t.Fatalf("error %v, counts %+v", p.err, p.counts)
	}
	for inn, o := range p.found {
		if code := company.OKVED(o.First(company.FieldOKVEDMain)); inn != "7842159080" && !req.Wanted.Any(code) {
			t.Errorf("%s with main code %s was taken", inn, code)
		}
	}
	sourcetest.Run(t, sourcetest.Case{
		New:     func() pipeline.Source { return New("егрюл", all, Options{Workers: 3}) },
		Request: req,
	})
}
