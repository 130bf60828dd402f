package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// verdict tells whether a figure is what was to be reached.
type verdict int

const (
	notMeasured verdict = iota
	reached
	missed
)

func (v verdict) String() string {
	return [...]string{"not measured", "yes", "**no**"}[v]
}

func judge(ok bool) verdict {
	if ok {
		return reached
	}
	return missed
}

// goal is one line of the table of figures to reach.
type goal struct {
	what, figure, beside, reach string
	verdict                     verdict
}

// table is one of the details.
type table struct {
	title string
	notes []string // paragraphs before the table
	head  []string
	rows  [][]string
}

// page is docs/figures.md.
type page struct {
	machine machine
	command string
	inputs  []string // how large the inputs were
	goals   []goal
	tables  []table
}

func (p *page) write(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Figures\n\nWritten by `make figures`; do not edit. Absolute figures are of this machine, ratios were taken in one sitting on the same input.\n\n")
	fmt.Fprintf(&b, "- Machine: %s\n- Command: `%s`\n", p.machine, p.command)
	for _, in := range p.inputs {
		fmt.Fprintf(&b, "- Input: %s\n", in)
	}
	b.WriteString("\n## Figures to reach\n\n")
	main := table{head: []string{"what", "figure", "limit or peer beside it", "reach", "reached"}}
	for _, g := range p.goals {
		main.rows = append(main.rows, []string{g.what, g.figure, g.beside, g.reach, g.verdict.String()})
	}
	main.write(&b)
	for _, t := range p.tables {
		if len(t.rows) == 0 {
			continue // left out
		}
		fmt.Fprintf(&b, "\n## %s\n\n", t.title)
		for _, n := range t.notes {
			b.WriteString(n + "\n\n")
		}
		t.write(&b)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

func (t *table) write(b *strings.Builder) {
	line := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| " + strings.ReplaceAll(strings.ReplaceAll(c, "|", `\|`), "\n", " ") + " ")
		}
		b.WriteString("|\n")
	}
	line(t.head)
	b.WriteString(strings.Repeat("|---", len(t.head)) + "|\n")
	for _, r := range t.rows {
		line(r)
	}
}

// count gives 6.50 M, 812 k, 640.
func count(x float64) string {
	switch {
	case x >= 1e6:
		return fmt.Sprintf("%.2f M", x/1e6)
	case x >= 1e4:
		return fmt.Sprintf("%.0f k", x/1e3)
	case x >= 100 || x == float64(int64(x)):
		return fmt.Sprintf("%.0f", x)
	default:
		return fmt.Sprintf("%.2f", x)
	}
}

// size gives bytes in powers of ten, as disks and limits do.
func size(bytes float64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.2f GB", bytes/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.0f MB", bytes/1e6)
	case bytes >= 1e3:
		return fmt.Sprintf("%.1f kB", bytes/1e3)
	default:
		return fmt.Sprintf("%.0f B", bytes)
	}
}

func spent(d time.Duration) string {
	switch s := d.Seconds(); {
	case s >= 100:
		return fmt.Sprintf("%.0f s", s)
	case s >= 1:
		return fmt.Sprintf("%.2f s", s)
	case s >= 1e-3:
		return fmt.Sprintf("%.1f ms", s*1e3)
	case s >= 1e-6:
		return fmt.Sprintf("%.1f µs", s*1e6)
	default:
		return fmt.Sprintf("%.0f ns", s*1e9)
	}
}

func times(ratio float64) string { return fmt.Sprintf("%.2f ×", ratio) }
