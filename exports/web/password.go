package web

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"obzvon/exports/web/page"
)

type passwordForm struct {
	OneTime bool
	Wrong   string
}

func (s *Server) showPassword(w http.ResponseWriter, r *http.Request) error {
	u := page.UserOf(r)
	if u.Name == "" {
		return s.toLogin(w, r)
	}
	return s.pages.Render(w, r, "password", page.View{Title: "Смена пароля", Data: passwordForm{OneTime: u.OneTime}})
}

func (s *Server) changePassword(w http.ResponseWriter, r *http.Request) error {
	u := page.UserOf(r)
	c, err := r.Cookie(s.Kit.CookieName(sessionCookie))
	if u.Name == "" || err != nil {
		return s.toLogin(w, r)
	}
	if err := r.ParseForm(); err != nil {
		return page.Wrong("Форма не прочиталась. Вернитесь и введите пароли ещё раз.", err)
	}
	fresh := r.PostForm.Get("fresh")
	form := passwordForm{OneTime: u.OneTime}
	var weak *WeakError
	var slow *SlowDown
	if fresh != r.PostForm.Get("again") {
		form.Wrong = "Новый пароль введён по-разному. Введите его дважды одинаково."
		return s.passwordRefused(w, r, form)
	}
	token, err := s.Door.Change(r.Context(), c.Value, r.PostForm.Get("old"), fresh)
	switch {
	case errors.As(err, &weak):
		form.Wrong = weak.Text
	case errors.As(err, &slow):
		form.Wrong = "Слишком много попыток. Подождите " + page.Span(slow.Wait) + "."
	case errors.Is(err, ErrWrong):
		form.Wrong = "Прежний пароль не подходит."
	case err != nil:
		return err
	default:
		s.Kit.SetCookie(w, sessionCookie, token, int(s.Idle.Seconds()))
		if err := s.Kit.Note(r, "password", "", 0); err != nil {
			return err
		}
		return s.Kit.Back(w, r, "/", "Пароль сменён. На других устройствах придётся войти заново.")
	}
	return s.passwordRefused(w, r, form)
}

func (s *Server) passwordRefused(w http.ResponseWriter, r *http.Request, form passwordForm) error {
	if err := s.Kit.Refuse(r, "password", ""); err != nil {
		return err
	}
	return s.pages.RenderStatus(w, r, http.StatusUnprocessableEntity, "password", page.View{Title: "Смена пароля", Data: form})
}

// seconds is a wait as Retry-After gives it, rounded up.
func seconds(d time.Duration) string { return strconv.Itoa(int(math.Ceil(d.Seconds()))) }
