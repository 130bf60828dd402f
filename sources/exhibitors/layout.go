package exhibitors

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Forms of an answer, and kinds of paging.
const (
	FormHTML = "html"
	FormJSON = "json"

	PagingNone  = "none"  // all on one page
	PagingQuery = "query" // a parameter of the query counts pages
	PagingForm  = "form"  // a parameter of a posted form counts them
)

// Layout says where things stand. See the package's comment for how a field is written;
// a field left empty is not there.
type Layout struct {
	Form   string `mapstructure:"form"` // html or json; "" = html
	Rows   string `mapstructure:"rows"` // selector of the rows, or path of the array
	Row    Fields `mapstructure:"row"`
	Card   Fields `mapstructure:"card"` // empty: cards are not asked for
	Paging Paging `mapstructure:"paging"`

	base     string
	verified bool // against real data
}

// Fields are where the properties of an exhibitor stand.
type Fields struct {
	Name    string `mapstructure:"name"`
	Link    string `mapstructure:"link"` // address of the card
	Country string `mapstructure:"country"`
	City    string `mapstructure:"city"`
	Address string `mapstructure:"address"`
	Hall    string `mapstructure:"hall"`
	Stand   string `mapstructure:"stand"`
	Rubrics string `mapstructure:"rubrics"`
	Phone   string `mapstructure:"phone"`
	Email   string `mapstructure:"email"`
	Site    string `mapstructure:"site"`
}

// Paging says how pages follow one another. A list ends with a page that has no rows, or
// the same as the one before or the first.
type Paging struct {
	Kind      string `mapstructure:"kind"` // none, query or form; "" = none
	Parameter string `mapstructure:"parameter"`
	First     int    `mapstructure:"first"` // number of the first page
	Step      int    `mapstructure:"step"`  // 0 = 1
}

// table of layouts. The doc says what each was tested against.
var layoutTable = map[string]Layout{
	"expocentre": {
		base: "https://icatalog.expocentr.ru", verified: true,
		Rows: "table#fresh-table tbody tr",
		Row: Fields{
			Name: "column Название|Компания|Участник|Экспонент|1", Link: "a@href", Country: "column Страна|2",
			Hall: "column Павильон|Зал|3", Stand: "column Стенд|4", Rubrics: "column Рубрик|Тематик|5",
		},
		Card: Fields{
			Stand: "label Стенд", Country: "label Страна", City: "label Город", Phone: "label Телефон",
			Site: "label Сайт", Email: "label E-mail", Rubrics: "span.label-primary",
		},
	},
	"itegroup": {
		base:   "https://exhibitors-itegroup.exhibitoronlinemanual.com",
		Rows:   "div.card",
		Row:    Fields{Name: "h5.card-title a", Link: "h5.card-title a@href", Stand: ".card-subtitle", Country: "p.card-text"},
		Paging: Paging{Kind: PagingForm, Parameter: "page", First: 1},
	},
	"mims": {
		base:   "https://exhibitors-itegroup.exhibitoronlinemanual.com",
		Rows:   "div.card",
		Row:    Fields{Name: "h5.card-title a", Link: "h5.card-title a@href", Stand: ".card-subtitle", Country: "p.card-text"},
		Paging: Paging{Kind: PagingForm, Parameter: "page", First: 1},
	},
	"innoprom": {
		base: "https://expo.innoprom.com",
		Rows: ".exhibitor, .exhibitor-item, .exhibitors-item, .exhibitors__item, .exhibitor-card",
		Row: Fields{
			Name: "h3, h4, h5, .name, .title, [class*=__title], [class*=__name]", Link: "a@href", Country: "[class*=country]",
			Stand: "[class*=stand]", Rubrics: "[class*=category]",
		},
		Card:   Fields{Phone: `a[href^="tel:"]`, Email: `a[href^="mailto:"]`, Site: "[class*=site] a@href", City: "label Город", Country: "label Страна"},
		Paging: Paging{Kind: PagingQuery, Parameter: "page", First: 1},
	},
}

// own is the layout that the section gives.
const own = "own"

// Layouts lists the names that the option "layout" takes.
func Layouts() []string { return append(slices.Sorted(maps.Keys(layoutTable)), own) }

func (l *Layout) check() error {
	switch {
	case !slices.Contains([]string{"", FormHTML, FormJSON}, l.Form):
		return fmt.Errorf("form %q: want %s or %s", l.Form, FormHTML, FormJSON)
	case l.Rows == "" || l.Row.Name == "":
		return errors.New("rows and row.name: a list without them shows nobody")
	case l.Card != (Fields{}) && l.Row.Link == "":
		return errors.New("row.link: without it no card is found")
	case l.Paging.Step < 0:
		return fmt.Errorf("paging.step %d: want 1 or more", l.Paging.Step)
	case !slices.Contains([]string{"", PagingNone, PagingQuery, PagingForm}, l.Paging.Kind):
		return fmt.Errorf("paging.kind %q: want %s, %s or %s", l.Paging.Kind, PagingNone, PagingQuery, PagingForm)
	case l.paged() && strings.TrimSpace(l.Paging.Parameter) == "":
		return errors.New("paging.parameter: want the name of the parameter that counts pages")
	}
	return nil
}

func (l *Layout) paged() bool { return l.Paging.Kind != "" && l.Paging.Kind != PagingNone }
