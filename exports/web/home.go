package web

import (
	"net/http"

	"obzvon/exports/web/page"
)

// home sends everybody to the first page that is theirs.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	u := page.UserOf(r)
	switch {
	case u.Name == "":
		return s.toLogin(w, r)
	case u.OneTime:
		http.Redirect(w, r, "/password", http.StatusSeeOther)
		return nil
	}
	if href := s.first(u); href != "" {
		http.Redirect(w, r, href, http.StatusSeeOther)
		return nil
	}
	return page.Forbidden("У вас пока нет ни одной роли. Попросите администратора дать её: obzvon user role.")
}

// first is the page with which a user begins: the first link that is meant for one of
// his roles before others. The first role of a link is whom it is meant for.
func (s *Server) first(u page.User) string {
	other := ""
	for _, role := range []page.Role{page.Manager, page.Head, page.Analyst, page.Operator} {
		for _, section := range s.Sections {
			for _, l := range section.Links {
				switch {
				case !u.Has(l.Roles...):
				case u.Has(role) && len(l.Roles) > 0 && l.Roles[0] == role:
					return l.Href
				case other == "":
					other = l.Href
				}
			}
		}
	}
	return other
}
