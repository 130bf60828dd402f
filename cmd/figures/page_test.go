package main

import (
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

func TestPage(t *testing.T) {
	p := page{
		machine: machine{cores: 4, processor: "P", system: "go1 x", klauspost: "v1", bbolt: "v2", commit: "abc", day: "2026-11-22"},
		command: "make figures",
		inputs:  []string{"some documents"},
		goals: []goal{
			{"scan", "1.32 ×", "inflate 1 ×", "≤ 1.6 ×", judge(true)},
			{"load", "1 | 2", "", "≥ 3", judge(false)},
			{what: "top", figure: "no such benchmark", reach: "≤ 1 s"},
		},
		tables: []table{
			{title: "Details", notes: []string{"A note."}, head: []string{"a", "b"}, rows: [][]string{{"x", "y\nz"}}},
			{title: "Left out", head: []string{"a"}},
		},
	}
	var b strings.Builder
	if err := p.write(&b); err != nil {
		t.Fatal(err)
	}
	want := "# Figures\n\nWritten by `make figures`; do not edit. Absolute figures are of this machine, ratios were taken in one sitting on the same input.\n\n" +
		"- Machine: 4 cores, P; go1 x; klauspost/compress v1; bbolt v2; lxml not installed: not measured; commit abc; measured 2026-11-22\n" +
		"- Command: `make figures`\n- Input: some documents\n\n## Figures to reach\n\n" +
		"| what | figure | limit or peer beside it | reach | reached |\n|---|---|---|---|---|\n" +
		"| scan | 1.32 × | inflate 1 × | ≤ 1.6 × | yes |\n" +
		"| load | 1 \\| 2 |  | ≥ 3 | **no** |\n" +
		"| top | no such benchmark |  | ≤ 1 s | not measured |\n" +
		"\n## Details\n\nA note.\n\n| a | b |\n|---|---|\n| x | y z |\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		count(6_500_000): "6.50 M", count(812_345): "812 k", count(640.4): "640", count(0.481): "0.48", count(3): "3", count(45.25): "45.25",
		size(2_111_054_656): "2.11 GB", size(140e6): "140 MB", size(2_400): "2.4 kB", size(17): "17 B",
		spent(131 * time.Second): "131 s", spent(7800 * time.Millisecond): "7.80 s", spent(1500 * time.Microsecond): "1.5 ms",
		spent(2500): "2.5 µs", spent(17): "17 ns", times(1.3249): "1.32 ×",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestReadBenchmarks(t *testing.T) {
	const text = `goos: linux
pkg: obzvon/exports/xlsx
BenchmarkExport/rows=100000/export-alone-4         	       1	3160000000 ns/op	        33.40 anon-MB	     31646 rows/s	629100000 B/op	15900000 allocs/op
BenchmarkExport/rows=100000/export-alone-4         	       1	3360000000 ns/op	        35.40 anon-MB	     30000 rows/s	629100000 B/op	15900000 allocs/op
BenchmarkExport/rows=100000/export-alone-4         	       1	3060000000 ns/op	        34.40 anon-MB	     32000 rows/s	629100000 B/op	15900000 allocs/op
BenchmarkOther 	 100	 12 ns/op
PASS
`
	found, err := readBenchmarks(strings.NewReader(text), "exports/xlsx")
	if err != nil || len(found) != 2 {
		t.Fatalf("%d, %v", len(found), err)
	}
	m := found[0]
	rows, ok := m.median("rows/s")
	if m.name != "Export/rows=100000/export-alone" || m.pkg != "exports/xlsx" || rows != 31646 || !ok || m.rate() != "32 k rows/s" || m.others() != "34.40 anon-MB" {
		t.Errorf("%+v %g %s %s", m, rows, m.rate(), m.others())
	}
	if _, ok := m.median("no/s"); ok || found[1].name != "Other" || found[1].rate() != "" {
		t.Errorf("%+v", found[1])
	}
	p := program{measures: found}
	if v, ok := p.unit("exports/xlsx", "Export/rows=100000/export-alone", "anon-MB"); v != 34.4 || !ok {
		t.Errorf("%g %t", v, ok)
	}
	p.goalsOfWorkbook()
	if g := p.page.goals[1]; g.verdict != reached || p.page.goals[0].verdict != notMeasured || !strings.Contains(g.figure, "32 k rows/s, 34 MB") {
		t.Errorf("%+v", g)
	}
	if _, err := readBenchmarks(strings.NewReader("BenchmarkX 1 much ns/op\n"), ""); err == nil {
		t.Error("a word is read as a number")
	}
}

func TestGoalOfMorning(t *testing.T) {
	for text, want := range map[string]string{
		"": "no such benchmark not measured",
		"BenchmarkMorning-4 3 4100000000 ns/op 208.6 MiB-heap 300000 results 140.0 rows 9 B/op 9 allocs/op\n": "4.10 s, 209 MiB of heap yes",
		"BenchmarkMorning-4 3 5100000000 ns/op 208.6 MiB-heap 300000 results 140.0 rows 9 B/op 9 allocs/op\n": "5.10 s, 209 MiB of heap **no**",
		"BenchmarkMorning-4 3 4100000000 ns/op 300.0 MiB-heap 300000 results 140.0 rows 9 B/op 9 allocs/op\n": "4.10 s, 300 MiB of heap **no**",
	} {
		found, err := readBenchmarks(strings.NewReader(text), morning)
		if err != nil {
			t.Fatal(err)
		}
		p := program{measures: found}
		p.goalOfMorning()
		if g := p.page.goals[0]; g.figure+" "+g.verdict.String() != want {
			t.Errorf("%q: %+v", text, g)
		}
	}
}

func TestReadAnonymous(t *testing.T) {
	if got, ok := readAnonymous("Name:\tx\nVmRSS:\t  900000 kB\nRssAnon:\t  4096 kB\nRssFile:\t 1 kB\n"); got != 4<<20 || !ok {
		t.Errorf("%d %t", got, ok)
	}
	for _, text := range []string{"", "Name:\tx\n", "x\nRssAnon:", "x\nRssAnon:\tmany kB\n", "x\nRssAnon:\t5 MB\n"} {
		if _, ok := readAnonymous(text); ok {
			t.Errorf("%q is read", text)
		}
	}
	if own, ok := anonymous(os.Getpid()); ok && (own <= 0 || own > math.MaxInt32) {
		t.Errorf("this process has %d bytes", own)
	}
}

// The peak of a stage is that of its own time, not of the run.
func TestPeakOfStage(t *testing.T) {
	end := time.Date(2026, 11, 22, 3, 0, 10, 0, time.UTC)
	var n night
	n.report.Ended = end
	n.report.Stages = []stageTime{{"pull", "rsmp", 7}, {"score", "", 1}, {"export", "", 2}}
	for second, bytes := range []int64{5, 900, 40, 30, 20, 10, 10, 77, 800, 700, 1} {
		n.memory = append(n.memory, seen{{end.Add(time.Duration(second-10)*time.Second - 500*time.Millisecond), bytes}}...)
	}
	if got := n.peakOf("score"); got != 800 {
		t.Errorf("%d while scoring", got)
	}
	if n.memory.peak() != 900 || n.peakOf("pull") != 900 || n.peakOf("resolve") != 0 {
		t.Errorf("%d in all, %d pulling, %d resolving", n.memory.peak(), n.peakOf("pull"), n.peakOf("resolve"))
	}
}

func TestGoalsOfNights(t *testing.T) {
	n := nights{share: 0.12, scan: 7 * time.Second}
	n.first.took, n.first.peak = 14*time.Second, 200e6
	n.first.report.Stages = []stageTime{{"pull", "rsmp", 9}, {"resolve", "", 0.5}, {"derive", "", 2}, {"score", "", 1}}
	n.again.took = 1500 * time.Millisecond // of a program that tells no stages
	n.next.took = 11 * time.Second
	p := program{set: settings{docs: fullDocs}, nights: []nights{n}}
	p.goalsOfNights()
	var got []string
	for _, g := range p.page.goals {
		got = append(got, g.figure+" "+g.verdict.String())
	}
	want := []string{"11.50 s (whole run 14.00 s) yes", "200 MB yes", "whole run 1.50 s yes", "whole run 11.00 s **no**"}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("%q, want %q", got, want)
	}
	p = program{set: settings{docs: leastDocs}, nights: []nights{n}}
	p.goalsOfNights()
	if p.page.goals[0].verdict != notMeasured {
		t.Error("a rehearsal counts as a release")
	}
}
