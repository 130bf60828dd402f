package sourcetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"go.uber.org/goleak"

	"obzvon/pipeline"
)

// Case is one source over one input.
type Case struct {
	// New makes the source anew; each call gives the same input.
	New func() pipeline.Source
	// Request is what is pulled. The suite sets Cursor and Progress.
	Request pipeline.Request
	// Err is the error that a whole pull must end in; nil = none.
	Err error
}

// Run checks one source. Each promise is a subtest of its own.
func Run(t *testing.T, c Case) {
	t.Helper()
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			if err := p.check(t.Context(), c); err != nil {
				t.Error(err)
			}
		})
	}
}

// promises in the order of their running; each returns how it is broken.
var promises = []struct {
	name  string
	check func(context.Context, Case) error
}{
	{"describe", checkDescribe},
	{"end", checkEnd},
	{"batches", checkBatches},
	{"repeat", checkRepeat},
	{"fingerprint", checkFingerprint},
	{"resume", checkResume},
	{"break off", checkBreakOff},
	{"cancel", checkCancel},
	{"progress", checkProgress},
}

// whole is everything a pull yields.
type whole struct {
	batches []pipeline.Batch
	err     error
}

var errAfterError = errors.New("something was yielded after an error")

// pullAll reads to the end.
func pullAll(ctx context.Context, s pipeline.Source, req pipeline.Request) (w whole, err error) {
	for b, e := range s.Pull(ctx, req) {
		if w.err != nil {
			return w, errAfterError
		}
		if e != nil {
			w.err = e
			continue
		}
		w.batches = append(w.batches, b)
	}
	return w, nil
}

func checkDescribe(_ context.Context, c Case) error {
	s := c.New()
	a := s.Describe()
	if b := s.Describe(); !reflect.DeepEqual(a, b) {
		return fmt.Errorf("two calls of Describe differ: %+v and %+v", a, b)
	}
	if b := c.New().Describe(); !reflect.DeepEqual(a, b) {
		return fmt.Errorf("two sources describe themselves differently: %+v and %+v", a, b)
	}
	for field, v := range map[string]string{"Name": a.Name, "Title": a.Title, "Licence": a.Licence, "Rhythm": a.Rhythm} {
		if v == "" {
			return fmt.Errorf("the descriptor has no %s", field)
		}
	}
	switch a.Kind {
	case pipeline.KindDirectory, pipeline.KindRegistry, pipeline.KindSet, pipeline.KindEnrichment:
	default:
		return fmt.Errorf("kind %q is none of a source", a.Kind)
	}
	if a.Decoder < 1 {
		return fmt.Errorf("decoder version %d, want 1 or more", a.Decoder)
	}
	if a.Open && a.TermsURL == "" {
		return errors.New("open, but does not say where the terms stand")
	}
	return nil
}

func checkEnd(ctx context.Context, c Case) error {
	w, err := pullAll(ctx, c.New(), c.Request)
	switch {
	case err != nil:
		return err
	case c.Err == nil && w.err != nil:
		return fmt.Errorf("the pull ends in an error: %w", w.err)
	case c.Err != nil && !errors.Is(w.err, c.Err):
		return fmt.Errorf("the pull ends in %w, want %w", orNone(w.err), c.Err)
	default:
		return nil
	}
}

var errNone = errors.New("no error")

func orNone(err error) error {
	if err == nil {
		return errNone
	}
	return err
}

// checkRepeat pulls twice from one source and once from another of the same
// input.
func checkRepeat(ctx context.Context, c Case) error {
	s := c.New()
	first, err := pullAll(ctx, s, c.Request)
	if err != nil {
		return err
	}
	for i, again := range []pipeline.Source{s, c.New()} {
		w, err := pullAll(ctx, again, c.Request)
		if err != nil {
			return err
		}
		if err := same(first, w); err != nil {
			return fmt.Errorf("pull %d differs from the first: %w", i+2, err)
		}
	}
	return nil
}

// same compares batches, and of errors whether there is one.
func same(a, b whole) error {
	if len(a.batches) != len(b.batches) {
		return fmt.Errorf("%d batches, then %d", len(a.batches), len(b.batches))
	}
	for i := range a.batches {
		if !reflect.DeepEqual(a.batches[i], b.batches[i]) {
			return fmt.Errorf("batch %d: %+v, then %+v", i+1, a.batches[i], b.batches[i])
		}
	}
	if (a.err == nil) != (b.err == nil) {
		return fmt.Errorf("ends in %w, then in %w", orNone(a.err), orNone(b.err))
	}
	return nil
}

