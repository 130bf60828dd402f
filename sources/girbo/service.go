package girbo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"obzvon/pipeline/fetch/service"
)

const (
	siteBase = "https://bo.nalog.gov.ru"

	rowsMost = 200 // of a page

	// reachMost is how many rows of one search can be had: beyond it the site answers
	// with its own fault.
	reachMost = 10_000
)

// Errors of this site beside those of package service; each is one of those too.
var (
	// ErrRefused is 401 or 403 where no key is asked for.
	ErrRefused = fmt.Errorf("the site refuses this address (it may want a Russian one): %w", service.ErrKey)
	// ErrEmptied is an empty answer to a question that has an answer: the way in which
	// the site refuses to be asked on.
	ErrEmptied = fmt.Errorf("the site answers emptily to what has an answer: %w", service.ErrLimit)
)

// Interface is the site's own interface; it asks for no key.
func Interface(o Options, _ string) service.Options {
	return service.Options{
		Name: Adapter, Base: o.Base, Pace: 700 * time.Millisecond, PerDay: 3000,
		Fresh: 20 * time.Hour, Attempts: 3, Judge: judge,
	}
}

// judge tells an answer from a page in its place, and keeps answers of another layout
// off the shelf.
func judge(code int, body []byte) (string, error) {
	if code == http.StatusUnauthorized || code == http.StatusForbidden {
		return "", ErrRefused
	}
	if err := service.ByStatus(code); err != nil {
		return "", err
	}
	if text := bytes.TrimSpace(body); len(text) > 0 && text[0] == '[' {
		var list []json.RawMessage
		return "", decode(text, &list)
	}
	_, err := parseFound(body)
	return "", err
}

// found is a page of a search.
type found struct {
	rows  []json.RawMessage
	total int64 // of the whole search
}

// parseFound reads a page of a search. Its errors are ErrLayout and ErrBroken.
func parseFound(body []byte) (found, error) {
	var a struct {
		Content *[]json.RawMessage `json:"content"`
		Total   *float64           `json:"totalElements"`
	}
	if err := decode(body, &a); err != nil {
		return found{}, err
	}
	if a.Content == nil || a.Total == nil || *a.Total < 0 || *a.Total > 1e9 {
		return found{}, service.ErrLayout
	}
	return found{*a.Content, max(int64(*a.Total), int64(len(*a.Content)))}, nil
}

// decode reads JSON: what begins well and ends early is ErrBroken, else ErrLayout.
func decode(body []byte, to any) error {
	err := json.NewDecoder(bytes.NewReader(body)).Decode(to)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return service.ErrBroken
	case err != nil:
		return service.ErrLayout
	}
	return nil
}
