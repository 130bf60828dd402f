package rsmp

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// reading is a worker over one unit.
func reading(req pipeline.Request) (*worker, members.Unit) {
	p := &pull{source: New("мсп", nil, Options{}), filter: newFilter(req), plan: plan{releases: []pipeline.Release{{ID: "a.xml"}}}}
	return p.newWorker(), members.Unit{Name: "a.xml"}
}

// TestAllocations bounds what a document costs the collector of garbage: seen
// with an eighth wanted, and wanted.
func TestAllocations(t *testing.T) {
	const rows = 900
	text := []byte(newGenerator(3).member(rows))
	for _, c := range []struct {
		name   string
		req    pipeline.Request
		taken  int64 // at least
		perRow float64
	}{
		{"an eighth wanted", wantShare(0.12), rows / 12, 1},
		{"all wanted", pipeline.Request{}, rows, 8},
	} {
		w, u := reading(c.req)
		n := testing.AllocsPerRun(5, func() {
			if b, _, err := w.Read(u, bytes.NewReader(text)); err != nil || b.Counts.Taken < c.taken {
				t.Errorf("%s: %+v, %v", c.name, b.Counts, err)
			}
		})
		if n/rows > c.perRow {
			t.Errorf("%s: %.2f allocations a document, want at most %.0f", c.name, n/rows, c.perRow)
		}
	}
}

// TestBatchesShareNoMemory: what a worker hands out stays as it is whatever
// the worker does next, and so keeps nothing of the worker's in memory.
func TestBatchesShareNoMemory(t *testing.T) {
	text := []byte(registry(firm(1, "45.20"), licensed, firm(2, "45.31"), strings.Replace(firm(3, "1"), string(firmINN(3)), "5", 1)))
	w, u := reading(pipeline.Request{})
	want, _, _ := w.Read(u, bytes.NewReader(text))
	got, _, _ := w.Read(u, bytes.NewReader(text))
	for _, memory := range [][]byte{w.scanner.in.buf, w.collector.observer.slab, w.scanner.walk.doc.texts} {
		memory = memory[:cap(memory)]
		for i := range memory {
			memory[i] = '?'
		}
	}
	clear(w.collector.found[:cap(w.collector.found)])
	if !reflect.DeepEqual(got, want) || len(got.Observations) != 3 || len(got.Rejects) != 1 {
		t.Errorf("%+v\n%+v", got, want)
	}
}

// TestMemoryOfSpellingsIsBounded: no file makes it grow without end.
func TestMemoryOfSpellingsIsBounded(t *testing.T) {
	known := map[string]int{}
	for i := range 3 * rememberMax {
		known = remember(known, []byte(strings.Repeat("x", i%3)+string(rune('а'+i))), i)
	}
	if len(known) > rememberMax {
		t.Errorf("%d remembered, at most %d wanted", len(known), rememberMax)
	}
	if known = remember(known, make([]byte, rememberLenMax+1), 1); known[string(make([]byte, rememberLenMax+1))] != 0 {
		t.Error("a long one is remembered")
	}
}

// TestWindowGivesBackWhatAGreatItemTook and does not grow beyond the greatest
// document.
func TestWindowGivesBackWhatAGreatItemTook(t *testing.T) {
	var s scanner
	great := registry(strings.Replace(firm(1, "45.20"), "ПРИМЕР 1", noise(elementMax-4000), 1))
	if err := s.scan(strings.NewReader(great), chunkSize, &glances{}); err != nil {
		t.Fatal(err)
	}
	if len(s.in.buf) < elementMax || len(s.in.buf) > elementMax+chunkSize {
		t.Errorf("a window of %d bytes", len(s.in.buf))
	}
	if err := s.scan(strings.NewReader(registry(firm(1, "45.20"))), chunkSize, &glances{}); err != nil || len(s.in.buf) != chunkSize {
		t.Errorf("a window of %d bytes, %v", len(s.in.buf), err)
	}
}

// TestFirstDateReadsLittle: the plan looks at some kilobytes of a member.
func TestFirstDateReadsLittle(t *testing.T) {
	undated := strings.Replace(firm(1, "45.20"), `ДатаСост="10.07.2026"`, "", 1)
	many := strings.Repeat(firm(2, "01.11"), 2000)
	for _, c := range []struct {
		name, text string
		want       company.Date
		limit      int
	}{
		{"first document", declaration + root(1) + many, members.DateOf("2026-07-10"), glimpseSize},
		{"second document", declaration + root(1) + undated + many, members.DateOf("2026-07-10"), glimpseSize},
		{"far away", declaration + root(1) + strings.Repeat(undated, 500) + many, 0, glimpseMax},
		{"no registry", "<html>" + many, 0, glimpseSize},
	} {
		r := &measured{r: strings.NewReader(c.text)}
		if got := firstDateOf(r); got != c.want || r.n > c.limit {
			t.Errorf("%s: %s after %d bytes, want %s and at most %d", c.name, got, r.n, c.want, c.limit)
		}
	}
}

// measured counts what is read.
type measured struct {
	r io.Reader
	n int
}

func (m *measured) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	m.n += n
	return n, err
}
