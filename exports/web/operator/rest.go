package operator

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"obzvon/exports/web/page"
)

func asRefused(err error) (*RefusedError, bool) {
	var refused *RefusedError
	ok := errors.As(err, &refused)
	return refused, ok
}

// healthPage is how the server does, what needs a hand first.
type healthPage struct {
	Checkup

	Bad, Warn int // of the checks
}

func (s *section) health(w http.ResponseWriter, r *http.Request) error {
	found, err := s.Health.Look(r.Context())
	if err != nil {
		return fmt.Errorf("look at everything: %w", err)
	}
	data := healthPage{Checkup: found}
	slices.SortStableFunc(data.Checks, func(a, b Check) int { return int(b.State) - int(a.State) })
	for _, c := range data.Checks {
		switch c.State {
		case Bad:
			data.Bad++
		case Warn:
			data.Warn++
		case Good:
		}
	}
	return s.set.Render(w, r, "health", s.view("Здоровье", data))
}

// auditPage is a page of the log.
type auditPage struct {
	Filter  Filter
	Actions []Reason
	Entries []Entry
	Newer   string // addresses of the pages beside; "" = there is none
	Older   string
}

const (
	auditShown = 100
	skipMost   = 100_000
)

func (s *section) audit(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	data := auditPage{
		Filter:  Filter{Who: strings.ToLower(strings.TrimSpace(q.Get("who"))), Action: q.Get("action"), Refused: q.Get("refused") != ""},
		Actions: s.Audit.Actions(),
	}
	skip, err := strconv.Atoi(q.Get("skip"))
	if q.Get("skip") != "" && (err != nil || skip < 0 || skip > skipMost) {
		return page.Wrong("Так далеко журнал не листают. Начните с первой страницы.", nil)
	}
	if data.Entries, err = s.Audit.Last(r.Context(), data.Filter, skip, auditShown+1); err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	if len(data.Entries) > auditShown {
		data.Entries, data.Older = data.Entries[:auditShown], auditAt(q, skip+auditShown)
	}
	if skip > 0 {
		data.Newer = auditAt(q, max(0, skip-auditShown))
	}
	return s.set.Render(w, r, "audit", s.view("Журнал", data))
}

func auditAt(q url.Values, skip int) string {
	to := url.Values{}
	for _, key := range []string{"who", "action", "refused"} {
		if v := q.Get(key); v != "" {
			to.Set(key, v)
		}
	}
	if skip > 0 {
		to.Set("skip", strconv.Itoa(skip))
	}
	if len(to) == 0 {
		return "/audit"
	}
	return "/audit?" + to.Encode()
}
