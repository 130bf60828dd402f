package opendata

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// Which of the releases in the folder are read.
type Which int

// The choices.
const (
	NewestOnly Which = iota // of a registry: each release holds everything
	AllKept                 // of a set of which each release is another year
)

// Make builds an adapter's source over inputs, of which there may be none.
type Make func(inputs []files.Input) (pipeline.Source, error)

// Source reads a set through an adapter that knows only files: a
// pipeline.Source that is also Preparer, Fingerprinter and Adviser.
type Source struct {
	set   *Set
	which Which
	make  Make
	desc  pipeline.Descriptor
}

// NewSource makes a source over a set. make is called once at once, over no
// inputs, and then for each question over the releases that are there, in
// rising order of their dates; its error is the constructor's.
func NewSource(set *Set, which Which, make Make) (*Source, error) {
	inner, err := make(nil)
	if err != nil {
		return nil, err
	}
	desc := inner.Describe()
	desc.Needs = slices.DeleteFunc(slices.Clone(desc.Needs), func(n string) bool { return n == "paths" }) // from is given
	return &Source{set: set, which: which, make: make, desc: desc}, nil
}

// Describe implements pipeline.Source. It is the adapter's own.
func (s *Source) Describe() pipeline.Descriptor { return s.desc }

// Prepare implements pipeline.Preparer.
func (s *Source) Prepare(ctx context.Context, progress func(pipeline.Progress)) error {
	return s.set.Prepare(ctx, progress)
}

// inner makes the adapter's source over what is in the folder now.
func (s *Source) inner() (pipeline.Source, []files.Input, error) {
	all, err := s.set.found()
	if err != nil {
		return nil, nil, fmt.Errorf("set %s: %w", s.set.name, err)
	}
	all = readable(all)
	if s.which == NewestOnly && len(all) > 1 {
		all = all[len(all)-1:]
	}
	paths := make([]string, len(all))
	for i, r := range all {
		paths[i] = r.path
	}
	inputs, err := files.Expander{}.Expand(paths)
	if err != nil {
		return nil, nil, fmt.Errorf("set %s: %w", s.set.name, err)
	}
	source, err := s.make(inputs)
	if err != nil {
		return nil, nil, fmt.Errorf("set %s: %w", s.set.name, err)
	}
	return source, inputs, nil
}

// Pull implements pipeline.Source. Without a release it is
// pipeline.ErrNotFound.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		inner, inputs, err := s.inner()
		if err == nil && len(inputs) == 0 {
			err = fmt.Errorf("set %s: %w: no release of it is here", s.set.name, pipeline.ErrNotFound)
		}
		if err != nil {
			yield(pipeline.Batch{}, err)
			return
		}
		inner.Pull(ctx, req)(yield)
	}
}

// Fingerprint implements pipeline.Fingerprinter: the adapter's own, else that
// of the content.
func (s *Source) Fingerprint(ctx context.Context) (string, error) {
	inner, inputs, err := s.inner()
	if err != nil {
		return "", err
	}
	if f, ok := inner.(pipeline.Fingerprinter); ok {
		return f.Fingerprint(ctx)
	}
	content, err := files.Fingerprint(ctx, inputs)
	if err != nil {
		return "", fmt.Errorf("set %s: %w", s.set.name, err)
	}
	return content, nil
}

// Advice implements pipeline.Adviser: what to know of the folder, then what
// the adapter says.
func (s *Source) Advice(ctx context.Context) ([]string, error) {
	lines, err := s.set.advice()
	if err != nil {
		return nil, err
	}
	inner, _, err := s.inner()
	if err != nil {
		return lines, err
	}
	if a, ok := inner.(pipeline.Adviser); ok {
		more, err := a.Advice(ctx)
		return append(lines, more...), err
	}
	return lines, nil
}

var (
	_ pipeline.Preparer      = (*Source)(nil)
	_ pipeline.Fingerprinter = (*Source)(nil)
	_ pipeline.Adviser       = (*Source)(nil)
)
