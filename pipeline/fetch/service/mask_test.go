package service_test

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

// TestAnswersThatRepeatTheKey: an answer that holds the question's address is neither
// handed out nor kept with the key in it.
func TestAnswersThatRepeatTheKey(t *testing.T) {
	quoted, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	inner := strings.Trim(string(quoted), `"`)
	for name, form := range map[string]string{
		"as it is": secret, "in a query": url.QueryEscape(secret), "in a path": url.PathEscape(secret), "in a page": html.EscapeString(secret),
		"in JSON": inner, "in JSON with slashes": strings.ReplaceAll(inner, "/", `\/`), "in JSON without the rest": strings.ReplaceAll(secret, "/", `\/`),
	} {
		shelf := &servicetest.Shelf{}
		body := `{"data":"начало ` + form + ` конец"}`
		r := set(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }, func(o *service.Options) { o.Shelf, o.Fresh = shelf, time.Hour })
		shelf.Now = r.Clock.Now
		for _, kept := range []bool{false, true} {
			a, err := r.ask(t, service.Call{})
			if err != nil || a.Kept != kept || string(a.Body) != `{"data":"начало *** конец"}` {
				t.Errorf("%s: %+v, %v", name, a, err)
			}
		}
	}
}
