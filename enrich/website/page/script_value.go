package page

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// method calls one of those that hand-made disguises use.
func (s *script) method(v value, name string, args []string) (value, bool) {
	s.spent += len(v.text) + 1
	arg := func(i int) string {
		if i < len(args) {
			return args[i]
		}
		return ""
	}
	switch {
	case name == "split" && !v.isList && len(args) == 1:
		return value{list: strings.Split(v.text, arg(0)), isList: true}, true
	case name == "reverse" && v.isList:
		l := slices.Clone(v.list)
		slices.Reverse(l)
		return value{list: l, isList: true}, true
	case name == "join" && v.isList:
		sep := ","
		if len(args) > 0 {
			sep = args[0]
		}
		for _, x := range v.list {
			s.spent += len(x) + len(sep)
		}
		if s.spent > maxSpent {
			return value{}, false
		}
		return value{text: strings.Join(v.list, sep)}, true
	case name == "replace" && !v.isList && len(args) == 2 && arg(0) != "":
		if s.spent += len(arg(1)); s.spent > maxSpent {
			return value{}, false
		}
		return value{text: strings.Replace(v.text, arg(0), arg(1), 1)}, true
	case name == "concat" && !v.isList:
		for _, a := range args {
			v = s.join(v, value{text: a})
		}
		return v, true
	case (name == "toString" || name == "trim" || name == "toLowerCase") && !v.isList:
		return v, true
	}
	return value{}, false
}

// call calls a function of one string.
func call(name, arg string) (value, bool) {
	switch name {
	case "unescape", "decodeURIComponent", "decodeURI":
		t, err := url.PathUnescape(arg)
		return value{text: t}, err == nil && utf8.ValidString(t)
	case "atob":
		b, err := base64.StdEncoding.DecodeString(arg)
		return value{text: string(b)}, err == nil && utf8.Valid(b)
	case "String":
		return value{text: arg}, true
	}
	return value{}, false
}

func fromCodes(codes []string) string {
	var b strings.Builder
	for _, c := range codes {
		n, err := strconv.ParseUint(c, 0, 16)
		if err != nil {
			return ""
		}
		b.WriteRune(rune(n))
	}
	return b.String()
}
