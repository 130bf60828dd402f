package dadata

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
)

const home = "https://suggestions.dadata.ru/suggestions/api/4_1/rs"

// Interface is the service that is asked.
func Interface(o Options, key string) service.Options {
	return service.Options{
		Persons: true,
		Name:    Adapter, Base: cmp.Or(o.Base, home),
		Keys: []service.Key{{Text: key, Put: service.InHeader("Authorization", "Token ")}},
		Rate: 30, PerDay: 10_000, Fresh: fresh, Judge: judge,
	}
}

// judge tells a day that is spent from a wrong key, and answers from pages.
func judge(code int, body []byte) (string, error) {
	if err := service.ByStatus(code); err != nil {
		if errors.Is(err, pipeline.ErrNotFound) { // who is not there is an empty list
			err = fmt.Errorf("%w: nothing is at this address", service.ErrLayout)
		}
		var failed struct {
			Reason  string `json:"reason"`
			Message string `json:"message"`
		}
		if json.Unmarshal(body, &failed) != nil {
			return "", err
		}
		said := cmp.Or(failed.Message, failed.Reason)
		if code == http.StatusForbidden && spent(said) {
			return said, service.ErrBudget
		}
		return said, err
	}
	_, err := parse(body)
	return "", err
}

// spent tells words of a limit of the day.
func spent(said string) bool {
	low := strings.ToLower(said)
	for _, word := range []string{"limit", "quota", "exceed", "balance", "лимит", "исчерпан", "превыш", "баланс"} {
		if strings.Contains(low, word) {
			return true
		}
	}
	return false
}

// parse takes the envelope off.
func parse(body []byte) ([]party, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, fmt.Errorf("%w: an empty answer", service.ErrBroken)
	}
	var e struct {
		Suggestions *[]struct {
			Data *party `json:"data"`
		} `json:"suggestions"`
	}
	if err := json.Unmarshal(body, &e); err != nil {
		if cut(body) {
			return nil, fmt.Errorf("%w: JSON that does not end", service.ErrBroken)
		}
		return nil, fmt.Errorf("%w: not the JSON of this interface", service.ErrLayout)
	}
	if e.Suggestions == nil {
		return nil, fmt.Errorf("%w: no suggestions", service.ErrLayout)
	}
	all := make([]party, 0, len(*e.Suggestions))
	for _, s := range *e.Suggestions {
		if s.Data == nil || s.Data.INN == "" {
			return nil, fmt.Errorf("%w: a suggestion without data or ИНН", service.ErrLayout)
		}
		all = append(all, *s.Data)
	}
	return all, nil
}

// cut tells JSON that ends too early from other things that are no JSON.
func cut(body []byte) bool {
	return errors.Is(json.NewDecoder(bytes.NewReader(body)).Decode(new(json.RawMessage)), io.ErrUnexpectedEOF)
}
