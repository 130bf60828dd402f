package operator

import (
	"context"
	"time"
)

// People are who may open the pages.
type People interface {
	// All are the accounts by name, each with its logins.
	All(ctx context.Context) ([]Person, error)
	// Managers are those of the config.
	Managers() []Manager
	// Add makes an account and gives its one-time password: *RefusedError.
	Add(ctx context.Context, who string, p NewPerson) (password string, err error)
	// SetRoles gives an account other roles: *RefusedError.
	SetRoles(ctx context.Context, who, name string, roles []string, manager string) error
	// Block shuts somebody out, or lets him in again: *RefusedError.
	Block(ctx context.Context, who, name string, blocked bool) error
	// Renew gives another one-time password: *RefusedError.
	Renew(ctx context.Context, who, name string) (password string, err error)
	// Remove removes an account: *RefusedError.
	Remove(ctx context.Context, who, name string) error
	// EndLogins ends somebody's logins and tells how many.
	EndLogins(ctx context.Context, who, name string) (int, error)
}

// Manager is one of the config.
type Manager struct{ ID, Name string }

// NewPerson is an account to be made.
type NewPerson struct {
	Name, Title string
	Roles       []string
	Manager     string // id; "" = none
}

// Person is an account.
type Person struct {
	NewPerson

	OneTime bool // has not changed the password yet
	Blocked bool
	Created time.Time
	By      string // who made or changed it last
	Logins  []Login
}

// Login is one browser that is logged in.
type Login struct {
	Since, Seen time.Time
	Address     string
	Agent       string // what the browser calls itself
}
