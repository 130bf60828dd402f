package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// Hash names the content of a segments file in eight hexadecimal digits.
// Comments, the order of keys and keys with their zero value do not count.
func (s *Segments) Hash() string { return digest(*s) }

// MatchTag names what decides which company fits which segment: a change of
// points, groups, ladders or texts leaves it as it is.
func (s *Segments) MatchTag() string {
	rules := Segments{Vetoes: s.Vetoes}
	for _, g := range s.Segments {
		rules.Segments = append(rules.Segments, Segment{
			ID: g.ID, Codes: g.Codes, SecondSign: g.SecondSign, Words: g.Words, Rubrics: g.Rubrics,
			Size: g.Size, BranchesFrom: g.BranchesFrom,
		})
	}
	return digest(rules)
}

// WantedCodes returns the codes of all segments and those of bearing makers,
// in order, without codes that another of them takes in already.
func (s *Segments) WantedCodes() []company.OKVED {
	var all []company.OKVED
	add := func(codes []Code) {
		for _, c := range codes {
			all = append(all, c.OKVED())
		}
	}
	for _, g := range s.Segments {
		add(g.Codes.Core)
		add(g.Codes.Adjacent)
		add(g.Codes.Weak)
	}
	add(s.Vetoes.MakerCodes)
	slices.Sort(all) // a parent comes before everything below it
	var out []company.OKVED
	for _, c := range all {
		if len(out) == 0 || !c.Within(out[len(out)-1]) {
			out = append(out, c)
		}
	}
	return out
}

func digest(s Segments) string {
	h := sha256.New()
	spell(h, reflect.ValueOf(s), "")
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// spell writes a value as lines of path and content.
func spell(w io.Writer, v reflect.Value, path string) {
	switch {
	case v.Kind() == reflect.Pointer:
		if !v.IsNil() {
			spell(w, v.Elem(), path)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			item := fmt.Sprintf("%s[%d]", path, i)
			fmt.Fprintln(w, item)
			spell(w, v.Index(i), item)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("mapstructure"), ",")
			spell(w, v.Field(i), join(path, key))
		}
	case !v.IsZero():
		fmt.Fprintf(w, "%s=%q\n", path, fmt.Sprint(v.Interface()))
	}
}
