package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/night"
)

// watcher shows progress: a bar with counts and time left on a terminal, a
// log line at the start of each piece of work elsewhere.
type watcher struct {
	log   *slog.Logger
	out   io.Writer
	live  bool // a terminal
	quiet bool
	bar   *progressbar.ProgressBar
	stage night.Stage
	what  string
}

func (a *app) watch() *watcher {
	w := &watcher{log: a.log(), out: a.io.err, quiet: a.quiet}
	if f, ok := a.io.err.(*os.File); ok {
		w.live = term.IsTerminal(int(f.Fd()))
	}
	return w
}

var stageTitles = map[night.Stage]string{
	night.StageFetch:   "fetch",
	night.StagePull:    "pull",
	night.StageResolve: "match listings",
	night.StageDerive:  "derive companies",
	night.StageEnrich:  "enrich",
	night.StageScore:   "score",
	night.StageExport:  "write the list",
}

// on takes one event of the night.
func (w *watcher) on(e night.Event) {
	if w.quiet {
		return
	}
	if e.Stage != w.stage || e.Source != w.what {
		w.begin(e)
	}
	if w.bar == nil {
		return
	}
	if e.Total > 0 && w.bar.GetMax64() != e.Total {
		w.bar.ChangeMax64(e.Total)
	}
	if e.Rows > 0 {
		w.bar.Describe(fmt.Sprintf("%s, %d rows", w.title(), e.Rows))
	}
	_ = w.bar.Set64(e.Done) // a bar that cannot be drawn is no reason to stop
}

func (w *watcher) begin(e night.Event) {
	w.done()
	w.stage, w.what = e.Stage, e.Source
	if !w.live {
		attrs := []any{slog.String("stage", string(e.Stage))}
		if e.Source != "" {
			attrs = append(attrs, slog.String("name", e.Source))
		}
		w.log.Info("working", attrs...)
		return
	}
	total := e.Total
	if total == 0 {
		total = -1
	}
	w.bar = progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(w.out),
		progressbar.OptionSetDescription(w.title()),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionShowElapsedTimeOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionFullWidth(),
	)
}

func (w *watcher) title() string {
	title := stageTitles[w.stage]
	if w.what != "" {
		title += " " + w.what
	}
	return title
}

// tellWait says what nothing happens for: a server may ask for minutes.
func (a *app) tellWait(w fetch.Wait) {
	if a.watching != nil {
		a.watching.clear()
	}
	a.log().Info("waiting", slog.String("host", w.Host), slog.Duration("for", w.For.Round(time.Second)), slog.String("why", w.Why.Error()))
}

// clear takes the bar off the line until it is drawn next.
func (w *watcher) clear() {
	if w.bar != nil {
		_ = w.bar.Clear() // only the screen is at stake
	}
}

// done takes the bar away, so that the report stands alone.
func (w *watcher) done() {
	if w.bar != nil {
		_ = w.bar.Finish() // only the screen is at stake
		w.bar = nil
	}
}
