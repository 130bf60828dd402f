// Package noticetest holds every Notifier to the promises of the port. An
// adapter's test gives it a rig: the adapter, and the other side in its hands.
package noticetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Fault is what is wrong with the other side.
type Fault int

// The faults.
const (
	None    Fault = iota
	Refuses       // says no to everything, for good
	Hangs         // takes the connection and answers nothing
	Cuts          // ends the connection in the middle
)

// Rig is an adapter with the other side in the test's hands. A rig's Notifier
// need not wait between its tries.
type Rig struct {
	Notifier pipeline.Notifier
	Taken    func() []Taken  // what the other side has accepted so far
	Break    func(Fault)     // from now on
	Hanging  <-chan struct{} // sends when a call has come to a side that hangs
	Readers  int             // to how many a notice goes; each has it among Taken
	Secrets  []string        // what no error may name
}

// Taken is a notice as it arrived.
type Taken struct {
	Title string
	Text  string // everything else that people read of it
}

// Run holds what rig makes to the promises; each call must make a new one and
// end with the test.
func Run(t *testing.T, rig func(t *testing.T) Rig) {
	t.Run("arrives whole", func(t *testing.T) { arrives(t, rig(t)) })
	t.Run("comes as often as it is sent", func(t *testing.T) { often(t, rig(t)) })
	t.Run("refuses what says nothing", func(t *testing.T) { empty(t, rig(t)) })
	t.Run("keeps a title in its place", func(t *testing.T) { hostile(t, rig(t)) })
	t.Run("ends with its context", func(t *testing.T) { cancelled(t, rig(t)) })
	for name, f := range map[string]Fault{"refused": Refuses, "cut": Cuts} {
		t.Run("says when it was "+name, func(t *testing.T) { broken(t, rig(t), f) })
	}
	t.Run("lets go of a side that hangs", func(t *testing.T) { hangs(t, rig(t)) })
}

// Notice is one with everything in it.
func Notice() pipeline.Notice {
	return pipeline.Notice{
		Kind: pipeline.NoticeShort, Title: "Список готов, но не всё удалось: источник «Справочник»",
		Lines:  []string{"Источник gis не прочитан.", ". строка с точкой в начале", strings.Repeat("Длинная строка без конца. ", 60)},
		Advice: []string{"obzvon sources – покажет причину", "obzvon run --date 2026-11-23"},
		Day:    company.NewDate(2026, time.November, 23), At: time.Date(2026, 11, 23, 1, 58, 0, 0, time.UTC),
		Host: "звонки-1", Link: "https://obzvon.example/runs",
	}
}

func arrives(t *testing.T, r Rig) {
	n := Notice()
	if err := r.Notifier.Notify(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	got := r.Taken()
	if len(got) != r.Readers {
		t.Fatalf("%d arrived, want %d", len(got), r.Readers)
	}
	for _, one := range got {
		if one.Title != n.Title {
			t.Errorf("title %q, want %q", one.Title, n.Title)
		}
		for _, want := range slices.Concat(n.Lines, n.Advice, []string{n.Host, n.Link, "23.11.2026"}) {
			if !strings.Contains(one.Text, want) {
				t.Errorf("%q is not in %q", want, one.Text)
			}
		}
	}
}

func often(t *testing.T, r Rig) {
	const times = 4
	var wg sync.WaitGroup
	for range times {
		wg.Go(func() {
			if err := r.Notifier.Notify(t.Context(), Notice()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := r.Taken(); len(got) != times*r.Readers {
		t.Errorf("%d arrived, want %d", len(got), times*r.Readers)
	}
}

func empty(t *testing.T, r Rig) {
	for _, n := range []pipeline.Notice{{}, {Kind: pipeline.NoticeGood, Title: " \r\n"}, {Title: "без вида"}} {
		if err := r.Notifier.Notify(t.Context(), n); !errors.Is(err, pipeline.ErrNotice) {
			t.Errorf("%+v: error %v", n, err)
		}
	}
	if got := r.Taken(); len(got) > 0 {
		t.Errorf("%+v was sent", got)
	}
}

// hostile: what stands in a title does not become anything else.
func hostile(t *testing.T, r Rig) {
	n := Notice()
	n.Title = "Раз\r\nBcc: thief@evil.example\r\n\r\nтело\x00\"}"
	if err := r.Notifier.Notify(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	got := r.Taken()
	if len(got) != r.Readers {
		t.Fatalf("%d arrived, want %d", len(got), r.Readers)
	}
	for _, one := range got {
		if strings.ContainsAny(one.Title, "\r\n") || !strings.HasPrefix(one.Title, "Раз Bcc: thief@evil.example тело") {
			t.Errorf("title %q", one.Title)
		}
		if strings.Contains(one.Text, "thief") {
			t.Errorf("the title went into the text: %q", one.Text)
		}
	}
}

func cancelled(t *testing.T, r Rig) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Notifier.Notify(ctx, Notice()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if got := r.Taken(); len(got) > 0 {
		t.Errorf("%d arrived", len(got))
	}
}

// broken: an error without secrets, and the next one goes through.
func broken(t *testing.T, r Rig, f Fault) {
	r.Break(f)
	err := r.Notifier.Notify(t.Context(), Notice())
	if err == nil {
		t.Fatal("taken for delivered")
	}
	r.silent(t, err)
	if final := errors.Is(err, pipeline.ErrFinal); final != (f == Refuses) {
		t.Errorf("final %v: %v", final, err)
	}
	if got := r.Taken(); len(got) > 0 {
		t.Errorf("%d arrived", len(got))
	}
	r.Break(None)
	if err := r.Notifier.Notify(t.Context(), Notice()); err != nil {
		t.Errorf("after it was mended: %v", err)
	}
}

func hangs(t *testing.T, r Rig) {
	r.Break(Hangs)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- r.Notifier.Notify(ctx, Notice()) }()
	<-r.Hanging
	cancel()
	err := <-ended
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	r.silent(t, err)
}

// silent asserts that an error names no secret, nor does any below it.
func (r Rig) silent(t *testing.T, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		for _, s := range r.Secrets {
			if strings.Contains(err.Error(), s) {
				t.Errorf("the error names a secret: %v", err)
			}
		}
	}
}
