package service

import (
	"errors"
	"net/url"
	"strings"
)

// mask takes the keys out of a text, as they are and as they stand in a query.
func (s *Service) mask(text string) string {
	for _, k := range s.o.Keys {
		if k.Text == "" {
			continue
		}
		for _, form := range []string{k.Text, url.QueryEscape(k.Text), url.PathEscape(k.Text)} {
			text = strings.ReplaceAll(text, form, "***")
		}
	}
	return text
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
