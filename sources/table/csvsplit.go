package table

import "strings"

// splitState is how a row of a CSV ended.
type splitState struct {
	open   bool // a quoted cell was not closed
	strict bool // every quote stood where it may stand
	inner  bool // a quote inside a quoted cell was not doubled
}

// splitRow cuts a row into cells as encoding/csv does with LazyQuotes: a
// quote inside an unquoted cell is text, and so is a single quote inside a
// quoted one.
func splitRow(text string, delim byte, cells []string) ([]string, splitState) {
	st := splitState{strict: true}
	for {
		if text == "" || text[0] != '"' {
			cell, rest, more := cutAt(text, delim)
			st.strict = st.strict && strings.IndexByte(cell, '"') < 0
			cells = append(cells, cell)
			if !more {
				return cells, st
			}
			text = rest
			continue
		}
		cell, rest, closed := quotedCell(text[1:], delim, &st)
		cells = append(cells, cell)
		if !closed {
			st.open = true
			return cells, st
		}
		if rest == "" {
			return cells, st
		}
		text = rest[1:]
	}
}

func cutAt(s string, delim byte) (before, after string, found bool) {
	if i := strings.IndexByte(s, delim); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// quotedCell reads what follows an opening quote; rest begins with the
// delimiter or is empty.
func quotedCell(text string, delim byte, st *splitState) (cell, rest string, closed bool) {
	var b strings.Builder
	plain := true // the cell is one stretch of text
	for {
		i := strings.IndexByte(text, '"')
		if i < 0 {
			b.WriteString(text)
			return b.String(), "", false
		}
		after := text[i+1:]
		switch {
		case after == "" || after[0] == delim:
			if plain {
				return text[:i], after, true
			}
			b.WriteString(text[:i])
			return b.String(), after, true
		case after[0] == '"':
			b.WriteString(text[:i+1])
			text = after[1:]
		default:
			st.strict, st.inner = false, true
			b.WriteString(text[:i+1])
			text = after
		}
		plain = false
	}
}

// splitLoose cuts a row whose quotes were never doubled: a quoted cell ends
// at the first quote before a delimiter or the end, whatever stands before.
// `"ООО "Ромашка"";Тверь` is such a row.
func splitLoose(text string, delim byte) []string {
	var cells []string
	for {
		if text == "" || text[0] != '"' {
			cell, rest, more := cutAt(text, delim)
			cells = append(cells, cell)
			if !more {
				return cells
			}
			text = rest
			continue
		}
		end := strings.Index(text[1:], `"`+string(rune(delim)))
		if end < 0 {
			return append(cells, strings.TrimSuffix(text[1:], `"`))
		}
		cells = append(cells, text[1:end+1])
		text = text[end+3:]
	}
}
