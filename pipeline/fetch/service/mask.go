package service

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const hidden = "***"

// mask takes the keys out of a text, in whatever form they stand there.
func (s *Service) mask(text string) string {
	for _, k := range s.o.Keys {
		for _, form := range forms(k.Text) {
			text = strings.ReplaceAll(text, form, hidden)
		}
	}
	return text
}

// telling is how long a key must be to be looked for in answers: a shorter one may be
// part of what they say.
const telling = 8

// maskBody does so with an answer, which may repeat the question, and is kept.
func (s *Service) maskBody(body []byte) []byte {
	for _, k := range s.o.Keys {
		if len(k.Text) < telling {
			continue
		}
		for _, form := range forms(k.Text) {
			if bytes.Contains(body, []byte(form)) {
				body = bytes.ReplaceAll(body, []byte(form), []byte(hidden))
			}
		}
	}
	return body
}

// forms of a key: as it is, in an address, in JSON with and without its needless
// escapes, in a page.
func forms(key string) []string {
	if key == "" {
		return nil
	}
	var plain bytes.Buffer
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false)
	full, err := json.Marshal(key)
	if err != nil || enc.Encode(key) != nil {
		full = []byte(strconv.Quote(key)) // a text is always written
	}
	out := []string{key, url.QueryEscape(key), url.PathEscape(key), html.EscapeString(key)}
	for _, quoted := range []string{string(full), strings.TrimSpace(plain.String())} {
		inner := strings.TrimSuffix(strings.TrimPrefix(quoted, `"`), `"`)
		out = append(out, inner, strings.ReplaceAll(inner, "/", `\/`))
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(s string) bool { return s == "" })
}

// maskedError is an error whose text has no key in it.
type maskedError struct {
	text string
	err  error
}

func (e *maskedError) Error() string { return e.text }

// Is keeps the error's kind; the error itself, which may hold the key, is not
// handed out.
func (e *maskedError) Is(target error) bool { return errors.Is(e.err, target) }

func (s *Service) masked(err error) error {
	if err == nil {
		return nil
	}
	return &maskedError{text: s.mask(err.Error()), err: err}
}
