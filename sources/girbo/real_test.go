package girbo

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

// TestRealAnswers replays the real answers of one company.
func TestRealAnswers(t *testing.T) {
	text := func(name string) []byte {
		b, err := os.ReadFile(realfiles.Path(t, "girbo-json/"+name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	found, list, details := text("search-5036045205.json"), text("bfo-list-5036045205.json"), text("bfo-details-28978475-trimmed.json")
	v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := found
		switch q := r.URL.Query().Get("query"); {
		case r.URL.Path == "/nbo/organizations/4087926/bfo/":
			body = list
		case r.URL.Path == "/nbo/bfo/28978475/details":
			body = details
		case q != "50" && q != "5036":
			body = []byte(`{"content":[],"totalElements":0}`)
		}
		_, _ = w.Write(body)
	}))
	o := Defaults()
	o.Regions, o.Reports = []config.Code{"50"}, ReportsDetails
	got := pullAll(t, over(t, v, o, nil), pipeline.Request{Now: now, Wanted: pipeline.Wanted{Codes: []company.OKVED{"47.1"}}})
	if got.err != nil || got.counts != (pipeline.Counts{Declared: 1, Read: 1, Taken: 1}) || len(got.batches) != 100 {
		t.Fatalf("%v, %+v, %d batches", got.err, got.counts, len(got.batches))
	}
	ob := got.obs[0]
	if err := sourcetest.CheckObservation(&ob, false); err != nil {
		t.Error(err)
	}
	var figures []string
	for _, f := range ob.Facts {
		if f.Field == company.FieldRevenue || f.Field == company.FieldProfit {
			figures = append(figures, fmt.Sprintf("%s.%s=%s", f.Field, f.Key, f.Value))
		}
	}
	want := "revenue.2022=328779381000 revenue.2024=343973748000 revenue.2025=396350822000 profit.2024=8561306000 profit.2025=4137844000"
	if text := strings.Join(figures, " "); text != want {
		t.Errorf("%s, want %s", text, want)
	}
	for f, want := range map[company.Field]string{
		company.FieldOKVEDMain: "47.11", company.FieldRegion: "50", company.FieldCity: "Подольск", company.FieldOGRN: "1035007202460",
		company.FieldStatus: "active", company.FieldAddress: "142119, Московская область, Подольск, Юбилейная, 32 А", company.FieldKPP: "997350001",
	} {
		if got := ob.First(f); got != want {
			t.Errorf("%s = %q, want %q", f, got, want)
		}
	}
}

// FuzzFound: whatever a page holds, every row of it is counted once, and what is taken
// is canonical.
func FuzzFound(f *testing.F) {
	f.Add([]byte(`{"content":[` + firms(1)[0].json("9900") + `,{"id":1,"inn":"x"}],"totalElements":2}`))
	f.Add([]byte(`{"content":[{"id":"a","inn":"` + innOf(990000000) + `","okved2":{"id":5},"bfo":{"period":2024,"gainSum":-1e9}}],"totalElements":1.0}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		page, err := parseFound(body)
		if err != nil {
			if !errors.Is(err, service.ErrLayout) && !errors.Is(err, service.ErrBroken) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		s := &Source{name: "girbo", options: options(), reach: 100}
		p := pull{source: s, req: pipeline.Request{Now: now}}
		b, err := p.batch(t.Context(), place{"99", 1, 1}, page)
		if err != nil || b.Counts.Check() != nil || b.Counts.Read != int64(len(page.rows)) {
			t.Fatal(b.Counts, err)
		}
		keys := map[string]bool{}
		for i := range b.Observations {
			o := &b.Observations[i]
			if err := sourcetest.CheckObservation(o, false); err != nil || keys[o.Key] || o.INN[:2] != "99" {
				t.Fatalf("%+v: %v", o, err)
			}
			keys[o.Key] = true
		}
	})
}
