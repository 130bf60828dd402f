package kontur

import (
	"fmt"
	"slices"
	"time"

	"obzvon/pipeline/company"
)

// Names in config.
const (
	Adapter     = "kontur"
	KeyVariable = "OBZVON_KEY_KONTUR"
)

// Options is the adapter's part of an enricher's section in the config.
type Options struct {
	Base     string        `mapstructure:"base"`          // "" = the vendor's own address
	Contacts bool          `mapstructure:"contacts"`      // the key has the methods of numbers, mailboxes and sites, which cost extra
	Fields   []string      `mapstructure:"fields"`        // what it is asked for; none = status, codes, revenue, and with contacts these
	Together int           `mapstructure:"together"`      // ИНН in one request, 1 to 100
	Cost     int64         `mapstructure:"cost"`          // of one company by your contract, in kopecks: the cheapest enricher is asked first
	Again    time.Duration `mapstructure:"again"`         // when a company that was found is asked for again, 24h to 8760h
	Missing  time.Duration `mapstructure:"again_missing"` // when one that is not there is asked for again, 24h to 8760h
}

const (
	day  = 24 * time.Hour
	year = 365 * day
	// mostCost is 1000 roubles: more is a slip of the pen.
	mostCost = 100_000
	// fresh keeps answers for nearly as long as nobody is asked for twice.
	fresh = 25 * day
)

// contactFields come by the methods that cost extra.
var contactFields = []company.Field{company.FieldPhone, company.FieldEmail, company.FieldSite}

// Defaults are the options before the section is read. A subscription is told to cost
// 18,000 ₽ a month and more; over a thousand companies that is what stands here, to be set
// by the contract.
func Defaults() Options { return Options{Together: 10, Cost: 1800, Again: 30 * day, Missing: 90 * day} }

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	for _, f := range o.Fields {
		field := company.Field(f)
		if slices.Contains(contactFields, field) && !o.Contacts {
			return fmt.Errorf("fields: %q comes by a method that costs extra: set contacts if the key has it", f)
		}
		if !slices.Contains(contactFields, field) && field != company.FieldStatus && methodOf[field] == "" {
			return fmt.Errorf("fields: %q: want some of status, okved.main, revenue, sme and, with contacts, phone, email, site", f)
		}
	}
	switch {
	case o.Together < 1 || o.Together > 100:
		return fmt.Errorf("together %d: want 1 to 100", o.Together)
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
	if len(o.Fields) > 0 {
		var out []company.Field
		for _, f := range o.Fields {
			out = append(out, company.Field(f))
		}
		return out
	}
	out := []company.Field{company.FieldStatus, company.FieldOKVEDMain, company.FieldRevenue}
	if o.Contacts {
		out = append(out, contactFields...)
	}
	return out
}

// The methods.
const (
	req       = "req"
	details   = "egrDetails"
	finance   = "financeAnalytics"
	analytics = "analytics"
	phones    = "contacts"
	emails    = "contactEmails"
	sites     = "sites"
)

// methodOf is the method that gives a field; what is not here req gives.
var methodOf = map[company.Field]string{
	company.FieldOKVEDMain: details, company.FieldRevenue: finance, company.FieldSME: analytics,
	company.FieldPhone: phones, company.FieldEmail: emails, company.FieldSite: sites,
}

// methods are those behind req, in the order of asking.
var methods = []string{details, finance, analytics, phones, emails, sites}
