package b2bcenter

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// Adapter is the name in config. No key is needed.
const Adapter = "b2bcenter"

// Options is the adapter's part of a source's section in the config.
type Options struct {
	Base     string   `mapstructure:"base"`
	Keywords []string `mapstructure:"keywords"`  // searched for, as beginnings of words: "подшипник"
	Always   []string `mapstructure:"always"`    // of the keywords, those under which there are always notices
	DaysBack int      `mapstructure:"days_back"` // how many days before the list's day are read, 1 to 366
	Pages    int      `mapstructure:"pages"`     // of one keyword at most
}

// Defaults are the options before the section is read.
func Defaults() Options {
	return Options{
		Base: siteBase, Keywords: []string{"подшипник"}, Always: []string{"подшипник"}, DaysBack: 60, Pages: 10,
	}
}

const pagesMost = 100

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	if len(o.Keywords) == 0 {
		return errors.New("keywords: give at least one")
	}
	for i, k := range o.Keywords {
		if len(company.FoldWords(k)) == 0 || len(k) > 200 || strings.Contains(k, separator) || slices.Contains(o.Keywords[:i], k) {
			return fmt.Errorf("keywords: %q is no word to search for, or stands there twice", k)
		}
	}
	for _, k := range o.Always {
		if !slices.Contains(o.Keywords, k) {
			return fmt.Errorf("always: %q is not one of the keywords", k)
		}
	}
	switch {
	case o.DaysBack < 1 || o.DaysBack > 366:
		return fmt.Errorf("days_back %d: want 1 to 366", o.DaysBack)
	case o.Pages < 1 || o.Pages > pagesMost:
		return fmt.Errorf("pages %d: want 1 to %d", o.Pages, pagesMost)
	}
	return nil
}
