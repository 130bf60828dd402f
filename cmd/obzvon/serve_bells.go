package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"obzvon/config"
	"obzvon/exports/mail"
	"obzvon/exports/web/operator"
	"obzvon/exports/webhook"
	"obzvon/pipeline"
	"obzvon/pipeline/gauge"
	"obzvon/pipeline/shift"
	"obzvon/pipeline/tell"
)

// bells bring word to the operator, one notice after another and beside the work
// that they tell of.
type bells struct {
	tell  tell.Teller
	to    map[string]pipeline.Notifier // by what the log calls them
	queue chan pipeline.Notice
	log   *slog.Logger
	gauge *gauge.Gauge

	mu     sync.Mutex
	recent []operator.Notice // the newest first
}

// noticesShown is how many of the last notices the operator's page shows.
const noticesShown = 20

// noticesWaiting bounds what waits for a mail server that does not answer.
const noticesWaiting = 32

// noticeAgain are the waits before a notice that nobody took is brought once more.
var noticeAgain = [...]time.Duration{time.Minute, 10 * time.Minute, time.Hour}

func newBells(c *config.Config, log *slog.Logger, g *gauge.Gauge) (*bells, error) {
	host, _ := os.Hostname() // only a word to people
	b := &bells{
		tell: tell.Teller{Good: c.Notices.Good, Host: host, Link: c.Web.PublicURL, Clock: time.Now},
		to:   map[string]pipeline.Notifier{}, queue: make(chan pipeline.Notice, noticesWaiting), log: log, gauge: g,
	}
	if c.Notices.Mail.Server != "" {
		m, err := mail.New(c.Notices.Mail, time.Now)
		if err != nil {
			return nil, usage(err)
		}
		b.to["mail"] = m
	}
	if c.Notices.Hook != "" {
		w, err := webhook.New(c.Notices.Hook, time.Now)
		if err != nil {
			return nil, usage(err)
		}
		b.to["hook"] = w
	}
	return b, nil
}

// night tells of a night, and of a backup that was not made.
func (b *bells) night(_ context.Context, o shift.Outcome) error {
	if n, worth := b.tell.Night(o.Report, o.Err); worth {
		b.put(n)
	}
	for _, s := range o.Steps {
		if s.Name == stepBackup {
			b.put(b.tell.Backup(s.Err))
		}
	}
	return nil
}

// config tells that the config files cannot be read.
func (b *bells) config(why error) { b.put(b.tell.Config(why)) }

// put never waits: who rings has a list to make.
func (b *bells) put(n pipeline.Notice) {
	if len(b.to) == 0 {
		return
	}
	select {
	case b.queue <- n:
	default:
		b.log.Error("a notice is lost: too many wait", slog.String("kind", string(n.Kind)))
	}
}

// run brings notices until ctx ends.
func (b *bells) run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case n := <-b.queue:
			for name, to := range b.to {
				b.bring(ctx, name, to, n)
			}
		}
	}
}

// bring tries until the notice is taken or there is no more sense in it.
func (b *bells) bring(ctx context.Context, name string, to pipeline.Notifier, n pipeline.Notice) {
	for try := 0; ; try++ {
		err := to.Notify(ctx, n)
		b.note(n, err)
		b.gauge.Notice(err)
		if err == nil {
			b.log.Info("notice", slog.String("to", name), slog.String("kind", string(n.Kind)))
			return
		}
		last := try == len(noticeAgain) || errors.Is(err, pipeline.ErrFinal)
		b.log.Error("notice was not taken", slog.String("to", name), slog.String("kind", string(n.Kind)), slog.Bool("last_try", last), slog.Any("why", err))
		if last {
			return
		}
		timer := time.NewTimer(noticeAgain[try])
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return
		}
	}
}

// note remembers what came of a notice. Of one that is brought again the last try
// stands.
func (b *bells) note(n pipeline.Notice, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := operator.Notice{At: n.At, Title: n.Title, Sent: err == nil}
	if err != nil {
		one.Why = err.Error()
	}
	b.recent = slices.DeleteFunc(b.recent, func(o operator.Notice) bool { return o.At.Equal(one.At) && o.Title == one.Title && !o.Sent })
	b.recent = append([]operator.Notice{one}, b.recent[:min(len(b.recent), noticesShown-1)]...)
}

// last are the last notices, the newest first.
func (b *bells) last() []operator.Notice {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.recent)
}
