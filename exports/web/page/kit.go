package page

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

//go:embed layout/*.html
var layouts embed.FS

//go:embed static
var shared embed.FS

// Note is one line of the audit log: who did what with how many rows. It holds
// nothing about companies, so that forgetting one need not touch it.
type Note struct {
	Account string
	Address string
	Action  string // "download", "upload", "result", …
	What    string // day of a list, name of a file, section; never a phone, an ИНН or a name of a company
	Rows    int
	Refused bool
}

// Audit keeps what was done. An error means that it could not be written; then
// the thing itself must not be done.
type Audit interface {
	Note(ctx context.Context, n Note) error
}

// Kit renders the pages of all sections alike.
type Kit struct {
	Audit Audit
	Now   func() time.Time
	Zone  *time.Location // the seller's: all times on pages are in it
	Brand string         // the seller's name, at the head of each page

	Sample bool // invented companies: a banner says so
	Secure bool // browsers come over TLS

	base   *template.Template
	menu   []Group
	assets map[string]asset // by the path below /static/
}

// Prepare takes the sections' menus and assets; call it once, before serving.
func (k *Kit) Prepare(sections []Section) error {
	k.assets = map[string]asset{}
	root, err := fs.Sub(shared, "static")
	if err != nil {
		return fmt.Errorf("open the shared assets: %w", err)
	}
	if err := k.addAssets("", root); err != nil {
		return err
	}
	for _, s := range sections {
		k.menu = append(k.menu, Group{Title: s.Title, Links: s.Links})
		if s.Assets == nil {
			continue
		}
		if err := k.addAssets(s.Name+"/", s.Assets); err != nil {
			return err
		}
	}
	return nil
}

// Set is the templates of one package. Each file defines a page named as the
// file without .html; files that begin with "_" are parts for the others.
type Set struct {
	kit   *Kit
	pages map[string]*template.Template
}

// Templates reads the *.html at the root of a package's files. Each page is
// rendered inside the common layout, as its block "content".
func (k *Kit) Templates(files fs.FS) (*Set, error) {
	base, err := k.layout()
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	var parts, own []string
	for _, name := range names {
		if strings.HasPrefix(name, "_") {
			parts = append(parts, name)
		} else {
			own = append(own, name)
		}
	}
	s := &Set{kit: k, pages: map[string]*template.Template{}}
	for _, name := range own {
		t, err := base.Clone()
		if err == nil {
			t, err = t.ParseFS(files, append([]string{name}, parts...)...)
		}
		if err != nil {
			return nil, fmt.Errorf("parse template %s: %w", name, err)
		}
		s.pages[strings.TrimSuffix(name, ".html")] = t
	}
	return s, nil
}

func (k *Kit) layout() (*template.Template, error) {
	if k.base != nil {
		return k.base, nil
	}
	t, err := template.New("layout.html").Funcs(k.words()).ParseFS(layouts, "layout/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse the layout: %w", err)
	}
	k.base = t
	return t, nil
}

// View is one page as it is shown.
type View struct {
	Title   string   // of the window and the head
	Wide    bool     // tables that need the whole width
	Scripts []string // paths below /static/: "analyst/whatif.js"
	Styles  []string // paths below /static/, beside the common style
	Data    any      // as .Data in the template
}

// shown is what the layout gets.
type shown struct {
	View
	Kit   *Kit
	User  User
	Menu  []Group // those of which the reader may see something
	Path  string
	Flash string
}

// Render writes a page. It is built whole before a byte is sent, so an error can
// still be shown.
func (s *Set) Render(w http.ResponseWriter, r *http.Request, name string, v View) error {
	return s.RenderStatus(w, r, http.StatusOK, name, v)
}

// RenderStatus is Render with a status of its own.
func (s *Set) RenderStatus(w http.ResponseWriter, r *http.Request, status int, name string, v View) error {
	t, ok := s.pages[name]
	if !ok {
		return fmt.Errorf("there is no template %q", name)
	}
	out := shown{View: v, Kit: s.kit, User: UserOf(r), Path: r.URL.Path, Flash: s.kit.takeFlash(w, r)}
	out.Menu = menuOf(s.kit.menu, out.User, out.Path)
	return send(w, status, t, "layout.html", out)
}

// Part renders a template of the page alone, without the layout: for what a
// script puts into a page that is open.
func (s *Set) Part(w http.ResponseWriter, page, block string, data any) error {
	t, ok := s.pages[page]
	if !ok {
		return fmt.Errorf("there is no template %q", page)
	}
	return send(w, http.StatusOK, t, block, data)
}

func send(w http.ResponseWriter, status int, t *template.Template, block string, data any) error {
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, block, data); err != nil {
		return fmt.Errorf("render %s: %w", block, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the reader has gone: nobody is left to tell
	return nil
}

// Note writes a line of the audit log for the user of the request.
func (k *Kit) Note(r *http.Request, action, what string, rows int) error {
	return k.note(r, Note{Action: action, What: what, Rows: rows})
}

// Refuse is Note of something that was not allowed.
func (k *Kit) Refuse(r *http.Request, action, what string) error {
	return k.note(r, Note{Action: action, What: what, Refused: true})
}

// NotDone is Refuse of what was noted and then could not be done for a reason, which
// it returns.
func (k *Kit) NotDone(r *http.Request, action, what string, why error) error {
	return errors.Join(why, k.Refuse(r, action, what))
}

// RefuseLogin is Refuse of a login, when nobody is logged in yet. The account is
// "" for a name that none has: it may be a password in the wrong field.
func (k *Kit) RefuseLogin(r *http.Request, account string) error {
	return k.note(r, Note{Account: cmp.Or(account, "?"), Action: "login", Refused: true})
}

func (k *Kit) note(r *http.Request, n Note) error {
	if n.Account == "" {
		n.Account = UserOf(r).Name
	}
	n.Address = AddressOf(r)
	if err := k.Audit.Note(r.Context(), n); err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	return nil
}
