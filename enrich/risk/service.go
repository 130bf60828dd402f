package risk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
)

// Errors of these sites beside those of package service; each is one of those too.
var (
	// ErrRefused is 401 or 403 where no key is asked for, such as of Qrator, which keeps
	// programs off bankrot.fedresurs.ru; of zakupki.gov.ru 404 as well, behind which the
	// site hides that it refuses.
	ErrRefused = fmt.Errorf("the site keeps this address or programs off (it may want a Russian one): %w, %w", service.ErrKey, service.ErrLimit)
	// ErrBlocked is a page in place of an answer, with status 200.
	ErrBlocked = fmt.Errorf("a page in place of an answer: %w", service.ErrLayout)
	// ErrCaptcha is the picture that pb.nalog.ru shows to who asks often.
	ErrCaptcha = fmt.Errorf("the site asks for the letters of a picture, which is for people: %w", service.ErrLimit)
	// ErrPending is a search that is not done yet.
	ErrPending = fmt.Errorf("the search is not done yet: %w", service.ErrDown)
	// ErrUnproven is an answer of many rows, of which not all are shown, and none of which
	// is the company's.
	ErrUnproven = fmt.Errorf("not all rows are shown, and none is the company's: %w", service.ErrAsk)
)

// Interface is the interface of a part; none asks for a key. What is failing for a
// moment is tried once more by [patient], not by the service: a picture is asked for
// again otherwise.
func Interface(o Options, p Part) service.Options {
	so := service.Options{Name: Adapter + "-" + string(p), Fresh: 20 * time.Hour, Attempts: 1}
	switch p {
	case PartBankruptcy:
		so.Base, so.Pace, so.PerDay, so.Judge = o.BankruptcyBase, 3*time.Second, 500, judgeBankruptcy
		// The site wants to be named as the one from which the question comes.
		so.Keys = []service.Key{{Text: "Referer", Put: func(r *http.Request, name string) { r.Header.Set(name, o.BankruptcyBase+"/") }}}
	case PartUnfair:
		so.Base, so.Pace, so.PerDay, so.Judge = o.UnfairBase, 5*time.Second, 500, judgeUnfair
	case PartFlags:
		so.Base, so.Pace, so.PerDay, so.Judge = o.FlagsBase, 2*time.Second, 800, judgeFlags
	}
	return so
}

// judgeStatus is what statuses come to at all sites.
func judgeStatus(code int) error {
	if code == http.StatusUnauthorized || code == http.StatusForbidden {
		return ErrRefused
	}
	return service.ByStatus(code)
}

// page tells a page from data.
func page(body []byte) bool {
	text := bytes.ToLower(bytes.TrimSpace(body))
	return bytes.HasPrefix(text, []byte("<!doctype html")) || bytes.HasPrefix(text, []byte("<html"))
}

// decode reads JSON: what begins well and ends early is ErrBroken, a page ErrBlocked,
// anything else ErrLayout.
func decode(body []byte, to any) error {
	err := json.NewDecoder(bytes.NewReader(body)).Decode(to)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return service.ErrBroken
	case err != nil && page(body):
		return ErrBlocked
	case err != nil:
		return service.ErrLayout
	}
	return nil
}

// text is a string, or a number or a truth as it is written; whatever else is "".
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(b []byte) error {
	switch {
	case len(b) == 0, b[0] == '{', b[0] == '[', string(b) == "null":
		*t = ""
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = text(s)
	default:
		*t = text(b)
	}
	return nil
}

// line is a text on one line.
func (t text) line() string { return members.Line(strings.ReplaceAll(string(t), "\x00", "")) }

// yes reads «1», 1, 1.0 and true.
func (t text) yes() bool {
	s := strings.TrimSpace(string(t))
	return s == "1" || s == "1.0" || s == "true"
}
