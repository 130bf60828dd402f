package zakupki

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"net/http"
	"time"

	"obzvon/pipeline/archive"
	"obzvon/pipeline/fetch/service"
)

const (
	siteBase = "https://zakupki.gov.ru"
	docsBase = "https://int44.zakupki.gov.ru"

	sitePace = 5 * time.Second
	docsPace = 30 * time.Second // between two requests of the service, as careful clients keep

	siteLimit = 8 << 20
	docsLimit = 128 << 20 // an archive of a day of a large region
)

// Interface is the service that the mode asks. In mode docs a failed call is not made
// again by itself: on 429 and 403 nothing more may be asked.
func Interface(o Options, key string) service.Options {
	if o.Mode == ModeDocs {
		return service.Options{
			Name: Adapter + "-docs", Base: cmp.Or(o.Base, docsBase), Keys: []service.Key{{Text: key, Put: putToken}},
			Pace: docsPace, PerDay: 2000, Limit: docsLimit, Attempts: 1, Judge: judgeDocs,
		}
	}
	judge := judgeFeed
	if o.Mode == ModePages {
		judge = judgePage
	}
	return service.Options{
		Name: Adapter, Base: cmp.Or(o.Base, siteBase), Pace: sitePace, PerDay: 1000,
		Fresh: 12 * time.Hour, Limit: siteLimit, Attempts: 3, Judge: judge,
	}
}

// tokenHeader is sent in this spelling, as the service documents it.
const tokenHeader = "individualPerson_token"

// tokenPlace stands in the body of a question where the token goes.
const tokenPlace = "{individualPerson_token}"

// putToken puts the token into the header, and into the body of a question.
func putToken(r *http.Request, token string) {
	r.Header[tokenHeader] = []string{token}
	if r.Method != http.MethodPost || r.Body == nil {
		return
	}
	body, err := io.ReadAll(r.Body) // of memory, which does not fail
	if err != nil {
		return
	}
	var escaped bytes.Buffer
	if xml.EscapeText(&escaped, []byte(token)) != nil {
		return
	}
	body = bytes.ReplaceAll(body, []byte(tokenPlace), escaped.Bytes())
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
}

// judgeSite is what both lists have in common.
func judgeSite(code int, body []byte) error {
	if code == http.StatusUnauthorized || code == http.StatusForbidden {
		return ErrRefused
	}
	if err := service.ByStatus(code); err != nil {
		return err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return service.ErrLayout
	}
	return nil
}

// judgeFeed tells a feed from a page in its place.
func judgeFeed(code int, body []byte) (string, error) {
	if err := judgeSite(code, body); err != nil {
		return "", err
	}
	switch archive.Sniff(body) {
	case archive.FormXML:
		return "", nil
	case archive.FormHTML:
		return titleOf(body), ErrBlocked
	default:
		return "", service.ErrLayout
	}
}

// judgePage tells a page of results from another.
func judgePage(code int, body []byte) (string, error) {
	if err := judgeSite(code, body); err != nil {
		return "", err
	}
	switch {
	case resultsPage(body):
		return "", nil
	case archive.Sniff(body) == archive.FormHTML:
		return titleOf(body), ErrBlocked
	default:
		return "", service.ErrLayout
	}
}

// judgeDocs reads a fault whatever the status: SOAP sends it with 500.
func judgeDocs(code int, body []byte) (string, error) {
	form := archive.Sniff(body)
	if form == archive.FormXML {
		if answer, err := parseAnswer(body); err == nil && answer.fault != nil {
			return answer.said, answer.fault
		}
	}
	if code == http.StatusUnauthorized || code == http.StatusForbidden {
		return "", ErrToken
	}
	if err := service.ByStatus(code); err != nil {
		return "", err
	}
	switch form {
	case archive.FormXML:
		_, err := parseAnswer(body)
		return "", err
	case archive.FormZip:
		return "", nil
	case archive.FormHTML:
		return titleOf(body), ErrBlocked
	default:
		return "", service.ErrLayout
	}
}
