package checko

import (
	"errors"
	"fmt"
	"slices"
	"time"

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

// Options is the adapter's part of an enricher's section in the config.
type Options struct {
	Vendor api.Vendor `mapstructure:"-"` // set by the defaults of the adapter

	Base    string        `mapstructure:"base"`          // "" = the vendor's own address
	Fields  []string      `mapstructure:"fields"`        // what it is asked for; see Defaults
	Cost    int64         `mapstructure:"cost"`          // of one company by your contract, in kopecks: the cheapest enricher is asked first
	Again   time.Duration `mapstructure:"again"`         // when a company that was found is asked for again, 24h to 8760h
	Missing time.Duration `mapstructure:"again_missing"` // when one that is not there is asked for again, 24h to 8760h
}

const (
	day  = 24 * time.Hour
	year = 365 * day
	// mostCost is 1000 roubles: more is a slip of the pen.
	mostCost = 100_000
	// fresh keeps answers for nearly as long as nobody is asked for twice.
	fresh = 25 * day
)

// gives are the fields that may be asked for.
var gives = []company.Field{
	company.FieldPhone, company.FieldEmail, company.FieldSite, company.FieldHeadcount, company.FieldRevenue,
	company.FieldStatus, company.FieldOKVEDMain,
}

// Defaults are the options before the section of an enricher by checko.ru is read.
func Defaults() Options { return defaults(api.Checko()) }

// DefaultsOfdata are those of ofdata.ru.
func DefaultsOfdata() Options { return defaults(api.Ofdata()) }

// kopecksACall are asked beyond the free calls of a day; a company is two calls at most.
const kopecksACall = 15

func defaults(v api.Vendor) Options {
	return Options{Vendor: v, Fields: []string{"phone", "email", "site", "headcount", "revenue"}, Cost: 2 * kopecksACall, Again: 30 * day, Missing: 90 * day}
}

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	if o.Vendor.Name == "" {
		return errors.New("options without a vendor: begin with Defaults or DefaultsOfdata")
	}
	if len(o.Fields) == 0 {
		return fmt.Errorf("fields: give at least one of %v", gives)
	}
	for _, f := range o.Fields {
		if !slices.Contains(gives, company.Field(f)) {
			return fmt.Errorf("fields: %q: want some of %v", f, gives)
		}
	}
	switch {
	case o.Cost < 0 || o.Cost > mostCost:
		return fmt.Errorf("cost %d: want 0 to %d kopecks", o.Cost, mostCost)
	case o.Again < day || o.Again > year:
		return fmt.Errorf("again %s: want 24h to 8760h", o.Again)
	case o.Missing < day || o.Missing > year:
		return fmt.Errorf("again_missing %s: want 24h to 8760h", o.Missing)
	}
	return nil
}

// Interface is the service that is asked.
func Interface(o Options, key string) service.Options {
	return api.Interface(o.Vendor, o.Base, key, fresh)
}

// fields are those that are asked for.
func (o Options) fields() []company.Field {
	out := make([]company.Field, len(o.Fields))
	for i, f := range o.Fields {
		out[i] = company.Field(f)
	}
	return out
}
