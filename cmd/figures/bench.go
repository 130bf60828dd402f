package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// benchmarks are those of the packages that own what is measured.
type benchmarks struct {
	pkg     string // below the module
	pattern string
	time    string // -benchtime
}

func ownersBenchmarks() []benchmarks {
	return []benchmarks{
		{"sources/rsmp", "^BenchmarkPull$", "3x"},
		{"sources/table", "^BenchmarkPull$", "3x"},
		{"pipeline/record", ".", "1s"},
		{"pipeline/release", ".", "3x"},
		{"pipeline/store/bolt", ".", "2x"}, // ResultsAfter among them
		{"pipeline/resolve", "^Benchmark(First|Change)$", "1x"},
		{"pipeline/resolve/evidence", ".", "1s"},
		{"enrich/website", "^BenchmarkCrawl$", "1x"},
		{"pipeline/fetch", "^Benchmark(OneRequest|ManyHosts)$", "1s"},
		{"pipeline/company", "^Benchmark(Derive|ParsePhones|LibraryParse)$", "1s"},
		{"pipeline/score", "^Benchmark(RowOf|Score|Rescore|Explain|Compare)", "1s"},
		{"pipeline/funnel", "^BenchmarkFold$", "1s"},
		{"pipeline/plan", "^BenchmarkCompute$", "3x"},
		{morning, "^BenchmarkMorning$", "3x"},
		{exporter, "^BenchmarkExport$", "1x"},
		{exporter, "^BenchmarkRead$", "1s"},
	}
}

// measure is one benchmark: every unit with its values, run by run.
type measure struct {
	pkg, name string
	units     map[string][]float64
}

func (m *measure) median(unit string) (float64, bool) {
	v, ok := m.units[unit]
	return median(v), ok
}

// runBenchmarks runs one package's benchmarks several times.
func runBenchmarks(ctx context.Context, b benchmarks, runs int) ([]*measure, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", b.pattern, "-benchtime", b.time,
		"-benchmem", "-count", strconv.Itoa(runs), "-timeout", "60m", "./"+b.pkg)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("benchmarks of %s: %w: %s%s", b.pkg, err, tail(out.String()), tail(complaint.String()))
	}
	found, err := readBenchmarks(&out, b.pkg)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("benchmarks of %s: none named %s", b.pkg, b.pattern)
	}
	return found, err
}

// tail is the end of a text, where the reason stands.
func tail(s string) string {
	const most = 1000
	return s[max(0, len(s)-most):]
}

var errBench = errors.New("not a line of go test -bench")

// readBenchmarks reads what go test -bench prints: a name, how often it ran,
// then values each before its unit.
func readBenchmarks(r io.Reader, pkg string) ([]*measure, error) {
	var out []*measure
	byName := map[string]*measure{}
	for lines := bufio.NewScanner(r); lines.Scan(); {
		f := strings.Fields(lines.Text())
		if len(f) < 4 || !strings.HasPrefix(f[0], "Benchmark") || len(f)%2 != 0 {
			continue
		}
		name := benchName(f[0])
		m := byName[name]
		if m == nil {
			m = &measure{pkg: pkg, name: name, units: map[string][]float64{}}
			byName[name] = m
			out = append(out, m)
		}
		for i := 2; i < len(f); i += 2 {
			v, err := strconv.ParseFloat(f[i], 64)
			if err != nil {
				return nil, fmt.Errorf("%w: %q: %w", errBench, lines.Text(), err)
			}
			m.units[f[i+1]] = append(m.units[f[i+1]], v)
		}
	}
	return out, nil
}

// benchName takes the word Benchmark and the number of processors away.
func benchName(s string) string {
	s = strings.TrimPrefix(s, "Benchmark")
	if i := strings.LastIndexByte(s, '-'); i > 0 {
		if _, err := strconv.Atoi(s[i+1:]); err == nil {
			return s[:i]
		}
	}
	return s
}

// rate is the benchmark's own unit of something a second.
func (m *measure) rate() string {
	var units []string
	for u := range m.units {
		if strings.HasSuffix(u, "/s") && u != "MB/s" {
			units = append(units, u)
		}
	}
	if len(units) == 0 {
		return ""
	}
	u := slices.Min(units)
	return count(median(m.units[u])) + " " + u
}

// others are the units that benchmarks report of themselves.
func (m *measure) others() string {
	var parts []string
	for u, v := range m.units {
		if !strings.HasSuffix(u, "/s") && !slices.Contains([]string{"ns/op", "B/op", "allocs/op"}, u) {
			parts = append(parts, count(median(v))+" "+u)
		}
	}
	slices.SortFunc(parts, cmp.Compare)
	return strings.Join(parts, ", ")
}

func benchTable(all []*measure, runs int) table {
	t := table{
		title: "Benchmarks of the packages",
		notes: []string{fmt.Sprintf("`go test -run '^$' -bench … -count %d`; medians.", runs)},
		head:  []string{"package", "benchmark", "rate", "time per op", "allocated per op", "allocations per op", "also"},
	}
	for _, m := range all {
		ns, _ := m.median("ns/op")
		bytes, _ := m.median("B/op")
		allocs, _ := m.median("allocs/op")
		t.rows = append(t.rows, []string{
			"`" + m.pkg + "`", m.name, m.rate(), spent(time.Duration(ns)), size(bytes), count(allocs), m.others(),
		})
	}
	return t
}
