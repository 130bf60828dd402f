package main

import (
	"context"
	"errors"
	"fmt"

	"obzvon/exports/web"
	"obzvon/exports/web/page"
	"obzvon/pipeline/account"
	"obzvon/pipeline/store"
)

// pageDoor is the accounts' door as the pages know it.
type pageDoor struct {
	door  *account.Door
	users *account.Users
}

// Login implements web.Door.
func (p pageDoor) Login(ctx context.Context, name, password string, from web.Caller) (string, page.User, error) {
	token, a, err := p.door.Login(ctx, name, password, from.Address, from.Agent)
	if err != nil {
		return "", page.User{}, p.refused(ctx, account.Name(name), err)
	}
	return token, pageUser(&a), nil
}

// Who implements web.Door.
func (p pageDoor) Who(ctx context.Context, token string) (page.User, error) {
	a, _, err := p.door.Who(ctx, token)
	if errors.Is(err, account.ErrExpired) {
		return page.User{}, web.ErrExpired
	}
	return pageUser(&a), err
}

// Logout implements web.Door.
func (p pageDoor) Logout(ctx context.Context, token string) error { return p.door.Logout(ctx, token) }

// Change implements web.Door.
func (p pageDoor) Change(ctx context.Context, token, old, fresh string) (string, error) {
	another, _, err := p.door.ChangePassword(ctx, token, old, fresh)
	var weak *account.RuleError
	switch {
	case err == nil:
		return another, nil
	case errors.As(err, &weak):
		return "", &web.WeakError{Text: weak.Words}
	}
	return "", p.refused(ctx, "", err)
}

// refused says in the pages' words why somebody was not let in.
func (p pageDoor) refused(ctx context.Context, name string, err error) error {
	var slow *account.SlowDown
	switch {
	case errors.As(err, &slow):
		return &web.SlowDown{Account: p.known(ctx, name), Wait: slow.Wait}
	case errors.Is(err, account.ErrWrong):
		return &web.WrongError{Account: p.known(ctx, name)}
	case errors.Is(err, account.ErrExpired):
		return web.ErrExpired
	}
	return fmt.Errorf("let somebody in: %w", err)
}

// known is a name if an account has it: what else is typed there may be a password.
func (p pageDoor) known(ctx context.Context, name string) string {
	if name == "" || !p.users.Known(ctx, name) {
		return ""
	}
	return name
}

func pageUser(a *store.Account) page.User {
	u := page.User{Name: a.Name, Title: a.Title, Manager: a.Manager, OneTime: a.OneTime}
	for _, r := range a.Roles {
		u.Roles = append(u.Roles, page.Role(r))
	}
	return u
}
