package checko

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/sources/checko/api"
)

// Names in config: two sites, one protocol.
const (
	Adapter       = "checko"
	AdapterOfdata = "ofdata"

	KeyVariable       = "OBZVON_KEY_CHECKO"
	KeyVariableOfdata = "OBZVON_KEY_OFDATA"
)

// Options is the adapter's part of a source's section in the config.
type Options struct {
	Vendor api.Vendor `mapstructure:"-"` // set by the defaults of the adapter

	Base    string        `mapstructure:"base"`    // "" = the vendor's own address
	Codes   []config.Code `mapstructure:"codes"`   // ОКВЭД that are searched for
	Regions []config.Code `mapstructure:"regions"` // two digits each; none = all regions at once
	Objects []string      `mapstructure:"objects"` // "org" companies, "ent" sole proprietors
	Rows    int           `mapstructure:"rows"`    // a page, 1 to 100
	Cards   int           `mapstructure:"cards"`   // cards asked for on each page, for contacts; each is a call, 0 to 100
	All     bool          `mapstructure:"all"`     // additional codes too
}

// Defaults are the options before the section of a source of checko.ru is read.
func Defaults() Options { return defaults(api.Checko()) }

// DefaultsOfdata are those of ofdata.ru.
func DefaultsOfdata() Options { return defaults(api.Ofdata()) }

func defaults(v api.Vendor) Options {
	return Options{Vendor: v, Objects: []string{api.Organisations, api.Entrepreneurs}, Rows: api.MostRows}
}

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	if o.Vendor.Name == "" {
		return errors.New("options without a vendor: begin with Defaults or DefaultsOfdata")
	}
	if len(o.Codes) == 0 {
		return errors.New(`codes: give at least one ОКВЭД in quotes such as "45.20"`)
	}
	for _, c := range o.Codes {
		if _, err := company.ParseOKVED(string(c)); err != nil {
			return fmt.Errorf("codes: %q: %w", c, err)
		}
	}
	for _, c := range o.Regions {
		if r, ok := company.RegionByCode(string(c)); !ok || r.Code != string(c) {
			return fmt.Errorf(`regions: %q: want the two digits of a region in quotes such as "77"`, c)
		}
	}
	for _, x := range o.Objects {
		if x != api.Organisations && x != api.Entrepreneurs {
			return fmt.Errorf("objects: %q: want %q for companies, %q for sole proprietors", x, api.Organisations, api.Entrepreneurs)
		}
	}
	switch {
	case len(o.Objects) == 0:
		return fmt.Errorf("objects: give %q, %q or both", api.Organisations, api.Entrepreneurs)
	case o.Rows < 1 || o.Rows > api.MostRows:
		return fmt.Errorf("rows %d: want 1 to %d", o.Rows, api.MostRows)
	case o.Cards < 0 || o.Cards > api.MostRows:
		return fmt.Errorf("cards %d: want 0 to %d", o.Cards, api.MostRows)
	}
	return nil
}

// fresh is how long an answer may be used again: within one day's list.
const fresh = 20 * time.Hour

// Interface is the service that is asked.
func Interface(o Options, key string) service.Options {
	return api.Interface(o.Vendor, o.Base, key, fresh)
}

// questions are the searches in their order.
func (o Options) questions() []api.Query {
	var out []api.Query
	regions := o.Regions
	if len(regions) == 0 {
		regions = []config.Code{""}
	}
	for _, code := range o.Codes {
		for _, region := range regions {
			for _, object := range o.Objects {
				q := api.Query{Code: string(code), Region: string(region), Object: object, Limit: o.Rows, All: o.All}
				if !slices.Contains(out, q) {
					out = append(out, q)
				}
			}
		}
	}
	return out
}
