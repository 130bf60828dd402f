package osm

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"obzvon/pipeline/archive"
	"obzvon/pipeline/fetch/service"
)

// patience is how many seconds the interpreter may work at one question.
const patience = 180

// Interface is the interpreter. Its operators ask to be asked seldom.
func Interface(o Options, _ string) service.Options {
	return service.Options{
		Name: Adapter, Base: o.Base, Pace: 15 * time.Second, PerDay: 100,
		Fresh: 20 * 24 * time.Hour, Limit: 128 << 20, Attempts: 3, Judge: judge,
	}
}

// judge tells answers from failures, of which some come with status 200.
func judge(code int, body []byte) (string, error) {
	if archive.Sniff(body) == archive.FormHTML {
		return judgeHTML(code, body)
	}
	if err := service.ByStatus(code); err != nil {
		return "", err
	}
	var h header
	if err := readElements(bytes.NewReader(body), &h, func([]byte) error { return nil }); err != nil {
		return "", err
	}
	if strings.Contains(h.Remark, "runtime") {
		return h.Remark, service.ErrDown
	}
	return "", nil
}

// judgeHTML reads the page by which the interpreter tells of failures.
func judgeHTML(code int, body []byte) (string, error) {
	text := string(body[:min(len(body), 4000)])
	said := ""
	if i := strings.Index(text, "Error"); i >= 0 {
		said, _, _ = strings.Cut(text[i:], "</p>")
	}
	switch {
	case strings.Contains(text, "rate_limited"), code == http.StatusTooManyRequests:
		return said, service.ErrLimit
	case strings.Contains(text, "Dispatcher_Client"), strings.Contains(text, "runtime error"):
		return said, service.ErrDown
	}
	if err := service.ByStatus(code); err != nil {
		return said, err
	}
	return said, service.ErrLayout
}

// question is a tag in a region.
type question struct {
	tag    tag
	region string
}

// unit is also the cursor after it: "shop=car_parts|59".
func (q question) unit() string { return q.tag.String() + separator + q.region }

const separator = "|"

func (s *Source) questions() []question {
	var out []question
	for _, t := range s.tags {
		for _, r := range s.options.Regions {
			out = append(out, question{t, string(r)})
		}
	}
	return out
}

func (q question) call(output string) service.Call {
	text := fmt.Sprintf(`[out:json][timeout:%d];area["ISO3166-2"="%s"]->.a;nwr["%s"="%s"](area.a);%s`,
		patience, isoTable[q.region], q.tag.key, q.tag.value, output)
	return service.Call{
		Method: http.MethodPost, Path: "/interpreter", Type: "application/x-www-form-urlencoded",
		Body: []byte(url.Values{"data": {text}}.Encode()),
	}
}
