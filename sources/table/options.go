package table

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// Options is the adapter's part of a source's section in the config. The zero
// value finds everything out by looking.
type Options struct {
	Preset        string            `mapstructure:"preset"`         // auto, or a name of Presets
	Columns       map[string]string `mapstructure:"columns"`        // field → title of its column; goes before the preset
	Encoding      string            `mapstructure:"encoding"`       // auto, utf-8, windows-1251; CSV only
	Delimiter     string            `mapstructure:"delimiter"`      // auto, ";", ",", tab; CSV only
	MoneyUnit     string            `mapstructure:"money_unit"`     // roubles, thousands, millions; "" = by title, then preset
	Sheet         string            `mapstructure:"sheet"`          // XLSX only; "" = the first with a header
	DefaultRegion config.Code       `mapstructure:"default_region"` // for rows that name none
	DefaultCity   string            `mapstructure:"default_city"`   // for tables without a column of cities
	Date          config.Day        `mapstructure:"date"`           // of the export
}

// unit is how many roubles a number of a money column counts; 0 = not told.
type unit int64

const (
	roubles   unit = 1
	thousands unit = 1_000
	millions  unit = 1_000_000
	milliards unit = 1_000_000_000
)

// settings are checked options.
type settings struct {
	preset    *preset // nil = auto
	columns   map[role]string
	encoding  encoding
	delimiter byte // 0 = auto
	unit      unit
	sheet     string
	region    string
	city      string
	date      company.Date
}

func (o Options) check() (settings, error) {
	s := settings{sheet: strings.TrimSpace(o.Sheet), city: company.CleanCity(o.DefaultCity), columns: map[role]string{}}
	if name := strings.ToLower(strings.TrimSpace(o.Preset)); name != "" && name != "auto" {
		p, ok := findPreset(name)
		if !ok {
			return s, fmt.Errorf("preset %q: want auto, %s", o.Preset, strings.Join(Presets(), ", "))
		}
		s.preset = p
	}
	for field, title := range o.Columns {
		r := role(strings.ToLower(strings.TrimSpace(field)))
		if !r.mappable() {
			return s, fmt.Errorf("columns: unknown field %q: want one of %s", field, strings.Join(Fields(), ", "))
		}
		if parseTitle(title).key == "" {
			return s, fmt.Errorf("columns: field %q: empty title", field)
		}
		s.columns[r] = title
	}
	var err error
	if s.encoding, err = choose("encoding", o.Encoding, map[string]encoding{
		"": encodingAuto, "auto": encodingAuto, "utf-8": encodingUTF8, "windows-1251": encoding1251,
	}); err != nil {
		return s, err
	}
	if s.delimiter, err = choose("delimiter", o.Delimiter, map[string]byte{
		"": 0, "auto": 0, ";": ';', ",": ',', "tab": '\t', "\t": '\t',
	}); err != nil {
		return s, err
	}
	if s.unit, err = choose("money_unit", o.MoneyUnit, map[string]unit{
		"": 0, "auto": 0, "roubles": roubles, "thousands": thousands, "millions": millions,
	}); err != nil {
		return s, err
	}
	if o.DefaultRegion != "" {
		r, ok := company.RegionByCode(string(o.DefaultRegion))
		if !ok {
			return s, fmt.Errorf("default_region %q: no such region, want two digits in quotes", o.DefaultRegion)
		}
		s.region = r.Code
	}
	if s.date, err = company.ParseDate(string(o.Date)); err != nil {
		return s, fmt.Errorf("date: %w", err)
	}
	return s, nil
}

func choose[T any](key, value string, allowed map[string]T) (T, error) {
	v, ok := allowed[strings.ToLower(value)]
	if !ok {
		var names []string
		for name := range allowed {
			if strings.TrimSpace(name) != "" {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		return v, fmt.Errorf("%s %q: want one of %s", key, value, strings.Join(names, " "))
	}
	return v, nil
}
