package page

import (
	"context"
	"net/http"
	"slices"
)

// Role is what somebody may see and do.
type Role string

// The roles. One person may have several.
const (
	Manager  Role = "manager"  // calls from his own lists
	Analyst  Role = "analyst"  // weights, matches, sources; no phones
	Head     Role = "head"     // all lists, the plan, who calls whom
	Operator Role = "operator" // runs, health, accounts, stop list, forgetting
)

// User is who is logged in.
type User struct {
	Name    string // by which one logs in
	Title   string // for people; "" = the name
	Roles   []Role
	Manager string // id of the manager in config whose lists are his; "" = none
	OneTime bool   // the password must be changed first
}

// Has tells whether the user has any of the roles; none asked for = yes.
func (u User) Has(roles ...Role) bool {
	return len(roles) == 0 || slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(u.Roles, r) })
}

// Called is how the user is called on the page.
func (u User) Called() string {
	if u.Title != "" {
		return u.Title
	}
	return u.Name
}

type userKey struct{}

// WithUser gives a request its user.
func WithUser(ctx context.Context, u User) context.Context {
	return context.WithValue(ctx, userKey{}, u)
}

// UserOf is who makes the request; the zero User when nobody is logged in.
func UserOf(r *http.Request) User {
	u, _ := r.Context().Value(userKey{}).(User)
	return u
}

type addressKey struct{}

// WithAddress gives a request the address it comes from, proxies seen through.
func WithAddress(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, addressKey{}, address)
}

// AddressOf is the address a request comes from, without a port.
func AddressOf(r *http.Request) string {
	a, _ := r.Context().Value(addressKey{}).(string)
	return a
}
