package account

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"obzvon/pipeline/store"
)

// The account of a first start, and the file with its password.
const (
	FirstName = "admin"
	FirstFile = "first-password.txt"
)

// First makes the account «admin» where there is none yet, and writes its one-time
// password to a file of the folder that only its owner can read. It returns the path of
// that file as long as the password waits there to be changed, else "". Changing it
// removes the file. random nil = crypto/rand.
func First(ctx context.Context, accounts store.Accounts, dir string, now time.Time, random io.Reader) (path string, err error) {
	u, err := NewUsers(Options{Store: accounts, Dir: dir, Now: func() time.Time { return now }, Random: random})
	if err != nil {
		return "", err
	}
	all, err := accounts.Accounts(ctx)
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, FirstFile)
	if len(all) > 0 {
		return u.stillFirst(path, all)
	}
	password, err := drawPassword(u.random)
	if err != nil {
		return "", err
	}
	a := store.Account{
		Name: FirstName, Title: "Администратор", Roles: []string{string(Analyst), string(Head), string(Operator)},
		OneTime: true, Created: u.now(), Changed: u.now(), By: "first start",
	}
	if a.Hash, err = u.hash.make(ctx, password); err != nil {
		return "", fmt.Errorf("hash the first password: %w", err)
	}
	// The file first: after a kill in between there is still no account, and the next
	// start begins anew.
	if err := writeFirst(path, password); err != nil {
		return "", fmt.Errorf("write the first password: %w", err)
	}
	if err := accounts.PutAccount(ctx, a); err != nil {
		return "", err
	}
	return path, nil
}

// stillFirst returns the path if the password in it is that of the account, and
// removes a file that lets nobody in.
func (u *Users) stillFirst(path string, all []store.Account) (string, error) {
	for _, a := range all {
		if a.Name == FirstName && a.OneTime {
			if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
				return "", nil
			} else if err != nil {
				return "", fmt.Errorf("look for the first password: %w", err)
			}
			return path, nil
		}
	}
	return "", u.forgetFirst(FirstName)
}

// forgetFirst removes the file when the account of the first start changes.
func (u *Users) forgetFirst(name string) error {
	if name != FirstName || u.dir == "" {
		return nil
	}
	if err := os.Remove(filepath.Join(u.dir, FirstFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the first password: %w", err)
	}
	return nil
}

// writeFirst puts a new file, which nobody can have opened before, in the place of
// one that stands there.
func writeFirst(path, password string) (err error) {
	temporary := path + ".tmp"
	if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "Имя: %s\nОдноразовый пароль: %s\n\nПри первом входе его нужно сменить; после этого файл исчезнет.\n", FirstName, password)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	if err := os.Rename(temporary, path); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a rename last. Windows has no such thing.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
