package osm

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func overFiles(t testing.TB, inputs ...files.Input) *Source {
	t.Helper()
	o := Defaults()
	o.Mode = ModeFiles
	s, err := NewFiles("map", inputs, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFiles(t *testing.T) {
	big := files.FromBytes("perm.json", answerOf(repairs(0, 2*slice+100)))
	other := files.FromBytes("moscow.json", answerOf(append(repairs(9000, 3), object("node", 1, "shop", "bakery"))))
	cut := answerOf(repairs(9100, 10))
	damaged := files.FromBytes("cut.json", cut[:bytes.LastIndex(cut, []byte(`{"id":`))])
	strange := files.FromBytes("strange.xml", []byte("<osm/>"))
	all := []files.Input{big, strange, damaged, other}
	p := pullAll(t, overFiles(t, all...), pipeline.Request{})
	if want := int64(2*slice + 100 + 9 + 3); p.err != nil || p.counts.Taken != want || p.counts.NotWanted != 1 {
		t.Errorf("%+v, %v", p.counts, p.err)
	}
	gaps := 0
	for _, b := range p.batches {
		for _, g := range b.Gaps {
			gaps++
			if !strings.Contains(g.Detail, map[string]string{"strange.xml": pipeline.ErrUnknownForm.Error(), "cut.json": pipeline.ErrDamaged.Error()}[g.Unit]) {
				t.Errorf("%+v", g)
			}
		}
	}
	if gaps != 2 || p.obs[0].Date.String() != "2026-11-20" {
		t.Errorf("%d gaps, %v", gaps, p.obs[0].Date)
	}
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return overFiles(t, all...) }, Request: pipeline.Request{Now: now}})
	if p := pullAll(t, overFiles(t, strange), pipeline.Request{}); !errors.Is(p.err, pipeline.ErrUnknownForm) {
		t.Errorf("got %v", p.err)
	}
	if p := pullAll(t, overFiles(t), pipeline.Request{}); !errors.Is(p.err, pipeline.ErrEmpty) {
		t.Errorf("got %v", p.err)
	}
	for _, cursor := range []string{"x", "4|0|true", "0|-1|true", "0|1|yes", "0|01|true"} {
		if p := pullAll(t, overFiles(t, all...), pipeline.Request{Cursor: cursor}); !errors.Is(p.err, ErrCursor) {
			t.Errorf("%q: %v", cursor, p.err)
		}
	}
}

// TestRubricsAreThoseOfTheTable holds the tags that a public table knows too against it.
func TestRubricsAreThoseOfTheTable(t *testing.T) {
	data, err := os.ReadFile(realfiles.Path(t, "osm/osmcatalog-auto-subset.json"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Catalog []struct {
			Name string            `json:"name"`
			Tags map[string]string `json:"tags"`
		} `json:"catalog"`
	}
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, c := range table.Catalog {
		for k, v := range c.Tags {
			known[k+"="+v] = true
		}
	}
	for _, want := range []string{"shop=car_repair", "shop=car_parts", "craft=agricultural_engines", "craft=metal_construction"} {
		found := false
		for _, tag := range Defaults().tags() {
			found = found || tag.String() == want
		}
		if !known[want] || !found {
			t.Errorf("%s: in the table %t, asked for %t", want, known[want], found)
		}
	}
	// A table of tags is no answer.
	if p := pullAll(t, overFiles(t, files.FromBytes("catalog.json", data)), pipeline.Request{}); !errors.Is(p.err, pipeline.ErrUnknownForm) {
		t.Errorf("got %v", p.err)
	}
}
