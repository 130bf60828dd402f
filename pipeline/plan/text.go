package plan

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"obzvon/pipeline"
)

// WriteText prints the report for people, in Russian. A figure short of the plan
// has an exclamation mark.
func (r *Report) WriteText(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "Отчёт на %s, месяц %d стратегии. «!» — меньше плана.\n", r.Until.Russian(), r.Month); err != nil {
		return err
	}
	for _, t := range r.Tables() {
		if err := writeTable(w, &t); err != nil {
			return err
		}
	}
	return nil
}

func writeTable(w io.Writer, t *pipeline.Table) error {
	if len(t.Rows) == 0 {
		return nil
	}
	if _, err := fmt.Fprintf(w, "\n%s\n", t.Title); err != nil {
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "  "+strings.Join(t.Head, "\t"))
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i := range row {
			cells[i] = row[i].String()
		}
		fmt.Fprintln(tw, "  "+strings.Join(cells, "\t"))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if t.Note == "" {
		return nil
	}
	_, err := fmt.Fprintln(w, "  "+t.Note)
	return err
}
