package operator

import (
	"fmt"
	"net/http"
	"strings"

	"obzvon/exports/web/page"
)

// peoplePage is the accounts. A one-time password is shown once, in the answer to
// what made it, and kept nowhere.
type peoplePage struct {
	People   []Person
	Managers []Manager
	Roles    []role
	Me       string
	Wrong    string // Russian: why nothing was done
	New      NewPerson
	Password string
	For      string // whose password that is
}

type role struct {
	ID          page.Role
	Title, Does string
}

// roles are the roles with what each may, in the order in which they are told.
func roles() []role {
	return []role{
		{page.Manager, "менеджер", "видит свои списки, вписывает результаты"},
		{page.Head, "руководитель", "видит план и все списки, решает, кому кто звонит"},
		{page.Analyst, "аналитик", "меняет баллы, проверяет совпадения; телефонов не видит"},
		{page.Operator, "администратор", "запускает ночь, ведёт людей, стоп-лист и забывание"},
	}
}

// RoleTitles are the roles of an account for people.
func (p Person) RoleTitles() string {
	var out []string
	for _, r := range roles() {
		for _, id := range p.Roles {
			if id == string(r.ID) {
				out = append(out, r.Title)
			}
		}
	}
	return strings.Join(out, ", ")
}

// Has tells whether an account has a role.
func (p NewPerson) Has(id page.Role) bool {
	for _, r := range p.Roles {
		if r == string(id) {
			return true
		}
	}
	return false
}

func (s *section) people(w http.ResponseWriter, r *http.Request) error {
	return s.showPeople(w, r, http.StatusOK, peoplePage{})
}

func (s *section) showPeople(w http.ResponseWriter, r *http.Request, status int, data peoplePage) error {
	var err error
	if data.People, err = s.People.All(r.Context()); err != nil {
		return fmt.Errorf("list the accounts: %w", err)
	}
	data.Managers, data.Roles, data.Me = s.People.Managers(), roles(), page.UserOf(r).Name
	return s.set.RenderStatus(w, r, status, "people", s.view("Люди", data))
}

// What is done with one account.
const (
	actAdd     = "add"
	actRoles   = "roles"
	actBlock   = "block"
	actUnblock = "unblock"
	actRenew   = "renew"
	actRemove  = "remove"
	actEnd     = "end"
)

// changing is one change of an account.
type changing struct {
	act, who, name string
	as             NewPerson
}

func (s *section) changePeople(w http.ResponseWriter, r *http.Request) error {
	if err := form(r); err != nil {
		return err
	}
	c := changing{act: r.PostForm.Get("act"), who: page.UserOf(r).Name, name: strings.ToLower(strings.TrimSpace(r.PostForm.Get("name")))}
	c.as = NewPerson{Name: c.name, Title: strings.TrimSpace(r.PostForm.Get("title")), Roles: r.PostForm["role"], Manager: r.PostForm.Get("manager")}
	if wrong := c.refuses(); wrong != "" {
		if err := s.kit.Refuse(r, "user", c.act); err != nil {
			return err
		}
		return s.showPeople(w, r, http.StatusUnprocessableEntity, peoplePage{Wrong: wrong, New: c.fresh()})
	}
	// A name that is refused may be anything: only one that stands is written down.
	what, err := s.noted(r, c)
	if err != nil {
		return err
	}
	if err := s.kit.Note(r, "user", what, 0); err != nil {
		return err
	}
	password, said, err := s.change(r, c)
	if err != nil {
		err = s.kit.NotDone(r, "user", what, err)
	}
	if refused, ok := asRefused(err); ok {
		return s.showPeople(w, r, http.StatusUnprocessableEntity, peoplePage{Wrong: refused.Text, New: c.fresh()})
	}
	if err != nil {
		return told(err)
	}
	if password != "" {
		return s.showPeople(w, r, http.StatusOK, peoplePage{Password: password, For: c.name})
	}
	return s.kit.Back(w, r, "/people", said)
}

// fresh is what was typed for a new account, so that it need not be typed again.
func (c *changing) fresh() NewPerson {
	if c.act != actAdd {
		return NewPerson{}
	}
	return c.as
}

// refuses says why somebody may not do that, "" = he may.
func (c *changing) refuses() string {
	switch c.act {
	case actUnblock, actEnd:
		return ""
	case actAdd:
		return c.lacks()
	case actRoles, actBlock, actRemove, actRenew:
		if c.name == c.who {
			return "Себя так не меняют: попросите другого администратора. Свой пароль меняют по ссылке с вашим именем наверху."
		}
		if c.act == actRoles {
			return c.lacks()
		}
		return ""
	}
	return "Непонятно, что сделать. Обновите страницу и нажмите одну из кнопок."
}

// lacks says what is missing for the roles, "" = nothing.
func (c *changing) lacks() string {
	switch {
	case len(c.as.Roles) == 0:
		return "Отметьте хотя бы одну роль: без неё не видно ни одной страницы."
	case c.as.Has(page.Manager) && c.as.Manager == "":
		return "Выберите, чьи списки у этого человека: без этого менеджер не увидит ни одного. Менеджеров записывают в настройках, в разделе managers."
	}
	return ""
}

func (s *section) noted(r *http.Request, c changing) (string, error) {
	all, err := s.People.All(r.Context())
	if err != nil {
		return "", fmt.Errorf("list the accounts: %w", err)
	}
	for _, p := range all {
		if p.Name == c.name {
			return c.act + " " + c.name, nil
		}
	}
	return c.act, nil
}

// change does it; what is made for one time is returned to be shown.
func (s *section) change(r *http.Request, c changing) (password, said string, err error) {
	ctx := r.Context()
	switch c.act {
	case actAdd:
		password, err = s.People.Add(ctx, c.who, c.as)
	case actRenew:
		password, err = s.People.Renew(ctx, c.who, c.name)
	case actRoles:
		err, said = s.People.SetRoles(ctx, c.who, c.name, c.as.Roles, c.as.Manager), "Роли изменены. Ему придётся войти заново."
	case actBlock:
		err, said = s.People.Block(ctx, c.who, c.name, true), "Вход закрыт, открытые страницы больше не работают."
	case actUnblock:
		err, said = s.People.Block(ctx, c.who, c.name, false), "Вход снова открыт."
	case actRemove:
		err, said = s.People.Remove(ctx, c.who, c.name), "Удалено."
	case actEnd:
		n := 0
		n, err = s.People.EndLogins(ctx, c.who, c.name)
		said = "Закончено входов: " + page.Number(n) + "."
	}
	return password, said, err
}
