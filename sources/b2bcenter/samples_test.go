package b2bcenter

import (
	"encoding/json"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

// TestRealListings puts the listings that a scraper took back into the page. Its page
// parameter had no effect, so that twelve notices stand there five times.
func TestRealListings(t *testing.T) {
	data, err := os.ReadFile(realfiles.Path(t, "b2b-center/market-list-a.json"))
	if err != nil {
		t.Fatal(err)
	}
	var scraped []struct {
		Title       string `json:"title"`
		Company     string `json:"company"`
		Created     string `json:"date_created"`
		Deadline    string `json:"date_deadline"`
		URL         string `json:"url"`
		Category    string `json:"category"`
		Description string `json:"description"`
	}
	if err := json.Unmarshal(data, &scraped); err != nil {
		t.Fatal(err)
	}
	var rows []listing
	for _, s := range scraped {
		kind, _, _ := strings.Cut(s.Title, " № ")
		rows = append(rows, listing{kind, numberIn(strings.Split(s.URL, "#")[0]), s.Description, s.Company, s.Category, s.Created, s.Deadline})
	}
	market := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, _ := strconv.Atoi(r.URL.Query().Get("from"))
		if from >= len(rows) {
			from = 0
		}
		_, _ = w.Write([]byte(pageText(rows[from:min(from+20, len(rows))], "wide")))
	})
	o := Defaults()
	o.Keywords, o.Always = []string{"лист", "насос"}, nil
	r := over(t, market, o, nil)
	p := pullAll(t, r.source, pipeline.Request{Now: time.Date(2025, time.August, 20, 0, 0, 0, 0, time.UTC)})
	if p.err != nil || p.counts.Read != 120 || p.counts.Quarantined != 0 {
		t.Fatalf("%+v, %v", p.counts, p.err)
	}
	numbers := map[string]int{}
	for i := range p.obs {
		o := &p.obs[i]
		numbers[o.Key]++
		if err := sourcetest.CheckObservation(o, false); err != nil {
			t.Error(err)
		}
		if o.First(company.FieldTenderDeadline) == "" || o.First(company.FieldNameShort) == "" || strings.Contains(o.First(company.FieldTenderSubject), "\u00a0") {
			t.Errorf("%+v", o)
		}
	}
	if numbers["4140450"] == 0 {
		t.Errorf("the notice of sheets is not taken: %v", numbers)
	}
	t.Logf("taken %v", numbers)
	selling := 0
	for i := range rows {
		if n := (notice{kind: rows[i].kind}); n.selling() {
			selling++
		}
	}
	if selling != 15 {
		t.Errorf("%d notices of sales, want 15", selling)
	}
}
