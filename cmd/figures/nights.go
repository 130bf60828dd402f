package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// nights are the runs over one release.
type nights struct {
	share              float64
	scan               time.Duration // of sources/rsmp alone, in this sitting
	first, again, next night
	nextInput          input
	listings           string
}

// whole runs the program three times: the first time, on the same release
// again, and a month later.
func (p *program) whole(ctx context.Context, in input, scan time.Duration) (n nights, err error) {
	n.share, n.scan = in.share, scan
	listings, made, err := p.listings(in)
	if err != nil {
		return n, err
	}
	n.listings = fmt.Sprintf("%d listings of a directory: %d with the ИНН of a wanted firm, %d under the phone of one of those, %d with name and town of one", made.Rows, made.WithINN, made.SamePhone, made.SameName)
	dir := filepath.Join(p.scratch, fmt.Sprintf("house-%02.0f", in.share*100))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return n, fmt.Errorf("make a house: %w", err)
	}
	defer discard(dir)
	h, err := newHouse(dir, in.path, listings, in.date)
	if err != nil {
		return n, err
	}
	if n.first, err = p.run(ctx, h, "first time", p.day); err != nil {
		return n, err
	}
	if n.again, err = p.run(ctx, h, "the same release again", p.day); err != nil {
		return n, err
	}
	if n.nextInput, err = p.release(ctx, int(in.stats.Docs), in.share, true); err != nil {
		return n, err
	}
	if h, err = newHouse(dir, n.nextInput.path, listings, in.date); err != nil {
		return n, err
	}
	n.next, err = p.run(ctx, h, "next month's release, 3 % changed", p.later)
	return n, err
}

func (p *program) goalsOfNights() {
	limits := map[float64]time.Duration{0.12: 12 * time.Second, 0.30: 30 * time.Second}
	full := p.set.docs == fullDocs
	judged := func(ok bool) verdict {
		if !full {
			return notMeasured // a part of a release says nothing of the whole
		}
		return judge(ok)
	}
	for i := range p.nights {
		n := &p.nights[i]
		share := fmt.Sprintf("%.0f %%", n.share*100)
		p.page.goals = append(p.page.goals,
			goal{
				what: "whole dump into bbolt and resolved, first time, " + share, figure: n.first.text(),
				beside: "scan alone " + spent(n.scan) + p.plainScan(), reach: "≤ " + spent(limits[n.share]), verdict: judged(n.first.known() <= limits[n.share]),
			},
			goal{
				what: "peak anonymous memory of it, " + share, figure: size(float64(n.first.peak)),
				reach: "≤ 256 MB", verdict: judged(n.first.peak > 0 && n.first.peak <= 256e6),
			},
			goal{
				what: "the same release again, " + share, figure: n.again.text(), beside: "first time " + spent(n.first.known()),
				reach: "≤ 2 s", verdict: judged(n.again.known() <= 2*time.Second),
			},
			goal{
				what: "next month's release, 3 % changed, " + share, figure: n.next.text(), beside: "scan alone " + spent(n.scan),
				reach: "≤ scan + 3 s", verdict: judged(n.next.known() <= n.scan+3*time.Second),
			})
	}
}

// plainScan is what the plain way would take for the scan alone.
func (p *program) plainScan() string {
	for _, s := range p.scans {
		for _, r := range s.readers {
			if r.name == decodingName {
				return ", encoding/xml ≈ " + spent(time.Duration(float64(r.took)*float64(p.set.docs)/float64(r.docs))) + " extrapolated"
			}
		}
	}
	return ""
}

// text gives the time until resolved, and that of the whole run.
func (n *night) text() string {
	if _, ok := n.stage(); !ok {
		return "whole run " + spent(n.took)
	}
	return spent(n.known()) + " (whole run " + spent(n.took) + ")"
}

func (p *program) nightTable() table {
	t := table{
		title: "Whole nights",
		notes: []string{
			"The built program as a process of its own, `obzvon run --skip-enrich`, built-in config but for the sources, on a registry release and a directory's export. " +
				"Peak memory is the most RssAnon seen every 20 ms: mapped files are the page cache's. Until resolved = the pull of the release, resolve (with the listings of a directory) and derive; the whole run also reads the directory, scores, issues the list, writes the workbooks and starts and ends the process.",
		},
		head: []string{"wanted", "run", "until resolved", "whole run", "stages", "peak memory", "new / changed / gone", "companies", "joined listings", "registry.db", "bytes a record"},
	}
	for i := range p.nights {
		n := &p.nights[i]
		for _, r := range []*night{&n.first, &n.again, &n.next} {
			t.rows = append(t.rows, r.row(n.share))
		}
	}
	return t
}

func (n *night) row(share float64) []string {
	var stages []string
	for _, s := range n.report.Stages {
		name := s.Stage
		if s.Source != "" {
			name += " " + s.Source
		}
		stages = append(stages, name+" "+spent(seconds(s.Seconds)))
	}
	taken, delta := int64(0), ""
	for _, s := range n.report.Sources {
		if s.Name == "rsmp" {
			taken = s.Counts.Taken
			delta = fmt.Sprintf("%d / %d / %d", s.Delta.New, s.Delta.Changed, s.Delta.Gone)
		}
	}
	return []string{
		fmt.Sprintf("%.0f %%", share*100), n.what, spent(n.known()), spent(n.took), strings.Join(stages, ", "), size(float64(n.peak)), delta,
		count(float64(n.report.Companies)), fmt.Sprintf("%d of %d", n.report.Resolve.Joined, n.report.Resolve.Listings),
		size(float64(n.store)), fmt.Sprintf("%.0f", float64(n.store)/float64(max(taken, 1))),
	}
}
