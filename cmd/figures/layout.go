package main

import (
	"context"
	"fmt"
	"time"
)

// benchmarks runs those of the packages.
func (p *program) benchmarks(ctx context.Context) error {
	for _, b := range ownersBenchmarks() {
		p.log.Info("benchmarks", "package", b.pkg)
		found, err := runBenchmarks(ctx, b, p.set.rounds)
		if err != nil {
			return err
		}
		p.measures = append(p.measures, found...)
	}
	return nil
}

// layOut puts the page together.
func (p *program) layOut() {
	p.goalsOfScan()
	p.goalsOfNights()
	p.goalsOfStore()
	p.goalsOfScoring()
	p.goalsOfWorkbook()
	p.goalOfMorning()
	p.page.goals = append(p.page.goals, goalsOfMatching(p.matched)...)
	p.page.tables = append(p.page.tables, p.scanTable(), p.nightTable(), benchTable(p.measures, p.set.rounds))
	p.page.tables = append(p.page.tables, matchTables(p.matched)...)
	p.page.goals = append(p.page.goals, goalsOfPages(p.phases)...)
	p.page.tables = append(p.page.tables, pageTables(p.phases)...)
}

// goalsOfWorkbook reads what the exporter's benchmarks say of themselves.
func (p *program) goalsOfWorkbook() {
	const plain, limit = "Export/rows=10000/setcellvalue-alone", "Export/rows=100000/limit-deflate"
	for _, sheet := range []struct{ name, what string }{
		{"Export/rows=100000/calls-alone", "workbook of 100 k rows: the call list, 31 columns and their hidden copy"},
		{"Export/rows=100000/export-alone", "workbook of 100 k rows: the base of a priority, 24 columns"},
	} {
		g := goal{what: sheet.what, reach: "≥ 25 k rows/s, ≤ 128 MB", figure: "no such benchmark"}
		rows, ok := p.unit(exporter, sheet.name, "rows/s")
		peak, told := p.unit(exporter, sheet.name, "anon-MB")
		if ok && told {
			g.figure = fmt.Sprintf("%s rows/s, %.0f MB beyond the rows", count(rows), peak)
			g.beside = fmt.Sprintf("SetCellValue %s rows/s, %.0f MB for a tenth of the rows; deflate of the base alone %s rows/s",
				p.unitText(plain, "rows/s"), p.unitOr0(plain, "anon-MB"), p.unitText(limit, "rows/s"))
			g.verdict = judge(rows >= 25e3 && peak > 0 && peak <= 128)
		}
		p.page.goals = append(p.page.goals, g)
	}
}

const (
	exporter = "exports/xlsx"
	morning  = "pipeline/night"
)

// goalOfMorning reads what the night's benchmark says of a list of a base that has
// been called for a year.
func (p *program) goalOfMorning() {
	const name = "Morning"
	g := goal{
		what: "100,000 companies with a year of outcomes: the day's list", reach: "≤ 5 s, ≤ 256 MiB", figure: "no such benchmark",
	}
	ns, ok := p.unit(morning, name, "ns/op")
	heap, told := p.unit(morning, name, "MiB-heap")
	if ok && told {
		took := time.Duration(ns)
		rows, _ := p.unit(morning, name, "rows")
		results, _ := p.unit(morning, name, "results")
		g.figure = fmt.Sprintf("%s, %.0f MiB of heap", spent(took), heap)
		g.beside = fmt.Sprintf("%s results, %s rows on the list", count(results), count(rows))
		g.verdict = judge(took <= 5*time.Second && heap <= 256)
	}
	p.page.goals = append(p.page.goals, g)
}

func (p *program) unitOr0(name, unit string) float64 {
	v, _ := p.unit(exporter, name, unit)
	return v
}

func (p *program) unitText(name, unit string) string {
	if v, ok := p.unit(exporter, name, unit); ok {
		return count(v)
	}
	return "not measured:"
}

func (p *program) unit(pkg, name, unit string) (float64, bool) {
	for _, m := range p.measures {
		if m.pkg == pkg && m.name == name {
			return m.median(unit)
		}
	}
	return 0, false
}
