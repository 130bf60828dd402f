package erasure

import (
	"reflect"

	"obzvon/pipeline/company"
)

// redactIn redacts every text within a value that a pointer leads to, but ИНН, and
// tells whether one has changed. Lists keep their length.
func redactIn(f *Forgotten, pointer any) bool {
	if f.Empty() {
		return false
	}
	return redactValue(f, reflect.ValueOf(pointer).Elem())
}

func redactValue(f *Forgotten, v reflect.Value) (changed bool) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[company.INN]() || !v.CanSet() {
			return false
		}
		if text := f.Redact(v.String()); text != v.String() {
			v.SetString(text)
			return true
		}
	case reflect.Struct:
		for i := range v.NumField() {
			changed = redactValue(f, v.Field(i)) || changed
		}
	case reflect.Slice:
		for i := range v.Len() {
			changed = redactValue(f, v.Index(i)) || changed
		}
	case reflect.Pointer:
		if !v.IsNil() {
			changed = redactValue(f, v.Elem())
		}
	}
	return changed
}
