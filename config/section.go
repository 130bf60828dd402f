package config

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// SectionKind names a group of adapters' sections by its key in the file.
type SectionKind string

// The groups.
const (
	Sources   SectionKind = "sources"
	Enrichers SectionKind = "enrich"
	Exports   SectionKind = "exports"
)

// Sections returns the sections of a kind, enabled or not, by name.
func (c *Config) Sections(kind SectionKind) []Section {
	all := map[SectionKind]map[string]Section{Sources: c.Sources, Enrichers: c.Enrich, Exports: c.Exports}[kind]
	return slices.SortedFunc(maps.Values(all), func(a, b Section) int { return cmp.Compare(a.Name, b.Name) })
}

// ParseSection reads one section given by itself: the lines that would stand
// under its name. Relative paths stay as they are.
func ParseSection(name, text string) (Section, error) {
	file := "section " + name
	root, err := parse(file, []byte(text))
	if err != nil {
		return Section{}, err
	}
	if root == nil {
		root = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}
	}
	r := newReader(file, nil)
	values, _ := r.value(root, sectionType, "").(map[string]any)
	s := Section{}
	if len(r.problems) == 0 {
		if err := decodeInto(values, &s); err != nil {
			return Section{}, &Error{File: file, Allowed: err.Error()}
		}
		s.finish(name, "", "", place{file: file}, r.rests[""])
		s.places = r.places
		c := checker{where: func(path string) place { return r.places[path] }}
		c.section(&s, "")
		r.problems = append(r.problems, c.problems...)
	}
	return s, r.problems.err()
}

// section reads the keys that every adapter has, with their defaults, and puts
// the others aside.
func (r *reader) section(n *yaml.Node, path string) any {
	out := map[string]any{
		"adapter": "", "enabled": true, "trust": int64(0), "paths": []any{},
		"quarantine_limit": 0.0, "terms_accepted": "", "budget": int64(0), "every": "0s",
		"key_file": "", "calls_a_day": int64(0), "calls_in_all": int64(0), "fresh": "0s",
	}
	rest := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: n.Line}
	fields := fieldsOf(sectionType)
	for _, p := range r.pairs(n, path) {
		at := slices.IndexFunc(fields, func(f field) bool { return f.key == p.key })
		if at < 0 {
			rest.Content = append(rest.Content, p.at, p.value)
			continue
		}
		if v := r.value(p.value, fields[at].typ, join(path, p.key)); v != nil {
			out[p.key] = v
		}
	}
	r.rests[path] = rest
	return out
}

// finish gives a decoded section its name and its surroundings.
func (s *Section) finish(name, key, base string, at place, rest *yaml.Node) {
	s.Name, s.key, s.Base, s.at, s.rest = name, key, base, at, rest
	if s.Adapter == "" {
		s.Adapter = name
	}
	s.KeyFile = under(base, s.KeyFile)
	for i, p := range s.Paths {
		s.Paths[i] = under(base, p)
	}
}

// Decode fills into, a pointer to the adapter's own structure with mapstructure
// tags, from the keys of the section that are not common to all adapters. Keys
// that are not given leave the fields as they are, so defaults are set before.
// An unknown key or a value of another type is an *Error with its line.
func (s Section) Decode(into any) error {
	t := reflect.TypeOf(into)
	if t == nil || t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("decode section %s: want a pointer to a structure, got %T", s.Name, into)
	}
	if s.rest == nil {
		return nil
	}
	r := newReader(s.at.file, nil)
	own := fieldsOf(t.Elem())
	values := r.fields(s.rest, own, append(keysOf(fieldsOf(sectionType)), keysOf(own)...), s.key)
	if err := r.problems.err(); err != nil {
		return err
	}
	if err := decodeInto(values, into); err != nil {
		return &Error{File: s.at.file, Line: s.at.line, Key: s.key, Allowed: err.Error()}
	}
	return nil
}

// under resolves a relative path against a folder. Sample data has none.
func under(base, p string) string {
	if p == "" || base == "" || filepath.IsAbs(p) || strings.HasPrefix(p, "embed:") {
		return p
	}
	return filepath.Join(base, p)
}

// ManagerSource is the name under which what managers wrote stands among the
// sources; no section may have it.
const ManagerSource = "manager"
