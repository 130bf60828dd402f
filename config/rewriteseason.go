package config

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// segment changes what is asked for of one segment.
func (w *rewriter) segment(m *yaml.Node, n Numbers) error {
	id := textOf(m, "id")
	if v, ok := n.Priority[id]; ok {
		if err := w.set(m, "priority", float64(v)); err != nil {
			return err
		}
	}
	if months, ok := n.Season[id]; ok {
		if err := w.season(m, months); err != nil {
			return fmt.Errorf("season: %w", err)
		}
	}
	return nil
}

// season changes a list of months, in brackets or line by line.
func (w *rewriter) season(m *yaml.Node, months []int) error {
	node := valueOf(m, "season")
	switch {
	case node == nil && len(months) == 0:
		return nil
	case node == nil:
		return w.add(m, "season", "priority", bracketed(months))
	case node.Kind != yaml.SequenceNode || node.Anchor != "":
		return fmt.Errorf("line %d: not a list of months: %w", node.Line, ErrRewrite)
	case sameMonths(node, months):
		return nil
	case node.Style&yaml.FlowStyle != 0:
		return w.inBrackets(node, months)
	}
	return w.inLines(m, node, months)
}

func sameMonths(node *yaml.Node, months []int) bool {
	if len(node.Content) != len(months) {
		return false
	}
	for i, n := range node.Content {
		if v, err := strconv.Atoi(n.Value); err != nil || v != months[i] {
			return false
		}
	}
	return true
}

func bracketed(months []int) string {
	words := make([]string, len(months))
	for i, v := range months {
		words[i] = strconv.Itoa(v)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// inBrackets puts one list in the place of another. One with a comment inside is
// not changed: the comment would be lost.
func (w *rewriter) inBrackets(node *yaml.Node, months []int) error {
	from, err := w.offset(node)
	if err != nil {
		return err
	}
	length := strings.IndexByte(w.text[from:], ']') + 1
	old := w.text[from : from+length]
	if length == 0 || old[0] != '[' || strings.ContainsAny(old, "#&*\"'") {
		return fmt.Errorf("line %d: months with something else among them: %w", node.Line, ErrRewrite)
	}
	w.edits = append(w.edits, edit{from, from + length, bracketed(months)})
	return nil
}

// inLines changes months that stand in lines of their own; those beyond the new
// list go with their lines.
func (w *rewriter) inLines(m, node *yaml.Node, months []int) error {
	if len(months) == 0 {
		return w.noLines(m, node)
	}
	for i, n := range node.Content {
		switch {
		case !w.alone(n):
			return fmt.Errorf("line %d: not one month in a line: %w", n.Line, ErrRewrite)
		case i < len(months):
			if err := w.number(n, "month", float64(months[i])); err != nil {
				return err
			}
		default:
			w.dropLine(n.Line)
		}
	}
	last := node.Content[min(len(node.Content), len(months))-1]
	dash := w.line(last.Line)[:strings.IndexByte(w.line(last.Line), '-')]
	var more []string
	for i := len(node.Content); i < len(months); i++ {
		more = append(more, fmt.Sprintf("%s- %d", dash, months[i]))
	}
	w.addLines(last.Line, more...)
	return nil
}

// noLines leaves an empty list behind the key.
func (w *rewriter) noLines(m, node *yaml.Node) error {
	for i := 0; i+1 < len(m.Content); i += 2 {
		key := m.Content[i]
		if key.Value != "season" {
			continue
		}
		from, err := w.offset(key)
		if err != nil {
			return err
		}
		colon := from + len(key.Value)
		if colon >= len(w.text) || w.text[colon] != ':' {
			return fmt.Errorf("line %d: season does not stand where it should: %w", key.Line, ErrRewrite)
		}
		w.edits = append(w.edits, edit{colon + 1, colon + 1, " []"})
	}
	for _, n := range node.Content {
		if !w.alone(n) {
			return fmt.Errorf("line %d: not one month in a line: %w", n.Line, ErrRewrite)
		}
		w.dropLine(n.Line)
	}
	return nil
}

// alone tells an item that has its line for itself: «  - 3 # весна».
func (w *rewriter) alone(n *yaml.Node) bool {
	from, err := w.offset(n)
	if err != nil {
		return false
	}
	return strings.TrimSpace(w.text[w.starts[n.Line-1]:from]) == "-"
}

func (w *rewriter) dropLine(n int) {
	from := w.starts[n-1]
	w.edits = append(w.edits, edit{from, from + len(w.line(n)), ""})
}
