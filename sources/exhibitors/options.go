package exhibitors

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/members"
)

// Adapter is the name in config. No key is needed.
const Adapter = "exhibitors"

// Options is the adapter's part of a source's section in the config: one fair.
type Options struct {
	Base       string            `mapstructure:"base"`   // "" = the layout's
	Layout     string            `mapstructure:"layout"` // one of Layouts
	Page       *Layout           `mapstructure:"page"`   // of layout own
	List       string            `mapstructure:"list"`   // path of the list
	Parameters map[string]string `mapstructure:"parameters"`
	Fair       string            `mapstructure:"fair"`  // lasting key: "metalloobrabotka-2026"
	Title      string            `mapstructure:"title"` // as people call it
	Day        config.Day        `mapstructure:"day"`   // its first day; "" = not known
	Cards      bool              `mapstructure:"cards"` // ask for the card of each, a call each
	Pages      int               `mapstructure:"pages"` // of the list at most
}

// Defaults are the options before the section is read.
func Defaults() Options { return Options{Layout: "expocentre", Cards: true, Pages: 50} }

const pagesMost = 1000

var fairKey = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,59}$`)

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	l, err := o.layout()
	if err != nil {
		return err
	}
	if err := l.check(); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	if base := cmp.Or(o.Base, l.base); base == "" {
		return errors.New("base: want the address of the catalogue: https://fair.example")
	} else if _, err := fetch.ParseAddress(base); err != nil {
		return fmt.Errorf("base: %w", err)
	}
	switch {
	case !strings.HasPrefix(o.List, "/") || strings.ContainsAny(o.List, "?# "):
		return fmt.Errorf("list %q: want the path of the list below base, such as /ru/exhibitions/…/list; what follows ? goes into parameters", o.List)
	case !fairKey.MatchString(o.Fair):
		return fmt.Errorf("fair %q: want a lasting key of small letters, digits and hyphens with the year, such as metalloobrabotka-2026", o.Fair)
	case strings.TrimSpace(o.Title) == "":
		return errors.New("title: want the fair as people call it: Металлообработка-2026")
	case o.Day != "" && !members.DateOf(string(o.Day)).Known():
		return fmt.Errorf("day %q: want YYYY-MM-DD", o.Day)
	case o.Pages < 1 || o.Pages > pagesMost:
		return fmt.Errorf("pages %d: want 1 to %d", o.Pages, pagesMost)
	}
	return nil
}

func (o Options) layout() (Layout, error) {
	if o.Layout == own {
		if o.Page == nil {
			return Layout{}, errors.New("page: layout own wants the rows and fields of the list")
		}
		return *o.Page, nil
	}
	l, ok := layoutTable[o.Layout]
	switch {
	case !ok:
		return Layout{}, fmt.Errorf("layout %q: want one of %s", o.Layout, strings.Join(Layouts(), ", "))
	case o.Page != nil:
		return Layout{}, fmt.Errorf("page: only layout %s takes it", own)
	}
	return l, nil
}

// base is where the catalogue is.
func (o Options) base() string {
	l, err := o.layout()
	if err != nil {
		return o.Base
	}
	return cmp.Or(o.Base, l.base)
}
