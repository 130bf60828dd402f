package risk

import (
	"errors"
	"fmt"
	"time"
)

// Adapter is the name in config.
const Adapter = "risk"

// Part is one of the registries of trouble; each is a service of its own.
type Part string

// The parts.
const (
	PartBankruptcy Part = "bankruptcy" // ЕФРСБ: cases of bankruptcy, of legal entities
	PartUnfair     Part = "unfair"     // РНП: the list of unfair suppliers
	PartFlags      Part = "flags"      // Прозрачный бизнес: what the tax service warns of
)

// Options is the adapter's part of an enricher's section in the config.
type Options struct {
	Bankruptcy bool `mapstructure:"bankruptcy"`
	Unfair     bool `mapstructure:"unfair"`
	Flags      bool `mapstructure:"flags"`
	Card       bool `mapstructure:"card"` // of flags: the card too, two calls more at least

	MassAddress int `mapstructure:"mass_address"` // so many companies at one address are many, from 2
	MassHead    int `mapstructure:"mass_head"`    // so many companies with one head or founder are many, from 2

	Again time.Duration `mapstructure:"again"` // when a company is asked for again, 24h to 8760h

	BankruptcyBase string `mapstructure:"bankruptcy_base"`
	UnfairBase     string `mapstructure:"unfair_base"`
	FlagsBase      string `mapstructure:"flags_base"`
}

const (
	day  = 24 * time.Hour
	year = 365 * day
)

// Defaults are the options before the section is read. Ten is what the tax service
// itself calls many.
func Defaults() Options {
	return Options{
		Bankruptcy: true, Unfair: true, Flags: true, Card: true, MassAddress: 10, MassHead: 10, Again: 30 * day,
		BankruptcyBase: "https://bankrot.fedresurs.ru", UnfairBase: "https://zakupki.gov.ru", FlagsBase: "https://pb.nalog.ru",
	}
}

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	switch {
	case len(o.Parts()) == 0:
		return errors.New("bankruptcy, unfair and flags are all off: switch the enricher off instead")
	case o.MassAddress < 2:
		return fmt.Errorf("mass_address %d: want 2 or more", o.MassAddress)
	case o.MassHead < 2:
		return fmt.Errorf("mass_head %d: want 2 or more", o.MassHead)
	case o.Again < day || o.Again > year:
		return fmt.Errorf("again %s: want 24h to 8760h", o.Again)
	}
	return nil
}

// Parts are those that are switched on, in the order in which they are asked.
func (o Options) Parts() []Part {
	var out []Part
	for _, p := range []struct {
		part Part
		on   bool
	}{{PartBankruptcy, o.Bankruptcy}, {PartUnfair, o.Unfair}, {PartFlags, o.Flags}} {
		if p.on {
			out = append(out, p.part)
		}
	}
	return out
}
