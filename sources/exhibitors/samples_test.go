package exhibitors

import (
	"encoding/json"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

// TestRealExhibitors puts 150 exhibitors that a scraper took from list and cards back
// into pages. It did not keep countries, so that phones alone tell who is foreign.
func TestRealExhibitors(t *testing.T) {
	data, err := os.ReadFile(realfiles.Path(t, "expocentr/icatalog-metalloobrabotka-150.json"))
	if err != nil {
		t.Fatal(err)
	}
	var shows []struct {
		Companies []struct {
			Text    string            `json:"text"`
			URL     string            `json:"url"`
			Details map[string]string `json:"details"`
		} `json:"companies"`
	}
	if err := json.Unmarshal(data, &shows); err != nil {
		t.Fatal(err)
	}
	c := &catalogue{}
	foreign, phones, emails, rubrics := int64(0), 0, 0, 0
	for _, x := range shows[0].Companies {
		u, err := url.Parse(x.URL)
		if err != nil {
			t.Fatal(err)
		}
		phone := x.Details["Телефон"]
		c.all = append(c.all, exhibitor{
			id: path.Base(u.Path), name: x.Text, stand: u.Query().Get("stand"), phone: phone, site: x.Details["Сайт"], email: x.Details["E-mail"],
			rubrics: strings.Split(x.Details["Рубрика"], "; "),
		})
		switch {
		case strings.HasPrefix(phone, "+") && !strings.HasPrefix(phone, "+7") && !strings.HasPrefix(phone, "+375"):
			foreign++
		default:
			if phone != "" {
				phones++
			}
			if x.Details["E-mail"] != "" {
				emails++
			}
			if x.Details["Рубрика"] != "" {
				rubrics++
			}
		}
	}
	r := over(t, c, options(), nil)
	p := pullAll(t, r.source, pipeline.Request{Persons: true})
	if want := (pipeline.Counts{Declared: 150, Read: 150, Taken: 150 - foreign, NotWanted: foreign}); p.err != nil || p.counts != want {
		t.Fatalf("%+v, want %+v, %v", p.counts, want, p.err)
	}
	if lists, cards := r.asked(); lists != 1 || cards != 150 {
		t.Errorf("%d lists, %d cards", lists, cards)
	}
	count := map[company.Field]int{}
	for i := range p.obs {
		o := &p.obs[i]
		if err := sourcetest.CheckObservation(o, true); err != nil {
			t.Error(err)
		}
		for _, f := range []company.Field{company.FieldPhone, company.FieldEmail, company.FieldFairStand, company.FieldRubric, company.FieldSite, company.FieldNameShort} {
			if o.First(f) != "" {
				count[f]++
			}
		}
	}
	taken := len(p.obs)
	if count[company.FieldPhone] != phones || count[company.FieldEmail] != emails || count[company.FieldFairStand] != taken || count[company.FieldRubric] != rubrics {
		t.Errorf("of %d: %v; want %d phones, %d e-mails, %d with rubrics", taken, count, phones, emails, rubrics)
	}
	t.Logf("%d taken, %d foreign: %v", taken, foreign, count)
}
