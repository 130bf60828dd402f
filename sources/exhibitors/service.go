package exhibitors

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
)

// ErrRefused is a catalogue that answers 401 or 403.
var ErrRefused = fmt.Errorf("%w: the catalogue refuses to be read", service.ErrKey)

// Interface is the catalogue: pages for people, so robots.txt is obeyed. Fairs of one
// catalogue share its budget.
func Interface(o Options, _ string) service.Options {
	name := Adapter
	if base, err := fetch.ParseAddress(o.base()); err == nil {
		name += "-" + base.Hostname()
	}
	return service.Options{
		Name: name, Base: o.base(), Robots: true, Pace: 3 * time.Second, PerDay: 400,
		Fresh: 7 * 24 * time.Hour, Attempts: 3, Judge: judge,
	}
}

// judge tells answers from failures; whether rows stand in a page its reader sees.
func judge(code int, body []byte) (string, error) {
	if code == http.StatusUnauthorized || code == http.StatusForbidden {
		return "", ErrRefused
	}
	if err := service.ByStatus(code); err != nil {
		return "", err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return "", service.ErrLayout
	}
	return "", nil
}

const accept = "text/html,application/xhtml+xml,application/json;q=0.9"

// listCall asks for a page of the list, counted from 0.
func (s *Source) listCall(page int) service.Call {
	v := url.Values{}
	for name, value := range s.options.Parameters {
		v.Set(name, value)
	}
	at := s.layout.Paging
	if s.layout.paged() {
		v.Set(at.Parameter, strconv.Itoa(at.First+page*max(at.Step, 1)))
	}
	c := service.Call{Path: s.options.List, Accept: accept, Worth: func(body []byte) bool {
		firms, err := s.layout.parseList(body)
		return err == nil && len(firms) > 0
	}}
	if at.Kind == PagingForm {
		c.Method, c.Type, c.Body = http.MethodPost, "application/x-www-form-urlencoded", []byte(v.Encode())
		return c
	}
	c.Query = v
	return c
}

// cardCall asks for the card behind a link of the list; false = it leads elsewhere.
func (s *Source) cardCall(link string) (service.Call, bool) {
	u, ok := s.follow(link)
	if !ok {
		return service.Call{}, false
	}
	return service.Call{Path: u.Path, Query: u.Query(), Accept: accept, Worth: func(body []byte) bool {
		card, err := s.layout.parseCard(body)
		return err == nil && card.says()
	}}, true
}

// follow resolves a link of the list; false = it leads away from the catalogue.
func (s *Source) follow(link string) (*url.URL, bool) {
	u, err := s.base.Parse(link)
	if link == "" || err != nil || u.Scheme != s.base.Scheme || u.Host != s.base.Host || u.User != nil || u.Path == "" {
		return nil, false
	}
	u.Fragment, u.RawFragment = "", ""
	return u, true
}
