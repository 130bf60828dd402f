package egrul

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"obzvon/pipeline/company"
)

// Adapter is the name in config.
const Adapter = "egrul"

// Where the register is asked.
const (
	ViaMirror = "mirror" // egrul.itsoft.ru: a whole extract, some 100 a day
	ViaNalog  = "nalog"  // egrul.nalog.ru: a line of it, as long as no picture is asked for
)

// Options is the adapter's part of an enricher's section in the config.
type Options struct {
	Via     string        `mapstructure:"via"`
	Base    string        `mapstructure:"base"`          // "" = the address of via
	Fields  []string      `mapstructure:"fields"`        // what it is asked for; none = by via
	Again   time.Duration `mapstructure:"again"`         // when a company that was found is asked for again, 24h to 8760h
	Missing time.Duration `mapstructure:"again_missing"` // when one that was not is asked for again, 24h to 8760h
}

const (
	day  = 24 * time.Hour
	year = 365 * day
)

// gives are the fields that may be asked for by way of each; what is asked for when
// nothing is said comes first.
var gives = map[string][]company.Field{
	ViaMirror: {
		company.FieldStatus, company.FieldEmail,
		company.FieldOKVEDMain, company.FieldOKVEDReported, company.FieldAddress, company.FieldRegion, company.FieldCapital,
		company.FieldRegistered, company.FieldKPP, company.FieldHeadPost, company.FieldHeadName,
	},
	ViaNalog: {company.FieldStatus, company.FieldKPP, company.FieldRegion, company.FieldHeadPost, company.FieldHeadName},
}

// Defaults are the options before the section is read.
func Defaults() Options { return Options{Via: ViaMirror, Again: 90 * day, Missing: 180 * day} }

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	allowed, ok := gives[o.Via]
	if !ok {
		return fmt.Errorf("via %q: want %s or %s", o.Via, ViaMirror, ViaNalog)
	}
	for _, f := range o.Fields {
		if !slices.Contains(allowed, company.Field(f)) {
			return fmt.Errorf("fields: %q: by way of %s want some of %v", f, o.Via, allowed)
		}
	}
	switch {
	case o.Again < day || o.Again > year:
		return fmt.Errorf("again %s: want 24h to 8760h", o.Again)
	case o.Missing < day || o.Missing > year:
		return fmt.Errorf("again_missing %s: want 24h to 8760h", o.Missing)
	}
	return nil
}

// fields are those asked for.
func (o Options) fields() []company.Field {
	var out []company.Field
	for _, f := range o.Fields {
		out = append(out, company.Field(f))
	}
	switch {
	case len(out) > 0:
		return out
	case o.Via == ViaNalog:
		return gives[ViaNalog][:1]
	default:
		return gives[ViaMirror][:2]
	}
}

func (o Options) base() string {
	return cmp.Or(o.Base, map[string]string{ViaMirror: mirrorBase, ViaNalog: nalogBase}[o.Via])
}
