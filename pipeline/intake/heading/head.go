package heading

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline"
)

// HeadLines is among how many rows with content the header is looked for.
const HeadLines = 30

// Head is the header of a table.
type Head struct {
	Row      int // 0 = none found
	Problems []Problem

	at    int            // of the lines
	known int            // columns of the contract
	names map[int]string // by column
}

// FindHead looks for the header among the first rows: the row that names most
// columns of the contract, titles being those and the ones of a plain table.
// Letter case, ё, spaces and punctuation do not count. Where titles stand twice
// the first is the contract's, and Problems says so.
func FindHead(lines []Line, titles []string) *Head {
	exact := make(map[string]string)
	for _, t := range slices.Concat(Titles(), titles) {
		exact[fold(t)] = t
	}
	best := &Head{}
	for i, l := range lines[:min(HeadLines, len(lines))] {
		if h := headOf(l, exact); h.known > best.known {
			h.at = i
			best = h
		}
	}
	return best
}

// headOf names the columns as if the row were the header.
func headOf(l Line, exact map[string]string) *Head {
	h := &Head{Row: l.Number, names: make(map[int]string, len(l.Cells))}
	taken := make(map[string]bool)
	for _, c := range l.Cells {
		title, ok := exact[fold(c.Text)]
		switch {
		case ok && taken[title]:
			h.Problems = append(h.Problems, Problem{l.Number, fmt.Sprintf(
				"столбец «%s» есть дважды: взят левый, правый не прочитан как «%s»; удалите лишний", title, title)})
		case ok:
			taken[title], h.names[c.Column] = true, title
		}
	}
	for _, c := range l.Cells {
		if title, ok := meant(fold(c.Text)); ok && h.names[c.Column] == "" && !taken[title] {
			taken[title], h.names[c.Column] = true, title
		}
	}
	h.known = len(taken)
	for _, c := range l.Cells {
		if h.names[c.Column] == "" {
			h.names[c.Column] = free(strings.Join(strings.Fields(c.Text), " "), taken)
		}
	}
	return h
}

// meant is the title that a synonym stands for.
func meant(folded string) (string, bool) {
	for _, title := range Titles() {
		if slices.Contains(synonyms[title], folded) {
			return title, true
		}
	}
	return "", false
}

// free gives a title that no other column has.
func free(title string, taken map[string]bool) string {
	name := title
	for n := 2; taken[name]; n++ {
		name = title + " (" + strconv.Itoa(n) + ")"
	}
	taken[name] = true
	return name
}

// name is a column's title, or what stands for one where the header is empty.
func (h *Head) name(column int) string {
	if name, ok := h.names[column]; ok {
		return name
	}
	return "столбец " + Letters(column)
}

// Letters is how editors call a column, counted from 0: A, Z, AA.
func Letters(column int) string {
	var b []byte
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		b = append(b, byte('A'+(n-1)%26))
	}
	slices.Reverse(b)
	return string(b)
}

// Has tells whether a column of that title is there.
func (h *Head) Has(title string) bool {
	return slices.Contains(slices.Collect(maps.Values(h.names)), title)
}

// Titles are those of the columns, from left to right.
func (h *Head) Titles() []string {
	out := make([]string, 0, len(h.names))
	for _, column := range slices.Sorted(maps.Keys(h.names)) {
		out = append(out, h.names[column])
	}
	return out
}

// Rows gives the rows below the header, of the lines that it was found in.
func (h *Head) Rows(lines []Line) []pipeline.ReturnedRow {
	out := make([]pipeline.ReturnedRow, 0, len(lines))
	for _, l := range lines[min(h.at+1, len(lines)):] {
		out = append(out, h.row(l))
	}
	return out
}
