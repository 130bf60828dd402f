package saby

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// call asks a method for some companies. Nothing found is no error.
func (e *Enricher) call(ctx context.Context, method string, inns []company.INN, once bool) ([]item, error) {
	q := url.Values{}
	for _, inn := range inns {
		q.Add("inn", string(inn))
	}
	a, err := e.ask(ctx, service.Call{Path: e.options.root() + method, Query: q, Cost: int64(len(inns)), Once: once})
	if errors.Is(err, pipeline.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parse(a.Body)
}

// ask makes a call within a session. A session that has ended is renewed once.
func (e *Enricher) ask(ctx context.Context, c service.Call) (*service.Answer, error) {
	if e.options.Demo {
		return e.service.Ask(ctx, c)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	renewed := false
	if !e.inside {
		if a := e.kept(ctx, c); a != nil {
			return a, nil
		}
		if err := e.login(ctx); err != nil {
			return nil, err
		}
		renewed = true
	}
	a, err := e.service.Ask(ctx, c)
	if !errors.Is(err, service.ErrKey) || renewed {
		return a, err
	}
	if err := e.login(ctx); err != nil {
		return nil, err
	}
	return e.service.Ask(ctx, c)
}

// kept looks for an answer on the shelf alone, so that nobody logs in for what is known:
// a call that was cancelled before it began goes no further than there.
func (e *Enricher) kept(ctx context.Context, c service.Call) *service.Answer {
	if c.Once {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	c.Cost = -1
	a, err := e.service.Ask(ctx, c)
	if err != nil {
		return nil
	}
	return a
}

// login exchanges the key for a session, which Interface puts on all further calls. It
// costs nothing.
func (e *Enricher) login(ctx context.Context) error {
	e.inside = false
	_, err := e.service.Ask(ctx, service.Call{Method: http.MethodPost, Path: loginPath, Body: loginBody(), Type: "application/json", Once: true, Cost: -1})
	e.inside = err == nil
	if errors.Is(err, pipeline.ErrNotFound) { // else nobody would be found for want of a login
		return fmt.Errorf("%w: the login is not where it was", service.ErrLayout)
	}
	return err
}
