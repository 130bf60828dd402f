package operator

import "obzvon/pipeline"

// table is figures as the page shows them.
type table struct {
	Title, Note string
	Head        []string
	Rows        [][]cell
}

type cell struct {
	Head  string // of its column
	Text  string
	Words bool // no figure
	Short bool
}

func newTable(t *pipeline.Table) table {
	out := table{Title: t.Title, Note: t.Note, Head: t.Head}
	for _, row := range t.Rows {
		cells := make([]cell, len(row))
		for i, v := range row {
			cells[i] = cell{Words: v.Kind == pipeline.ValueText, Short: v.Tone == pipeline.ToneShort}
			v.Tone = pipeline.ToneNone
			cells[i].Text = v.String()
			if i < len(t.Head) {
				cells[i].Head = t.Head[i]
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}
