package saby

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
)

const (
	home      = "https://api.sbis.ru"
	loginPath = "/oauth/service/"
)

// parts of the key, in their order, by the names under which the login wants them.
var parts = []string{"app_client_id", "app_secret", "secret_key"}

// Interface is the service that is asked.
func Interface(o Options, key string) service.Options {
	d := &door{}
	so := service.Options{
		Persons: true,
		Name:    Adapter, Base: cmp.Or(o.Base, home), Pace: 200 * time.Millisecond, PerDay: 5000, Fresh: fresh, Judge: d.judge,
	}
	if o.Demo {
		so.Name = Adapter + "-demo"
		return so
	}
	texts := strings.Split(key, ":")
	for i, name := range parts {
		text := "" // a key of another form is none
		if len(texts) == len(parts) {
			text = texts[i]
		}
		so.Keys = append(so.Keys, service.Key{Text: text, Put: putPart(name)})
	}
	last := &so.Keys[len(so.Keys)-1]
	put := last.Put
	last.Put = func(r *http.Request, text string) {
		put(r, text)
		d.enter(r)
	}
	return so
}

// loginBody is the question of the login, with places where the parts of the key go: so
// the key is in nothing that is written down.
func loginBody() []byte {
	fields := make([]string, len(parts))
	for i, name := range parts {
		fields[i] = fmt.Sprintf("%q:%s", name, placeOf(name))
	}
	return []byte("{" + strings.Join(fields, ",") + "}")
}

func placeOf(name string) string { return `"{` + name + `}"` }

// putPart puts a part of the key into the question of the login.
func putPart(name string) func(*http.Request, string) {
	return func(r *http.Request, text string) {
		if !strings.HasSuffix(r.URL.Path, loginPath) || r.Body == nil {
			return
		}
		body, err := io.ReadAll(r.Body) // of memory, which does not fail
		value, err2 := json.Marshal(text)
		if err != nil || err2 != nil {
			return
		}
		body = bytes.ReplaceAll(body, []byte(placeOf(name)), value)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	}
}

// door holds what the login has given: it sees each answer, and each question on its way.
type door struct {
	mu             sync.Mutex
	token, session string
}

// enter puts token and session on a question.
func (d *door) enter(r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.token != "" && !strings.HasSuffix(r.URL.Path, loginPath) {
		r.Header.Set("X-SBISAccessToken", d.token)
		r.Header.Set("X-SBISSessionId", d.session)
	}
}

// judge takes what a login gives, and wants JSON of anything else. An answer's own words
// are repeated only where it fails.
func (d *door) judge(code int, body []byte) (string, error) {
	if err := service.ByStatus(code); err != nil {
		if errors.Is(err, pipeline.ErrNotFound) {
			err = service.Absent(body)
		}
		if bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
			return "", err
		}
		return string(body), err
	}
	var login struct {
		Token   string `json:"access_token"`
		Session string `json:"sid"`
	}
	if json.Unmarshal(body, &login) == nil && login.Token != "" {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.token, d.session = login.Token, login.Session
		return "", nil
	}
	return "", valid(body)
}

// valid wants JSON that one of the methods may have written: a list, or of contacts and
// the like an object with keys that are known.
func valid(body []byte) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return fmt.Errorf("%w: an empty answer", service.ErrBroken)
	}
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		if cut(body) {
			return fmt.Errorf("%w: JSON that does not end", service.ErrBroken)
		}
		return fmt.Errorf("%w: no JSON", service.ErrLayout)
	}
	switch v := v.(type) {
	case nil:
		return nil // nothing is known
	case []any:
		for _, one := range v {
			if _, ok := one.(map[string]any); !ok && one != nil {
				return fmt.Errorf("%w: a list of something else", service.ErrLayout)
			}
		}
		return nil
	case map[string]any:
		for _, key := range []string{"inn", "phone_numbers", "emails", "sites", "financial_indicators", "requests_count_limit"} {
			if _, ok := v[key]; ok {
				return nil
			}
		}
	}
	return fmt.Errorf("%w: none of the keys that are known", service.ErrLayout)
}

// cut tells JSON that ends too early from other things that are no JSON.
func cut(body []byte) bool {
	return errors.Is(json.NewDecoder(bytes.NewReader(body)).Decode(new(json.RawMessage)), io.ErrUnexpectedEOF)
}
