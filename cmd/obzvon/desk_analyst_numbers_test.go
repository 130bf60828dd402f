package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/exports/web/analyst"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/score"
)

type (
	analystMatch    = analyst.Match
	analystDecision = analyst.Decision
)

func jsonInto(data []byte, v any) error { return json.Unmarshal(data, v) }

// The counts beside the segments are those of the night.
func TestAnalystCountsAsTheNight(t *testing.T) {
	s := openStudy(t, true)
	w, err := s.desk.Weights(t.Context())
	if err != nil || !w.Scored {
		t.Fatalf("%+v, %v", w, err)
	}
	run, err := s.house.store.Run(t.Context(), studyDay)
	if err != nil {
		t.Fatal(err)
	}
	var report night.Report
	if err := json.Unmarshal(run.Report, &report); err != nil {
		t.Fatal(err)
	}
	listed, rows, sum := int64(0), int64(0), int64(0)
	for i, l := range report.Leads {
		if got := w.Segments[i]; got.ID != l.Segment || got.Leads != l.Leads {
			t.Errorf("%s has %d leads, the night counted %d", got.ID, got.Leads, l.Leads)
		}
		listed += w.Segments[i].Listed
		sum += w.Segments[i].Leads
	}
	for _, l := range report.Listed {
		rows += int64(l.Rows)
	}
	if listed != rows || rows == 0 {
		t.Errorf("%d rows on the list, the night wrote %d", listed, rows)
	}
	bands := int64(0)
	for _, b := range w.Bands {
		bands += b.All()
	}
	if sum != w.Leads || bands != w.Leads {
		t.Errorf("%d leads, %d by segment, %d by band", w.Leads, sum, bands)
	}
}

