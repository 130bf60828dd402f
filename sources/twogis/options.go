package twogis

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"obzvon/config"
)

// Names in config.
const (
	Adapter     = "twogis"
	KeyVariable = "OBZVON_KEY_TWOGIS"
)

// What is asked of networks.
const (
	BranchesOne      = "one"      // one branch of each firm
	BranchesNetworks = "networks" // and the addresses of those that have more, by a question each
	BranchesAll      = "all"      // every branch that the search shows
)

// Options is the adapter's part of a source's section in the config.
type Options struct {
	Base     string        `mapstructure:"base"`
	Rubrics  []string      `mapstructure:"rubrics"`   // "9041 СТО": the id, then any words
	Regions  []config.Code `mapstructure:"regions"`   // region_id of 2ГИС: "32" is Moscow
	Points   []string      `mapstructure:"points"`    // "37.62,55.75,20000": longitude, latitude, radius in metres
	PageSize int           `mapstructure:"page_size"` // 1 to 50; a demo key takes 10
	Pages    int           `mapstructure:"pages"`     // of one question at most; a demo key takes 5
	Branches string        `mapstructure:"branches"`  // one, networks or all
}

const (
	pageSizeMost = 50
	pagesMost    = 1000
	radiusMost   = 40000 // metres, the service's bound
)

// Defaults are the options before the section is read: what a demo key may.
func Defaults() Options {
	return Options{
		Base: "https://catalog.api.2gis.com", Rubrics: slices.Clone(rubricTable), Regions: []config.Code{"32"},
		PageSize: 10, Pages: 5, Branches: BranchesOne,
	}
}

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	if len(o.Rubrics) == 0 {
		return errors.New(`rubrics: give at least one, as an id and its name: "9041 СТО"`)
	}
	for _, r := range o.rubrics() {
		if !number(r.id) {
			return fmt.Errorf(`rubrics: %q: want the id of a rubric of 2ГИС and its name: "9041 СТО"`, r.id+" "+r.name)
		}
	}
	if len(o.Regions)+len(o.Points) == 0 {
		return errors.New(`regions, points: give at least one of either: regions: ["32"], points: ["37.62,55.75,20000"]`)
	}
	for _, r := range o.Regions {
		if !number(string(r)) {
			return fmt.Errorf(`regions: %q: want the region_id of 2ГИС in quotes, such as "32" for Moscow`, r)
		}
	}
	for _, p := range o.Points {
		if _, err := parsePoint(p); err != nil {
			return fmt.Errorf("points: %q: %w", p, err)
		}
	}
	switch {
	case o.PageSize < 1 || o.PageSize > pageSizeMost:
		return fmt.Errorf("page_size %d: want 1 to %d", o.PageSize, pageSizeMost)
	case o.Pages < 1 || o.Pages > pagesMost:
		return fmt.Errorf("pages %d: want 1 to %d", o.Pages, pagesMost)
	case !slices.Contains([]string{BranchesOne, BranchesNetworks, BranchesAll}, o.Branches):
		return fmt.Errorf("branches %q: want %s, %s or %s", o.Branches, BranchesOne, BranchesNetworks, BranchesAll)
	}
	return nil
}

// rubric is one that is asked for.
type rubric struct{ id, name string }

func (o Options) rubrics() []rubric {
	var out []rubric
	for _, text := range o.Rubrics {
		id, name, _ := strings.Cut(strings.TrimSpace(text), " ")
		out = append(out, rubric{id, strings.TrimSpace(name)})
	}
	return out
}

// place is where is asked: a region, or around a point.
type place struct {
	text   string // as in config; part of a cursor
	region string
	point  point
}

func (o Options) places() []place {
	var out []place
	for _, r := range o.Regions {
		out = append(out, place{text: string(r), region: string(r)})
	}
	for _, text := range o.Points {
		if p, err := parsePoint(text); err == nil { // checked by Validate
			out = append(out, place{text: text, point: p})
		}
	}
	return out
}

// point is a circle. The service takes the longitude first.
type point struct{ lon, lat, radius string }

func parsePoint(text string) (point, error) {
	parts := strings.Split(text, ",")
	if len(parts) != 3 {
		return point{}, errors.New("want longitude, latitude and radius in metres: 37.62,55.75,20000")
	}
	var n [3]float64
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
		v, err := strconv.ParseFloat(parts[i], 64)
		if err != nil {
			return point{}, fmt.Errorf("%q is no number", parts[i])
		}
		n[i] = v
	}
	lon, lat, radius := n[0], n[1], n[2]
	switch inRussia := func(lon, lat float64) bool {
		return (lon >= 19 && lon <= 180 || lon >= -180 && lon <= -169) && lat >= 41 && lat <= 82
	}; {
	case !inRussia(lon, lat) && inRussia(lat, lon):
		return point{}, errors.New("the longitude comes first")
	case !inRussia(lon, lat):
		return point{}, errors.New("that is not in Russia")
	case !(radius >= 1 && radius <= radiusMost):
		return point{}, fmt.Errorf("radius %s: want 1 to %d metres", parts[2], radiusMost)
	}
	return point{parts[0], parts[1], parts[2]}, nil
}

func number(s string) bool { return s != "" && len(s) <= 20 && strings.Trim(s, "0123456789") == "" }
