package dadata

import (
	"fmt"
	"slices"
	"time"

	"obzvon/pipeline/company"
)

// Names in config.
const (
	Adapter     = "dadata"
	KeyVariable = "OBZVON_KEY_DADATA"
)

// Options is the adapter's part of an enricher's section in the config.
type Options struct {
	Base    string        `mapstructure:"base"`          // "" = the vendor's own address
	Plan    string        `mapstructure:"plan"`          // "free", "extended" or "maximal": what the key's plan gives
	Fields  []string      `mapstructure:"fields"`        // what it is asked for; none = all that the plan gives
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

// The plans, each giving more than the one before.
const (
	Free     = "free"
	Extended = "extended" // «Расширенный»
	Maximal  = "maximal"  // «Максимальный»
)

// gives is what a plan has for a list of calls.
func gives(plan string) []company.Field {
	all := []company.Field{company.FieldStatus, company.FieldOKVEDMain, company.FieldRegion}
	if plan == Extended || plan == Maximal {
		all = append(all, company.FieldHeadcount)
	}
	if plan == Maximal {
		all = append(all, company.FieldPhone, company.FieldEmail, company.FieldRevenue)
	}
	return all
}

// Defaults are the options before the section is read.
func Defaults() Options { return Options{Plan: Free, Again: 30 * day, Missing: 90 * day} }

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	if !slices.Contains([]string{Free, Extended, Maximal}, o.Plan) {
		return fmt.Errorf("plan %q: want %s, %s or %s", o.Plan, Free, Extended, Maximal)
	}
	for _, f := range o.Fields {
		if !slices.Contains(gives(o.Plan), company.Field(f)) {
			return fmt.Errorf("fields: %q: the plan %s gives %v", f, o.Plan, gives(o.Plan))
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

// fields are those that are asked for.
func (o Options) fields() []company.Field {
	if len(o.Fields) == 0 {
		return gives(o.Plan)
	}
	var out []company.Field
	for _, f := range o.Fields {
		out = append(out, company.Field(f))
	}
	return out
}
