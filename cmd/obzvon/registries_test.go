package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/realfiles"
)

// ended is how a command came out.
type ended struct {
	out, err string
	code     int
}

// obzvon runs a command line in this process, as main does.
func obzvon(t *testing.T, args ...string) ended {
	t.Helper()
	var out, errs bytes.Buffer
	code := execute(t.Context(), args, streams{out: &out, err: &errs}, nil)
	return ended{out.String(), errs.String(), code}
}

// reported reads what run --json printed, and holds each source to the
// equation of rows as the report has it.
func reported(t *testing.T, e ended) map[string]night.SourceReport {
	t.Helper()
	var r night.Report
	if err := json.Unmarshal([]byte(e.out), &r); err != nil {
		t.Fatalf("exit %d, no report (%v): %s%s", e.code, err, e.out, e.err)
	}
	if r.Exit() != e.code {
		t.Errorf("exit %d, the report says %q", e.code, r.Short)
	}
	by := map[string]night.SourceReport{}
	for _, s := range r.Sources {
		by[s.Name] = s
		if c := s.Counts; c.Declared != c.Read+c.Unread || c.Read != c.Taken+c.NotWanted+c.Quarantined {
			t.Errorf("%s: rows were lost or invented: %+v", s.Name, c)
		}
	}
	return by
}

// configured writes a config into a new folder and returns its path. It has
// no exports: what is tested is reading.
func configured(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "obzvon.yaml")
	text = "schema_version: 1\nexports: {xlsx: {enabled: false}}\nstrategy: {start_date: \"2018-01-01\"}\n" + text
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// everything wants each company, so that counts do not depend on segments.
func everything() string {
	var codes []string
	for class := 1; class <= 99; class++ {
		code := fmt.Sprintf("%02d", class)
		if _, known := company.OKVED(code).Name(); known {
			codes = append(codes, strconv.Quote(code))
		}
	}
	return "collect: {extra_codes: [" + strings.Join(codes, ", ") + "]}\n"
}

const allSamples = `sources:
  rsmp: {adapter: rsmp, trust: 80, paths: [%q]}
  egrul: {adapter: egrul, trust: 90, paths: [%q], terms_accepted: "2026-11-20"}
  headcount: {adapter: fns, set: sshr2019, trust: 60, paths: [%q]}
  revenue: {adapter: fns, set: revexp, trust: 60, paths: [%q]}
  taxes: {adapter: fns, set: paytax, trust: 60, paths: [%q]}
`

// Every sample of ФНС and of ЕГРЮЛ is read whole by one command. The counts are
// those of the samples' own description and of what was counted by hand.
func TestSamplesAreReadWhole(t *testing.T) {
	var folders []any
	for _, name := range []string{"fns-rsmp", "fns-egrul", "fns-sshr", "fns-revexp", "fns-paytax"} {
		folders = append(folders, realfiles.Path(t, name))
	}
	sources := fmt.Sprintf(allSamples, folders...)
	golden := map[string]struct {
		counts pipeline.Counts
		new    int64 // companies, less those that come twice
		lately int64 // rows not wanted that are taken for some time after their company has ended
	}{
		"rsmp":      {pipeline.Counts{Declared: 524, Read: 524, Taken: 524}, 512, 0},
		"egrul":     {pipeline.Counts{Declared: 136, Read: 136, Taken: 94, NotWanted: 42}, 79, 9}, // 41 have ended, one has no code
		"headcount": {pipeline.Counts{Declared: 909, Read: 909, Taken: 909}, 909, 0},
		"revenue":   {pipeline.Counts{Declared: 1555, Read: 1555, Taken: 1554, Quarantined: 1}, 1554, 0}, // a negative revenue
		"taxes":     {pipeline.Counts{Declared: 900, Read: 900, Taken: 900}, 900, 0},
	}
	path := configured(t, everything()+sources)
	by := reported(t, obzvon(t, "--config", path, "run", "--date", "2026-11-23", "--json"))
	for name, want := range golden {
		got := by[name]
		lately := got.Counts.Taken - want.counts.Taken // by the day on which the test runs
		want.counts.Taken, want.counts.NotWanted = want.counts.Taken+lately, want.counts.NotWanted-lately
		if lately < 0 || lately > want.lately || got.Counts != want.counts || got.Delta.New < want.new || got.Delta.New > want.new+lately || len(got.Gaps) > 0 {
			t.Errorf("%s: %s, %s, counts %+v, %d new, gaps %v; want %+v, %d new",
				name, got.State, got.Note, got.Counts, got.Delta.New, got.Gaps, want.counts, want.new)
		}
		if got.State != night.StateStale && got.State != night.StateDone { // the samples are old
			t.Errorf("%s is %s: %s", name, got.State, got.Note)
		}
	}
	if e := obzvon(t, "--config", path, "sources", "rejects", "revenue"); e.code != exitDone || strings.Count(e.out, " row ") != 1 || !strings.Contains(e.out, `"-11000.00"`) {
		t.Errorf("exit %d, %q%s", e.code, e.out, e.err)
	}

	// By the codes of the segments fewer are taken, and none is lost.
	by = reported(t, obzvon(t, "--config", configured(t, sources), "run", "--date", "2026-11-23", "--json"))
	for name, want := range golden {
		got := by[name].Counts
		if filtered := name == "rsmp" || name == "egrul"; !filtered && got != want.counts ||
			got.Read != want.counts.Read || got.Taken == 0 || filtered && got.Taken >= want.counts.Taken {
			t.Errorf("%s by the segments: %+v", name, got)
		}
	}
}

// Whoever looks at the sources after a run that fell short sees why.
func TestSourcesTellWhyARunFellShort(t *testing.T) {
	path := configured(t, fmt.Sprintf("sources:\n  headcount: {adapter: fns, set: sshr2019, trust: 60, paths: [%q]}\n", realfiles.Path(t, "fns-sshr")))
	const day, words = "2026-11-23", "stale: the newest release is of 2024-10-25, 759 days old"
	if e := obzvon(t, "--config", path, "run", "--date", day); e.code != exitShort || !strings.Contains(e.out, "! source headcount: "+words) {
		t.Fatalf("exit %d, %s%s", e.code, e.out, e.err)
	}
	if e := obzvon(t, "--config", path, "sources"); e.code != exitDone || !strings.Contains(e.out, "headcount in the run for "+day+": "+words) {
		t.Errorf("exit %d, %s%s", e.code, e.out, e.err)
	}
}
