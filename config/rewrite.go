package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// ErrRewrite says that a segments file is written in a way that its numbers
// cannot be changed in place.
var ErrRewrite = errors.New("the file's numbers cannot be changed in place")

// Numbers are new values for numbers of a segments file, by id. What is not
// named stays.
type Numbers struct {
	Points  map[string]float64   // of signals
	Unknown map[string]float64   // of signals
	Caps    map[string]float64   // of groups
	Ladders map[string][]float64 // values of the steps, by the ladder's key
}

// RewriteSegments puts numbers into the text of a segments file and leaves all
// else as it stands: comments, order, blanks. The result is read back and holds
// what was asked for, and nothing else in it differs; errors are ErrConfig or
// ErrRewrite.
func RewriteSegments(name string, data []byte, n Numbers) ([]byte, error) {
	before, err := ParseSegments(name, data)
	if err != nil {
		return nil, err
	}
	root, err := parse(name, data)
	if err != nil {
		return nil, err
	}
	w := rewriter{lines: strings.SplitAfter(string(data), "\n")}
	if err := w.all(root, n); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	out, err := w.text()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	after, err := ParseSegments(name, out)
	if err != nil {
		return nil, fmt.Errorf("read the new text back: %w", err)
	}
	want, err := n.applied(before)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !reflect.DeepEqual(after, want) {
		return nil, fmt.Errorf("%s: the new text says something else than was asked for: %w", name, ErrRewrite)
	}
	return out, nil
}

// applied is what the new file must say.
func (n Numbers) applied(s *Segments) (*Segments, error) {
	out := *s
	out.Signals, out.Groups = slices.Clone(s.Signals), slices.Clone(s.Groups)
	left := len(n.Points) + len(n.Unknown) + len(n.Caps) + len(n.Ladders)
	set := func(to *float64, from map[string]float64, id string) {
		if v, ok := from[id]; ok {
			*to = v
			left--
		}
	}
	for i := range out.Signals {
		set(&out.Signals[i].Points, n.Points, out.Signals[i].ID)
		set(&out.Signals[i].Unknown, n.Unknown, out.Signals[i].ID)
	}
	for i := range out.Groups {
		set(&out.Groups[i].Cap, n.Caps, out.Groups[i].ID)
	}
	for key, steps := range out.Ladders.ByKey() {
		values, ok := n.Ladders[key]
		if !ok {
			continue
		}
		if len(values) != len(*steps) {
			return nil, fmt.Errorf("ladders.%s: %d values for %d steps: %w", key, len(values), len(*steps), ErrRewrite)
		}
		*steps = slices.Clone(*steps)
		for i, v := range values {
			(*steps)[i].Value = v
		}
		left--
	}
	if left > 0 {
		return nil, fmt.Errorf("%d of the numbers belong to nothing in the file: %w", left, ErrRewrite)
	}
	return &out, nil
}

// ByKey gives the ladders by the names they have in the file.
func (l *Ladders) ByKey() map[string]*[]Step {
	return map[string]*[]Step{
		"headcount": &l.Headcount, "revenue": &l.Revenue, "branches": &l.Branches,
		"age": &l.Age, "freshness": &l.Freshness, "category": &l.Category,
	}
}

// edit puts text in the place of what stands there.
type edit struct {
	line, from, until int // from 0; bytes
	text              string
}

// rewriter collects edits of a text.
type rewriter struct {
	lines []string
	edits []edit
}

func (w *rewriter) all(root *yaml.Node, n Numbers) error {
	for _, m := range items(root, "signals") {
		id := textOf(m, "id")
		if v, ok := n.Points[id]; ok {
			if err := w.set(m, "points", v); err != nil {
				return fmt.Errorf("signal %s: %w", id, err)
			}
		}
		if v, ok := n.Unknown[id]; ok {
			if err := w.setOrAdd(m, "unknown", "points", v); err != nil {
				return fmt.Errorf("signal %s: %w", id, err)
			}
		}
	}
	for _, m := range items(root, "groups") {
		id := textOf(m, "id")
		if v, ok := n.Caps[id]; ok {
			if err := w.set(m, "cap", v); err != nil {
				return fmt.Errorf("group %s: %w", id, err)
			}
		}
	}
	ladders := valueOf(root, "ladders")
	for key, values := range n.Ladders {
		steps := items(ladders, key)
		for i, v := range values[:min(len(values), len(steps))] {
			if err := w.set(steps[i], "value", v); err != nil {
				return fmt.Errorf("ladders.%s[%d]: %w", key, i, err)
			}
		}
	}
	return nil
}

