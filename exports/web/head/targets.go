package head

import (
	"fmt"
	"net/http"

	"obzvon/exports/web/page"
)

func (s *section) targets(w http.ResponseWriter, r *http.Request) error {
	list, err := s.desk.Targets(r.Context())
	if err != nil {
		return fmt.Errorf("list the targets: %w", err)
	}
	return s.set.Render(w, r, "targets", s.view("ТОП-20", list))
}

func (s *section) settleTarget(w http.ResponseWriter, r *http.Request) error {
	if err := form(r); err != nil {
		return err
	}
	inn, err := innOf(r)
	if err != nil {
		return err
	}
	who := page.UserOf(r).Name
	var do func() error
	act, said := r.PostForm.Get("act"), ""
	switch act {
	case "add":
		do, said = func() error { return s.desk.AddTarget(r.Context(), who, inn) }, "в ТОП-20 со следующего списка"
	case "release":
		do, said = func() error { return s.desk.ReleaseTarget(r.Context(), who, inn) }, "снята с ТОП-20 со следующего списка и сама туда не вернётся"
	default:
		return page.Wrong("Непонятно, добавить компанию или снять. Вернитесь и нажмите одну из кнопок.", nil)
	}
	if err := s.kit.Note(r, "change", "targets "+act, 1); err != nil {
		return err
	}
	if err := do(); err != nil {
		return settled(s.kit.NotDone(r, "change", "targets "+act, err))
	}
	return s.kit.Back(w, r, "/targets", "Компания с ИНН "+string(inn)+" "+said+".")
}
