package saby

import (
	"fmt"
	"slices"
	"time"

	"obzvon/pipeline/company"
)

// Names in config.
const (
	Adapter     = "saby"
	KeyVariable = "OBZVON_KEY_SABY"
)

// Options is the adapter's part of an enricher's section in the config.
type Options struct {
	Base    string        `mapstructure:"base"`          // "" = the vendor's own address
	Demo    bool          `mapstructure:"demo"`          // the demonstration: no key, ten companies
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
	// together is how many ИНН one request may have.
	together = 20
)

// gives are the fields that may be asked for. Headcount needs the extended licence.
var gives = []company.Field{
	company.FieldPhone, company.FieldEmail, company.FieldSite, company.FieldRevenue, company.FieldHeadcount, company.FieldStatus, company.FieldOKVEDMain,
}

// Defaults are the options before the section is read: what the basic licence has. What a
// company costs under it is not published: a rouble is a guess, to be set by the contract.
func Defaults() Options {
	return Options{Fields: []string{"phone", "email", "site", "revenue"}, Cost: 100, Again: 30 * day, Missing: 90 * day}
}

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
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

// root is where the methods stand.
func (o Options) root() string {
	if o.Demo {
		return "/vok-demo/"
	}
	return "/vok/"
}

// fields are those that are asked for.
func (o Options) fields() []company.Field {
	out := make([]company.Field, len(o.Fields))
	for i, f := range o.Fields {
		out[i] = company.Field(f)
	}
	return out
}
