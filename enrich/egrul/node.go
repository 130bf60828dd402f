package egrul

import (
	"strings"

	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
)

// node is an element of the extract, which the mirror writes as JSON: attributes under
// "@attributes", children by their names, of which one is an object and several are an
// array, and an element of text alone is a string.
type node map[string]any

// parseExtract gives СвЮЛ or СвИП. Its errors are ErrLayout and ErrBroken.
func parseExtract(body []byte) (subject node, err error) {
	var root node
	if err := decode(body, &root); err != nil {
		return nil, err
	}
	for _, name := range []string{"СвЮЛ", "СвИП"} {
		if n := root.at(name); len(n.attributes()) > 0 {
			return n, nil
		}
	}
	return nil, service.ErrLayout
}

func (n node) attributes() map[string]any {
	a, _ := n["@attributes"].(map[string]any)
	return a
}

// attr is an attribute on one line, "" if there is none.
func (n node) attr(names ...string) string {
	for _, name := range names {
		if s, ok := n.attributes()[name].(string); ok && line(s) != "" {
			return line(s)
		}
	}
	return ""
}

// all are the children of a name.
func (n node) all(name string) []node {
	switch v := n[name].(type) {
	case map[string]any:
		return []node{v}
	case []any:
		var out []node
		for _, item := range v {
			if m, ok := item.(map[string]any); ok {
				out = append(out, m)
			}
		}
		return out
	}
	return nil
}

// at follows a path of first children; what is not there is an empty node.
func (n node) at(path string) node {
	for name := range strings.SplitSeq(path, "/") {
		kids := n.all(name)
		if len(kids) == 0 {
			return nil
		}
		n = kids[0]
	}
	return n
}

// text is that of a child of text alone.
func (n node) text(name string) string {
	s, _ := n[name].(string)
	return line(s)
}

// line puts a text on one line.
func line(s string) string { return members.Line(strings.ReplaceAll(s, "\x00", "")) }
