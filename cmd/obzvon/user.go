package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"obzvon/pipeline/account"
	"obzvon/pipeline/audit"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

func newUser(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "user",
		Short: "Who may open the pages, and as what",
		Long: "Each person has an account with one or several roles: manager (the lists of one\n" +
			"manager of the config), analyst (points, matches, sources; no phones), head (the\n" +
			"funnel, all lists), operator (runs, users, the stop list). Whatever is changed ends\n" +
			"the sessions of that account. One operator who is not blocked always stays.",
		Args: noSuchCommand,
		RunE: showHelp,
	}
	c.AddCommand(newUserAdd(a), newUserPassword(a), newUserRole(a),
		newUserBlock(a, "block", "Shut an account out and end its sessions", "is blocked", true),
		newUserBlock(a, "unblock", "Let a blocked account in again", "may log in again", false),
		newUserRemove(a), newUserList(a))
	return c
}

// userRoles are flags that say what an account is for.
type userRoles struct {
	roles   []string
	manager string
}

func (r *userRoles) add(c *cobra.Command) {
	var known []string
	for _, role := range account.Roles() {
		known = append(known, string(role))
	}
	c.Flags().StringSliceVar(&r.roles, "role", nil, "what the account is for, several with commas: "+strings.Join(known, ", "))
	c.Flags().StringVar(&r.manager, "manager", "", "`id` or name of the config's manager whose lists they are; with the role manager")
}

// managerOf finds the manager of the config that is named, if one is.
func (r *userRoles) managerOf(h *house) (string, error) {
	if r.manager == "" {
		return "", nil
	}
	return h.managerID(r.manager)
}

func newUserAdd(a *app) *cobra.Command {
	var n account.New
	var roles userRoles
	var secret secretFlags
	c := &cobra.Command{
		Use:   "add NAME --role ROLE[,ROLE]",
		Short: "Make an account",
		Long: "NAME is what is typed to log in: small latin letters, digits, \".\", \"_\", \"-\". The\n" +
			"password is asked for on the terminal, twice, unless a flag says otherwise.",
		Args: oneArg("the account's name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			n.Name = args[0]
			if err := account.CheckName(n.Name); err != nil {
				return usage(err)
			}
			password, err := a.secret(cmd.Context(), n.Name, secret)
			if err != nil {
				return err
			}
			return a.changeUsers(cmd.Context(), func(h *house, u *account.Users) (string, error) {
				var err error
				n.Password, n.Roles, n.By = password, roles.roles, h.by
				if n.Manager, err = roles.managerOf(h); err != nil {
					return "", err
				}
				oneTime, err := u.Add(cmd.Context(), n)
				if err != nil {
					return "", err
				}
				fmt.Fprintf(a.io.out, "%s may log in as %s\n", n.Name, strings.Join(n.Roles, ", "))
				a.tellOneTime(oneTime)
				return fmt.Sprintf("add %s as %s", n.Name, strings.Join(n.Roles, ",")), nil
			})
		},
	}
	roles.add(c)
	c.Flags().StringVar(&n.Title, "title", "", "how the pages call the person; without it by NAME")
	secret.add(c)
	return c
}

func newUserPassword(a *app) *cobra.Command {
	var secret secretFlags
	c := &cobra.Command{
		Use:   "password NAME",
		Short: "Give an account another password",
		Args:  oneArg("the account's name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := args[0]
			password, err := a.secret(cmd.Context(), name, secret)
			if err != nil {
				return err
			}
			return a.changeUsers(cmd.Context(), func(h *house, u *account.Users) (string, error) {
				oneTime, err := u.SetPassword(cmd.Context(), name, password, h.by)
				if err != nil {
					return "", err
				}
				fmt.Fprintf(a.io.out, "%s has another password\n", name)
				a.tellOneTime(oneTime)
				return "password of " + name, nil
			})
		},
	}
	secret.add(c)
	return c
}

func (a *app) tellOneTime(password string) {
	if password != "" {
		fmt.Fprintf(a.io.out, "one-time password, to be changed at the first login: %s\n", password)
	}
}

func newUserRole(a *app) *cobra.Command {
	var roles userRoles
	c := &cobra.Command{
		Use:   "role NAME --role ROLE[,ROLE]",
		Short: "Give an account other roles, in the place of those that it has",
		Args:  oneArg("the account's name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := args[0]
			return a.changeUsers(cmd.Context(), func(h *house, u *account.Users) (string, error) {
				manager, err := roles.managerOf(h)
				if err != nil {
					return "", err
				}
				if err := u.SetRoles(cmd.Context(), name, roles.roles, manager, h.by); err != nil {
					return "", err
				}
				fmt.Fprintf(a.io.out, "%s is %s\n", name, strings.Join(roles.roles, ", "))
				return fmt.Sprintf("roles of %s: %s", name, strings.Join(roles.roles, ",")), nil
			})
		},
	}
	roles.add(c)
	return c
}

func newUserBlock(a *app, verb, short, said string, blocked bool) *cobra.Command {
	return &cobra.Command{
		Use:   verb + " NAME",
		Short: short,
		Args:  oneArg("the account's name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.changeUsers(cmd.Context(), func(h *house, u *account.Users) (string, error) {
				if err := u.SetBlocked(cmd.Context(), args[0], blocked, h.by); err != nil {
					return "", err
				}
				fmt.Fprintf(a.io.out, "%s %s\n", args[0], said)
				return verb + " " + args[0], nil
			})
		},
	}
}

func newUserRemove(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: "Remove an account with its sessions",
		Args:  oneArg("the account's name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.changeUsers(cmd.Context(), func(_ *house, u *account.Users) (string, error) {
				if err := u.Remove(cmd.Context(), args[0]); err != nil {
					return "", err
				}
				fmt.Fprintf(a.io.out, "%s is removed\n", args[0])
				return "remove " + args[0], nil
			})
		},
	}
}

// changeUsers does one change and writes into the audit what it was.
func (a *app) changeUsers(ctx context.Context, change func(*house, *account.Users) (what string, err error)) error {
	return a.within(ctx, "user", gate.Write, func(h *house) error {
		u, err := account.NewUsers(account.Options{Store: h.store, Dir: h.dir})
		if err != nil {
			return err
		}
		what, err := change(h, u)
		if err != nil {
			return userError(err)
		}
		return h.audit.Append(ctx, audit.Entry{At: time.Now(), Who: h.by, Action: audit.User, What: "command line: " + what})
	})
}

// userError says what to do about an account that is not there, and tells wrong usage.
func userError(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%w; obzvon user list shows those that are there", err)
	}
	if slices.ContainsFunc([]error{account.ErrName, account.ErrRole, account.ErrWeak}, func(rule error) bool { return errors.Is(err, rule) }) {
		return usage(err)
	}
	return err
}
