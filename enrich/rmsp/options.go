package rmsp

import (
	"fmt"
	"slices"
	"time"

	"obzvon/pipeline/company"
)

// Adapter is the name in config.
const Adapter = "rmsp"

// Options is the adapter's part of an enricher's section in the config.
type Options struct {
	Base    string        `mapstructure:"base"`
	Fields  []string      `mapstructure:"fields"`        // what it is asked for; see Defaults
	List    int           `mapstructure:"list"`          // ИНН in one question, 1 to 100
	Again   time.Duration `mapstructure:"again"`         // when a company that was found is asked for again, 24h to 8760h
	Missing time.Duration `mapstructure:"again_missing"` // when one that is not in the registry is asked for again, 24h to 8760h
}

const (
	day  = 24 * time.Hour
	year = 365 * day

	listMost = 100
)

// gives are the fields that may be asked for.
var gives = []company.Field{
	company.FieldPhone, company.FieldEmail, company.FieldSite, company.FieldHeadcount, company.FieldSME, company.FieldOKVEDMain,
}

// Defaults are the options before the section is read.
func Defaults() Options {
	return Options{
		Base: "https://rmsp.nalog.ru", Fields: []string{"phone", "email", "site"}, List: listMost,
		Again: 60 * day, Missing: 90 * day,
	}
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
	case o.List < 1 || o.List > listMost:
		return fmt.Errorf("list %d: want 1 to %d", o.List, listMost)
	case o.Again < day || o.Again > year:
		return fmt.Errorf("again %s: want 24h to 8760h", o.Again)
	case o.Missing < day || o.Missing > year:
		return fmt.Errorf("again_missing %s: want 24h to 8760h", o.Missing)
	}
	return nil
}
