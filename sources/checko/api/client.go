package api

import (
	"context"
	"net/url"
	"strconv"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// Query is a question of the search.
type Query struct {
	Code   string // ОКВЭД; the search looks at the main one alone
	Region string // two digits; "" = all
	Object string // Organisations or Entrepreneurs
	Limit  int    // rows a page, at most MostRows
	Page   int    // from 1
	All    bool   // additional codes too
}

// What the search looks for.
const (
	Organisations = "org"
	Entrepreneurs = "ent"
)

// MostRows is the most that a page may have.
const MostRows = 100

// Client asks.
type Client struct{ service *service.Service }

// New makes a client over a service of Interface.
func New(s *service.Service) *Client { return &Client{s} }

// Ready tells whether the key is there.
func (c *Client) Ready() bool { return c.service.Ready() }

// Search asks for one page of active ones. once leaves the shelf alone.
func (c *Client) Search(ctx context.Context, q Query, once bool) (*Page, error) {
	v := url.Values{
		"by": {"okved"}, "query": {q.Code}, "obj": {q.Object}, "active": {"true"},
		"limit": {strconv.Itoa(q.Limit)}, "page": {strconv.Itoa(q.Page)},
	}
	if q.Region != "" {
		v.Set("region", q.Region)
	}
	if q.All {
		v.Set("codes", "all")
	}
	a, err := c.service.Ask(ctx, service.Call{Path: "/search", Query: v, Once: once})
	if err != nil {
		return nil, err
	}
	return ParsePage(a.Body)
}

// Card asks for a company or a sole proprietor by ИНН.
func (c *Client) Card(ctx context.Context, inn company.INN, once bool) (*Card, Meta, error) {
	path := "/company"
	if inn.Person() {
		path = "/entrepreneur"
	}
	a, err := c.service.Ask(ctx, service.Call{Path: path, Query: url.Values{"inn": {string(inn)}}, Once: once})
	if err != nil {
		return nil, Meta{}, err
	}
	return ParseCard(a.Body)
}

// Accounts asks for the accounts of a company; sole proprietors publish none.
func (c *Client) Accounts(ctx context.Context, inn company.INN) (*Accounts, error) {
	a, err := c.service.Ask(ctx, service.Call{Path: "/finances", Query: url.Values{"inn": {string(inn)}}})
	if err != nil {
		return nil, err
	}
	return ParseAccounts(a.Body)
}
