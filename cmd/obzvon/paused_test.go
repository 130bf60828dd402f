package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
)

// TestPausedSourcesAreTold: a source whose calls of the day are spent is no incomplete
// one, and the list of sources says what becomes of it.
func TestPausedSourcesAreTold(t *testing.T) {
	w := newBazaar(t)
	w.rewrite(`"shop=car_parts Автозапчасти"]`, `"shop=car_parts Автозапчасти"], calls_a_day: 1`)
	if e := w.obzvon("run", "--date", w.day.String()); e.code != exitDone {
		t.Fatalf("exit %d: %s", e.code, e.err)
	}
	e := w.obzvon("sources")
	line := ""
	for l := range strings.Lines(e.out) {
		if strings.HasPrefix(l, "osm ") {
			line = l
		}
	}
	if !strings.Contains(line, " paused ") || !strings.Contains(e.out, "osm: the next run goes on: source osm: ") {
		t.Errorf("%q in\n%s", line, e.out)
	}
}

// TestProbeAdvice: what is said is what an operator can do.
func TestProbeAdvice(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{service.ErrKey, "give the key"},
		{service.ErrBudget, "calls_a_day"},
		{service.ErrCaptcha, "ask again later"},
		{fmt.Errorf("%w: %w", service.ErrLayout, fetch.ErrRedirect), "set base"},
		{pipeline.ErrNotFound, "see base"},
		{service.ErrLayout, "in a browser"},
		{service.ErrDown, "fetch.proxy"},
		{errors.New("x"), ""},
	} {
		if got := probeAdvice(fmt.Errorf("vendor: %w", tt.err)); !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") {
			t.Errorf("%v: %q, want %q in it", tt.err, got, tt.want)
		}
	}
}
