package rsmp

import (
	"io"
	"path/filepath"
	"slices"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func sampleInputs(t *testing.T, pattern string) []files.Input {
	t.Helper()
	inputs, err := files.Expander{}.Expand([]string{filepath.Join(realfiles.Path(t, "fns-rsmp"), pattern)})
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

func TestSampleZip(t *testing.T) {
	p := pullFrom(t, pipeline.Request{}, Options{}, sampleInputs(t, "*.zip")...)
	if p.err != nil || len(p.gaps) != 0 || len(p.rejects) != 0 {
		t.Fatalf("error %v, gaps %v, %d rejects", p.err, p.gaps, len(p.rejects))
	}
	if want := (pipeline.Counts{Declared: 510, Read: 510, Taken: 510}); p.counts != want {
		t.Errorf("counts %+v, want %+v", p.counts, want)
	}
	if len(p.batches) != 2 || p.batches[0].Counts.Read != 380 || p.batches[1].Counts.Read != 130 {
		t.Fatalf("%d batches: %+v", len(p.batches), p.batches)
	}
	for _, b := range p.batches {
		if b.Release.Date.String() != "2019-02-10" || b.Release.Whole {
			t.Errorf("release %+v, want the registry's date 2019-02-10, not the file's 2019-02-13, and not whole", b.Release)
		}
	}
	o := p.found["8901037297"]
	for f, want := range map[company.Field]string{
		company.FieldNameFull: `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "УРАЛ ПОЛЯРНЫЙ"`, company.FieldNameShort: `ООО "УРАЛ ПОЛЯРНЫЙ"`,
		company.FieldOKVEDMain: "41.20", company.FieldRegion: "89", company.FieldCity: "Салехард",
		company.FieldSME: "1", company.FieldSMESince: "2018-12-10", company.FieldOGRN: "",
	} {
		if got := o.First(f); got != want {
			t.Errorf("%s = %q, want %q", f, got, want)
		}
	}
	if n := len(o.All(company.FieldOKVEDExtra)); n != 21 {
		t.Errorf("%d additional codes, want 21", n)
	}
	if want := "VO_RRMSPSV_0000_9965_20190213_0a0bca4a-0cf8-450c-9233-49de9a5a20a9.xml#1"; o.Origin != want {
		t.Errorf("origin %q", o.Origin)
	}
	licences := 0
	for _, o := range p.found {
		licences += len(o.All(company.FieldLicence))
	}
	if licences == 0 {
		t.Error("no licence was read")
	}
}

func TestSampleOfSoleProprietors(t *testing.T) {
	p := pullFrom(t, pipeline.Request{}, Options{}, sampleInputs(t, "*_20230511_*.xml")...)
	if p.err != nil || p.counts.Taken != 2 || len(p.gaps)+len(p.rejects) != 0 {
		t.Fatalf("error %v, counts %+v, gaps %v, rejects %v", p.err, p.counts, p.gaps, p.rejects)
	}
	o := p.found["941000024155"]
	for f, want := range map[company.Field]string{
		company.FieldNameFull: "Фамилия Имя Отчество", company.FieldNameShort: "ИП Фамилия И.О.",
		company.FieldOGRN: "322940100061930", company.FieldRegion: "94", company.FieldCity: "Вахрушево",
		company.FieldDistrict: "Красный Луч", company.FieldOKVEDMain: "47.11",
	} {
		if got := o.First(f); got != want {
			t.Errorf("%s = %q, want %q", f, got, want)
		}
	}
	for _, f := range o.Facts {
		if f.Subject != company.SubjectSole {
			t.Errorf("%s speaks of %d, want a sole proprietor", f.Field, f.Subject)
		}
	}
	if city := p.found["941000024229"].Facts; !slices.ContainsFunc(city, func(f company.Fact) bool {
		return f.Field == company.FieldCity && f.Value == "Антрацит"
	}) {
		t.Errorf("a district that is a town gives no city: %v", city)
	}
}

func TestSampleFilterAndConformance(t *testing.T) {
	all := sampleInputs(t, "*")
	req := pipeline.Request{
		Wanted: wantCars(),
		Held:   heldOnly("8901037297"),
	}
	p := pullFrom(t, req, Options{}, all...)
	if p.err != nil || p.counts.Taken == 0 || p.counts.NotWanted == 0 {
		t.Fatalf("error %v, counts %+v", p.err, p.counts)
	}
	for inn, o := range p.found {
		codes := company.OKVED(o.First(company.FieldOKVEDMain))
		if inn != "8901037297" && !req.Wanted.Any(codes) {
			t.Errorf("%s with main code %s was taken", inn, codes)
		}
	}
	if _, ok := p.found["8901037297"]; !ok {
		t.Error("the held ИНН was not taken")
	}
	sourcetest.Run(t, sourcetest.Case{
		New:     func() pipeline.Source { return New("мсп", all, Options{Workers: 3}) },
		Request: req,
	})
}

// TestSamplesAgainstReference compares every real file with what encoding/xml
// makes of it.
func TestSamplesAgainstReference(t *testing.T) {
	n := 0
	for _, in := range sampleInputs(t, "*") {
		for _, r := range inputForm().Units(t.Context(), in) {
			data, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			for _, req := range requests() {
				compare(t, data, req, chunkSize)
			}
			n++
		}
	}
	if n < 4 {
		t.Errorf("%d files compared, want at least 4", n)
	}
}
