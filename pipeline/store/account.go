package store

import (
	"context"
	"time"
)

// Account is a person who may open the pages. It is no personal data of a company:
// erasure leaves it alone.
type Account struct {
	Name    string    `json:"name"`               // by which one logs in, small letters
	Title   string    `json:"title,omitempty"`    // for people: «Анна»
	Roles   []string  `json:"roles"`              // of package account
	Manager string    `json:"manager,omitempty"`  // id of the manager in config whose lists are his
	Hash    string    `json:"hash"`               // of the password, in the PHC form; never the password
	OneTime bool      `json:"one_time,omitempty"` // must be changed at the first login
	Blocked bool      `json:"blocked,omitempty"`
	Created time.Time `json:"created"`
	Changed time.Time `json:"changed"` // of the password, the roles or the block: sessions from before it are over
	By      string    `json:"by"`
}

// Session is one login. Its token is never kept, only the digest of it.
type Session struct {
	Digest  string    `json:"digest"` // SHA-256 of the token, in hex: the key
	Account string    `json:"account"`
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen"` // roughly: not written at each request
	Address string    `json:"address,omitempty"`
	Agent   string    `json:"agent,omitempty"`
}

// Accounts are who may open the pages, and their logins. They stand in the state.
type Accounts interface {
	// PutAccount writes an account in the place of one of that name.
	PutAccount(ctx context.Context, a Account) error
	// Account returns one, ErrNotFound if there is none.
	Account(ctx context.Context, name string) (Account, error)
	// Accounts returns all by name.
	Accounts(ctx context.Context) ([]Account, error)
	// DropAccount removes an account and its sessions in one transaction;
	// ErrNotFound if there is none.
	DropAccount(ctx context.Context, name string) error

	// PutSession writes a session in the place of one of that digest; ErrNotFound
	// if there is no such account.
	PutSession(ctx context.Context, s Session) error
	// Session returns one, ErrNotFound if there is none.
	Session(ctx context.Context, digest string) (Session, error)
	// Sessions returns those of all accounts, by digest.
	Sessions(ctx context.Context) ([]Session, error)
	// DropSession removes one; that there is none is no error.
	DropSession(ctx context.Context, digest string) error
	// DropSessions removes those of whom hit says yes, in one transaction, and
	// tells how many. hit must not use the store.
	DropSessions(ctx context.Context, hit func(Session) bool) (int, error)
}
