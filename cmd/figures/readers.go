package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"sync"
	"time"
)

const (
	readersAtOnce = 32
	readerRests   = 250 * time.Millisecond // between two pages of one reader
)

// asked is one page that was asked for.
type asked struct {
	page string
	at   time.Time
	took time.Duration
	err  error
}

// readers are people who go through the pages, each with a login of his own.
type readers struct {
	address string
	clients []*http.Client
	pages   []readPage
}

// readPage is a page by the name under which it is counted.
type readPage struct{ name, path string }

// enter logs everybody in.
func enter(ctx context.Context, address, name, password string, n int) (*readers, error) {
	r := &readers{address: address}
	for range n {
		jar, err := cookiejar.New(nil)
		if err != nil {
			return nil, err
		}
		c := &http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 2}}
		if err := send(ctx, c, address+"/login", url.Values{"name": {name}, "password": {password}, "to": {"/password"}}); err != nil {
			return nil, fmt.Errorf("log in: %w", err)
		}
		r.clients = append(r.clients, c)
	}
	return r, nil
}

// read goes through the pages until ctx ends, and returns what was asked for.
func (r *readers) read(ctx context.Context) []asked {
	var mu sync.Mutex
	var all []asked
	var group sync.WaitGroup
	for i, c := range r.clients {
		group.Go(func() {
			for n := i; ctx.Err() == nil; n++ {
				p := r.pages[n%len(r.pages)]
				one := asked{page: p.name, at: time.Now()}
				_, one.err = fetch(ctx, c, r.address+p.path)
				one.took = time.Since(one.at)
				if ctx.Err() != nil {
					return // cut by us
				}
				mu.Lock()
				all = append(all, one)
				mu.Unlock()
				select {
				case <-ctx.Done():
				case <-time.After(readerRests):
				}
			}
		})
	}
	group.Wait()
	return all
}

func (r *readers) close() {
	for _, c := range r.clients {
		c.CloseIdleConnections()
	}
}

// fetch asks for a page and reads all of it.
func fetch(ctx context.Context, c *http.Client, address string) (text []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	return answerOf(c, req)
}

// send posts a form.
func send(ctx context.Context, c *http.Client, address string, form url.Values) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Body = io.NopCloser(newText(form.Encode()))
	_, err = answerOf(c, req)
	return err
}

var errStatus = errors.New("the page was refused")

func answerOf(c *http.Client, req *http.Request) (text []byte, err error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	if text, err = io.ReadAll(resp.Body); err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return text, fmt.Errorf("%s: %s: %w", req.URL.Path, resp.Status, errStatus)
	}
	return text, nil
}

// waits are how long pages took.
type waits []time.Duration

func waitsOf(all []asked, page string) (w waits, failed int) {
	for _, a := range all {
		if page != "" && a.page != page {
			continue
		}
		if a.err != nil {
			failed++
			continue
		}
		w = append(w, a.took)
	}
	slices.Sort(w)
	return w, failed
}

// share is the wait that so many of a thousand do not exceed.
func (w waits) share(perMille int) time.Duration {
	if len(w) == 0 {
		return 0
	}
	return w[min(len(w)-1, len(w)*perMille/1000)]
}
