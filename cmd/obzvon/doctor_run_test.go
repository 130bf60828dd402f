package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

func TestCutIsNoFailure(t *testing.T) {
	for text, want := range map[string]string{
		"visit sites: interrupt signal received":     "stopped (Ctrl-C, or by the system)",
		"enrich by website: visit: context canceled": "stopped (Ctrl-C, or by the system)",
		"visit sites: context deadline exceeded":     "cut by the deadline (run.deadline)",
		"the deadline came before the end":           "cut by the deadline (run.deadline)",
		endedEarly:                                   "cut: the run ended before it did",
		"":                                           "",
		"visit sites: interrupt signal received by a parrot": "",
		"no space left on device":                            "",
	} {
		if why, cut := cutBy(text); why != want || cut != (want != "") {
			t.Errorf("%q: %q, %v", text, why, cut)
		}
	}
	st := enricherStatus{Enabled: true, Asked: 7, Error: "visit sites: interrupt signal received"}
	st.judge()
	if st.State != "cut" || !strings.HasPrefix(st.Error, "stopped (Ctrl-C, or by the system) after 7 were asked for; ") {
		t.Errorf("%s: %s", st.State, st.Error)
	}
	st = enricherStatus{Enabled: true, Error: "no space left on device"}
	st.judge()
	if st.State != "failed" || st.Error != "no space left on device" {
		t.Errorf("%s: %s", st.State, st.Error)
	}
}

// TestDoctorNamesWhatFellShort: a source only where it was one.
func TestDoctorNamesWhatFellShort(t *testing.T) {
	source := []night.SourceReport{{Name: "gis", State: night.StateFailed, Note: "no such file"}}
	for name, c := range map[string]struct {
		report   night.Report
		ok, warn bool
		advice   string
	}{
		"source": {night.Report{Short: []string{"source gis: failed"}, Sources: source}, false, false, "which source fell short"},
		"both": {night.Report{
			Short: []string{"source gis: failed", "enricher website: the deadline came before the end"}, Sources: source,
			Enrich: []night.EnrichReport{{Error: "the deadline came before the end"}},
		}, false, false, "which source fell short"},
		"cut": {night.Report{
			Short: []string{"enricher website: the deadline came before the end"}, Sources: []night.SourceReport{{State: night.StateDone}},
			Enrich: []night.EnrichReport{{Error: "the deadline came before the end"}},
		}, true, true, "set run.deadline later"},
		"enricher": {night.Report{
			Short: []string{"enricher website: broken"}, Enrich: []night.EnrichReport{{Error: "broken"}},
		}, false, false, "which enricher failed"},
		"export": {night.Report{Short: []string{"export xlsx: disk full"}}, false, false, "mend that"},
		"old":    {night.Report{}, false, false, "which source fell short"},
	} {
		data, err := json.Marshal(c.report)
		if err != nil {
			t.Fatal(err)
		}
		f := judgeRun(&store.Run{Day: company.NewDate(2026, time.November, 23), Completed: true, Exit: exitShort, Report: data})
		if f.OK != c.ok || f.Warn != c.warn || !strings.Contains(f.Advice, c.advice) {
			t.Errorf("%s: %+v", name, f)
		}
		if len(c.report.Short) > 0 && !strings.Contains(f.Detail, c.report.Short[0]) {
			t.Errorf("%s: the reason is not there: %s", name, f.Detail)
		}
	}
	f := brokenOff(&store.Run{Error: "enrich by website: interrupt signal received"})
	if f.OK || strings.Contains(f.Detail+f.Advice, "source") || !strings.Contains(f.Detail, "stopped (Ctrl-C") {
		t.Errorf("%+v", f)
	}
	if f = brokenOff(&store.Run{Completed: true, Error: "disk full"}); !f.OK || !f.Warn || !strings.Contains(f.Detail, "disk full") {
		t.Errorf("%+v", f)
	}
}
