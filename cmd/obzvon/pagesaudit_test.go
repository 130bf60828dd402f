package main

import (
	"context"
	"errors"
	"testing"
	"time"

	"obzvon/exports/web/operator"
	"obzvon/exports/web/page"
	"obzvon/pipeline/audit"
)

// Whoever is not logged in cannot drive out of the audit what others did: beyond some
// lines his refusals are counted, and the next line tells how many there were.
func TestStrangersDoNotFillTheAudit(t *testing.T) {
	log, now, told := audit.In(t.TempDir()), time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC), 0
	p := newPageAudit(log, func() time.Time { return now }, func() { told++ })
	note := func(n page.Note) {
		t.Helper()
		if err := p.Note(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	lines := func() []audit.Entry {
		t.Helper()
		all, err := log.Last(t.Context(), 10_000, audit.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	const tries = 500
	for range tries {
		note(page.Note{Action: "login", Account: "anna", Refused: true})
		note(page.Note{Action: "forged request", What: "POST", Refused: true})
		note(page.Note{Action: "page", Account: "anna", Refused: true}) // of one who is logged in
	}
	if n := len(lines()); n != tries+strangersAtOnce {
		t.Errorf("%d lines, want those of who is logged in and %d", n, strangersAtOnce)
	}
	if told != tries {
		t.Errorf("%d logins were counted, want %d", told, tries)
	}
	note(page.Note{Action: "login", Account: "anna"})
	now = now.Add(strangersEvery)
	note(page.Note{Action: "login", Account: "?", Refused: true})
	all := lines()
	if got := all[0]; got.What != "more 900" || got.Who != "?" || !got.Refused {
		t.Errorf("the next line is %+v", got)
	}
	if got := all[1]; got.Who != "anna" || got.Refused || got.What != "" {
		t.Errorf("a right login beside them is %+v", got)
	}
	entries, err := operatorAudit{&operatorDesk{operatorNeeds: operatorNeeds{audit: log}}}.Last(t.Context(), operator.Filter{}, 0, 1)
	if err != nil || entries[0].What != "перед этим таких же не записано: 900" {
		t.Errorf("the page says %+v, %v", entries, err)
	}
}

// What could not be written is told with the next line that can.
func TestUntoldRefusalsAreKept(t *testing.T) {
	full := &fullLog{Folder: audit.In(t.TempDir())}
	now := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	p := newPageAudit(full, func() time.Time { return now }, func() {})
	stranger := page.Note{Action: "forged request", Refused: true}
	for range strangersAtOnce + 7 {
		if err := p.Note(t.Context(), stranger); err != nil {
			t.Fatal(err)
		}
	}
	now = now.Add(strangersEvery)
	full.err = errors.New("the disk is full")
	if err := p.Note(t.Context(), stranger); !errors.Is(err, full.err) {
		t.Fatalf("%v, want that it is not written", err)
	}
	now, full.err = now.Add(strangersEvery), nil
	if err := p.Note(t.Context(), stranger); err != nil {
		t.Fatal(err)
	}
	if last, err := full.Last(t.Context(), 1, audit.Filter{}); err != nil || last[0].What != "more 7" {
		t.Errorf("%+v, %v", last, err)
	}
}

// fullLog is a log that cannot be written while it has an error.
type fullLog struct {
	*audit.Folder

	err error
}

func (l *fullLog) Append(ctx context.Context, entries ...audit.Entry) error {
	if l.err != nil {
		return l.err
	}
	return l.Folder.Append(ctx, entries...)
}
