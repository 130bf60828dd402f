package plan

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline"
)

// textWidth is how long lines of notes may be, in characters.
const textWidth = 100

// WriteText prints the report for people, in Russian. A figure short of the plan
// has an exclamation mark.
func (r *Report) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	if r.Empty {
		fmt.Fprintf(b, "Отчёт на %s.\n", r.Until.Russian())
	} else {
		fmt.Fprintf(b, "Отчёт на %s: месяц %d стратегии, с %s. «!» — меньше плана.\n", r.Until.Russian(), r.Month, r.From.Russian())
	}
	for _, t := range r.Tables() {
		writeTable(b, &t)
	}
	return b.Flush()
}

func writeTable(b *bufio.Writer, t *pipeline.Table) {
	fmt.Fprintf(b, "\n%s\n", printable(t.Title))
	grid := [][]string{}
	if len(t.Rows) > 0 {
		grid = append(grid, t.Head)
	}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i := range row {
			cells[i] = row[i].String()
		}
		grid = append(grid, cells)
	}
	writeGrid(b, grid)
	for _, line := range wrapped(printable(t.Note), textWidth) {
		fmt.Fprintf(b, "  %s\n", line)
	}
}

// mark stands behind a figure that is short of the plan; the others leave room.
const mark = " !"

// writeGrid sets names to the left and figures to the right of their columns. Long
// heads are broken into lines.
func writeGrid(b *bufio.Writer, grid [][]string) {
	if len(grid) == 0 {
		return
	}
	widths := make([]int, len(grid[0]))
	marked := make([]bool, len(grid[0]))
	for n, row := range grid {
		for i, cell := range row {
			row[i] = printable(cell)
			if n > 0 {
				widths[i] = max(widths[i], utf8.RuneCountInString(strings.TrimSuffix(row[i], mark)))
				marked[i] = marked[i] || strings.HasSuffix(row[i], mark)
			}
		}
	}
	for _, row := range append(headLines(grid[0], widths), grid[1:]...) {
		var line strings.Builder
		for i, cell := range row {
			text, short := strings.CutSuffix(cell, mark)
			gap := strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(text)))
			line.WriteString("  ")
			if i == 0 {
				line.WriteString(text + gap)
				continue
			}
			line.WriteString(gap + text)
			if short {
				line.WriteString(mark)
			} else if marked[i] {
				line.WriteString(strings.Repeat(" ", len(mark)))
			}
		}
		fmt.Fprintln(b, strings.TrimRight(line.String(), " "))
	}
}

// headAtLeast is the room that a head gets before it is broken.
const headAtLeast = 10

// headLines breaks the heads and widens the columns that need it.
func headLines(head []string, widths []int) [][]string {
	var lines [][]string
	for i, cell := range head {
		pieces := wrapped(cell, max(widths[i], headAtLeast))
		for n, p := range pieces {
			if n == len(lines) {
				lines = append(lines, make([]string, len(head)))
			}
			lines[n][i] = p
			widths[i] = max(widths[i], utf8.RuneCountInString(p))
		}
	}
	return lines
}

// wrapped breaks a text at spaces; a word longer than a line has one of its own.
func wrapped(text string, width int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		last := len(lines) - 1
		if last >= 0 && utf8.RuneCountInString(lines[last])+1+utf8.RuneCountInString(word) <= width {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}

// printable keeps what would move the cursor out of a text.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}
