package account

import (
	"slices"

	"obzvon/pipeline/store"
)

// Role is what a person does; an account may have several.
type Role string

// The roles. What each may open is decided where the pages are.
const (
	Manager  Role = "manager"  // calls, and sees his own lists
	Analyst  Role = "analyst"  // points, matches, sources; no phones
	Head     Role = "head"     // the funnel, all managers
	Operator Role = "operator" // runs, users, the stop list
)

// Roles returns all of them, in the order in which they are told.
func Roles() []Role { return []Role{Manager, Analyst, Head, Operator} }

// Title is the Russian word for people; of what is no role it is the role itself.
func (r Role) Title() string {
	switch r {
	case Manager:
		return "менеджер"
	case Analyst:
		return "аналитик"
	case Head:
		return "руководитель"
	case Operator:
		return "администратор"
	}
	return string(r)
}

// Has tells whether an account has a role.
func Has(a store.Account, r Role) bool { return slices.Contains(a.Roles, string(r)) }

// Title is how an account is called before people.
func Title(a store.Account) string {
	if a.Title != "" {
		return a.Title
	}
	return a.Name
}

// rolesOf orders roles and drops repeats. Errors: *RuleError of ErrRole.
func rolesOf(names []string, manager string) ([]string, error) {
	var out []string
	for _, r := range Roles() {
		if slices.Contains(names, string(r)) {
			out = append(out, string(r))
		}
	}
	for _, name := range names {
		if !slices.Contains(out, name) {
			return nil, errNoRole(name)
		}
	}
	switch isManager := slices.Contains(out, string(Manager)); {
	case len(out) == 0:
		return nil, errRoleless
	case isManager && manager == "":
		return nil, errNoManager
	case !isManager && manager != "":
		return nil, errStrayManager
	}
	return out, nil
}
