package config

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"obzvon/pipeline/company"
)

const emptyValue = "no value: write one, or remove the line"

// scalar reads a single value as t: string, int, float64, bool, or the text of
// a type that parses itself. It returns nil after a complaint.
func (r *reader) scalar(n *yaml.Node, t reflect.Type, path string) any {
	switch {
	case n.Kind != yaml.ScalarNode:
		r.fail(n, path, literal(n), "want "+wanted(t))
		return nil
	case empty(n):
		r.fail(n, path, "", emptyValue)
		return nil
	}
	v, allowed := scalarValue(n, t)
	if allowed != "" {
		r.fail(n, path, literal(n), allowed)
		return nil
	}
	return v
}

// scalarValue returns the value, or what would be allowed.
func scalarValue(n *yaml.Node, t reflect.Type) (v any, allowed string) {
	tag := n.ShortTag()
	switch {
	case t == durationType:
		if d, err := time.ParseDuration(n.Value); tag == "!!str" && err == nil {
			return d.String(), ""
		}
	case isText(t):
		if tag == "!!str" || tag == "!!timestamp" {
			return parsedText(n.Value, t)
		}
	case t.Kind() == reflect.String:
		return textValue(n, t)
	case t.Kind() == reflect.Bool:
		var b bool
		if tag == "!!bool" && n.Decode(&b) == nil {
			return b, ""
		}
	case t.Kind() == reflect.Float64 || t.Kind() == reflect.Float32:
		var f float64
		if (tag == "!!int" || tag == "!!float") && n.Decode(&f) == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, ""
		}
	case reflect.Zero(t).CanUint():
		var u uint64
		if tag == "!!int" && n.Decode(&u) == nil && !reflect.Zero(t).OverflowUint(u) {
			return u, ""
		}
	case reflect.Zero(t).CanInt():
		var i int64
		if tag == "!!int" && n.Decode(&i) == nil && !reflect.Zero(t).OverflowInt(i) {
			return i, ""
		}
	}
	return nil, "want " + wanted(t)
}

// textValue reads a text, refusing what YAML took for something else: the
// digits of a code or an ИНН do not survive that.
func textValue(n *yaml.Node, t reflect.Type) (v any, allowed string) {
	switch tag := n.ShortTag(); {
	case tag == "!!timestamp" && t == dayType, tag == "!!str":
	case tag == "!!int" || tag == "!!float" || tag == "!!bool" || tag == "!!timestamp":
		return nil, fmt.Sprintf("YAML reads this as %s: write %q in quotes", yamlTypes[tag], n.Value)
	default:
		return nil, "want " + wanted(t)
	}
	if (t == dayType && !validDay(n.Value)) || (t == clockType && !clockForm.MatchString(n.Value)) {
		return nil, "want " + wanted(t)
	}
	return n.Value, ""
}

var yamlTypes = map[string]string{
	"!!int": "a number", "!!float": "a number", "!!bool": "true or false", "!!timestamp": "a date",
}

func parsedText(s string, t reflect.Type) (v any, allowed string) {
	into, ok := reflect.New(t).Interface().(interface{ UnmarshalText(text []byte) error })
	if !ok {
		return nil, "want " + wanted(t)
	}
	if err := into.UnmarshalText([]byte(s)); err != nil {
		return nil, err.Error()
	}
	return s, ""
}

var clockForm = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

// validDay tells a day of this century as YYYY-MM-DD.
func validDay(s string) bool {
	d, err := company.ParseDate(s)
	return err == nil && d.String() == s && s >= "2000" && s < "2100"
}

// wanted says in words what a value of t looks like.
func wanted(t reflect.Type) string {
	switch t {
	case durationType:
		return "a duration such as 10s or 2m"
	case codeType:
		return `a code in quotes such as "45.20"`
	case innType:
		return `an ИНН of 10 or 12 digits in quotes`
	case dayType:
		return "a day as YYYY-MM-DD"
	case clockType:
		return `a time of day as "HH:MM"`
	case memoryType:
		return strings.TrimPrefix(errMemory.Error(), "want ")
	}
	switch {
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Float64 || t.Kind() == reflect.Float32:
		return "a number"
	case reflect.Zero(t).CanInt() || reflect.Zero(t).CanUint():
		return "a whole number"
	}
	return "a text"
}

// literal shows a node's value in a message as the file has it.
func literal(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "keys with values"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind != yaml.ScalarNode || empty(n):
		return ""
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 || n.ShortTag() == "!!str":
		return show(n.Value)
	}
	shown := show(n.Value)
	return shown[1 : len(shown)-1]
}
