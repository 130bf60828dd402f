package main

import (
	"fmt"
	"runtime/debug"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

func reportText(r *night.Report, how loudness) string {
	var b strings.Builder
	writeReport(&b, r, how)
	return b.String()
}

// TestReasonIsSaidOnce: what could not be read stands in the report once,
// however many parts.
func TestReasonIsSaidOnce(t *testing.T) {
	for parts := 1; parts <= 3; parts++ {
		var gaps []pipeline.Gap
		for i := range parts {
			gaps = append(gaps, pipeline.Gap{Unit: fmt.Sprintf("a.zip/%d.xml", i), Detail: fmt.Sprintf("byte %d: damaged", 100+i)})
		}
		note := fmt.Sprintf("%d part(s) could not be read; the first: %s: %s", parts, gaps[0].Unit, gaps[0].Detail)
		r := &night.Report{
			Sources: []night.SourceReport{{Name: "rsmp", State: night.StateIncomplete, Note: note, Gaps: gaps}},
			Short:   []string{"source rsmp: incomplete: " + note},
		}
		text := reportText(r, plain)
		for _, g := range gaps {
			if strings.Count(text, g.Unit) != 1 || strings.Count(text, g.Detail) != 1 {
				t.Errorf("%d parts: %s is not there once:\n%s", parts, g.Unit, text)
			}
		}
		if text := reportText(r, quiet); !strings.Contains(text, gaps[0].Detail) {
			t.Errorf("quiet hides the reason: %q", text)
		}
	}
}

func TestReportTells(t *testing.T) {
	r := &night.Report{
		Sources: []night.SourceReport{
			{Name: "one", State: night.StateDone, Delta: store.Delta{Dropped: 1}},
			{Name: "many", State: night.StateDone, Delta: store.Delta{Dropped: 1200}},
			{Name: "none", State: night.StateLeftOut, Note: "left out by --only"},
		},
		Stages:    []night.StageTime{{Stage: night.StagePull, Source: "one", Seconds: 1.5}, {Stage: night.StageScore, Seconds: 61}},
		Listed:    []night.ListedReport{{Priority: 1, Rows: 1}},
		Artefacts: []pipeline.Artefact{{Path: "list.xlsx"}},
	}
	text := reportText(r, plain)
	for _, want := range []string{
		"one: 1 record left: it is wanted no more", "many: 1200 records left: they are wanted no more", "none: left out by --only\n", ": 1 company to call (",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "SLOWEST") {
		t.Errorf("nobody asked for times:\n%s", text)
	}
	text = reportText(r, verbose)
	if score, pull := strings.Index(text, "score"), strings.Index(text, "pull one"); score < 0 || pull < score || !strings.Contains(text, "1m1s") {
		t.Errorf("times:\n%s", text)
	}
}

// TestHouseThatDoesNotOpenLeavesNothing: the limit of memory is that of before
// whatever goes wrong.
func TestHouseThatDoesNotOpenLeavesNothing(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	for name, text := range map[string]string{
		"mixed":   "sources: {a: {adapter: rsmp, paths: [\"embed:rsmp.zip\"]}, b: {adapter: table, paths: [x.csv]}}",
		"folder":  "data_dir: /dev/null/there",
		"adapter": "sources: {a: {adapter: nosuch, paths: [x]}}",
	} {
		config := configured(t, everything()+"run: {memory_limit: 200MiB}\n"+text+"\n")
		for _, command := range [][]string{{"run"}, {"doctor"}, {"compact"}, {"restore", "nosuch.zip"}, {"sources", "check", "nosuch"}} {
			a := &app{io: streams{out: &strings.Builder{}, err: &strings.Builder{}}}
			if code := a.execute(t.Context(), append([]string{"--config", config}, command...)); code == exitDone && command[0] != "compact" {
				t.Errorf("%s: %s succeeded", name, command[0])
			}
			if now := debug.SetMemoryLimit(-1); now != before {
				t.Fatalf("%s: after %s the limit is %d, before %d", name, command[0], now, before)
			}
		}
	}
}
