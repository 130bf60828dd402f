package main

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/night"
)

// watcher shows progress: a bar with counts and time left on a terminal; a log
// line at the start of each piece of work elsewhere, and one a minute from
// those that last. It may be told of progress from several goroutines: an
// enricher scores the next to be asked for in one of its own.
type watcher struct {
	mu sync.Mutex

	log   *slog.Logger
	out   io.Writer
	live  bool // a terminal
	quiet bool
	bar   *progressbar.ProgressBar
	piece piece

	now   func() time.Time
	began time.Time   // of the piece of work
	first night.Event // of it
	said  time.Time   // when it was logged last
}

// piece is what one bar is for.
type piece struct {
	stage  night.Stage
	source string
	unit   string // of fetching only: elsewhere units are many and small
}

func pieceOf(e night.Event) piece {
	p := piece{stage: e.Stage, source: e.Source}
	if e.Stage == night.StageFetch {
		p.unit = e.Unit
	}
	return p
}

// bytes tells that progress is counted in bytes.
func (p piece) bytes() bool { return p.stage == night.StageFetch || p.stage == night.StagePull }

// title names it for people: "fetch rsmp, checking".
func (p piece) title() string {
	title := stageTitles[p.stage]
	if p.source != "" {
		title += " " + p.source
	}
	if _, doing, ok := strings.Cut(p.unit, ": "); ok {
		title += ", " + doing
	}
	return title
}

// logEvery is how often a piece of work that lasts is logged.
const logEvery = time.Minute

func (a *app) watch() *watcher {
	return &watcher{log: a.log(), out: a.io.err, live: a.io.live, quiet: a.quiet, now: time.Now}
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
	w.mu.Lock()
	defer w.mu.Unlock()
	if pieceOf(e) != w.piece {
		w.begin(e)
	}
	if w.bar == nil {
		w.lasting(e)
		return
	}
	if e.Total > 0 && w.bar.GetMax64() != e.Total {
		w.bar.ChangeMax64(e.Total)
	}
	if e.Rows > 0 {
		w.bar.Describe(fmt.Sprintf("%s, %d rows", w.piece.title(), e.Rows))
	}
	_ = w.bar.Set64(e.Done) // a bar that cannot be drawn is no reason to stop
}

func (w *watcher) begin(e night.Event) {
	w.end()
	w.piece, w.first, w.began = pieceOf(e), e, w.now()
	if !w.live {
		w.say(e)
		return
	}
	total := e.Total
	if total == 0 {
		total = -1
	}
	w.bar = progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(w.out),
		progressbar.OptionSetDescription(w.piece.title()),
		progressbar.OptionShowBytes(w.piece.bytes()),
		progressbar.OptionUseIECUnits(true),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionShowElapsedTimeOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionFullWidth(),
	)
}

// lasting logs a piece of work that is still going on.
func (w *watcher) lasting(e night.Event) {
	if !w.live && w.now().Sub(w.said) >= logEvery {
		w.say(e)
	}
}

// say logs how far a piece of work has come, and when it should end.
func (w *watcher) say(e night.Event) {
	w.said = w.now()
	attrs := []any{slog.String("stage", string(e.Stage))}
	add := func(name, value string) { attrs = append(attrs, slog.String(name, value)) }
	if e.Source != "" {
		add("name", e.Source)
	}
	if w.piece.unit != "" {
		add("unit", w.piece.unit)
	}
	amount := func(n int64) string { return strconv.FormatInt(n, 10) }
	if w.piece.bytes() {
		amount = byteSize
	}
	if e.Done > 0 {
		add("done", amount(e.Done))
	}
	if e.Total > 0 {
		add("of", amount(e.Total))
	}
	if came := e.Done - w.first.Done; came > 0 && e.Total > e.Done {
		left := time.Duration(float64(w.said.Sub(w.began)) * float64(e.Total-e.Done) / float64(came))
		add("left", left.Round(time.Second).String())
	}
	w.log.Info("working", attrs...)
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
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.bar != nil {
		_ = w.bar.Clear() // only the screen is at stake
	}
}

// done takes the bar away, so that the report stands alone.
func (w *watcher) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.end()
}

func (w *watcher) end() {
	if w.bar != nil {
		_ = w.bar.Finish() // only the screen is at stake
		w.bar = nil
	}
}
