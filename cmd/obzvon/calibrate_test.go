package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/calibrate"
)

// suggestion is a report that suggests to give one signal's points to nobody.
func suggestion(t *testing.T, segments *config.Segments) *calibrate.Report {
	t.Helper()
	w := calibrate.WeightsOf(segments)
	w.Signals[0].Points, w.Signals[0].Unknown = 12.5, 0.35
	return &calibrate.Report{Learned: &calibrate.Learned{Today: calibrate.WeightsOf(segments), Suggested: w}}
}

// The new file is the one in use but for what is suggested, comments included.
func TestWriteSuggested(t *testing.T) {
	_, builtIn := config.DefaultFiles()
	mine := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(mine, append([]byte("# весна\n"), builtIn...), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, inUse := range map[string]string{"built in": "", "own": mine} {
		t.Run(name, func(t *testing.T) {
			segments, err := config.LoadSegments(inUse)
			if err != nil {
				t.Fatal(err)
			}
			h := &house{config: &config.Config{SegmentsFile: inUse}, segments: segments}
			path := filepath.Join(t.TempDir(), "new.yaml")
			if err := (&app{}).writeSuggested(h, suggestion(t, segments), path); err != nil {
				t.Fatal(err)
			}
			got, err := config.LoadSegments(path)
			if err != nil {
				t.Fatal(err)
			}
			if s := got.Signals[0]; s.Points != 12.5 || s.Unknown != 0.35 {
				t.Errorf("the signal is %+v", s)
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.Count(string(builtIn), "#"); strings.Count(string(text), "#") < want {
				t.Errorf("%d comments, there were %d", strings.Count(string(text), "#"), want)
			}
			if strings.Contains(string(text), "# весна") != (inUse != "") {
				t.Error("it is not a copy of the file in use")
			}
		})
	}
}

// A file that is there is never written over, nor is a half-written one left.
func TestWriteSuggestedRefuses(t *testing.T) {
	segments, err := config.LoadSegments("")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "segments.yaml")
	if err := os.WriteFile(path, []byte("schema_version: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := &house{config: &config.Config{}, segments: segments}
	if err := (&app{}).writeSuggested(h, suggestion(t, segments), path); !errors.As(err, new(usageError)) {
		t.Errorf("over a file: %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "schema_version: 1\n" {
		t.Errorf("the file became %q (%v)", data, err)
	}
	broken := suggestion(t, segments)
	broken.Learned.Suggested.Caps[0]++
	fresh := filepath.Join(t.TempDir(), "fresh.yaml")
	if err := (&app{}).writeSuggested(h, broken, fresh); err == nil {
		t.Error("caps that add up to 101 were written")
	}
	if _, err := os.Stat(fresh); !os.IsNotExist(err) {
		t.Error("a file is left behind")
	}
}

// Weights that are no better than today's are written by --force alone.
func TestOnlyBetterWeightsAreWritten(t *testing.T) {
	report := func(auc float64) *calibrate.Report {
		return &calibrate.Report{Learned: &calibrate.Learned{Lift: calibrate.Lift{Today: calibrate.Estimate{Value: 0.6}, New: calibrate.Estimate{Value: auc}}}}
	}
	for _, c := range []struct {
		auc     float64
		force   bool
		refused bool
	}{{0.7, false, false}, {0.6, false, true}, {0.5, false, true}, {0.5, true, false}} {
		if err := (suggested{"x.yaml", c.force}).worthIt(report(c.auc)); (err != nil) != c.refused {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
