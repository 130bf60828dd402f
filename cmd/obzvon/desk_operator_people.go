package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/exports/web/operator"
	"obzvon/pipeline/account"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

// operatorPeople implements operator.People.
type operatorPeople struct{ *operatorDesk }

func (d operatorPeople) All(ctx context.Context) ([]operator.Person, error) {
	accounts, err := d.users.List(ctx)
	if err != nil {
		return nil, err
	}
	sessions, err := d.live().store.Sessions(ctx)
	if err != nil {
		return nil, fmt.Errorf("look who is logged in: %w", err)
	}
	logins := map[string][]operator.Login{}
	for _, s := range sessions {
		logins[s.Account] = append(logins[s.Account], operator.Login{Since: s.Created, Seen: s.Seen, Address: s.Address, Agent: s.Agent})
	}
	out := make([]operator.Person, len(accounts))
	for i := range accounts {
		a := &accounts[i]
		out[i] = operator.Person{
			NewPerson: operator.NewPerson{Name: a.Name, Title: a.Title, Roles: a.Roles, Manager: a.Manager},
			OneTime:   a.OneTime, Blocked: a.Blocked, Created: a.Created, By: a.By, Logins: logins[a.Name],
		}
		slices.SortFunc(out[i].Logins, func(x, y operator.Login) int { return cmp.Or(y.Seen.Compare(x.Seen), y.Since.Compare(x.Since)) })
	}
	return out, nil
}

func (d operatorPeople) Managers() []operator.Manager {
	h := d.live()
	out := make([]operator.Manager, len(h.config.Managers))
	for i, m := range h.config.Managers {
		out[i] = operator.Manager{ID: m.ID, Name: h.managerName(m.ID)}
	}
	return out
}

// work is one change of an account, with what is refused in words.
func (d operatorPeople) work(ctx context.Context, who, manager string, do func() error) error {
	if manager != "" && !slices.ContainsFunc(d.Managers(), func(m operator.Manager) bool { return m.ID == manager }) {
		return &operator.RefusedError{Text: "Такого менеджера в настройках нет. Выберите из списка."}
	}
	err := d.change(ctx, gate.Write, "user", who, func(*house) error { return do() })
	var rule *account.RuleError
	var slow *account.SlowDown
	switch {
	case errors.As(err, &rule):
		return &operator.RefusedError{Text: rule.Words, Err: err}
	case errors.As(err, &slow):
		return &operator.RefusedError{Text: "Сейчас входит слишком много людей. Повторите через минуту.", Err: err}
	case errors.Is(err, account.ErrExists):
		return &operator.RefusedError{Text: "Такое имя уже занято. Придумайте другое."}
	case errors.Is(err, account.ErrLastOperator):
		return &operator.RefusedError{Text: "Это последний администратор: без него некому будет вести людей. Сначала дайте эту роль ещё кому-нибудь."}
	case errors.Is(err, store.ErrNotFound):
		return &operator.RefusedError{Text: "Такого человека уже нет. Обновите страницу."}
	}
	return err
}

func (d operatorPeople) Add(ctx context.Context, who string, p operator.NewPerson) (password string, err error) {
	err = d.work(ctx, who, p.Manager, func() (err error) {
		password, err = d.users.Add(ctx, account.New{Name: p.Name, Title: p.Title, Roles: p.Roles, Manager: p.Manager, By: who})
		return err
	})
	return password, err
}

func (d operatorPeople) SetRoles(ctx context.Context, who, name string, roles []string, manager string) error {
	return d.work(ctx, who, manager, func() error { return d.users.SetRoles(ctx, name, roles, manager, who) })
}

func (d operatorPeople) Block(ctx context.Context, who, name string, blocked bool) error {
	return d.work(ctx, who, "", func() error { return d.users.SetBlocked(ctx, name, blocked, who) })
}

func (d operatorPeople) Renew(ctx context.Context, who, name string) (password string, err error) {
	err = d.work(ctx, who, "", func() (err error) {
		password, err = d.users.SetPassword(ctx, name, "", who)
		return err
	})
	return password, err
}

func (d operatorPeople) Remove(ctx context.Context, who, name string) error {
	return d.work(ctx, who, "", func() error { return d.users.Remove(ctx, name) })
}

func (d operatorPeople) EndLogins(ctx context.Context, who, name string) (n int, err error) {
	err = d.work(ctx, who, "", func() (err error) {
		n, err = d.live().store.DropSessions(ctx, func(s store.Session) bool { return s.Account == name })
		return err
	})
	return n, err
}
