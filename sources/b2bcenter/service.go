package b2bcenter

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"obzvon/pipeline/fetch/service"
)

const (
	siteBase   = "https://www.b2b-center.ru"
	marketPath = "/market/"
)

// Errors of the site. Callers tell them apart with errors.Is.
var (
	ErrRefused = fmt.Errorf("%w: the site refuses to be read", service.ErrKey)
	ErrEmpty   = fmt.Errorf("%w: a page without notices, as the site shows when it is asked too much", service.ErrLimit)
)

// Interface is the site: pages for people, so robots.txt is obeyed.
func Interface(o Options, _ string) service.Options {
	return service.Options{
		Name: Adapter, Base: o.Base, Robots: true, Pace: 5 * time.Second, PerDay: 200,
		Fresh: 12 * time.Hour, Attempts: 2, Judge: judge,
	}
}

// judge tells a page of notices from another.
func judge(code int, body []byte) (string, error) {
	if code == http.StatusUnauthorized || code == http.StatusForbidden {
		return "", ErrRefused
	}
	if err := service.ByStatus(code); err != nil {
		return "", err
	}
	p, err := parsePage(body)
	return p.title, err
}

// call asks for a keyword's notices from an offset on; "" is the whole market.
func call(keyword string, from int) service.Call {
	return service.Call{
		Path: marketPath, Accept: "text/html,application/xhtml+xml",
		Query: url.Values{
			"f_keyword": {keyword}, "searching": {"1"}, "trade": {"buy"}, "show": {"all"}, "from": {strconv.Itoa(from)},
		},
	}
}
