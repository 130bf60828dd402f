package main

import (
	"log/slog"
	"strings"
	"testing"
)

// TestMatching goes the whole way of the part at a hundredth of its size.
func TestMatching(t *testing.T) {
	if testing.Short() {
		t.Skip("loads stores")
	}
	p := &program{set: settings{docs: fullDocs / 100}, log: slog.New(slog.DiscardHandler), scratch: t.TempDir()}
	p.first, p.next = dates(20_000)
	all, err := p.matching(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(matchSizes()) {
		t.Fatalf("%d sizes, want %d", len(all), len(matchSizes()))
	}
	for i := range all {
		m := &all[i]
		tally := &m.measure.All
		switch {
		case tally.Listings != m.spec.Listings || m.report.Listings != int64(tally.Listings+m.measure.Sites.Listings):
			t.Errorf("%+v: %d listings and %d sites, the report tells %d", m.spec, tally.Listings, m.measure.Sites.Listings, m.report.Listings)
		case int64(tally.Joined+m.measure.Sites.Joined) != m.report.Joined || tally.Joined == 0:
			t.Errorf("%+v: %d listings and %d sites joined, the report tells %d", m.spec, tally.Joined, m.measure.Sites.Joined, m.report.Joined)
		case m.changed == 0 || m.compared == 0 || m.compared >= m.report.Compared:
			t.Errorf("%+v: %d changed, %d of %d compared again", m.spec, m.changed, m.compared, m.report.Compared)
		case m.index <= 0 || m.first <= 0 || m.next <= 0:
			t.Errorf("%+v: index %v, first night %v, next %v", m.spec, m.index, m.first, m.next)
		}
	}
	page := page{goals: goalsOfMatching(all), tables: matchTables(all)}
	var b strings.Builder
	if err := page.write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"precision of automatic joins, 1000 listings against 10 k companies", "## Joining listings\n", "| stranger |", "cost of a listing"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
