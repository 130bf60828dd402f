package enrichtest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Run checks one enricher. Each promise is a subtest of its own. make returns
// a new enricher over the same world each time: a fake vendor, a replay.
func Run(t *testing.T, make func() pipeline.Enricher, companies ...company.Company) {
	t.Helper()
	s := suite{make: make, companies: companies}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			if err := p.check(s, t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

type suite struct {
	make      func() pipeline.Enricher
	companies []company.Company
}

// promises in the order of their running; each returns how it is broken.
var promises = []struct {
	name  string
	check func(suite, context.Context) error
}{
	{"describe", suite.describe},
	{"lacks", suite.lacks},
	{"answers", suite.answers},
	{"repeat", suite.repeat},
	{"memory", suite.memory},
	{"alone", suite.alone},
	{"nothing asked", suite.nothingAsked},
	{"reads only", suite.readsOnly},
	{"not asked again", suite.notAskedAgain},
	{"break off", suite.breakOff},
	{"cancel", suite.cancel},
}

// task is that of the suite's night.
func task() pipeline.Task {
	return pipeline.Task{Now: time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)}
}

var (
	errAfterError = errors.New("something was yielded after an error")
	errNone       = errors.New("no error")
)

// asks makes one ask of each company; memories may be nil.
func asks(e pipeline.Enricher, companies []company.Company, memories map[string][]byte) []pipeline.Ask {
	out := make([]pipeline.Ask, len(companies))
	for i := range companies {
		id := string(companies[i].INN)
		if p, ok := e.(pipeline.Placer); ok {
			if places := p.Places(&companies[i]); len(places) > 0 {
				id = places[0]
			}
		}
		if id == "" {
			id = fmt.Sprint("listing ", companies[i].Observations[0].Key)
		}
		out[i] = pipeline.Ask{ID: id, Company: companies[i], Memory: memories[id]}
	}
	return out
}

// ask reads an enricher to the end and puts the answers in the order of the
// asks. A final error comes back as final; err is a broken promise.
func ask(ctx context.Context, e pipeline.Enricher, all []pipeline.Ask) (answers []pipeline.Answer, final, err error) {
	taken, over := map[string]bool{}, false
	var mu sync.Mutex // asks may be taken by another goroutine
	feed := func(yield func(pipeline.Ask) bool) {
		for _, a := range all {
			mu.Lock()
			taken[a.ID] = true
			late := over
			mu.Unlock()
			if late || !yield(a) {
				return
			}
		}
	}
	got := map[string]pipeline.Answer{}
	for a, e := range e.Enrich(ctx, task(), feed) {
		if final != nil {
			return nil, final, errAfterError
		}
		if e != nil {
			final = e
			continue
		}
		mu.Lock()
		asked := taken[a.ID]
		mu.Unlock()
		if _, twice := got[a.ID]; twice || !asked {
			return nil, final, fmt.Errorf("answer for %q, which was asked for %v and answered %v", a.ID, asked, twice)
		}
		got[a.ID] = a
	}
	mu.Lock()
	over = true
	mu.Unlock()
	if final == nil && len(got) < len(all) {
		return nil, nil, fmt.Errorf("%d answers for %d asks and no error", len(got), len(all))
	}
	for _, a := range all {
		if answer, ok := got[a.ID]; ok {
			answers = append(answers, answer)
		}
	}
	return answers, final, nil
}

// whole is ask where an error is not expected.
func (s suite) whole(ctx context.Context, e pipeline.Enricher, companies []company.Company) ([]pipeline.Answer, error) {
	return wholeOf(ctx, e, asks(e, companies, nil))
}

func wholeOf(ctx context.Context, e pipeline.Enricher, all []pipeline.Ask) ([]pipeline.Answer, error) {
	answers, final, err := ask(ctx, e, all)
	switch {
	case err != nil:
		return nil, err
	case final != nil:
		return nil, fmt.Errorf("the enricher fails: %w", final)
	}
	return answers, nil
}

func orNone(err error) error {
	if err == nil {
		return errNone
	}
	return err
}

// same compares two runs answer by answer.
func same(a, b []pipeline.Answer) error {
	if len(a) != len(b) {
		return fmt.Errorf("%d answers, then %d", len(a), len(b))
	}
	for i := range a {
		if !reflect.DeepEqual(a[i], b[i]) {
			return fmt.Errorf("answer %d: %+v, then %+v", i+1, a[i], b[i])
		}
	}
	return nil
}
