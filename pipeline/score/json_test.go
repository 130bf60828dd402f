package score

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestJSONKeys holds everything that commands print to keys of one form. A
// field without a tag would stand under its Go name.
func TestJSONKeys(t *testing.T) {
	for _, root := range []reflect.Type{reflect.TypeFor[Explanation](), reflect.TypeFor[Preview]()} {
		checkKeys(t, root)
	}
}

func checkKeys(t *testing.T, typ reflect.Type) {
	t.Helper()
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		checkKeys(t, typ.Elem())
	case reflect.Struct:
		if typ.Implements(reflect.TypeFor[json.Marshaler]()) {
			return
		}
		for field := range fieldsOf(typ) {
			key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if !regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`).MatchString(key) {
				t.Errorf("%s.%s has the key %q", typ, field.Name, key)
			}
			checkKeys(t, field.Type)
		}
	default:
	}
}

func fieldsOf(typ reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range typ.NumField() {
			if f := typ.Field(i); f.IsExported() && !yield(f) {
				return
			}
		}
	}
}
