package osm

import (
	"errors"
	"fmt"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// Adapter is the name in config. No key is needed.
const Adapter = "osm"

// The modes: where objects are read.
const (
	ModeOverpass = "overpass" // by asking an interpreter
	ModeFiles    = "files"    // in answers that lie in paths
)

// Options is the adapter's part of a source's section in the config.
type Options struct {
	Mode    string        `mapstructure:"mode"`
	Base    string        `mapstructure:"base"`    // of the interpreter, without /interpreter
	Tags    []string      `mapstructure:"tags"`    // "shop=car_repair Автосервис": the tag, then the rubric
	Regions []config.Code `mapstructure:"regions"` // codes of subjects, mode overpass: "59"
}

// Defaults are the options before the section is read.
func Defaults() Options {
	return Options{
		Mode: ModeOverpass, Base: "https://overpass-api.de/api", Tags: slices.Clone(tagTable), Regions: []config.Code{"77", "50"},
	}
}

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	if o.Mode != ModeOverpass && o.Mode != ModeFiles {
		return fmt.Errorf("mode %q: want %s or %s", o.Mode, ModeOverpass, ModeFiles)
	}
	if len(o.Tags) == 0 {
		return errors.New(`tags: give at least one, with its rubric: "shop=car_repair Автосервис"`)
	}
	for _, text := range o.Tags {
		if t, ok := parseTag(text); !ok || t.title == "" {
			return fmt.Errorf(`tags: %q: want a tag and its rubric in Russian: "shop=car_repair Автосервис"`, text)
		}
	}
	if o.Mode == ModeFiles {
		return nil
	}
	if len(o.Regions) == 0 {
		return errors.New(`regions: give at least one code of a subject in quotes: "59"`)
	}
	for i, c := range o.Regions {
		r, ok := company.RegionByCode(string(c))
		switch {
		case !ok || r.Code != string(c) || slices.Contains(o.Regions[:i], c):
			return fmt.Errorf(`regions: %q: want the two digits of a region in quotes, each once, such as "59"`, c)
		case isoTable[r.Code] == "":
			return fmt.Errorf("regions: %q (%s): the map knows it by no code: take mode %s", c, r.Name, ModeFiles)
		}
	}
	return nil
}

func (o Options) tags() []tag {
	var out []tag
	for _, text := range o.Tags {
		if t, ok := parseTag(text); ok { // checked by Validate
			out = append(out, t)
		}
	}
	return out
}
