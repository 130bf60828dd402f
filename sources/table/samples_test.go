package table

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

// sampleInput opens a file of the samples, or skips.
func sampleInput(t *testing.T, name string) files.Input {
	t.Helper()
	inputs, err := files.Expander{}.Expand([]string{realfiles.Path(t, name)})
	if err != nil {
		t.Fatal(err)
	}
	return inputs[0]
}

// TestSamples reads real exports whole. What they hold was counted with
// another reader of CSV, or stands in the notes on these files.
func TestSamples(t *testing.T) {
	tests := []struct {
		file   string
		preset string
		counts pipeline.Counts
		fields map[company.Field]int // observations that have the field
	}{
		{
			"2gis/parser2gis-export-krasnoyarsk-a.csv", "2gis",
			pipeline.Counts{Declared: 300, Read: 300, Taken: 300},
			map[company.Field]int{company.FieldPhone: 263, company.FieldCity: 298, company.FieldRegion: 300, company.FieldBranch: 300, company.FieldCard: 300},
		},
		{
			"2gis/parser2gis-export-krasnoyarsk-edge.csv", "2gis",
			pipeline.Counts{Declared: 60, Read: 60, Taken: 60},
			map[company.Field]int{company.FieldPhone: 53, company.FieldCity: 26, company.FieldRegion: 60},
		},
		{
			"klerk-opendata/mga.csv", "klerk",
			pipeline.Counts{Declared: 71, Read: 71, Taken: 71},
			map[company.Field]int{company.FieldRevenue: 63, company.FieldPhone: 0},
		},
		{
			"expocentr/metalloobrabotka-2025.xlsx", "exhibitors",
			pipeline.Counts{Declared: 1245, Read: 1245, Taken: 866, NotWanted: 379},
			map[company.Field]int{company.FieldRegion: 0},
		},
		{
			"expocentr/shiny-rti-2025.xlsx", "exhibitors",
			pipeline.Counts{Declared: 266, Read: 266, Taken: 101, NotWanted: 165},
			nil,
		},
	}
	for _, tt := range tests {
		t.Run(filepath.Base(tt.file), func(t *testing.T) {
			in := sampleInput(t, tt.file)
			src := mustNew(t, Options{}, in)
			notes, err := src.Notes(context.Background())
			if err != nil || len(notes) != 1 || notes[0].Preset != tt.preset || len(notes[0].Ignored) > 0 {
				t.Fatalf("notes %+v, %v", notes, err)
			}
			p := pullAll(t, src, pipeline.Request{})
			if p.err != nil || p.counts != tt.counts {
				t.Errorf("counts %+v, want %+v; %v; rejects %+v", p.counts, tt.counts, p.err, p.rejects)
			}
			if int64(len(p.obs)) > tt.counts.Taken {
				t.Errorf("%d observations of %d rows", len(p.obs), tt.counts.Taken)
			}
			for field, want := range tt.fields {
				n := 0
				for i := range p.obs {
					if p.obs[i].First(field) != "" {
						n++
					}
				}
				if n != want {
					t.Errorf("%d observations with %s, want %d", n, field, want)
				}
			}
			left, err := src.Left(t.Context())
			if err != nil || left[leftForeign] != tt.counts.NotWanted {
				t.Errorf("left out %v, want %d for their phones; %v", left, tt.counts.NotWanted, err)
			}
			if tt.counts.Read > 300 {
				return // the promises are checked on the others, many pulls each
			}
			sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return mustNew(t, Options{}, in) }})
		})
	}
}

// A stray quote before a real row costs that row a look, not its firm.
func TestSampleStrayQuote(t *testing.T) {
	in := sampleInput(t, "2gis/parser2gis-export-krasnoyarsk-a.csv")
	f, err := in.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	for n := 1; n <= 300; n += 13 {
		if lines[n][0] == '"' {
			continue // a name in quotes of its own stays whole
		}
		spoiled := slices.Clone(lines)
		spoiled[n] = append([]byte(`"`), lines[n]...)
		p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.csv", bytes.Join(spoiled, nil))), pipeline.Request{})
		if p.err != nil || p.counts.Taken != 299 || p.counts.Quarantined != 1 || p.rejects[0].Row != int64(n+1) || p.rejects[0].Reason != pipeline.ReasonFormat {
			t.Errorf("row %d: %+v, %+v, %v", n+1, p.counts, p.rejects, p.err)
		}
	}
}

// Of the exhibitors 345 give a Chinese phone; none of them may stay without a
// Russian one.
func TestSampleForeignExhibitors(t *testing.T) {
	src := mustNew(t, Options{}, sampleInput(t, "expocentr/metalloobrabotka-2025.xlsx"))
	sh, err := src.open(src.inputs[0])
	if err != nil {
		t.Fatal(err)
	}
	defer sh.grid.Close()
	r, err := sh.grid.rows(sh.name, 5)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	chinese := 0
	for {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(rec.cells) < 3 || !strings.HasPrefix(rec.cells[2], "+86") {
			continue
		}
		chinese++
		if _, v, _ := identify(rec, &sh.layout, &src.set); v != notWanted && !strings.Contains(rec.cells[2], "+7") {
			t.Errorf("row %d with phone %q is wanted", rec.row, rec.cells[2])
		}
	}
	if chinese != 345 {
		t.Errorf("%d Chinese phones, want 345", chinese)
	}
}

func TestSamplesRefused(t *testing.T) {
	for file, want := range map[string]string{
		"call-list/4-filled-saved-by-libreoffice.ods":  "OpenDocument spreadsheet (.ods), not a table: open it in a spreadsheet program and save as .xlsx or CSV",
		"call-list/5-filled-saved-by-libreoffice.xls":  "old Excel workbook (.xls) or an encrypted .xlsx",
		"call-list/2-filled-excelize.xlsx":             "a call list of this program, not a table: it is no source",
		"call-list/3-filled-saved-by-libreoffice.xlsx": "a call list of this program, not a table: it is no source",
		"rusprofile/search-list-mga-2.html":            "an HTML page",
		"dadata/party-state.csv":                       "the header is not recognised",
	} {
		t.Run(filepath.Base(file), func(t *testing.T) {
			p := pullAll(t, mustNew(t, Options{}, sampleInput(t, file)), pipeline.Request{})
			if !errors.Is(p.err, pipeline.ErrUnknownForm) || !strings.Contains(p.err.Error(), want) ||
				!strings.Contains(p.err.Error(), filepath.Base(file)) {
				t.Errorf("got %v, want %q", p.err, want)
			}
			if len(p.gaps) != 1 || len(p.obs) != 0 {
				t.Errorf("gaps %+v, %d observations", p.gaps, len(p.obs))
			}
		})
	}
}
