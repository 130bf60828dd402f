package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"obzvon/exports/web/page"
)

const sessionCookie = "obzvon"

// toLogin sends a stranger to log in and back again.
func (s *Server) toLogin(w http.ResponseWriter, r *http.Request) error {
	if r.Header.Get("Accept") == "application/json" {
		http.Error(w, "Вход закончился: обновите страницу.", http.StatusUnauthorized)
		return errAnswered
	}
	back, query := r.URL.RequestURI(), url.Values{}
	if r.Method != http.MethodGet {
		back = cameFrom(r)
		query.Set("lost", "1")
	}
	if back != "/" {
		query.Set("to", back)
	}
	to := "/login"
	if len(query) > 0 {
		to += "?" + query.Encode()
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return errAnswered
}

// cameFrom is the page of ours on which a form stood; "/" where that is not told.
func cameFrom(r *http.Request) string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host {
		return "/"
	}
	return inside(u.RequestURI())
}

type loginForm struct{ Name, To, Wrong string }

func (s *Server) showLogin(w http.ResponseWriter, r *http.Request) error {
	if page.UserOf(r).Name != "" {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	}
	query := r.URL.Query()
	form := loginForm{To: inside(query.Get("to"))}
	if query.Get("lost") != "" {
		form.Wrong = "Вход закончился, поэтому отправленное не записано. Войдите и сделайте это ещё раз."
	}
	return s.pages.Render(w, r, "login", page.View{Title: "Вход", Data: form})
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return page.Wrong("Форма не прочиталась. Вернитесь и войдите ещё раз.", err)
	}
	name := strings.ToLower(strings.TrimSpace(r.PostForm.Get("name")))
	token, u, err := s.Door.Login(r.Context(), name, r.PostForm.Get("password"), callerOf(r))
	if err != nil {
		return s.loginFailed(w, r, name, err)
	}
	r = r.WithContext(page.WithUser(r.Context(), u))
	if err := s.Kit.Note(r, "login", "", 0); err != nil {
		return errors.Join(err, s.Door.Logout(r.Context(), token))
	}
	s.Kit.SetCookie(w, sessionCookie, token, int(s.Idle.Seconds()))
	to := inside(r.PostForm.Get("to"))
	if u.OneTime {
		to = "/password"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (s *Server) loginFailed(w http.ResponseWriter, r *http.Request, name string, err error) error {
	form := loginForm{Name: name, To: inside(r.PostForm.Get("to"))}
	status := http.StatusUnauthorized
	var slow *SlowDown
	var wrong *WrongError
	account := ""
	switch {
	case errors.As(err, &slow):
		account = slow.Account
		status = http.StatusTooManyRequests
		w.Header().Set("Retry-After", seconds(slow.Wait))
		form.Wrong = "Слишком много попыток. Подождите " + page.Span(slow.Wait) + " и войдите снова."
	case errors.As(err, &wrong):
		account = wrong.Account
		form.Wrong = "Имя или пароль не подходят. Проверьте раскладку и большие буквы. Если пароль забыт, попросите у администратора новый."
	default:
		return err
	}
	if err := s.Kit.RefuseLogin(r, account); err != nil {
		return err
	}
	return s.pages.RenderStatus(w, r, status, "login", page.View{Title: "Вход", Data: form})
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	if c, err := r.Cookie(s.Kit.CookieName(sessionCookie)); err == nil {
		if err := s.Door.Logout(r.Context(), c.Value); err != nil {
			return err
		}
		if page.UserOf(r).Name != "" {
			if err := s.Kit.Note(r, "logout", "", 0); err != nil {
				return err
			}
		}
	}
	s.Kit.SetCookie(w, sessionCookie, "", -1)
	return s.Kit.Back(w, r, "/login", "Вы вышли.")
}

// inside keeps to addresses of our own: "//host" and "/\host" are not.
func inside(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

func callerOf(r *http.Request) Caller {
	agent := r.UserAgent()
	if len(agent) > 200 {
		agent = strings.ToValidUTF8(agent[:200], "")
	}
	return Caller{Address: page.AddressOf(r), Agent: agent}
}
