package sosedi

import (
	"errors"
	"fmt"
	"strings"
)

// Names in config and in the environment.
const (
	Adapter     = "sosedi"
	KeyVariable = "OBZVON_KEY_SOSEDI"
)

// Options is the adapter's part of a source's section in the config.
type Options struct {
	Base   string   `mapstructure:"base"`
	Cities []string `mapstructure:"cities"` // as the directory spells them: "perm"
}

// Defaults are the options before the section is read.
func Defaults() Options { return Options{Base: "https://api.sosedi.example/v1"} }

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	if len(o.Cities) == 0 {
		return errors.New(`cities: give at least one, as the directory spells it: "perm"`)
	}
	for _, c := range o.Cities {
		if c == "" || strings.Trim(c, "abcdefghijklmnopqrstuvwxyz-") != "" {
			return fmt.Errorf("cities: %q: want small latin letters", c)
		}
	}
	return nil
}
