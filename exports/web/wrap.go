package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"obzvon/exports/web/page"
)

const (
	bodyMost = 64 << 10
	timeMost = 30 * time.Second
)

// wrap turns a route into a handler: who asks, whether he may, how much he may
// send and how long it may take. An open route is answered without a login.
func (s *Server) wrap(route page.Route, open bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := s.limit(w, r, &route)
		if err == nil {
			if r, err = s.identify(r); err == nil {
				err = s.admit(w, r, &route, open)
			}
		}
		if err == nil {
			err = s.guarded(route.Handle, w, r)
		}
		if err != nil && !errors.Is(err, errAnswered) {
			s.complain(w, r, err)
		}
		s.sweep(r)
	})
}

// sweep removes what an upload has left on the disk. net/http does so for the request
// that it made itself, and a page gets one with a user in it.
func (s *Server) sweep(r *http.Request) {
	if r.MultipartForm == nil {
		return
	}
	if err := r.MultipartForm.RemoveAll(); err != nil {
		s.Log.Warn("remove the files of an upload", slog.Any("why", err))
	}
}

// errAnswered says that the answer is out already.
var errAnswered = errors.New("answered")

// limit bounds the body and the time of a request.
func (s *Server) limit(w http.ResponseWriter, r *http.Request, route *page.Route) error {
	body, most := route.Body, route.Time
	if body == 0 {
		body = bodyMost
	}
	if most == 0 {
		most = timeMost
	}
	r.Body = http.MaxBytesReader(w, r.Body, body)
	var until time.Time // none for a stream
	if most > 0 {
		until = time.Now().Add(most) // of the network: the wall's clock
	}
	c := http.NewResponseController(w)
	if err := errors.Join(c.SetReadDeadline(until), c.SetWriteDeadline(until)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("bound the request's time: %w", err)
	}
	return nil
}

// identify tells who asks, if anybody is logged in.
func (s *Server) identify(r *http.Request) (*http.Request, error) {
	c, err := r.Cookie(s.Kit.CookieName(sessionCookie))
	if err != nil {
		return r, nil
	}
	u, err := s.Door.Who(r.Context(), c.Value)
	if errors.Is(err, ErrExpired) {
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("look who is logged in: %w", err)
	}
	return r.WithContext(page.WithUser(r.Context(), u)), nil
}

// admit sends strangers to log in, those with a one-time password to change it,
// and refuses those whose role does not allow.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, route *page.Route, open bool) error {
	u := page.UserOf(r)
	switch {
	case open:
		return nil
	case u.Name == "":
		return s.toLogin(w, r)
	case u.OneTime:
		http.Redirect(w, r, "/password", http.StatusSeeOther)
		return errAnswered
	case !u.Has(route.Roles...):
		if err := s.Kit.Refuse(r, "page", route.Pattern); err != nil {
			return err
		}
		return page.Forbidden("Этой страницы нет среди ваших. Если она вам нужна, попросите администратора дать роль.")
	}
	return nil
}

// guarded keeps a fault in one page from taking the server down.
func (s *Server) guarded(h page.Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		if fault := recover(); fault != nil && fault != http.ErrAbortHandler { //nolint:errorlint // net/http compares it so too
			s.Log.Error("a page broke", slog.String("route", r.Pattern), slog.Any("fault", fault), slog.String("stack", string(debug.Stack())))
			err = fmt.Errorf("a page broke: %v", fault)
		}
	}()
	return h(w, r)
}

// complain shows what went wrong.
func (s *Server) complain(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // nobody waits for it any more
	}
	p := s.problemOf(r, err)
	if r.Header.Get("Accept") == "application/json" {
		http.Error(w, p.Text, p.Status)
		return
	}
	view := page.View{Title: p.Title, Data: p}
	if err := s.pages.RenderStatus(w, r, p.Status, "problem", view); err != nil {
		s.Log.Error("show a problem", slog.Any("error", err))
		http.Error(w, p.Text, p.Status)
	}
}

func (s *Server) problemOf(r *http.Request, err error) *page.Problem {
	var p *page.Problem
	if errors.As(err, &p) {
		s.Log.Info("refused", slog.String("route", r.Pattern), slog.Any("error", err))
		return p
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return &page.Problem{Status: http.StatusRequestEntityTooLarge, Title: "Слишком много", Text: "Принимается не больше " + page.Bytes(large.Limit) + " за раз."}
	}
	s.Log.Error("page failed", slog.String("route", r.Pattern), slog.Any("error", err))
	return &page.Problem{
		Status: http.StatusInternalServerError, Title: "Ошибка у нас",
		Text: "Данные не пострадали. Попробуйте ещё раз; если не поможет, скажите администратору время: " + s.Kit.Moment(s.Kit.Now()) + ".",
	}
}
