package sample_test

import (
	"encoding/json"
	"testing"
	"time"

	"obzvon/cmd/obzvon/sample"
	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store/memory"
	"obzvon/sources/rsmp"
	"obzvon/sources/table"
)

// TestNight runs a night on the sample without files or exporters: the sample
// must make a full list, and show each thing that it is there to show.
func TestNight(t *testing.T) {
	cfg, seg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	store := memory.New()
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	n := &night.Night{
		Config: cfg, Segments: seg, Store: store, Sample: true, Scratch: t.TempDir(),
		Clock: func() time.Time { return time.Date(2026, time.November, 20, 20, 0, 0, 0, time.UTC) },
	}
	for _, s := range cfg.Sections(config.Sources) {
		n.Sources = append(n.Sources, night.Source{Section: s, Source: source(t, s)})
	}
	r, err := n.Run(t.Context(), night.Request{Day: company.NewDate(2026, time.November, 23), SkipEnrich: true})
	if err != nil {
		t.Fatal(err)
	}
	if text, err := json.MarshalIndent(r, "", " "); err == nil {
		t.Logf("%s", text)
	}
	if r.Exit() != 0 {
		t.Errorf("the sample ends with %d: %q", r.Exit(), r.Short)
	}
	checkSources(t, r)
	checkLeads(t, r)
}

func source(t *testing.T, s config.Section) pipeline.Source {
	t.Helper()
	inputs, err := files.Expander{Embedded: sample.FS()}.Expand(s.Paths)
	if err != nil {
		t.Fatal(err)
	}
	if s.Adapter == "rsmp" {
		var opt rsmp.Options
		if err := s.Decode(&opt); err != nil {
			t.Fatal(err)
		}
		return rsmp.New(s.Name, inputs, opt)
	}
	var opt table.Options
	if err := s.Decode(&opt); err != nil {
		t.Fatal(err)
	}
	src, err := table.New(s.Name, inputs, opt)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func checkSources(t *testing.T, r *night.Report) {
	t.Helper()
	wrong := map[string]int64{"rsmp": 3, "gis": 2, "kompas": 2}
	for _, s := range r.Sources {
		if err := s.Counts.Check(); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		if s.Counts.Quarantined != wrong[s.Name] {
			t.Errorf("%s: %d rows quarantined, README.md says %d", s.Name, s.Counts.Quarantined, wrong[s.Name])
		}
		if s.Counts.Taken == 0 || s.State != night.StateDone {
			t.Errorf("%s: %+v", s.Name, s)
		}
	}
}

func checkLeads(t *testing.T, r *night.Report) {
	t.Helper()
	dialable := map[int]int64{}
	for _, l := range r.Leads {
		dialable[l.Priority] += l.Dialable
		if l.Leads == 0 {
			t.Errorf("no lead in segment %s", l.Segment)
		}
	}
	if dialable[1] < 80 || dialable[2] < 20 || dialable[3] < 10 {
		t.Errorf("dialable leads by priority: %v", dialable)
	}
	rows := 0
	for _, l := range r.Listed {
		rows += l.Rows
	}
	if rows != 40 {
		t.Errorf("%d rows on the list, want the 40 dials of the only manager", rows)
	}
	if r.Resolve.Joined < 60 {
		t.Errorf("%d listings joined", r.Resolve.Joined)
	}
	for _, kind := range []string{"phone", "site", "email", "name", "city", "address"} {
		if r.Resolve.ByEvidence[kind] == 0 {
			t.Errorf("no join by %s", kind)
		}
	}
	for _, reason := range []string{"maker", "bankrupt", "liquidated"} {
		if r.Vetoed[reason] == 0 {
			t.Errorf("nobody vetoed as %s: %v", reason, r.Vetoed)
		}
	}
}
