package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

func newUserList(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "list",
		Short: "Print the accounts",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.within(cmd.Context(), "user", gate.Read, func(h *house) error { return a.listUsers(cmd.Context(), h, asJSON) })
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	return c
}

// userLine is an account without its hash.
type userLine struct {
	Name    string    `json:"name"`
	Title   string    `json:"title,omitempty"`
	Roles   []string  `json:"roles"`
	Manager string    `json:"manager,omitempty"`
	OneTime bool      `json:"one_time"`
	Blocked bool      `json:"blocked"`
	Created time.Time `json:"created"`
	Changed time.Time `json:"changed"`
	By      string    `json:"by"`
}

func (a *app) listUsers(ctx context.Context, h *house, asJSON bool) error {
	accounts, err := h.store.Accounts(ctx)
	if err != nil {
		return err
	}
	lines := make([]userLine, 0, len(accounts))
	for _, one := range accounts {
		lines = append(lines, userLine{
			Name: one.Name, Title: one.Title, Roles: one.Roles, Manager: one.Manager, OneTime: one.OneTime, Blocked: one.Blocked,
			Created: one.Created, Changed: one.Changed, By: one.By,
		})
	}
	if asJSON {
		return a.printJSON(lines)
	}
	for i := range accounts {
		fmt.Fprintf(a.io.out, "%-16s  %-24s  %s  %s\n", accounts[i].Name, strings.Join(accounts[i].Roles, ","),
			accounts[i].Changed.Format(time.DateOnly), userState(&accounts[i]))
	}
	return nil
}

func userState(a *store.Account) string {
	var words []string
	if a.Title != "" {
		words = append(words, a.Title)
	}
	if a.Manager != "" {
		words = append(words, "lists of "+a.Manager)
	}
	if a.OneTime {
		words = append(words, "has a one-time password")
	}
	if a.Blocked {
		words = append(words, "blocked")
	}
	return strings.Join(words, "; ")
}