// valueOf is the value of a key in a mapping; nil = none.
func valueOf(m *yaml.Node, key string) *yaml.Node {
	if m == nil || m.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return nil
}

func textOf(m *yaml.Node, key string) string {
	if v := valueOf(m, key); v != nil {
		return v.Value
	}
	return ""
}

// items are the entries of a list under a key.
func items(m *yaml.Node, key string) []*yaml.Node {
	if v := valueOf(m, key); v != nil && v.Kind == yaml.SequenceNode {
		return v.Content
	}
	return nil
}

// set changes the number of a key.
func (w *rewriter) set(m *yaml.Node, key string, v float64) error {
	node := valueOf(m, key)
	if node == nil {
		return fmt.Errorf("%s is not written there: %w", key, ErrRewrite)
	}
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
	if valueOf(m, key) != nil || v == 0 {
		if v == 0 && valueOf(m, key) == nil {
			return nil
		}
		return w.set(m, key, v)
	}
	node := valueOf(m, behind)
	if node == nil {
		return fmt.Errorf("%s is not written there: %w", behind, ErrRewrite)
	}
	at, err := w.locate(node)
	if err != nil {
		return fmt.Errorf("%s: %w", behind, err)
	}
	if m.Style&yaml.FlowStyle != 0 {
		at.from, at.text = at.until, ", "+key+": "+plainNumber(v)
		w.edits = append(w.edits, at)
		return nil
	}
	line := w.lines[at.line]
	end := len(strings.TrimRight(line, "\r\n"))
	indent := strings.Repeat(" ", keyColumn(m, behind)-1)
	w.edits = append(w.edits, edit{at.line, end, end, line[end:] + indent + key + ": " + plainNumber(v)})
	return nil
}

func keyColumn(m *yaml.Node, key string) int {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i].Column
		}
	}
	return 1
}

// locate finds a plain number in the text. Columns of YAML count letters.
func (w *rewriter) locate(n *yaml.Node) (edit, error) {
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Anchor != "" || n.Line < 1 || n.Line > len(w.lines) {
		return edit{}, fmt.Errorf("line %d: not a plain number: %w", n.Line, ErrRewrite)
	}
	line, from := w.lines[n.Line-1], 0
	if n.Line == 1 {
		line = strings.TrimPrefix(line, "\ufeff")
		from = len(w.lines[0]) - len(line)
	}
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(w.lines[n.Line-1][from:])
		from += size
	}
	until := from + len(n.Value)
	if until > len(w.lines[n.Line-1]) || w.lines[n.Line-1][from:until] != n.Value {
		return edit{}, fmt.Errorf("line %d: %s does not stand where it should: %w", n.Line, n.Value, ErrRewrite)
	}
	return edit{line: n.Line - 1, from: from, until: until}, nil
}

// text makes the edits, from the end so that places before them hold.
func (w *rewriter) text() ([]byte, error) {
	slices.SortStableFunc(w.edits, func(a, b edit) int {
		if a.line != b.line {
			return b.line - a.line
		}
		return b.from - a.from
	})
	for i, e := range w.edits {
		if i > 0 && e.line == w.edits[i-1].line && e.until > w.edits[i-1].from {
			return nil, fmt.Errorf("line %d: one number stands in two places: %w", e.line+1, ErrRewrite)
		}
		line := w.lines[e.line]
		w.lines[e.line] = line[:e.from] + e.text + line[e.until:]
	}
	return []byte(strings.Join(w.lines, "")), nil
}

// plainNumber writes a number as a person would.
func plainNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
