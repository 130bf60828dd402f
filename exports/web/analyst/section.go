package analyst

import (
	"embed"
	"fmt"
	"io/fs"
	"time"

	"obzvon/exports/web/page"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed assets
var assets embed.FS

// name is that of the section: its assets stand below it.
const name = "analyst"

// scanTime bounds answers for which the whole base is read.
const scanTime = 2 * time.Minute

// sentMost bounds a segments file that is sent, as config bounds one that is read.
const sentMost = 1 << 20

// section is the pages over a desk.
type section struct {
	kit   *page.Kit
	desk  Desk
	pages *page.Set
}

// New makes the section. Heads read the same pages.
func New(kit *page.Kit, desk Desk) (page.Section, error) {
	files, err := fs.Sub(templates, "templates")
	if err != nil {
		return page.Section{}, fmt.Errorf("open the analyst's templates: %w", err)
	}
	static, err := fs.Sub(assets, "assets")
	if err != nil {
		return page.Section{}, fmt.Errorf("open the analyst's assets: %w", err)
	}
	s := &section{kit: kit, desk: desk}
	if s.pages, err = kit.Templates(files); err != nil {
		return page.Section{}, err
	}
	return page.Section{Name: name, Links: s.links(), Routes: s.routes(), Assets: static}, nil
}

func readers() []page.Role { return []page.Role{page.Analyst, page.Head} }

func (s *section) links() []page.Link {
	return []page.Link{
		{Title: "Веса", Href: "/weights", Roles: readers()},
		{Title: "Совпадения", Href: "/matches", Roles: readers()},
		{Title: "Непрочитанное", Href: "/rejects", Roles: readers()},
		{Title: "Источники", Href: "/sources", Roles: readers()},
	}
}

func (s *section) routes() []page.Route {
	analyst := []page.Role{page.Analyst}
	return []page.Route{
		{Pattern: "GET /weights", Roles: readers(), Time: scanTime, Handle: s.showWeights},
		{Pattern: "GET /weights/preview", Roles: readers(), Handle: toWeights},
		{Pattern: "POST /weights/preview", Roles: readers(), Time: scanTime, Body: sentMost + 1<<16, Handle: s.preview},
		{Pattern: "POST /weights/file", Roles: analyst, Handle: s.file},
		{Pattern: "GET /weights/outcomes", Roles: readers(), Time: scanTime, Handle: s.outcomes},
		{Pattern: "GET /matches", Roles: readers(), Handle: s.matches},
		{Pattern: "GET /matches/decided", Roles: readers(), Handle: s.decided},
		{Pattern: "POST /matches/decide", Roles: analyst, Handle: s.decide},
		{Pattern: "GET /rejects", Roles: readers(), Handle: s.quarantine},
		{Pattern: "GET /rejects/{source}", Roles: readers(), Handle: s.rejects},
		{Pattern: "GET /sources", Roles: readers(), Handle: s.sources},
		{Pattern: "GET /sources/{name}", Roles: readers(), Handle: s.source},
		{Pattern: "GET /firms/{inn}", Roles: readers(), Time: scanTime, Handle: s.firm},
	}
}

// view is a page of the section.
func view(title string, data any, scripts ...string) page.View {
	v := page.View{Title: title, Data: data, Styles: []string{name + "/analyst.css"}}
	for _, script := range scripts {
		v.Scripts = append(v.Scripts, name+"/"+script)
	}
	return v
}