// A what-if: nothing moves by the same numbers; by others who enters is as many as
// who leaves, places and points are those of the files, and the reasons say which
// signal it was.
func TestAnalystPreview(t *testing.T) {
	s := openStudy(t, true)
	p, err := s.desk.Preview(t.Context(), analyst.Trial{Change: config.Numbers{
		Points: map[string]float64{"season": 0, "headcount": 14}, Season: map[string][]int{"auto_service": {1}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if p.Up+p.Down == 0 || len(p.Movers) == 0 || len(p.Tops) < 2 {
		t.Fatalf("nothing moves: %+v", p)
	}
	other, err := s.house.tried(analyst.Trial{Change: config.Numbers{
		Points: map[string]float64{"season": 0, "headcount": 14}, Season: map[string][]int{"auto_service": {1}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := s.house.night.Preview(t.Context(), other, 0, score.Limits{Top: 50, Examples: 5})
	if err != nil || whole.Changed.Up != p.Up || whole.Changed.Down != p.Down {
		t.Errorf("%d up and %d down, want %+v (%v)", p.Up, p.Down, whole.Changed, err)
	}
	for _, top := range p.Tops {
		if top.EnteredAll != top.LeftAll {
			t.Errorf("%s: %d enter and %d leave", top.Title, top.EnteredAll, top.LeftAll)
		}
	}
	for i, m := range p.Movers {
		if m.Name == "" || len(m.Why) == 0 || m.From.Place == 0 || m.To.Place == 0 {
			t.Errorf("mover %+v", m)
		}
		if i > 0 && math.Abs(float64(m.To.Points-m.From.Points)) > math.Abs(float64(p.Movers[i-1].To.Points-p.Movers[i-1].From.Points)) {
			t.Errorf("mover %d moves more than the one before", i)
		}
		f, err := s.desk.Firm(t.Context(), m.INN)
		if err != nil || f.Total != m.From.Points || f.Place != m.From.Place {
			t.Errorf("%s has %+v by its card, %+v among the movers (%v)", m.INN, f, m.From, err)
		}
	}
}

// A file with other codes is tried, too; one that is wrong is refused with its place.
func TestAnalystPreviewOfAFile(t *testing.T) {
	s := openStudy(t, true)
	_, text := config.DefaultFiles()
	wider := strings.Replace(string(text), `words: ["автосервис",`, `words: ["автосервис", "вектор",`, 1)
	p, err := s.desk.Preview(t.Context(), analyst.Trial{Sent: []byte(wider), Name: "mine.yaml"})
	if err != nil || len(p.Tops) != 1 || p.Before.Hash == p.After.Hash {
		t.Fatalf("%+v, %v", p, err)
	}
	_, err = s.desk.Preview(t.Context(), analyst.Trial{Sent: []byte("schema_version: 1\nmoon: 1\n"), Name: "mine.yaml"})
	var wrong *config.Error
	if !errors.As(err, &wrong) || wrong.Line != 2 {
		t.Errorf("error is %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.desk.Preview(ctx, analyst.Trial{Change: config.Numbers{Points: map[string]float64{"season": 1}}}); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who has gone gets %v", err)
	}
}

// The file is the one in use with the new numbers; nothing is changed on the server.
func TestAnalystFile(t *testing.T) {
	s := openStudy(t, true)
	before := s.house.segments.Hash()
	res := s.ask(http.MethodPost, "/weights/file", url.Values{"p.season": {"5,5"}, "c.season": {"5"}, "c.fit": {"33"}, "m.energy": {"0", "4"}})
	if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Content-Disposition"), "segments.yaml") {
		t.Fatalf("status %d, %v", res.StatusCode, res.Header)
	}
	var text strings.Builder
	if _, err := io.Copy(&text, res.Body); err != nil {
		t.Fatal(err)
	}
	got, err := config.ParseSegments("sent", []byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(got.Signals, func(c config.Signal) bool { return c.ID == "season" })
	energy := slices.IndexFunc(got.Segments, func(c config.Segment) bool { return c.ID == "energy" })
	if got.Signals[at].Points != 5.5 || !slices.Equal(got.Segments[energy].Season, []int{4}) {
		t.Errorf("the file says %+v and %+v", got.Signals[at], got.Segments[energy].Season)
	}
	_, builtIn := config.DefaultFiles()
	if strings.Count(text.String(), "#") != strings.Count(string(builtIn), "#") {
		t.Error("comments are lost")
	}
	if w, err := s.desk.Weights(t.Context()); err != nil || w.Hash != before {
		t.Errorf("the weights in use are %v now (%v)", w, err)
	}
	if len(s.notes) != 1 || s.notes[0].Action != "download" {
		t.Errorf("noted %+v", s.notes)
	}
}

// The card's contributions add up to the score.
func TestAnalystCardsAddUp(t *testing.T) {
	s := openStudy(t, true)
	leads := 0
	for after := company.INN(""); ; {
		dossiers, err := s.house.store.Dossiers(t.Context(), after, 25)
		if err != nil {
			t.Fatal(err)
		}
		if len(dossiers) == 0 || leads > 40 {
			break
		}
		f, err := s.desk.Firm(t.Context(), dossiers[0].INN)
		if err != nil {
			t.Fatal(err)
		}
		after = dossiers[len(dossiers)-1].INN
		sum := int64(0)
		for _, g := range f.Groups {
			part := int64(0)
			for _, l := range g.Lines {
				part += l.Points
			}
			if part != g.Total {
				t.Errorf("%s: %s is %d, its lines come to %d", f.INN, g.Title, g.Total, part)
			}
			sum += part
		}
		if f.Lead {
			leads++
		}
		if sum != f.Total || f.Lead && (f.Place < 1 || f.Place > f.Of) {
			t.Errorf("%s: lines come to %d of %d, place %d of %d", f.INN, sum, f.Total, f.Place, f.Of)
		}
	}
	if leads == 0 {
		t.Error("no lead was looked at")
	}
}

// The quarantine pages through what the night put there, and the equation holds.
func TestAnalystSources(t *testing.T) {
	s := openStudy(t, true)
	all, err := s.desk.Quarantine(t.Context())
	if err != nil || len(all) == 0 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, q := range all {
		sum := 0
		for _, r := range q.Reasons {
			sum += r.Count
			found, err := s.desk.Rejects(t.Context(), q.Source, string(r.Reason), 1, 1)
			if err != nil || found.Pages.Total != r.Count || len(found.Rows) != 1 || found.Rows[0].Reason != r.Reason {
				t.Errorf("%s %s: %+v, %v", q.Source, r.Reason, found, err)
			}
		}
		card, err := s.desk.Source(t.Context(), q.Source)
		if err != nil || sum != q.Total || card.Counts.Quarantined != int64(q.Total) || len(card.Runs) != 1 {
			t.Errorf("%s: %d of %d, %+v, %v", q.Source, sum, q.Total, card, err)
		}
		c := card.Counts
		if c.Check() != nil || c.Read != c.Taken+c.NotWanted+c.Quarantined {
			t.Errorf("%s: %+v", q.Source, c)
		}
		beyond, err := s.desk.Rejects(t.Context(), q.Source, "", 999, 2)
		if err != nil || beyond.Pages.Page != beyond.Pages.Last() || len(beyond.Rows) == 0 {
			t.Errorf("%s, a page beyond the last: %+v, %v", q.Source, beyond, err)
		}
	}
	if _, err := s.desk.Rejects(t.Context(), "nosuch", "", 1, 10); !errors.Is(err, analyst.ErrNone) {
		t.Errorf("a source that is not there: %v", err)
	}
	sources, err := s.desk.Sources(t.Context())
	if err != nil || len(sources.Read) != 3 || len(sources.Offers) == 0 {
		t.Fatalf("%+v, %v", sources, err)
	}
	for _, o := range sources.Offers {
		if o.Brings == "" || o.Needs == "" {
			t.Errorf("offer %+v", o)
		}
	}
	for _, src := range sources.Read {
		if src.State.Text == "" || src.Licence == "" || src.Rhythm == "" || strings.ContainsAny(src.Rhythm, "abcdefghijklmnop") {
			t.Errorf("source %+v", src)
		}
	}
}
