package config

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// envPrefix begins every variable of this program.
const envPrefix = "OBZVON_"

// envExempt are variables that do not configure: they tell tests where samples are, that
// a browser must be there, and where to put pictures.
var envExempt = []string{"OBZVON_SAMPLES", "OBZVON_CHROMIUM", "OBZVON_SHOTS"}

// environment reads the variables that override keys. The rule: OBZVON_, then
// the key's path in capitals with "_" between its parts: store.lock_timeout is
// OBZVON_STORE_LOCK_TIMEOUT, sources.gis.enabled is OBZVON_SOURCES_GIS_ENABLED.
// Only single values can be overridden, not lists; a variable set to nothing
// overrides nothing; an unknown one is an error.
func (l *layers) environment(o Options) error {
	scalars := envKeys(reflect.TypeFor[Config](), "")
	for _, kind := range []SectionKind{Sources, Enrichers, Exports} {
		for _, values := range []map[string]any{l.defaults, l.values} {
			sections, _ := values[string(kind)].(map[string]any)
			for name := range sections {
				maps.Copy(scalars, envKeys(sectionType, join(string(kind), name)))
			}
		}
	}
	names := slices.Concat(slices.Collect(maps.Keys(scalars)), o.KnownEnv)
	l.environ = map[string]any{}
	r := newReader("environment", nil)
	for _, pair := range slices.Sorted(slices.Values(o.Environ)) {
		name, text, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, envPrefix) || slices.Contains(envExempt, name) || slices.Contains(o.KnownEnv, name) {
			continue
		}
		target, ok := scalars[name]
		if !ok {
			r.problems.add(&Error{File: r.file, Key: name, Allowed: "unknown variable; the nearest known one is " + nearest(name, names)})
			continue
		}
		if text == "" {
			continue
		}
		if v := r.scalar(envNode(text, target.typ), target.typ, name); v != nil {
			l.environ[target.key] = v
			l.places[target.key] = place{file: "environment " + name}
		}
	}
	return r.problems.err()
}

// envKeys maps the names of variables to the paths and types of single values.
func envKeys(t reflect.Type, path string) map[string]field {
	out := map[string]field{}
	for _, f := range fieldsOf(t) {
		p := join(path, f.key)
		switch {
		case whole(f.typ):
		case isStructure(f.typ):
			maps.Copy(out, envKeys(f.typ, p))
		default:
			out[envName(p)] = field{key: p, typ: f.typ}
		}
	}
	delete(out, envName("schema_version"))
	return out
}

func envName(path string) string {
	return envPrefix + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(path))
}

// envNode makes a node of a variable's text. Where a text is wanted it needs
// no quotes, a shell has taken them off.
func envNode(text string, t reflect.Type) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: text}
	if t.Kind() == reflect.String || t == durationType || isText(t) {
		n.Tag, n.Style = "!!str", yaml.DoubleQuotedStyle
	}
	return n
}
