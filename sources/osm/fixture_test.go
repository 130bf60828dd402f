package osm

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

var now = time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)

// object is an invented one with the tags, as key, value, key, value.
func object(kind string, id int, tags ...string) map[string]any {
	t := map[string]string{}
	for i := 0; i+1 < len(tags); i += 2 {
		t[tags[i]] = tags[i+1]
	}
	o := map[string]any{"type": kind, "id": id, "tags": t}
	if kind == "node" {
		o["lat"], o["lon"] = 58.01, 56.25
	} else {
		o["center"] = map[string]any{"lat": 58.01, "lon": 56.25}
	}
	return o
}

func repairs(from, n int) []map[string]any {
	var out []map[string]any
	for i := range n {
		out = append(out, object("node", from+i, "shop", "car_repair", "name", fmt.Sprintf("Выдумка-%d", from+i), "phone", fmt.Sprintf("+7 907 000-%02d-%02d", (from+i)/100%100, (from+i)%100)))
	}
	return out
}

func answerOf(objects []map[string]any) []byte {
	if objects == nil {
		objects = []map[string]any{}
	}
	b, err := json.Marshal(struct {
		Version  float64           `json:"version"`
		OSM      map[string]string `json:"osm3s"`
		Elements []map[string]any  `json:"elements"`
	}{0.6, map[string]string{"timestamp_osm_base": "2026-11-20T01:02:03Z", "copyright": "The data included in this document is from www.openstreetmap.org. The data is made available under ODbL."}, objects})
	if err != nil {
		panic(err) // of texts and numbers
	}
	return b
}

var asks = regexp.MustCompile(`^\[out:json\]\[timeout:180\];area\["ISO3166-2"="(RU-[A-Z]+)"\]->\.a;nwr\["([a-z_]+)"="([a-z_]+)"\]\(area\.a\);out (center tags|count);$`)

// interpreter answers by tag and region: "shop=car_repair RU-PER".
type interpreter map[string][]map[string]any

func (i interpreter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m := asks.FindStringSubmatch(r.PostFormValue("data"))
	if r.URL.Path != "/interpreter" || m == nil {
		http.Error(w, "<html><body><p><strong>Error</strong>: parse error</p></body></html>", http.StatusBadRequest)
		return
	}
	found := i[m[2]+"="+m[3]+" "+m[1]]
	if m[4] == "count" {
		found = []map[string]any{object("count", 0, "total", strconv.Itoa(len(found)))}
	}
	_, _ = w.Write(answerOf(found))
}

func small() (interpreter, Options) {
	i := interpreter{
		"shop=car_repair RU-PER": repairs(100, 5), "shop=car_repair RU-MOW": repairs(200, 3),
		"shop=car_parts RU-PER": {object("way", 7, "shop", "car_parts", "name", "Выдуманные запчасти")},
	}
	o := Defaults()
	o.Regions, o.Tags = []config.Code{"59", "77"}, o.Tags[:2]
	return i, o
}

type rig struct {
	*servicetest.Vendor
	purse  servicetest.Purse
	source *Source
}

// over makes a source that asks an interpreter.
func over(t testing.TB, handler http.Handler, o Options, change func(*service.Options)) *rig {
	t.Helper()
	r := &rig{Vendor: servicetest.New(t, handler)}
	o.Base = r.URL
	so := Interface(o, "")
	so.Purse = &r.purse
	if change != nil {
		change(&so)
	}
	s, err := service.New(r.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	if r.source, err = New("map", s, o); err != nil {
		t.Fatal(err)
	}
	return r
}

// asked are tags and regions of the log.
func (r *rig) asked(t testing.TB) string {
	t.Helper()
	var out []string
	for _, a := range r.Asked() {
		v, err := url.ParseQuery(a.Body)
		if err != nil {
			t.Fatal(err)
		}
		if m := asks.FindStringSubmatch(v.Get("data")); m != nil {
			out = append(out, m[3]+" "+m[1])
		}
	}
	return strings.Join(out, ", ")
}

type pulled struct {
	batches []pipeline.Batch
	obs     []company.Observation
	counts  pipeline.Counts
	err     error
}

func (p *pulled) cursor() string {
	if len(p.batches) == 0 {
		return ""
	}
	return p.batches[len(p.batches)-1].Cursor
}

func pullAll(t testing.TB, s *Source, req pipeline.Request) pulled {
	t.Helper()
	req.Now = now
	var out pulled
	for b, err := range s.Pull(t.Context(), req) {
		if err != nil {
			out.err = err
			continue
		}
		if err := b.Counts.Check(); err != nil {
			t.Error(err)
		}
		out.batches, out.obs, out.counts = append(out.batches, b), append(out.obs, b.Observations...), out.counts.Add(b.Counts)
	}
	return out
}
