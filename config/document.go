package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// fileLimit bounds a config file; the largest honest one has a few tens of
// thousands of bytes.
const fileLimit = 1 << 20

// readFile reads a config file.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{File: path, Allowed: "cannot be read: " + reason(err)}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, fileLimit+1))
	if err != nil {
		return nil, &Error{File: path, Allowed: "cannot be read: " + reason(err)}
	}
	if len(data) > fileLimit {
		return nil, &Error{File: path, Allowed: fmt.Sprintf("larger than %d bytes: not a config file", fileLimit)}
	}
	return data, nil
}

func reason(err error) string {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// parse returns the one document of a YAML text; nil = an empty one.
func parse(file string, data []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, syntaxError(file, err)
	}
	switch err := dec.Decode(&more); {
	case err == nil:
		return nil, &Error{File: file, Line: more.Line, Allowed: "a second document: want one"}
	case !errors.Is(err, io.EOF):
		return nil, syntaxError(file, err)
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

func syntaxError(file string, err error) error {
	text := err.Error()
	line := 0
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	return &Error{File: file, Line: line, Allowed: "not YAML: " + strings.TrimSpace(text)}
}

// place is where a value stands.
type place struct {
	file string
	line int
}

// document is a checked YAML text: every key is known, every value has the
// type of its key.
type document struct {
	values map[string]any
	places map[string]place      // by path
	rests  map[string]*yaml.Node // adapters' own keys, by the section's path
}

// readDocument checks a text against the structure t.
func readDocument(file string, data []byte, t reflect.Type) (document, error) {
	root, err := parse(file, data)
	if err != nil {
		return document{}, err
	}
	r := newReader(file, allKeys(t, ""))
	if err := r.version(root); err != nil {
		return document{}, err
	}
	values, _ := r.value(root, t, "").(map[string]any)
	if err := r.problems.err(); err != nil {
		return document{}, err
	}
	return document{values: values, places: r.places, rests: r.rests}, nil
}

// SchemaVersion is the version of both files that this program reads.
const SchemaVersion = 1

// version looks at schema_version first: in a file of another version every
// other complaint misleads.
func (r *reader) version(root *yaml.Node) error {
	want := fmt.Sprintf("want schema_version: %d", SchemaVersion)
	if root == nil || root.Kind != yaml.MappingNode {
		return &Error{File: r.file, Key: "schema_version", Allowed: "missing: " + want}
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value != "schema_version" {
			continue
		}
		n := root.Content[i+1]
		e := &Error{File: r.file, Line: n.Line, Key: "schema_version", Value: literal(n), Allowed: want}
		var v int
		switch err := n.Decode(&v); {
		case err != nil || n.ShortTag() != "!!int":
			return e
		case v > SchemaVersion:
			e.Allowed = fmt.Sprintf("too new: this program reads %d, a newer one wrote the file", SchemaVersion)
			return e
		case v < SchemaVersion:
			e.Allowed = fmt.Sprintf("too old: this program reads %d, see CHANGELOG.md for what changed", SchemaVersion)
			return e
		}
		return nil
	}
	return &Error{File: r.file, Key: "schema_version", Allowed: "missing: " + want}
}
