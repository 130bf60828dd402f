package twogis

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"obzvon/pipeline/fetch/service"
)

// Interface is the service, with the key.
func Interface(o Options, key string) service.Options {
	return service.Options{
		Name: Adapter, Base: o.Base, Keys: []service.Key{{Text: key, Put: service.InQuery("key")}},
		Pace: time.Second, PerDay: 500, Fresh: 7 * 24 * time.Hour, Attempts: 3, Judge: judge,
	}
}

// judge reads meta.code: a failure is sent with status 200 too.
func judge(code int, body []byte) (string, error) {
	a, err := parseAnswer(body)
	if err != nil {
		if other := service.ByStatus(code); other != nil {
			return "", other
		}
		return "", err
	}
	said := a.Meta.Error.Message
	if a.Meta.Error.Type != "" {
		said = a.Meta.Error.Type + ": " + said
	}
	switch n := a.Meta.Code; {
	case n == 0:
		return said, service.ErrLayout
	case n == http.StatusOK && a.Result == nil:
		return said, service.ErrLayout
	case n == http.StatusNotFound && a.Meta.Error.Type == nothingFound:
		return "", nil
	case n == http.StatusNotFound:
		return said, service.ErrAsk // of the address, or of a method that is no more
	default:
		return said, service.ByStatus(n)
	}
}

// nothingFound is the type of the failure that is none.
const nothingFound = "itemNotFound"

// answer is the envelope of every answer.
type answer struct {
	Meta *struct {
		Code  int `json:"code"`
		Error struct {
			Message string `json:"message"`
			Type    string `json:"type"`
		} `json:"error"`
	} `json:"meta"`
	Result *struct {
		Items []json.RawMessage `json:"items"`
		Total int64             `json:"total"`
	} `json:"result"`
}

// parseAnswer reads the envelope. Its errors are ErrLayout, or ErrBroken where JSON
// begins well and ends early.
func parseAnswer(body []byte) (*answer, error) {
	var a answer
	dec := json.NewDecoder(bytes.NewReader(body))
	err := dec.Decode(&a)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, service.ErrBroken
	case err != nil, a.Meta == nil, a.Result != nil && a.Result.Total < 0:
		return nil, service.ErrLayout
	}
	return &a, nil
}

// page is one page of found things.
type page struct {
	rows  []json.RawMessage
	total int64
}

// parsePage reads an answer that judge has let pass.
func parsePage(body []byte) (page, error) {
	if _, err := judge(http.StatusOK, body); err != nil {
		return page{}, err
	}
	a, err := parseAnswer(body)
	if err != nil || a.Result == nil {
		return page{}, err
	}
	return page{a.Result.Items, max(a.Result.Total, int64(len(a.Result.Items)))}, nil
}
