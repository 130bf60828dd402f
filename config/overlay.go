package config

import (
	"fmt"
	"reflect"
	"strings"
)

// overlay lays the operator's file over the built-in one.
func overlay(base, user document) layers {
	l := layers{defaults: base.values, values: user.values, places: base.places, rests: base.rests}
	l.dropReplaced(l.defaults, user.values, reflect.TypeFor[Config](), "")
	for path, p := range user.places {
		l.places[path] = p
	}
	for path, n := range user.rests {
		l.rests[path] = n
	}
	return l
}

// dropReplaced takes lists and maps that the user gives out of the defaults,
// together with everything known of their content.
func (l *layers) dropReplaced(defaults, user map[string]any, t reflect.Type, path string) {
	for _, f := range fieldsOf(t) {
		given, ok := user[f.key]
		if !ok {
			continue
		}
		p := join(path, f.key)
		inner, isMap := given.(map[string]any)
		switch {
		case whole(f.typ):
			delete(defaults, f.key)
			l.forget(p)
		case isStructure(f.typ) && isMap:
			if under, ok := defaults[f.key].(map[string]any); ok {
				l.dropReplaced(under, inner, f.typ, p)
			}
		}
	}
}

func (l *layers) forget(path string) {
	for p := range l.places {
		if strings.HasPrefix(p, path+".") || strings.HasPrefix(p, path+"[") {
			delete(l.places, p)
		}
	}
	for p := range l.rests {
		if strings.HasPrefix(p, path+".") {
			delete(l.rests, p)
		}
	}
}

// where finds a value's place, or that of what it is missing from.
func (d document) where(file string) func(path string) place {
	return func(path string) place {
		for path != "" {
			if p, ok := d.places[path]; ok {
				return p
			}
			path = path[:max(strings.LastIndexAny(path, ".["), 0)]
		}
		return place{file: file}
	}
}

func viperKey(path string) string { return strings.ReplaceAll(path, ".", "::") }

// refuseNumbers guards texts whose digits matter against values that did not
// come through the reader.
func refuseNumbers(from, to reflect.Type, value any) (any, error) {
	switch to {
	case codeType, innType, dayType, clockType:
		if from.Kind() != reflect.String {
			return nil, fmt.Errorf("%v is %s: write it in quotes", value, from)
		}
	}
	return value, nil
}
