package egrul

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
)

const (
	mirrorBase = "https://egrul.itsoft.ru"
	nalogBase  = "https://egrul.nalog.ru"
)

// Errors of these sites beside those of package service; each is one of those too.
var (
	ErrCaptcha = fmt.Errorf("the site asks for the letters of a picture, which is for people: %w", service.ErrLimit)
	// ErrRefused is 401, 403 or 405 where no key is asked for.
	ErrRefused = fmt.Errorf("the site refuses this address (it may want a Russian one): %w", service.ErrKey)
	// ErrPending is a search that is not done yet.
	ErrPending = fmt.Errorf("the search is not done yet: %w", service.ErrDown)
)

// Interface is the interface of the site that is asked; neither asks for a key.
func Interface(o Options, _ string) service.Options {
	if o.Via == ViaNalog {
		return service.Options{
			Name: "egrul-nalog", Base: o.base(), Pace: 3 * time.Second, PerDay: 400, Fresh: 20 * time.Hour,
			Attempts: 1, Judge: judgeNalog, // see patient
		}
	}
	return service.Options{
		Name: "egrul-mirror", Base: o.base(), Pace: 5 * time.Second, PerDay: 100, Fresh: 20 * time.Hour, Attempts: 2, Judge: judgeMirror,
	}
}

func refused(code int) bool {
	return code == http.StatusUnauthorized || code == http.StatusForbidden || code == http.StatusMethodNotAllowed
}

// judgeMirror tells an extract from a page in its place. What holds nothing is no
// company.
func judgeMirror(code int, body []byte) (string, error) {
	if refused(code) {
		return "", ErrRefused
	}
	if err := service.ByStatus(code); err != nil {
		return "", err
	}
	switch string(bytes.TrimSpace(body)) {
	case "null", "[]", "{}":
		return "", pipeline.ErrNotFound
	}
	_, err := parseExtract(body)
	return "", err
}

// answer is any answer of egrul.nalog.ru.
type answer struct {
	Token   string             `json:"t"`
	Captcha bool               `json:"captchaRequired"`
	Errors  map[string]any     `json:"ERRORS"`
	Status  string             `json:"status"` // "wait"
	Rows    *[]json.RawMessage `json:"rows"`
}

// judgeNalog tells answers, complaints and searches that are not done apart. A page
// with a picture may come with status 500, a complaint with 400 or 200.
func judgeNalog(code int, body []byte) (string, error) {
	a, err := parseAnswer(body)
	switch {
	case errors.Is(err, ErrCaptcha), errors.Is(err, ErrPending) && code == http.StatusOK:
		return "", err
	case refused(code):
		return "", ErrRefused
	case bytes.Contains(bytes.ToLower(body), []byte("captcha")) && a.Token == "" && a.Rows == nil:
		return "", ErrCaptcha
	case service.ByStatus(code) != nil:
		return said(a), service.ByStatus(code)
	}
	return said(a), err
}

// parseAnswer reads an answer of egrul.nalog.ru. Its errors are ErrCaptcha, ErrPending,
// ErrAsk where the site complains of the question, ErrLayout and ErrBroken.
func parseAnswer(body []byte) (answer, error) {
	var a answer
	if err := decode(body, &a); err != nil {
		return answer{}, err
	}
	for name := range a.Errors {
		if strings.Contains(strings.ToLower(name), "captcha") {
			return a, ErrCaptcha
		}
	}
	switch {
	case a.Captcha:
		return a, ErrCaptcha
	case len(a.Errors) > 0:
		return a, service.ErrAsk
	case a.Status == "wait":
		return a, ErrPending
	case a.Token == "" && a.Rows == nil:
		return a, service.ErrLayout
	}
	return a, nil
}

// said is what the site complains of.
func said(a answer) string {
	var all []string
	for name, what := range a.Errors {
		all = append(all, fmt.Sprintf("%s: %v", name, what))
	}
	return strings.Join(all, "; ")
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
