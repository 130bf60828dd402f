package operator

import "obzvon/pipeline"

// table is figures as the page shows them.
type table struct {
	Title, Note string
	Head        []column
	Rows        [][]cell
}

// column is the head of a column.
type column struct {
	Text  string
	Words bool // no figures
}

type cell struct {
	Head  string // of its column
	Text  string
	Words bool // no figure
	Short bool
}

func newTable(t *pipeline.Table) table {
	out := table{Title: t.Title, Note: t.Note, Head: columns(t)}
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

// columns are the heads: those above words stand to the left.
func columns(t *pipeline.Table) []column {
	out := make([]column, len(t.Head))
	for i, text := range t.Head {
		out[i] = column{Text: text, Words: i == 0}
		for _, row := range t.Rows {
			if i < len(row) && row[i].Kind != pipeline.ValueNone {
				out[i].Words = row[i].Kind == pipeline.ValueText
				break
			}
		}
	}
	return out
}