func checkFingerprint(ctx context.Context, c Case) error {
	f, ok := c.New().(pipeline.Fingerprinter)
	if !ok {
		return nil
	}
	a, err := f.Fingerprint(ctx)
	if err != nil {
		return fmt.Errorf("fingerprint: %w", err)
	}
	g, _ := c.New().(pipeline.Fingerprinter)
	b, err := g.Fingerprint(ctx)
	if err != nil {
		return fmt.Errorf("fingerprint: %w", err)
	}
	if a == "" || a != b {
		return fmt.Errorf("fingerprints of the same input are %q and %q", a, b)
	}
	return nil
}

// checkResume goes on from every cursor and wants exactly the rest.
func checkResume(ctx context.Context, c Case) error {
	full, err := pullAll(ctx, c.New(), c.Request)
	if err != nil {
		return err
	}
	for i, b := range full.batches {
		if b.Cursor == "" {
			continue
		}
		req := c.Request
		req.Cursor = b.Cursor
		rest, err := pullAll(ctx, c.New(), req)
		if err != nil {
			return err
		}
		if err := same(whole{batches: full.batches[i+1:], err: full.err}, rest); err != nil {
			return fmt.Errorf("going on after batch %d (cursor %q): %w", i+1, b.Cursor, err)
		}
	}
	return nil
}

// points picks at most a dozen of 0..n, both ends among them.
func points(n int) []int {
	var out []int
	step := max(1, n/10)
	for k := 0; k < n; k += step {
		out = append(out, k)
	}
	return append(out, n)
}

// checkBreakOff stops after k batches and looks for what was left running.
func checkBreakOff(ctx context.Context, c Case) error {
	full, err := pullAll(ctx, c.New(), c.Request)
	if err != nil {
		return err
	}
	for _, k := range points(len(full.batches)) {
		if k == 0 {
			continue // a loop that ends before its first batch cannot be broken off
		}
		before := goleak.IgnoreCurrent()
		taken := 0
		for _, err := range c.New().Pull(ctx, c.Request) {
			if err != nil && c.Err == nil {
				return fmt.Errorf("broken off after %d batches: %w", k, err)
			}
			if taken++; taken == k {
				break
			}
		}
		if err := goleak.Find(before); err != nil {
			return fmt.Errorf("broken off after %d batches: %w", k, err)
		}
	}
	return nil
}

// checkCancel cancels before the first batch and after later ones.
func checkCancel(ctx context.Context, c Case) error {
	full, err := pullAll(ctx, c.New(), c.Request)
	if err != nil {
		return err
	}
	for _, k := range points(len(full.batches)) {
		if err := cancelAfter(ctx, c, k, len(full.batches)); err != nil {
			return fmt.Errorf("cancelled after %d batches: %w", k, err)
		}
	}
	return nil
}

func cancelAfter(ctx context.Context, c Case, k, all int) error {
	before := goleak.IgnoreCurrent()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if k == 0 {
		cancel()
	}
	var last error
	got := 0
	for _, err := range c.New().Pull(ctx, c.Request) {
		if last != nil {
			return errAfterError
		}
		if last = err; err != nil {
			continue
		}
		if got++; got == k {
			cancel()
		}
	}
	if err := goleak.Find(before); err != nil {
		return err
	}
	if got == all && k == all {
		return nil // it may end before it looks at the context again
	}
	if !errors.Is(last, context.Canceled) {
		return fmt.Errorf("ends in %w, want %w", orNone(last), context.Canceled)
	}
	return nil
}

func checkProgress(ctx context.Context, c Case) error {
	var seen []pipeline.Progress
	req := c.Request
	req.Progress = func(p pipeline.Progress) { seen = append(seen, p) }
	w, err := pullAll(ctx, c.New(), req)
	if err != nil {
		return err
	}
	for i, p := range seen {
		if p.Done < 0 || p.Total > 0 && p.Done > p.Total {
			return fmt.Errorf("progress %+v is out of bounds", p)
		}
		if i > 0 && (p.Done < seen[i-1].Done || p.Rows < seen[i-1].Rows) {
			return fmt.Errorf("progress goes back from %+v to %+v", seen[i-1], p)
		}
	}
	quiet, err := pullAll(ctx, c.New(), c.Request)
	if err != nil {
		return err
	}
	if err := same(quiet, w); err != nil {
		return fmt.Errorf("watching changes what is pulled: %w", err)
	}
	return nil
}
