package web

import (
	"net/http"

	"obzvon/exports/web/page"
)

// home sends everybody to the first page of their menu.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	u := page.UserOf(r)
	switch {
	case u.Name == "":
		return s.toLogin(w, r)
	case u.OneTime:
		http.Redirect(w, r, "/password", http.StatusSeeOther)
		return nil
	}
	for _, section := range s.Sections {
		for _, l := range section.Links {
			if u.Has(l.Roles...) {
				http.Redirect(w, r, l.Href, http.StatusSeeOther)
				return nil
			}
		}
	}
	return page.Forbidden("У вас пока нет ни одной роли. Попросите администратора дать её: obzvon user role.")
}
