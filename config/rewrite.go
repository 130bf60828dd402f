package config

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

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

	Priority map[string]int   // of segments
	Season   map[string][]int // months of segments; none = they buy all the year round
}

// Empty tells that nothing is asked for.
func (n Numbers) Empty() bool {
	return len(n.Points)+len(n.Unknown)+len(n.Caps)+len(n.Ladders)+len(n.Priority)+len(n.Season) == 0
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
	w := newRewriter(string(data))
	if err := w.all(root, n); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	out, err := w.made()
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
	out.Signals, out.Groups, out.Segments = slices.Clone(s.Signals), slices.Clone(s.Groups), slices.Clone(s.Segments)
	left := len(n.Points) + len(n.Unknown) + len(n.Caps) + len(n.Ladders) + len(n.Priority) + len(n.Season)
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
	left -= n.ofSegments(out.Segments)
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

// ofSegments changes those that it names, and tells how many numbers that were.
func (n Numbers) ofSegments(all []Segment) (used int) {
	for i := range all {
		s := &all[i]
		if v, ok := n.Priority[s.ID]; ok {
			s.Priority = v
			used++
		}
		if v, ok := n.Season[s.ID]; ok {
			s.Season = append(s.Season[:0:0], v...) // what is not written stays nil
			used++
		}
	}
	return used
}

// ByKey gives the ladders that the file has, by their names there.
func (l *Ladders) ByKey() map[string]*[]Step {
	all := map[string]*[]Step{
		"headcount": &l.Headcount, "revenue": &l.Revenue, "branches": &l.Branches,
		"age": &l.Age, "freshness": &l.Freshness, "category": &l.Category,
		"tender": &l.Tender, "tender_past": &l.TenderPast, "exhibition": &l.Exhibition, "competitor_client": &l.CompetitorClient,
	}
	maps.DeleteFunc(all, func(_ string, steps *[]Step) bool { return len(*steps) == 0 })
	return all
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
	for _, m := range items(root, "segments") {
		if err := w.segment(m, n); err != nil {
			return fmt.Errorf("segment %s: %w", textOf(m, "id"), err)
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
