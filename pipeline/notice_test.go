package pipeline_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

func TestNoticeText(t *testing.T) {
	n := pipeline.Notice{
		Kind: pipeline.NoticeShort, Title: "Список готов,\r\n не всё удалось", Lines: []string{"раз", "два"}, Advice: []string{"три"},
		Day: company.NewDate(2026, time.November, 23), Host: "calls", Link: "https://obzvon.example/runs",
		At: time.Date(2026, 11, 23, 4, 5, 0, 0, time.FixedZone("", 3*3600)),
	}
	if got, want := n.Subject(), "Список готов, не всё удалось"; got != want {
		t.Errorf("subject %q, want %q", got, want)
	}
	want := "раз\nдва\n\nЧто делать:\n– три\n\nСписок на: 23.11.2026\nСервер: calls\nВремя: 23.11.2026 04:05 +03:00\nПодробнее: https://obzvon.example/runs\n"
	if got := n.Text(); got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	n.Advice, n.Day, n.Host, n.Link = nil, 0, "", ""
	if got, want := n.Text(), "раз\nдва\n\nВремя: 23.11.2026 04:05 +03:00\n"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	data, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(data), `{"kind":"short","title":"Список готов,\r\n не всё удалось","lines":["раз","два"],"at":"2026-11-23T04:05:00+03:00"}`; got != want {
		t.Errorf("JSON %s, want %s", got, want)
	}
}

func TestNoticeCheck(t *testing.T) {
	full := pipeline.Notice{Kind: pipeline.NoticeGood, Title: "а"}
	if err := full.Check(); err != nil {
		t.Error(err)
	}
	for _, n := range []pipeline.Notice{{}, {Kind: pipeline.NoticeGood, Title: " \n"}, {Title: "а"}} {
		if err := n.Check(); !errors.Is(err, pipeline.ErrNotice) {
			t.Errorf("%+v: error %v", n, err)
		}
	}
}
