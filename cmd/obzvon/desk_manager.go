package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"obzvon/exports/web/manager"
	"obzvon/exports/web/page"
	"obzvon/exports/xlsx"
	"obzvon/pipeline/gate"
)

// managerDesk is what the managers' pages work on.
type managerDesk struct {
	*desk

	entries sync.Mutex // of a form that is sent twice the second sees what the first did
}

func (d *desk) managerSection(kit *page.Kit) (page.Section, error) {
	return manager.New(kit, &managerDesk{desk: d})
}

// house is the house that is in force, on behalf of an account.
func (d *managerDesk) house(account string) *house {
	h := *d.live()
	h.by = account
	return &h
}

// enter goes through the gate, and says to the reader who is in the way.
func (d *managerDesk) enter(ctx context.Context, kind gate.Kind, what, account string) (leave func(), err error) {
	leave, err = d.gate.Enter(ctx, gate.Pass{Kind: kind, What: what, Who: account})
	if errors.Is(err, gate.ErrBusy) {
		return nil, page.Busy("Сейчас собирается список или идёт другая большая работа. Попробуйте через несколько минут.", err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return leave, nil
}

// Most implements manager.Uploads.
func (d *managerDesk) Most() int64 { return int64(d.live().config.Web.UploadMiB) << 20 }

// shortestLock is how long a password of a workbook must be, in letters: a shorter
// one is guessed in no time.
const shortestLock = 8

// Lock implements manager.Lists.
func (d *managerDesk) Lock(f *manager.File, password string) error {
	if len([]rune(password)) < shortestLock {
		return manager.ErrPassword
	}
	locked, err := xlsx.Encrypt(f.Data, password)
	if errors.Is(err, xlsx.ErrPasswordForm) {
		return manager.ErrPassword
	}
	if err != nil {
		return fmt.Errorf("lock %s: %w", f.Name, err)
	}
	f.Data = locked
	return nil
}
