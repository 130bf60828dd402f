package manager

import (
	"crypto/rand"
	"errors"
	"net/http"

	"obzvon/exports/web/page"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// listPage is the list of a day as it is shown.
type listPage struct {
	Today     bool         // the day is today's
	Day       company.Date // 0 = there is no list at all
	Empty     string       // why there are no rows
	Manager   Manager
	Managers  []Manager // to choose from; fewer than two = no choice
	Head      bool
	Query     string // that keeps the manager in addresses: "?manager=anna"
	Token     string
	Rows      []rowView
	Due       []dueView
	Tally     Tally
	Bar       int // of Tally.Dialled, in steps of 5
	Stopped   []rowView
	Withdrawn int
}

// dueView counts the rows of a kind.
type dueView struct {
	Title     string
	All, Left int
}

// today shows the list that is called from now.
func (p *pages) today(w http.ResponseWriter, r *http.Request) error {
	_, now, err := p.desk.Days(r.Context())
	if err != nil {
		return err
	}
	if now == 0 {
		return p.showList(w, r, &listPage{Empty: "Списка ещё нет. Он появится после первого ночного запуска: его включает администратор."})
	}
	return p.listOf(w, r, now)
}

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	day, err := dayOf(r)
	if err != nil {
		return err
	}
	return p.listOf(w, r, day)
}

func (p *pages) listOf(w http.ResponseWriter, r *http.Request, day company.Date) error {
	manager, err := p.managerOf(r)
	if err != nil {
		return err
	}
	sheet, err := p.desk.Sheet(r.Context(), day, manager)
	asks := who(r)
	if errors.Is(err, ErrNoManager) && manager == asks.Manager {
		if !asks.Head {
			return p.showList(w, r, &listPage{Day: day, Empty: "В этот день у вас нет списка."})
		}
		sheet, err = p.desk.Sheet(r.Context(), day, "")
	}
	if err != nil {
		return told(err)
	}
	return p.showList(w, r, p.viewOf(sheet, asks))
}

func (p *pages) viewOf(s *Sheet, asks Who) *listPage {
	v := &listPage{Day: s.Day, Manager: s.Manager, Head: asks.Head, Token: rand.Text(), Tally: s.Tally, Withdrawn: s.Withdrawn}
	v.Query = managerQuery(asks, s.Manager.ID)
	if asks.Head {
		v.Managers = s.Managers
	}
	v.Bar = bar(s.Tally.Dialled, s.Tally.Rows)
	kinds := []dueView{{Title: "договорённости"}, {Title: "повторные звонки"}, {Title: "новые"}}
	for i := range s.Rows {
		row := p.rowView(&s.Rows[i], s.Day, v.Query)
		row.Token = v.Token
		v.Rows = append(v.Rows, row)
		k := &kinds[kindOf(s.Rows[i].State)]
		k.All++
		if row.Outcome == "" {
			k.Left++
		}
	}
	for i := range s.Stopped {
		v.Stopped = append(v.Stopped, p.rowView(&s.Stopped[i], s.Day, v.Query))
	}
	v.Due = kinds
	if len(v.Rows) == 0 {
		v.Empty = "В этом списке не осталось строк."
	}
	return v
}

// Kinds of rows, in the order in which they are called.
const (
	kindAgreed = iota
	kindAgain
	kindNew
)

// kindOf is why a row stands on the list.
func kindOf(s pipeline.RowState) int {
	switch s {
	case pipeline.RowPromised, pipeline.RowOverdue:
		return kindAgreed
	case pipeline.RowAgain, pipeline.RowClient:
		return kindAgain
	case pipeline.RowPlain, pipeline.RowNew:
	}
	return kindNew
}

// bar is a share for a class of the common style: 0 to 100 in steps of 5, and not
// full before it is.
func bar(part, all int) int {
	if all <= 0 {
		return 0
	}
	return min(part, all) * 20 / all * 5
}

func (p *pages) showList(w http.ResponseWriter, r *http.Request, v *listPage) error {
	v.Today = v.Day == company.DateOf(p.kit.Now().In(p.kit.Zone))
	title := "Обзвон"
	if v.Day.Known() {
		title = "Обзвон на " + page.Day(v.Day)
	}
	return p.set.Render(w, r, "list", page.View{
		Title: title, Wide: true, Scripts: []string{"manager/list.js"}, Styles: []string{"manager/list.css"}, Data: v,
	})
}
