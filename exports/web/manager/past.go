package manager

import (
	"net/http"
	"slices"

	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
)

// pastMost is how many lists a page tells of.
const pastMost = 30

type pastPage struct {
	Manager  string
	Managers []Manager
	Head     bool
	Query    string
	Days     []pastView
	Older    string // address of the lists before; "" = there are none
}

type pastView struct {
	PastDay

	Bar  int
	File string
	List string
}

// past tells of the lists up to now.
func (p *pages) past(w http.ResponseWriter, r *http.Request) error {
	manager, err := p.managerOf(r)
	if err != nil {
		return err
	}
	days, now, err := p.desk.Days(r.Context())
	if err != nil {
		return err
	}
	v := &pastPage{Manager: manager, Head: who(r).Head}
	if v.Head && now != 0 {
		sheet, err := p.desk.Sheet(r.Context(), now, "")
		if err != nil {
			return told(err)
		}
		v.Managers = sheet.Managers
		if v.Manager == "" {
			v.Manager = sheet.Manager.ID
		}
	}
	v.Query = managerQuery(who(r), v.Manager)
	before, err := company.ParseDate(r.FormValue("before"))
	if err == nil && before.Known() {
		days = slices.DeleteFunc(slices.Clone(days), func(d company.Date) bool { return d >= before })
	}
	slices.Reverse(days)
	if len(days) > pastMost {
		days = days[:pastMost]
		v.Older = "/lists/past" + joined(v.Query) + "before=" + days[pastMost-1].String()
	}
	told, err := p.desk.Past(r.Context(), days, v.Manager)
	if err != nil {
		return err
	}
	for _, d := range told {
		list := "/lists/" + d.Day.String()
		v.Days = append(v.Days, pastView{d, bar(d.Dialled, d.Rows), list + "/file" + v.Query, list + v.Query})
	}
	return p.set.Render(w, r, "past", page.View{Title: "Прошлые списки", Styles: []string{"manager/list.css"}, Data: v})
}

// joined is a query that another value follows.
func joined(query string) string {
	if query == "" {
		return "?"
	}
	return query + "&"
}
