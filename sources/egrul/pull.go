package egrul

import (
	"cmp"
	"context"
	"fmt"
	"iter"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/members"
)

// inputForm is what the registers come in. The schema allows 1 000 companies in a
// file, some 20 kB each, and this XML, which repeats itself, packs up to some 30
// times.
func inputForm() *members.Form {
	return &members.Form{
		Of:     "ЕГРЮЛ or ЕГРИП",
		Limits: archive.Limits{Members: 200_000, Member: 256 << 20, Total: 2 << 40, Ratio: 200},
	}
}

// Pull implements pipeline.Source: one batch for each XML file, in the order of
// the input.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return members.Pull(ctx, "register "+s.name, req, func(context.Context) (*members.Reader, error) {
		if err := s.options.Validate(); err != nil {
			return nil, err
		}
		return &members.Reader{
			Form: inputForm(), Inputs: s.inputs, Workers: s.options.Workers, Release: s.release,
			Worker: func() members.Worker { return &worker{source: s, request: req} },
		}, nil
	})
}

// release of a file, dated by names until the file says more.
func (s *Source) release(u members.Unit) pipeline.Release {
	input := s.inputs[u.Input].Name
	return pipeline.Release{ID: input, Date: cmp.Or(u.Date(), members.DateIn(input))}
}

// Fingerprint names the content of all inputs and the options that change what
// is yielded, as members.Fingerprint does.
func (s *Source) Fingerprint(ctx context.Context) (string, error) {
	print, err := members.Fingerprint(ctx, s.inputs, fmt.Sprintf("branches %d", s.options.branches()))
	if err != nil {
		return "", fmt.Errorf("register %s: %w", s.name, err)
	}
	return print, nil
}
