package score

import (
	"encoding/binary"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
)

func builtIn(b *testing.B) *Scorer {
	b.Helper()
	s, err := config.LoadSegments("")
	if err != nil {
		b.Fatal(err)
	}
	return newScorer(b, s, Options{})
}

func rate(b *testing.B, perOp int, unit string) {
	b.ReportAllocs()
	b.ReportMetric(float64(b.N)*float64(perOp)/b.Elapsed().Seconds(), unit)
}

// BenchmarkRowOf makes rows of a company with everything and of a bare one.
func BenchmarkRowOf(b *testing.B) {
	segments, err := config.LoadSegments("")
	if err != nil {
		b.Fatal(err)
	}
	m := builtIn(b).matcher
	ref, err := newRefMatcher(segments)
	if err != nil {
		b.Fatal(err)
	}
	reader := m.Reader()
	ways := []struct {
		name string
		row  func(*Releases, *company.Company) Row
	}{
		{"reader", reader.Row},
		{"alone", func(rel *Releases, c *company.Company) Row { return RowOf(m, rel, c) }},
		{"plain", func(rel *Releases, c *company.Company) Row { return refRowOf(ref, rel, c) }},
	}
	companies := []struct {
		name string
		c    *company.Company
	}{{"bare", shell()}, {"full", serviceChain()}}
	rel := NewReleases(company.Standings{"rsmp": {Trust: 80, Shown: today}, "2gis": {Trust: 50}})
	for _, w := range ways {
		for _, c := range companies {
			b.Run(w.name+"/"+c.name, func(b *testing.B) {
				for b.Loop() {
					w.row(rel, c.c)
				}
				rate(b, 1, "rows/s")
			})
		}
	}
}

func BenchmarkScore(b *testing.B) {
	sc := builtIn(b)
	rows := randomRows(10_000)
	var sum Points
	for b.Loop() {
		for i := range rows {
			res := sc.Score(&rows[i])
			sum += res.Total
		}
	}
	if sum == 0 {
		b.Fatal("nobody scored")
	}
	rate(b, len(rows), "rows/s")
}

// BenchmarkRescore is what a new weights file costs with three million
// companies: decode, score, keep the best ten thousand. A hundred thousand rows
// come thirty times, each time under other ИНН, since rows lie in mapped files
// as a rule and not in memory of ours.
func BenchmarkRescore(b *testing.B) {
	const distinct, rounds = 100_000, 30
	sc := builtIn(b)
	pages := make([]byte, 0, distinct*RowSize)
	for _, row := range randomRows(distinct) {
		pages, _ = row.AppendBinary(pages)
	}
	debug.FreeOSMemory()
	var row Row
	for b.Loop() {
		top := NewTop(10_000)
		for round := range rounds {
			for i := range distinct {
				data := pages[i*RowSize : (i+1)*RowSize]
				number := uint64(5_900_000_000 + round*distinct + i)
				binary.BigEndian.PutUint64(data[1:], uint64(innKey(number*fillTen)<<1))
				if err := row.UnmarshalBinary(data); err != nil {
					b.Fatal(err)
				}
				res := sc.Score(&row)
				top.Add(&res)
			}
		}
		if len(top.Results()) != 10_000 {
			b.Fatal("too few leads")
		}
	}
	rate(b, distinct*rounds, "rows/s")
	if anon, ok := anonymous(b); ok {
		b.ReportMetric(anon, "anonymous-MB")
	}
}

// anonymous is the memory of the process that no file backs, in megabytes, as
// Linux counts it.
func anonymous(b *testing.B) (megabytes float64, ok bool) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(status)) {
		if text, found := strings.CutPrefix(line, "RssAnon:"); found {
			kilobytes, err := strconv.ParseFloat(strings.Fields(text)[0], 64)
			if err != nil {
				b.Fatal(err)
			}
			return kilobytes / 1000, true
		}
	}
	return 0, false
}

func BenchmarkExplain(b *testing.B) {
	sc := builtIn(b)
	c := serviceChain()
	row := RowOf(sc.matcher, nil, c)
	for b.Loop() {
		if err := sc.Explain(&row, c).WriteText(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, 1, "companies/s")
}

// BenchmarkCompare is a preview over a million companies.
func BenchmarkCompare(b *testing.B) {
	sc := builtIn(b)
	other, err := config.LoadSegments("")
	if err != nil {
		b.Fatal(err)
	}
	other.Signals[0].Points *= 2
	after := newScorer(b, other, Options{})
	rows := randomRows(1_000_000)
	for b.Loop() {
		if _, err := Compare(sc, after, Same(each(rows)), Limits{Top: 200, Examples: 20}); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, len(rows), "companies/s")
}
