package head

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
)

//go:embed all:page
var files embed.FS

const name = "head"

// long is for what reads the whole base.
const long = 2 * time.Minute

type section struct {
	kit  *page.Kit
	set  *page.Set
	desk Desk
	last memo // of the plan, for the charts of a page
}

// New makes the pages.
func New(kit *page.Kit, desk Desk) (page.Section, error) {
	own, err := fs.Sub(files, "page")
	if err != nil {
		return page.Section{}, fmt.Errorf("open the head's pages: %w", err)
	}
	set, err := kit.Templates(own)
	if err != nil {
		return page.Section{}, fmt.Errorf("read the head's pages: %w", err)
	}
	s := &section{kit: kit, set: set, desk: desk}
	roles := []page.Role{page.Head}
	route := func(pattern string, h page.Handler) page.Route {
		return page.Route{Pattern: pattern, Roles: roles, Handle: h}
	}
	searching := route("GET /assignments", s.assignments)
	searching.Time = long
	return page.Section{
		Name: name, Assets: own,
		Links: []page.Link{
			{Title: "План", Href: "/plan", Roles: roles},
			{Title: "Менеджеры", Href: "/team", Roles: roles},
			{Title: "Кто кому звонит", Href: "/assignments", Roles: roles},
			{Title: "ТОП-20", Href: "/targets", Roles: roles},
		},
		Routes: []page.Route{
			route("GET /plan", s.plan),
			route("GET /plan/charts/{file}", s.chart),
			route("GET /team", s.team),
			searching,
			route("POST /assignments", s.settle),
			route("GET /assignments/move", s.askMove),
			route("POST /assignments/move", s.move),
			route("GET /targets", s.targets),
			route("POST /targets", s.settleTarget),
		},
	}, nil
}

func (s *section) today() company.Date { return company.DateOf(s.kit.Now().In(s.kit.Zone)) }

func (s *section) view(title string, data any) page.View {
	return page.View{Title: title, Wide: true, Styles: []string{name + "/head.css"}, Data: data}
}

// form reads the fields of a POST.
func form(r *http.Request) error {
	err := r.ParseForm()
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	if err != nil {
		return page.Wrong("Форма не прочиталась. Вернитесь и попробуйте ещё раз.", err)
	}
	return nil
}

// errINN stands in the log for what was typed: it may be anything.
var errINN = errors.New("not an ИНН")

// innOf reads the ИНН of a form.
func innOf(r *http.Request) (company.INN, error) {
	inn, err := company.ParseINNCell(r.PostForm.Get("inn"))
	if err != nil {
		return "", page.Wrong("В ИНН ошибка: в нём 10 или 12 цифр, и последние проверяют остальные. Сверьте и введите ещё раз.", errINN)
	}
	return inn, nil
}
