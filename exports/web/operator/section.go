package operator

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"obzvon/exports/web/page"
)

//go:embed all:page
var files embed.FS

const name = "operator"

const (
	longest = 2 * time.Minute // of what reads the whole base
	noEnd   = -1
	// importMost is as large as a stop list of a hundred thousand phones.
	importMost = 4 << 20
)

type section struct {
	Ports

	kit *page.Kit
	set *page.Set
}

// New makes the pages.
func New(kit *page.Kit, ports Ports) (page.Section, error) {
	own, err := fs.Sub(files, "page")
	if err != nil {
		return page.Section{}, fmt.Errorf("open the operator's pages: %w", err)
	}
	set, err := kit.Templates(own)
	if err != nil {
		return page.Section{}, fmt.Errorf("read the operator's pages: %w", err)
	}
	s := &section{Ports: ports, kit: kit, set: set}
	mine, seen := []page.Role{page.Operator}, []page.Role{page.Operator, page.Head}
	return page.Section{
		Name: name, Assets: own,
		Links: []page.Link{
			{Title: "Ночь", Href: "/night", Roles: seen},
			{Title: "Здоровье", Href: "/health", Roles: mine},
			{Title: "Люди", Href: "/people", Roles: mine},
			{Title: "Стоп-лист", Href: "/stops", Roles: mine},
			{Title: "Забыть", Href: "/forget", Roles: mine},
			{Title: "Журнал", Href: "/audit", Roles: mine},
		},
		Routes: []page.Route{
			{Pattern: "GET /night", Roles: seen, Handle: s.night},
			{Pattern: "GET /night/events", Roles: seen, Handle: s.events, Time: noEnd},
			{Pattern: "GET /night/runs", Roles: seen, Handle: s.runs},
			{Pattern: "GET /night/runs/{day}", Roles: seen, Handle: s.run},
			{Pattern: "POST /night/start", Roles: mine, Handle: s.start},
			{Pattern: "POST /night/stop", Roles: mine, Handle: s.stop},
			{Pattern: "GET /health", Roles: mine, Handle: s.health},
			{Pattern: "GET /people", Roles: mine, Handle: s.people},
			{Pattern: "POST /people", Roles: mine, Handle: s.changePeople},
			{Pattern: "GET /stops", Roles: mine, Handle: s.stops},
			{Pattern: "POST /stops", Roles: mine, Handle: s.addStops, Body: importMost, Time: longest},
			{Pattern: "POST /stops/remove", Roles: mine, Handle: s.removeStop, Time: longest},
			{Pattern: "GET /forget", Roles: mine, Handle: s.forget},
			{Pattern: "POST /forget", Roles: mine, Handle: s.erase, Time: forgetMost},
			{Pattern: "GET /audit", Roles: mine, Handle: s.audit},
		},
	}, nil
}

func (s *section) view(title string, data any, scripts ...string) page.View {
	v := page.View{Title: title, Wide: true, Styles: []string{name + "/operator.css"}, Data: data}
	for _, script := range scripts {
		v.Scripts = append(v.Scripts, name+"/"+script)
	}
	return v
}

// form reads the fields of a POST.
func form(r *http.Request) error {
	return readForm(r.ParseForm())
}

func readForm(err error) error {
	if large := (*http.MaxBytesError)(nil); err == nil || errors.As(err, &large) {
		return err
	}
	return page.Wrong("Форма не прочиталась. Вернитесь и попробуйте ещё раз.", err)
}

// errRefused stands in the log where nothing more may be said.
var errRefused = errors.New("refused")

// told puts what a port refuses into a page of its own.
func told(err error) error {
	var refused *RefusedError
	var busy *BusyError
	switch {
	case errors.As(err, &refused):
		return page.Wrong(refused.Text, cause(refused.Err))
	case errors.As(err, &busy):
		return page.Busy(busy.What, busy.Err)
	}
	return err
}

func cause(err error) error {
	if err == nil {
		return errRefused
	}
	return err
}
