package config

import (
	"encoding"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"
)

var (
	sectionType  = reflect.TypeFor[Section]()
	durationType = reflect.TypeFor[time.Duration]()
	codeType     = reflect.TypeFor[Code]()
	innType      = reflect.TypeFor[INN]()
	dayType      = reflect.TypeFor[Day]()
	clockType    = reflect.TypeFor[Clock]()
	memoryType   = reflect.TypeFor[Memory]()
	textType     = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// field is one key of a structure.
type field struct {
	key string
	typ reflect.Type
}

// fieldsOf lists the keys of a structure in the order of its declaration.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		key, opts, _ := strings.Cut(f.Tag.Get("mapstructure"), ",")
		switch {
		case f.Anonymous && opts == "squash":
			out = append(out, fieldsOf(f.Type)...)
		case f.IsExported() && key != "" && key != "-":
			out = append(out, field{key: key, typ: f.Type})
		}
	}
	return out
}

func keysOf(fields []field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.key
	}
	return out
}

// isText tells types that read themselves from a text.
func isText(t reflect.Type) bool { return reflect.PointerTo(t).Implements(textType) }

// isStructure tells structures with keys of their own.
func isStructure(t reflect.Type) bool { return t.Kind() == reflect.Struct && !isText(t) }

// whole tells what a user's file replaces as a whole: lists and maps.
func whole(t reflect.Type) bool {
	return !isText(t) && (t.Kind() == reflect.Slice || t.Kind() == reflect.Map)
}

// allKeys lists the full paths of every key, "[]" for an item of a list and
// "*" for a name that the user chooses.
func allKeys(t reflect.Type, path string) []string {
	var out []string
	for _, f := range fieldsOf(t) {
		p := join(path, f.key)
		out = append(out, p)
		if inner, mark := unwrap(f.typ); isStructure(inner) {
			out = append(out, allKeys(inner, p+mark)...)
		}
	}
	return out
}

// unwrap goes through pointers, lists and maps to what they hold.
func unwrap(t reflect.Type) (inner reflect.Type, mark string) {
	switch t.Kind() {
	case reflect.Pointer:
		return unwrap(t.Elem())
	case reflect.Slice:
		inner, mark = unwrap(t.Elem())
		return inner, "[]" + mark
	case reflect.Map:
		inner, mark = unwrap(t.Elem())
		return inner, ".*" + mark
	default:
		return t, ""
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// nearest returns the candidate that takes the fewest edits to reach.
func nearest(word string, candidates []string) string {
	best, least := "", -1
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(c)); least < 0 || d < least {
			best, least = c, d
		}
	}
	return best
}

// unknownKey says what to write instead: the nearest sibling, or the place
// where this very key belongs.
func unknownKey(key string, siblings, everywhere []string) string {
	near := nearest(key, siblings)
	if near != "" && levenshtein.ComputeDistance(key, near) > 2 {
		for _, path := range everywhere {
			if strings.HasSuffix(path, "."+key) || path == key {
				return "unknown key here; the key of this name is " + path
			}
		}
	}
	if near == "" {
		return "unknown key; none is allowed here"
	}
	return "unknown key; the nearest known one is " + near
}
