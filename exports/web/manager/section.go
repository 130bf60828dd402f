package manager

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"obzvon/exports/web/page"
)

//go:embed *.html *.js *.css
var files embed.FS

const (
	name     = "manager"
	workTime = 2 * time.Minute // of what reads, ranks or takes in much
	formMost = 256 << 10       // bytes of a form with a long comment
	overhead = 1 << 20         // bytes of an upload beside its files
)

// pages answers for the section.
type pages struct {
	kit  *page.Kit
	desk Desk
	set  *page.Set
}

// New makes the section.
func New(kit *page.Kit, desk Desk) (page.Section, error) {
	set, err := kit.Templates(files)
	if err != nil {
		return page.Section{}, fmt.Errorf("pages of the manager: %w", err)
	}
	p := &pages{kit, desk, set}
	both := []page.Role{page.Manager, page.Head}
	assets, err := fs.Sub(files, ".")
	if err != nil {
		return page.Section{}, fmt.Errorf("assets of the manager: %w", err)
	}
	route := func(pattern string, h page.Handler) page.Route {
		return page.Route{Pattern: pattern, Roles: both, Handle: h}
	}
	upload := page.Route{Pattern: "POST /upload", Roles: both, Handle: p.bring, Time: workTime, Body: desk.Most() + overhead}
	book := page.Route{Pattern: "POST /lists/{day}/book", Roles: []page.Role{page.Head}, Handle: p.book, Time: workTime}
	save := page.Route{Pattern: "POST /lists/{day}/rows/{inn}", Roles: both, Handle: p.save, Body: formMost}
	return page.Section{
		Name: name, Assets: assets,
		Links: []page.Link{
			{Title: "Сегодня", Href: "/lists", Roles: both},
			{Title: "Загрузить", Href: "/upload", Roles: both},
		},
		Routes: []page.Route{
			route("GET /lists", p.today), route("GET /lists/past", p.past), route("GET /lists/{day}", p.list),
			route("GET /lists/{day}/file", p.download), route("POST /lists/{day}/file", p.locked), book,
			route("GET /lists/{day}/rows/{inn}", p.form), save,
			route("GET /upload", p.upload), upload,
			route("GET /companies/{inn}", p.card),
		},
	}, nil
}

// who is the user of a request.
func who(r *http.Request) Who {
	u := page.UserOf(r)
	return Who{Account: u.Name, Manager: u.Manager, Head: u.Has(page.Head)}
}
