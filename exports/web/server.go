package web

import (
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"obzvon/exports/web/page"
)

//go:embed pages/*.html
var templates embed.FS

// Options are what the pages stand on.
type Options struct {
	Kit      *page.Kit
	Door     Door
	Sections []page.Section
	Log      *slog.Logger
	Hosts    []string       // that browsers may name us by, without a port; none = any
	Proxies  []netip.Prefix // whose X-Forwarded-For is believed
	Idle     time.Duration  // of a login: how long the browser keeps the cookie

	// Measure wraps the handler of a route, by its pattern; nil = nothing is measured.
	Measure func(pattern string, next http.Handler) http.Handler
	// Healthy says why the server is not well; nil = it is.
	Healthy func(r *http.Request) error
}

// Server answers browsers.
type Server struct {
	Options
	pages *page.Set
}

// New lays the pages of all sections under one handler.
func New(o Options) (http.Handler, error) {
	if err := o.Kit.Prepare(o.Sections); err != nil {
		return nil, err
	}
	files, err := fs.Sub(templates, "pages")
	if err != nil {
		return nil, fmt.Errorf("open the templates: %w", err)
	}
	s := &Server{Options: o}
	if s.pages, err = o.Kit.Templates(files); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+page.StaticPrefix, o.Kit.ServeStatic)
	mux.HandleFunc("GET /healthz", s.health)
	mux.Handle("GET /robots.txt", http.HandlerFunc(noRobots))
	for _, r := range s.own() {
		s.mount(mux, r, true)
	}
	for _, section := range o.Sections {
		for _, r := range section.Routes {
			s.mount(mux, r, false)
		}
	}
	mux.Handle("/", s.wrap(page.Route{Handle: nothingHere}, true))
	return s.outer(mux), nil
}

func (s *Server) mount(mux *http.ServeMux, r page.Route, open bool) {
	h := s.wrap(r, open)
	if s.Measure != nil {
		h = s.Measure(r.Pattern, h)
	}
	mux.Handle(r.Pattern, h)
}

// own are the pages of everybody.
func (s *Server) own() []page.Route {
	return []page.Route{
		{Pattern: "GET /{$}", Handle: s.home},
		{Pattern: "GET /login", Handle: s.showLogin},
		{Pattern: "POST /login", Handle: s.login},
		{Pattern: "POST /logout", Handle: s.logout},
		{Pattern: "GET /password", Handle: s.showPassword},
		{Pattern: "POST /password", Handle: s.changePassword},
	}
}

func nothingHere(http.ResponseWriter, *http.Request) error {
	return page.NotFound("Такой страницы нет. Начните с главной.")
}

func noRobots(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("User-agent: *\nDisallow: /\n")) // a robot that has gone needs no answer
}

// health is for a load balancer or a watchdog: it tells nothing about the inside.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if s.Healthy != nil {
		if err := s.Healthy(r); err != nil {
			s.Log.Error("not healthy", slog.Any("error", err))
			http.Error(w, "not well: see the log", http.StatusServiceUnavailable)
			return
		}
	}
	_, _ = w.Write([]byte("ok\n")) // as above
}
