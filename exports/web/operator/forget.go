package operator

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"obzvon/exports/web/page"
)

// forgetMost bounds an erasure, which reads all that is kept. It can be repeated.
const forgetMost = 30 * time.Minute

// confirmWord is typed by whoever erases, so that no slip of the finger does.
const confirmWord = "забыть"

// errForget stands in the log for all that goes wrong here: what was asked for must
// not come into it.
var errForget = errors.New("forgetting was refused or failed; only the page says why")

// forgetPage is the question, what would be erased, or what was.
type forgetPage struct {
	Query   string
	Erasure *Erasure // nil = nothing was asked for yet
	Done    bool
	Force   bool
	Wrong   string // Russian
	Word    string
}

func (s *section) forget(w http.ResponseWriter, r *http.Request) error {
	return s.showForget(w, r, http.StatusOK, forgetPage{})
}

func (s *section) showForget(w http.ResponseWriter, r *http.Request, status int, data forgetPage) error {
	data.Word = confirmWord
	return s.set.RenderStatus(w, r, status, "forget", s.view("Забыть", data))
}

// erase shows what would be erased, and erases only what was shown and confirmed.
// The question comes in the body: addresses are written down by servers and browsers.
func (s *section) erase(w http.ResponseWriter, r *http.Request) error {
	if err := form(r); err != nil {
		return err
	}
	data := forgetPage{Query: strings.TrimSpace(r.PostForm.Get("query")), Force: r.PostForm.Get("force") != ""}
	if r.PostForm.Get("step") == "erase" {
		return s.eraseNow(w, r, data)
	}
	plan, err := s.Forget.Plan(r.Context(), data.Query)
	if err != nil {
		return s.refuseForget(w, r, data, err)
	}
	data.Erasure = &plan
	return s.showForget(w, r, http.StatusOK, data)
}

func (s *section) eraseNow(w http.ResponseWriter, r *http.Request, data forgetPage) error {
	if !strings.EqualFold(strings.TrimSpace(r.PostForm.Get("word")), confirmWord) {
		plan, err := s.Forget.Plan(r.Context(), data.Query)
		if err != nil {
			return s.refuseForget(w, r, data, err)
		}
		data.Erasure, data.Wrong = &plan, "Ничего не стёрто. Чтобы стереть, впишите слово «"+confirmWord+"»."
		return s.showForget(w, r, http.StatusUnprocessableEntity, data)
	}
	if err := s.kit.Note(r, "forget", "", 0); err != nil {
		return err
	}
	done, err := s.Forget.Erase(r.Context(), page.UserOf(r).Name, data.Query, data.Force)
	if err != nil {
		return s.refuseForget(w, r, data, s.kit.NotDone(r, "forget", "", err))
	}
	data.Query, data.Erasure, data.Done = "", &done, true
	return s.showForget(w, r, http.StatusOK, data)
}

// refuseForget says on the page alone what went wrong.
func (s *section) refuseForget(w http.ResponseWriter, r *http.Request, data forgetPage, err error) error {
	var refused *RefusedError
	var busy *BusyError
	switch {
	case r.Context().Err() != nil:
		return errForget // nobody waits for it any more
	case errors.As(err, &refused):
		data.Wrong = refused.Text
		return s.showForget(w, r, http.StatusUnprocessableEntity, data)
	case errors.As(err, &busy):
		data.Wrong = busy.What
		return s.showForget(w, r, http.StatusConflict, data)
	}
	return &page.Problem{
		Status: http.StatusInternalServerError, Title: "Не получилось",
		Text: "Стирание не закончено. Сделанное не пропадёт: повторите то же самое, и оно продолжится. Причина: " + err.Error(), Err: errForget,
	}
}
