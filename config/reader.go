package config

import (
	"fmt"
	"reflect"
	"slices"

	"go.yaml.in/yaml/v3"
)

// reader turns YAML nodes into values of the schema's types. It works on
// nodes, not on decoded values, because only they know the line and the text
// as written: 45.20 is 45.2 once decoded.
type reader struct {
	file     string
	known    []string // every path of the schema, for hints
	problems problems
	places   map[string]place
	rests    map[string]*yaml.Node
}

// listLimit bounds lists: some checks compare every item with every other.
const listLimit = 10_000

func newReader(file string, known []string) *reader {
	return &reader{file: file, known: known, places: map[string]place{}, rests: map[string]*yaml.Node{}}
}

func (r *reader) fail(n *yaml.Node, path, value, allowed string) {
	r.problems.add(&Error{File: r.file, Line: n.Line, Key: tidy(path), Value: value, Allowed: allowed})
}

// value reads a node as t. It returns nil after a complaint.
func (r *reader) value(n *yaml.Node, t reflect.Type, path string) any {
	r.places[path] = place{r.file, n.Line}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		r.fail(n, path, "", "anchors and aliases are not allowed: write the value out")
		return nil
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == sectionType:
		return r.section(n, path)
	case isText(t):
		return r.scalar(n, t, path)
	case t.Kind() == reflect.Struct:
		return r.structure(n, t, path)
	case t.Kind() == reflect.Map:
		return r.mapping(n, t, path)
	case t.Kind() == reflect.Slice:
		return r.list(n, t, path)
	default:
		return r.scalar(n, t, path)
	}
}

// pair is one key of a mapping with its value.
type pair struct {
	key   string
	at    *yaml.Node // the key
	value *yaml.Node
}

// pairs returns the keys and values of a mapping, each key once.
func (r *reader) pairs(n *yaml.Node, path string) []pair {
	if empty(n) {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.fail(n, path, literal(n), "want keys with values")
		return nil
	}
	var out []pair
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		switch {
		case k.Kind != yaml.ScalarNode || k.Anchor != "" || k.ShortTag() != "!!str":
			r.fail(k, path, literal(k), "want a key of letters; quote it if it looks like a number")
		case seen[k.Value]:
			r.fail(k, join(path, k.Value), "", "stands here twice")
		default:
			seen[k.Value] = true
			out = append(out, pair{k.Value, k, n.Content[i+1]})
		}
	}
	return out
}

func (r *reader) structure(n *yaml.Node, t reflect.Type, path string) any {
	fields := fieldsOf(t)
	return r.fields(n, fields, keysOf(fields), path)
}

// fields reads the keys of a mapping; names are offered for a misspelt one.
func (r *reader) fields(n *yaml.Node, fields []field, names []string, path string) map[string]any {
	out := map[string]any{}
	for _, p := range r.pairs(n, path) {
		at := slices.IndexFunc(fields, func(f field) bool { return f.key == p.key })
		if at < 0 {
			r.unknown(p, names, path)
			continue
		}
		if v := r.value(p.value, fields[at].typ, join(path, p.key)); v != nil {
			out[p.key] = v
		}
	}
	return out
}

// unknown complains of a key. Hints cost time and the message shows only the
// first complaints.
func (r *reader) unknown(p pair, names []string, path string) {
	hint := "unknown key"
	if len(r.problems) < problemLimit {
		hint = unknownKey(p.key, names, r.known)
	}
	r.fail(p.at, join(path, p.key), "", hint)
}

func (r *reader) mapping(n *yaml.Node, t reflect.Type, path string) any {
	out := map[string]any{}
	for _, p := range r.pairs(n, path) {
		if t.Elem() == sectionType && !validID(p.key) {
			r.fail(p.at, join(path, p.key), "", "want a name of "+idForm)
			continue
		}
		if v := r.value(p.value, t.Elem(), join(path, p.key)); v != nil {
			out[p.key] = v
		}
	}
	return out
}

func (r *reader) list(n *yaml.Node, t reflect.Type, path string) any {
	out := []any{}
	if empty(n) {
		return out
	}
	if n.Kind != yaml.SequenceNode {
		r.fail(n, path, literal(n), `want a list: "- " before each item, or [a, b]`)
		return nil
	}
	if len(n.Content) > listLimit {
		r.fail(n, path, "", fmt.Sprintf("%d items: want at most %d", len(n.Content), listLimit))
		return nil
	}
	for i, item := range n.Content {
		if v := r.value(item, t.Elem(), fmt.Sprintf("%s[%d]", path, i)); v != nil {
			out = append(out, v)
		}
	}
	return out
}

// empty tells a key without a value: no keys, no items.
func empty(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }
