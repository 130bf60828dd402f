package head

import (
	"math"

	"obzvon/pipeline"
)

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

// cell is one figure. Its standing against the plan is told by a word, too, for
// those who do not see colours.
type cell struct {
	Head  string // of its column
	Text  string
	Words bool // no figure
	Good  bool
	Short bool
}

func newTable(t *pipeline.Table) table {
	out := table{Title: t.Title, Note: t.Note, Head: columns(t)}
	for _, row := range t.Rows {
		cells := make([]cell, len(row))
		for i, v := range row {
			cells[i] = cell{Words: v.Kind == pipeline.ValueText, Good: v.Tone == pipeline.ToneGood, Short: v.Tone == pipeline.ToneShort}
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

// chartTable is a chart in figures.
func chartTable(c *pipeline.Chart) table {
	t := pipeline.Table{Head: []string{""}}
	for _, s := range c.Series {
		t.Head = append(t.Head, s.Title)
	}
	for i, label := range c.Labels {
		row := []pipeline.Value{{Kind: pipeline.ValueText, Text: label}}
		for _, s := range c.Series {
			v := pipeline.Value{Kind: pipeline.ValueNone}
			if i < len(s.Values) && !math.IsNaN(s.Values[i]) {
				v = pipeline.Value{Kind: pipeline.ValueTenth, Number: s.Values[i]}
			}
			row = append(row, v)
		}
		t.Rows = append(t.Rows, row)
	}
	return newTable(&t)
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
