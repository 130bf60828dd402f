package table

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
)

// sampleInput opens a file of the samples, or skips.
func sampleInput(t *testing.T, name string) files.Input {
	t.Helper()
	dir := os.Getenv("OBZVON_SAMPLES")
	if dir == "" {
		dir = filepath.Join(moduleRoot(t), "..", "shared", "samples")
	}
	inputs, err := files.Expander{}.Expand([]string{filepath.Join(dir, filepath.FromSlash(name))})
	if err != nil {
		t.Skipf("samples are not here: %v; set OBZVON_SAMPLES", err)
	}
	return inputs[0]
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}

// pulled is all that a pull gave.
type pulled struct {
	counts  pipeline.Counts
	obs     []company.Observation
	rejects []pipeline.Reject
	gaps    []pipeline.Gap
	err     error
}

func pullAll(t *testing.T, src *Source, req pipeline.Request) pulled {
	t.Helper()
	var p pulled
	for b, err := range src.Pull(context.Background(), req) {
		if err != nil {
			p.err = err
			break
		}
		if err := b.Counts.Check(); err != nil {
			t.Fatalf("batch %s: %v", b.Unit, err)
		}
		p.counts = p.counts.Add(b.Counts)
		p.obs = append(p.obs, b.Observations...)
		p.rejects = append(p.rejects, b.Rejects...)
		p.gaps = append(p.gaps, b.Gaps...)
	}
	return p
}

func mustNew(t *testing.T, opt Options, inputs ...files.Input) *Source {
	t.Helper()
	src, err := New("tables", inputs, opt)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func countPhones(obs []company.Observation) (with, all int) {
	for i := range obs {
		n := len(obs[i].All(company.FieldPhone))
		all += n
		if n > 0 {
			with++
		}
	}
	return with, all
}

// Counts stand in the facts page or were taken with another CSV reader.
func TestSamples(t *testing.T) {
	tests := []struct {
		file       string
		preset     string
		counts     pipeline.Counts
		keys       int
		withPhones int
	}{
		{"2gis/parser2gis-export-krasnoyarsk-a.csv", "2gis", pipeline.Counts{Declared: 300, Read: 300, Taken: 300}, 300, 263},
		{"2gis/parser2gis-export-krasnoyarsk-edge.csv", "2gis", pipeline.Counts{Declared: 60, Read: 60, Taken: 60}, 60, 53},
		{"klerk-opendata/mga.csv", "klerk", pipeline.Counts{Declared: 71, Read: 71, Taken: 71}, 71, 0},
		{"expocentr/metalloobrabotka-2025.xlsx", "exhibitors", pipeline.Counts{Declared: 1245, Read: 1245, Taken: 1245}, 0, 0},
		{"expocentr/shiny-rti-2025.xlsx", "exhibitors", pipeline.Counts{Declared: 266, Read: 266, Taken: 266}, 0, 0},
	}
	for _, tt := range tests {
		t.Run(filepath.Base(tt.file), func(t *testing.T) {
			src := mustNew(t, Options{}, sampleInput(t, tt.file))
			notes, err := src.Notes(context.Background())
			if err != nil || len(notes) != 1 || notes[0].Preset != tt.preset {
				t.Fatalf("notes %+v, %v", notes, err)
			}
			t.Logf("%+v", notes)
			p := pullAll(t, src, pipeline.Request{})
			with, all := countPhones(p.obs)
			t.Logf("%+v obs %d phones %d/%d err %v", p.counts, len(p.obs), with, all, p.err)
			for _, r := range p.rejects[:min(5, len(p.rejects))] {
				t.Logf("%+v", r)
			}
			for _, o := range p.obs[:min(3, len(p.obs))] {
				t.Logf("%+v", o)
			}
		})
	}
}

func TestSamplesRefused(t *testing.T) {
	for _, f := range []string{
		"call-list/4-filled-saved-by-libreoffice.ods", "call-list/5-filled-saved-by-libreoffice.xls",
		"call-list/2-filled-excelize.xlsx", "call-list/1-empty-excelize.xlsx", "call-list/3-filled-saved-by-libreoffice.xlsx", "rusprofile/search-list-mga-2.html",
	} {
		p := pullAll(t, mustNew(t, Options{}, sampleInput(t, f)), pipeline.Request{})
		t.Log(p.err)
		if !errors.Is(p.err, pipeline.ErrUnknownForm) || !strings.Contains(p.err.Error(), filepath.Base(f)) {
			t.Errorf("%s: %v", f, p.err)
		}
	}
}
