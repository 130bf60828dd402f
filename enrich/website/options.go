package website

import (
	"fmt"
	"time"
)

// Options bound a visit and say when to come again.
type Options struct {
	Pages  int           `mapstructure:"pages"`     // pages of one visit, 1 to 50
	Depth  int           `mapstructure:"depth"`     // links away from the home page, 0 to 5
	MiB    int           `mapstructure:"mib"`       // of all bodies of one visit as unpacked, in MiB, 1 to 64
	Time   time.Duration `mapstructure:"time"`      // of one visit with its waits, 1s to 1h
	AtOnce int           `mapstructure:"at_once"`   // sites visited side by side, 1 to 4096
	Again  time.Duration `mapstructure:"again"`     // when a site that was read is read again, 24h to 8760h
	Retry  time.Duration `mapstructure:"retry"`     // when one that failed is tried again; twice as long each time, 1h to Longest
	Most   time.Duration `mapstructure:"retry_max"` // and no later than that, Retry to 8760h
}

const (
	day  = 24 * time.Hour
	year = 365 * day

	mib = 1 << 20
)

// Defaults are those for keys that are not given.
func Defaults() Options {
	return Options{
		Pages: 8, Depth: 2, MiB: 6, Time: 90 * time.Second, AtOnce: 256,
		Again: 30 * day, Retry: 3 * day, Most: 60 * day,
	}
}

// Validate returns what is out of bounds, with the key.
func (o Options) Validate() error {
	switch {
	case o.Pages < 1 || o.Pages > 50:
		return fmt.Errorf("pages %d: want 1 to 50", o.Pages)
	case o.Depth < 0 || o.Depth > 5:
		return fmt.Errorf("depth %d: want 0 to 5", o.Depth)
	case o.MiB < 1 || o.MiB > 64:
		return fmt.Errorf("mib %d: want 1 to 64", o.MiB)
	case o.Time < time.Second || o.Time > time.Hour:
		return fmt.Errorf("time %s: want 1s to 1h", o.Time)
	case o.AtOnce < 1 || o.AtOnce > 4096:
		return fmt.Errorf("at_once %d: want 1 to 4096", o.AtOnce)
	case o.Again < day || o.Again > year:
		return fmt.Errorf("again %s: want 24h to 8760h", o.Again)
	case o.Retry < time.Hour || o.Retry > o.Most:
		return fmt.Errorf("retry %s: want 1h to retry_max, %s", o.Retry, o.Most)
	case o.Most > year:
		return fmt.Errorf("retry_max %s: want up to 8760h", o.Most)
	}
	return nil
}
