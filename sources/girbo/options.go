package girbo

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/config"
)

// Adapter is the name in config.
const Adapter = "girbo"

// What is asked of a wanted company beside its row, each a call.
const (
	ReportsNone    = "none"    // nothing: revenue of the last year only
	ReportsList    = "list"    // its reports: revenue of all years, full name, КПП
	ReportsDetails = "details" // the lines of the last report too: profit of two years
)

// Options is the adapter's part of a source's section in the config.
type Options struct {
	Base        string        `mapstructure:"base"`
	Regions     []config.Code `mapstructure:"regions"`      // first two digits of ИНН: where the number was issued; "97" is Москва too
	Digits      int           `mapstructure:"digits"`       // of the prefixes begun with, 2 to 6
	Rows        int           `mapstructure:"rows"`         // a page, 1 to 200
	RevenueFrom int64         `mapstructure:"revenue_from"` // roubles of the last report; companies with less, or without one, are left out
	Reports     string        `mapstructure:"reports"`
}

// Defaults are the options before the section is read.
func Defaults() Options {
	return Options{Base: siteBase, Digits: 4, Rows: rowsMost, Reports: ReportsNone}
}

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	if len(o.Regions) == 0 {
		return errors.New(`regions: give at least one pair of first digits of ИНН in quotes such as "77"`)
	}
	for i, r := range o.Regions {
		if len(r) != 2 || strings.Trim(string(r), "0123456789") != "" || r == "00" {
			return fmt.Errorf(`regions: %q: want two digits in quotes such as "77"`, r)
		}
		if slices.Contains(o.Regions[:i], r) {
			return fmt.Errorf("regions: %q twice", r)
		}
	}
	switch {
	case o.Digits < 2 || o.Digits > 6:
		return fmt.Errorf("digits %d: want 2 to 6", o.Digits)
	case o.Rows < 1 || o.Rows > rowsMost:
		return fmt.Errorf("rows %d: want 1 to %d", o.Rows, rowsMost)
	case o.RevenueFrom < 0:
		return fmt.Errorf("revenue_from %d: want roubles, 0 for all", o.RevenueFrom)
	case !slices.Contains([]string{ReportsNone, ReportsList, ReportsDetails}, o.Reports):
		return fmt.Errorf("reports %q: want %s, %s or %s", o.Reports, ReportsNone, ReportsList, ReportsDetails)
	}
	return nil
}
