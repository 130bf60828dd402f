package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// edit puts text in the place of what stands there.
type edit struct {
	from, until int // bytes of the whole text
	text        string
}

// rewriter collects edits of a text.
type rewriter struct {
	text   string
	starts []int // of the lines
	edits  []edit
}

func newRewriter(text string) *rewriter {
	w := &rewriter{text: text}
	for at := 0; ; {
		w.starts = append(w.starts, at)
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return w
		}
		at += n + 1
	}
}

// line is one, from 1, with its end.
func (w *rewriter) line(n int) string {
	if n < len(w.starts) {
		return w.text[w.starts[n-1]:w.starts[n]]
	}
	return w.text[w.starts[n-1]:]
}

// lineEnd is where what stands in a line ends, the marks of the end left aside.
func (w *rewriter) lineEnd(n int) int {
	return w.starts[n-1] + len(strings.TrimRight(w.line(n), "\r\n"))
}

// set changes the number of a key.
func (w *rewriter) set(m *yaml.Node, key string, v float64) error {
	node := valueOf(m, key)
	if node == nil {
		return fmt.Errorf("%s is not written there: %w", key, ErrRewrite)
	}
	return w.number(node, key, v)
}

// number changes a plain number.
func (w *rewriter) number(node *yaml.Node, key string, v float64) error {
	at, err := w.locate(node)
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	if old, err := strconv.ParseFloat(node.Value, 64); err == nil && old == v {
		return nil // 1.0 stays 1.0
	}
	at.text = plainNumber(v)
	w.edits = append(w.edits, at)
	return nil
}

// setOrAdd changes the number of a key, or writes it behind another one where it
// was left out for being 0.
func (w *rewriter) setOrAdd(m *yaml.Node, key, behind string, v float64) error {
	if valueOf(m, key) != nil {
		return w.set(m, key, v)
	}
	if v == 0 {
		return nil
	}
	return w.add(m, key, behind, plainNumber(v))
}

// add writes a key behind another one, whose value is a plain number.
func (w *rewriter) add(m *yaml.Node, key, behind, value string) error {
	node := valueOf(m, behind)
	if node == nil {
		return fmt.Errorf("%s is not written there: %w", behind, ErrRewrite)
	}
	at, err := w.locate(node)
	if err != nil {
		return fmt.Errorf("%s: %w", behind, err)
	}
	if m.Style&yaml.FlowStyle != 0 {
		w.edits = append(w.edits, edit{at.until, at.until, ", " + key + ": " + value})
		return nil
	}
	indent := strings.Repeat(" ", keyColumn(m, behind)-1)
	w.addLines(node.Line, indent+key+": "+value)
	return nil
}

// addLines writes lines behind another one, which end as that does.
func (w *rewriter) addLines(behind int, lines ...string) {
	end := w.lineEnd(behind)
	mark := w.line(behind)[end-w.starts[behind-1]:]
	if mark == "" {
		mark = "\n" // the last line of all
	}
	if len(lines) > 0 {
		w.edits = append(w.edits, edit{end, end, mark + strings.Join(lines, mark)})
	}
}

func keyColumn(m *yaml.Node, key string) int {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i].Column
		}
	}
	return 1
}

// locate finds a plain number in the text.
func (w *rewriter) locate(n *yaml.Node) (edit, error) {
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Anchor != "" {
		return edit{}, fmt.Errorf("line %d: not a plain number: %w", n.Line, ErrRewrite)
	}
	from, err := w.offset(n)
	if err != nil {
		return edit{}, err
	}
	until := from + len(n.Value)
	if until > len(w.text) || w.text[from:until] != n.Value {
		return edit{}, fmt.Errorf("line %d: %s does not stand where it should: %w", n.Line, n.Value, ErrRewrite)
	}
	return edit{from: from, until: until}, nil
}

// offset is where a node begins. Columns of YAML count letters.
func (w *rewriter) offset(n *yaml.Node) (int, error) {
	if n.Line < 1 || n.Line > len(w.starts) {
		return 0, fmt.Errorf("line %d: there is no such line: %w", n.Line, ErrRewrite)
	}
	at := w.starts[n.Line-1]
	if n.Line == 1 && strings.HasPrefix(w.text, "\ufeff") {
		at += len("\ufeff")
	}
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(w.text[at:])
		at += size
	}
	return at, nil
}

// made makes the edits, from the end so that places before them hold.
func (w *rewriter) made() ([]byte, error) {
	slices.SortStableFunc(w.edits, func(a, b edit) int { return b.from - a.from })
	out := w.text
	for i, e := range w.edits {
		if i > 0 && e.until > w.edits[i-1].from {
			return nil, fmt.Errorf("one number stands in two places: %w", ErrRewrite)
		}
		out = out[:e.from] + e.text + out[e.until:]
	}
	return []byte(out), nil
}

// plainNumber writes a number as a person would.
func plainNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
