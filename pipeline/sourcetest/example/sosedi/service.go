package sosedi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"strconv"
	"time"

	"obzvon/pipeline/fetch/service"
)

// Interface is the service that is asked: two seconds between calls, 200 a day.
func Interface(o Options, key string) service.Options {
	return service.Options{
		Name: Adapter, Base: o.Base, Keys: []service.Key{{Text: key, Put: service.InHeader("X-Key", "")}},
		Pace: 2 * time.Second, PerDay: 200, Fresh: 20 * time.Hour, Judge: judge,
	}
}

// page is an answer: some firms of a city.
type page struct {
	Day   string             `json:"day"` // of the data: 2026-11-20
	Pages int                `json:"pages"`
	Firms *[]json.RawMessage `json:"firms"`
}

// judge tells an answer from what is none, so that this is neither used nor kept.
func judge(code int, body []byte) (string, error) {
	if err := service.ByStatus(code); err != nil {
		return "", err
	}
	_, err := parsePage(body)
	return "", err
}

// parsePage reads an answer. Its errors are ErrLayout, and ErrBroken for what begins
// well and ends early.
func parsePage(body []byte) (page, error) {
	var p page
	err := json.NewDecoder(bytes.NewReader(body)).Decode(&p)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return page{}, service.ErrBroken
	case err != nil, p.Firms == nil, p.Pages < 0:
		return page{}, service.ErrLayout
	}
	return p, nil
}

func call(city string, n int) service.Call {
	return service.Call{Path: "/firms", Query: url.Values{"city": {city}, "page": {strconv.Itoa(n)}}}
}
