package manager

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
)

type cardPage struct {
	*Card

	Day    company.Date
	Next   string
	Hook   string
	Aside  []string
	Script [][2]string
	Open   *openRow // nil = no result can be put down here
	List   string   // address of the list it was opened from
	Then   *thenRow // whom to call next on it; nil = nobody is left
}

// thenRow is another company on the same list.
type thenRow struct{ Company, Card string }

// openRow is the company's row on the list that is called from.
type openRow struct{ rowView }

// card tells of one company.
func (p *pages) card(w http.ResponseWriter, r *http.Request) error {
	inn, err := innOf(r)
	if err != nil {
		return err
	}
	if err := p.mayLook(r, inn); err != nil {
		return err
	}
	day, err := p.cardDay(r)
	if err != nil {
		return err
	}
	card, err := p.desk.Card(r.Context(), inn, day)
	if err != nil {
		return told(err)
	}
	v := &cardPage{Card: card, Day: day, Next: nextText(card.Next, card.NextDay, card.NextAt, day)}
	row := p.rowView(&Row{Row: card.Row}, day, "")
	v.Hook, v.Aside = row.Hook, row.Aside
	v.Script = p.desk.Guide(day).Script
	if v.Open, err = p.openRow(r, inn, day); err != nil {
		return err
	}
	if v.Open != nil {
		v.List = "/lists/" + day.String() + managerQuery(who(r), v.Open.ManagerID) + "#r-" + string(inn)
		sheet, err := p.desk.Sheet(r.Context(), day, v.Open.ManagerID)
		if err != nil && !errors.Is(err, ErrNoManager) && !errors.Is(err, ErrNoList) {
			return err
		}
		v.Then = afterRow(sheet, inn)
	}
	return p.set.Render(w, r, "card", page.View{
		Title: card.Row.Company, Wide: true, Scripts: []string{"manager/list.js"}, Styles: []string{"manager/list.css"}, Data: v,
	})
}

// afterRow is the row to call after one: the next without a result, from the top
// again when the end is reached.
func afterRow(s *Sheet, inn company.INN) *thenRow {
	if s == nil {
		return nil
	}
	at := slices.IndexFunc(s.Rows, func(r Row) bool { return r.INN == inn })
	for i := 1; i <= len(s.Rows); i++ {
		row := &s.Rows[(at+i)%len(s.Rows)]
		if row.INN != inn && (row.Result == nil || row.Result.Outcome == "") {
			return &thenRow{Company: row.Company, Card: cardAddress(row.INN, s.Day)}
		}
	}
	return nil
}

// mayLook lets the head see every company, a manager his own.
func (p *pages) mayLook(r *http.Request, inn company.INN) error {
	asks := who(r)
	if asks.Head {
		return nil
	}
	owns := false
	if asks.Manager != "" {
		var err error
		if owns, err = p.desk.Owns(r.Context(), asks.Manager, inn); err != nil {
			return err
		}
	}
	if owns {
		return nil
	}
	if err := p.kit.Refuse(r, "card", ""); err != nil {
		return err
	}
	return page.Forbidden("Эта компания не ваша: её карточку видит её менеджер и руководитель.")
}

// cardDay is the list that the card was opened from, else now's.
func (p *pages) cardDay(r *http.Request) (company.Date, error) {
	if day, err := company.ParseDate(r.FormValue("day")); err == nil && day.Known() {
		return day, nil
	}
	_, now, err := p.desk.Days(r.Context())
	return now, err
}

// openRow is nil where the company is on no list of the day, or on another
// manager's.
func (p *pages) openRow(r *http.Request, inn company.INN, day company.Date) (*openRow, error) {
	if !day.Known() {
		return nil, nil
	}
	row, err := p.desk.RowOf(r.Context(), day, inn)
	if errors.Is(err, ErrNoRow) || errors.Is(err, ErrNoList) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	asks := who(r)
	if !asks.Head && row.ManagerID != asks.Manager {
		return nil, nil
	}
	open := &openRow{p.rowView(row, day, managerQuery(asks, row.ManagerID))}
	open.Token, open.From = rand.Text(), "card"
	return open, nil
}

// managerQuery keeps the manager in addresses that the head follows.
func managerQuery(asks Who, manager string) string {
	if !asks.Head {
		return ""
	}
	return "?manager=" + url.QueryEscape(manager)
}
