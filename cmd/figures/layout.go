package main

import (
	"context"
	"fmt"
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
	p.page.tables = append(p.page.tables, p.scanTable(), p.nightTable(), benchTable(p.measures, p.set.rounds))
}

// goalsOfWorkbook reads what the exporter's benchmark says of itself.
func (p *program) goalsOfWorkbook() {
	const pkg = "exports/xlsx"
	rows, ok := p.unit(pkg, "Export/rows=100000/export", "rows/s")
	peak, told := p.unit(pkg, "Export/rows=100000/export", "anon-MB")
	plain, _ := p.unit(pkg, "Export/rows=10000/setcellvalue", "rows/s")
	plainPeak, _ := p.unit(pkg, "Export/rows=10000/setcellvalue", "anon-MB")
	limit, _ := p.unit(pkg, "Export/rows=100000/limit-deflate", "rows/s")
	g := goal{
		what: "workbook of 100 k rows, styled as the contract says", reach: "≥ 25 k rows/s, ≤ 128 MB", figure: "no such benchmark",
	}
	if ok && told {
		g.figure = fmt.Sprintf("%s rows/s, %.0f MB", count(rows), peak)
		g.beside = fmt.Sprintf("SetCellValue %s rows/s, %.0f MB for a tenth of the rows; deflate alone %s rows/s", count(plain), plainPeak, count(limit))
		g.verdict = judge(rows >= 25e3 && peak > 0 && peak <= 128)
	}
	p.page.goals = append(p.page.goals, g)
}

func (p *program) unit(pkg, name, unit string) (float64, bool) {
	for _, m := range p.measures {
		if m.pkg == pkg && m.name == name {
			return m.median(unit)
		}
	}
	return 0, false
}
