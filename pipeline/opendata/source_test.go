package opendata

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/fetch/fetchtest"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// lister yields a batch for each input and knows nothing else.
type lister struct{ inputs []files.Input }

func (l lister) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: "lister", Title: "Список", Kind: pipeline.KindRegistry, Licence: "none", Rhythm: "never", Decoder: 1, Needs: []string{"paths", "more"},
	}
}

func (l lister) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		skip := req.Cursor != ""
		for i, in := range l.inputs {
			if skip {
				skip = in.Name != req.Cursor
				continue
			}
			if err := ctx.Err(); err != nil {
				yield(pipeline.Batch{}, err)
				return
			}
			if req.Progress != nil {
				req.Progress(pipeline.Progress{Unit: in.Name, Done: int64(i + 1), Total: int64(len(l.inputs))})
			}
			if !yield(pipeline.Batch{Unit: in.Name, Cursor: in.Name, Release: pipeline.Release{ID: in.Name}, Counts: pipeline.Counts{Declared: 1, Read: 1, NotWanted: 1}}, nil) {
				return
			}
		}
	}
}

// teller has a fingerprint and advice of its own.
type teller struct{ lister }

func (t teller) Fingerprint(context.Context) (string, error) { return "own " + t.list(), nil }

func (t teller) Advice(context.Context) ([]string, error) { return []string{"read " + t.list()}, nil }

func (t teller) list() string {
	var names []string
	for _, in := range t.inputs {
		names = append(names, in.Name)
	}
	return strings.Join(names, " ")
}

func makeLister(inputs []files.Input) (pipeline.Source, error) { return lister{inputs}, nil }

func makeTeller(inputs []files.Input) (pipeline.Source, error) { return teller{lister{inputs}}, nil }

func pulled(t *testing.T, s pipeline.Source) (units []string, err error) {
	t.Helper()
	for b, e := range s.Pull(t.Context(), pipeline.Request{}) {
		if e != nil {
			return units, e
		}
		units = append(units, b.Unit)
	}
	return units, nil
}

// hereAre writes three months and what is no release into a new folder.
func hereAre(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i, name := range []string{october, august, september} {
		if err := os.WriteFile(filepath.Join(dir, name), fetchtest.Zip(t, uint64(i), 1, 10), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"data-10112026-structure-12052026.zip": "<html>Доступ ограничен</html>", "x.xml": "<x/>", october + ".part": "PK\x03\x04",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestWhatIsHandedOn: in the order of time, the newest or all, and nothing of
// a wrong form.
func TestWhatIsHandedOn(t *testing.T) {
	dir := hereAre(t)
	for _, where := range []Options{{From: dir}, {From: "https://example.org/set/"}} {
		for which, want := range map[Which][]string{NewestOnly: {october}, AllKept: {august, september, october}} {
			s, err := NewSource(set(t, dir, where, disk.Disk{}), which, makeTeller)
			if err != nil {
				t.Fatal(err)
			}
			units, err := pulled(t, s)
			if err != nil || !slices.Equal(units, want) {
				t.Errorf("%q, %v, want %q", units, err, want)
			}
			if got, err := s.Fingerprint(t.Context()); err != nil || got != "own "+strings.Join(want, " ") {
				t.Errorf("fingerprint %q, %v", got, err)
			}
			lines, err := s.Advice(t.Context())
			if err != nil || len(lines) != 2 || !strings.Contains(lines[0], "data-10112026-structure-12052026.zip is left unread: it looks like an HTML page") || lines[1] != "read "+strings.Join(want, " ") {
				t.Errorf("advice %q, %v", lines, err)
			}
		}
	}
}

func TestSourceKeepsItsPromises(t *testing.T) {
	dir := hereAre(t)
	for _, which := range []Which{NewestOnly, AllKept} {
		sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source {
			s, err := NewSource(set(t, dir, Options{From: dir}, disk.Disk{}), which, makeLister)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}})
	}
}

// Before anything was fetched a source can be described, not pulled.
func TestSourceBeforeTheFirstRelease(t *testing.T) {
	p := publish(t)
	p.release(september, 9)
	p.page(p.passport("10.09.2026", september))
	dir := filepath.Join(t.TempDir(), "inbox", "rsmp")
	s, err := NewSource(set(t, dir, Options{From: p.URL + folder}, disk.Disk{}), NewestOnly, makeLister)
	if err != nil {
		t.Fatal(err)
	}
	if d := s.Describe(); d.Name != "lister" || !slices.Equal(d.Needs, []string{"more"}) {
		t.Errorf("%+v", d)
	}
	if _, err := pulled(t, s); !errors.Is(err, pipeline.ErrNotFound) {
		t.Errorf("%v, want ErrNotFound", err)
	}
	none, err := s.Fingerprint(t.Context())
	if err != nil {
		t.Error(err)
	}
	if lines, err := s.Advice(t.Context()); err != nil || len(lines) != 0 {
		t.Errorf("%q, %v", lines, err)
	}
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if units, err := pulled(t, s); err != nil || !slices.Equal(units, []string{september}) {
		t.Errorf("%q, %v", units, err)
	}
	if one, err := s.Fingerprint(t.Context()); err != nil || one == none {
		t.Errorf("the fingerprint is the same: %q, %v", one, err)
	}
}

func TestAdviceOfTheFolder(t *testing.T) {
	p := publish(t)
	p.release(september, 9)
	p.page(p.passport("10.09.2026", september))
	dir := t.TempDir()
	s, err := NewSource(set(t, dir, Options{From: p.URL + folder}, disk.Disk{}), NewestOnly, makeTeller)
	if err != nil {
		t.Fatal(err)
	}
	says := func(words ...string) {
		t.Helper()
		lines, err := s.Advice(t.Context())
		if err != nil || len(lines) != len(words)+1 {
			t.Fatalf("%q, %v", lines, err)
		}
		for i, w := range words {
			if !strings.Contains(lines[i], w) {
				t.Errorf("%q, want %q in it", lines[i], w)
			}
		}
	}
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	says()
	p.release(october, 10)
	p.Always(folder+october, fetchtest.Corrupt(5000, 5010))
	p.page(p.passport("09.10.2026", october))
	if err := s.Prepare(t.Context(), nil); !errors.Is(err, pipeline.ErrDamaged) {
		t.Fatal(err)
	}
	says(october + " came damaged and is kept aside")
	p.release(august, 8)
	p.page(p.passport("10.08.2026", august))
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	says("the page names " + august + " of 2026-08-10 as the newest, but " + september + " of 2026-09-10 is here")
}

func TestMakeFails(t *testing.T) {
	errMake := errors.New("no")
	dir := hereAre(t)
	ready := false
	made := func(inputs []files.Input) (pipeline.Source, error) {
		if ready {
			return nil, errMake
		}
		return makeLister(inputs)
	}
	s, err := NewSource(set(t, dir, Options{From: dir}, disk.Disk{}), AllKept, made)
	if err != nil {
		t.Fatal(err)
	}
	ready = true
	if _, err := NewSource(set(t, dir, Options{From: dir}, disk.Disk{}), AllKept, made); !errors.Is(err, errMake) {
		t.Errorf("%v", err)
	}
	if _, err := pulled(t, s); !errors.Is(err, errMake) {
		t.Errorf("%v", err)
	}
	if _, err := s.Fingerprint(t.Context()); !errors.Is(err, errMake) {
		t.Errorf("%v", err)
	}
	if _, err := s.Advice(t.Context()); !errors.Is(err, errMake) {
		t.Errorf("%v", err)
	}
}
